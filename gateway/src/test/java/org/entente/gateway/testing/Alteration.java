package org.entente.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The smallest change to what is written in base64: one letter for another. */
public final class Alteration {
    private Alteration() {}

    /** The text with another letter in that place. */
    public static String of(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    /** The same to a member that is a text. */
    public static void of(ObjectNode node, String member, int at) {
        node.put(member, of(node.path(member).asText(), at));
    }
}
