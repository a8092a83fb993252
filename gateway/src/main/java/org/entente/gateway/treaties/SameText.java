package org.entente.gateway.treaties;

import java.util.List;

/**
 * What two nodes hold of one agreement. The partner's part is its own signed answer.
 *
 * @param same whether both hold the same texts and the same acts
 * @param texts by version
 */
public record SameText(String agreement, String own, String partner, boolean same, List<Text> texts) {
    public SameText {
        texts = List.copyOf(texts);
    }

    /**
     * One text.
     *
     * @param heldBy the parties, of the two, that hold it
     * @param acts how many acts both hold
     * @param onlyOwn ids of acts that only this node holds
     * @param onlyPartner ids of acts that only the partner holds
     */
    public record Text(
            int version, String digest, List<String> heldBy, int acts, List<String> onlyOwn, List<String> onlyPartner) {
        public Text {
            heldBy = List.copyOf(heldBy);
            onlyOwn = List.copyOf(onlyOwn);
            onlyPartner = List.copyOf(onlyPartner);
        }

        boolean same() {
            return heldBy.size() == 2 && onlyOwn.isEmpty() && onlyPartner.isEmpty();
        }
    }
}
