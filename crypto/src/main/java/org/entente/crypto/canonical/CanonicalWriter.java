package org.entente.crypto.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.erdtman.jcs.NumberToJSON;

/** Writes a Jackson tree as RFC 8785 section 3.2 prescribes. One pass over the tree, no intermediate text to parse again. */
final class CanonicalWriter {
    private static final long MAX_EXACT_INTEGER = 1L << 53;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(512);
    private final boolean roundNumbers;

    private CanonicalWriter(boolean roundNumbers) {
        this.roundNumbers = roundNumbers;
    }

    /** @param roundNumbers true for a text that was read, where a number means its nearest double; false to refuse a loss */
    static byte[] write(JsonNode node, boolean roundNumbers) {
        CanonicalWriter writer = new CanonicalWriter(roundNumbers);
        writer.value(node, 0);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonNode node, int depth) {
        if (depth > CanonicalJson.MAX_DEPTH) {
            throw new IllegalArgumentException("JSON nested deeper than " + CanonicalJson.MAX_DEPTH);
        }
        switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node, depth);
            case ARRAY -> array((ArrayNode) node, depth);
            case STRING, BINARY -> string(node.asText());
            case NUMBER -> number(node);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case MISSING, POJO -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        }
    }

    private void object(ObjectNode node, int depth) {
        String[] names = new String[node.size()];
        int n = 0;
        for (var member : node.properties()) {
            names[n++] = member.getKey();
        }
        Arrays.sort(names); // String order is by UTF-16 code units, as section 3.2.3 asks
        out.append('{');
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                out.append(',');
            }
            string(names[i]);
            out.append(':');
            value(node.required(names[i]), depth + 1);
        }
        out.append('}');
    }

    private void array(ArrayNode node, int depth) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(node.required(i), depth + 1);
        }
        out.append(']');
    }

    private void string(String text) {
        out.append('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20) {
                out.append(text, plainFrom, i);
                plainFrom = i + 1;
                escaped(c);
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("a string holds a lone surrogate, which has no UTF-8 form");
                }
                i++;
            }
        }
        out.append(text, plainFrom, text.length()).append('"');
    }

    private void escaped(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }

    private void number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            long value = node.longValue();
            if (value >= -MAX_EXACT_INTEGER && value <= MAX_EXACT_INTEGER) {
                out.append(value);
                return;
            }
        }
        double value = node.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("JSON has no such number: " + node);
        }
        try {
            String text = NumberToJSON.serializeNumber(value);
            boolean exactInJava = node.isDouble() || node.isFloat();
            if (!roundNumbers && !exactInJava && new BigDecimal(text).compareTo(node.decimalValue()) != 0) {
                throw new IllegalArgumentException(
                        "the number " + node + " would change its value in canonical JSON; write it as a string");
            }
            out.append(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("JSON has no such number: " + node, e);
        }
    }
}
