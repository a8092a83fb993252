package org.entente.gateway.sdmx;

import java.nio.charset.StandardCharsets;

/** Text as it stands in XML. */
final class Xml {

    private Xml() {}

    /**
     * The text for an attribute in double quotes or for an element. What XML 1.0 cannot hold (section 2.2) becomes the
     * replacement character.
     */
    static String escaped(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String replaced = replaced(text, i, c);
            if (replaced != null && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (out != null) {
                out.append(replaced == null ? String.valueOf(c) : replaced);
            }
        }
        return out == null ? text : out.toString();
    }

    private static @org.jspecify.annotations.Nullable String replaced(String text, int i, char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            // Attribute values are normalised by readers unless white space is written by number.
            case '\t' -> "&#9;";
            case '\n' -> "&#10;";
            case '\r' -> "&#13;";
            case '\uFFFE', '\uFFFF' -> "\uFFFD";
            default -> c < ' ' || loneSurrogate(text, i, c) ? "\uFFFD" : null;
        };
    }

    private static boolean loneSurrogate(String text, int i, char c) {
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /** {@code  name="text"} with a space before it. */
    static String attribute(String name, String text) {
        return " " + name + "=\"" + escaped(text) + "\"";
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
