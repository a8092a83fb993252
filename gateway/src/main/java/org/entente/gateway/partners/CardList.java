package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.entente.crypto.canonical.CanonicalJson;

/** Several signed cards in one file: a JSON list, root card first. */
public final class CardList {
    private CardList() {}

    /** The list, canonical. */
    public static byte[] write(List<CardDocument> cards) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        cards.forEach(card -> list.add(CanonicalJson.parseStrict(card.toJson())));
        return CanonicalJson.encode(list);
    }
}
