package org.entente.crypto.message;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The part of structured fields (RFC 8941, unchanged in RFC 9651) that signatures and digests are written in: strict
 * reading and strict writing. Stricter than the standard in one point: a key that occurs twice is an error and not an
 * overwriting, since a reader that takes the other one would see another message.
 *
 * <p>Bare items are {@link Long}, {@link BigDecimal}, {@link String}, {@link Token}, {@code byte[]} and {@link Boolean}.
 */
final class StructuredFields {
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    private final String text;
    private int at;

    private StructuredFields(String text) {
        this.text = text;
    }

    /** A token (section 3.3.4). */
    record Token(String text) {}

    /** An item with its parameters (section 3.3). */
    record Item(Object value, Map<String, Object> parameters) {}

    /** An inner list with its parameters (section 3.1.1). */
    record InnerList(List<Item> items, Map<String, Object> parameters) {}

    /** The text does not follow the grammar. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** A dictionary (section 3.2): members are {@link Item} or {@link InnerList}, in order. */
    static Map<String, Object> dictionary(String text) throws MalformedException {
        return new StructuredFields(text).readDictionary();
    }

    private Map<String, Object> readDictionary() throws MalformedException {
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpaces();
        while (at < text.length()) {
            String key = key();
            Object member;
            if (peek() == '=') {
                at++;
                member = peek() == '(' ? innerList() : item();
            } else {
                member = new Item(true, parameters());
            }
            if (members.put(key, member) != null) {
                throw error("the member " + key + " occurs twice");
            }
            skipBlanks();
            if (at == text.length()) {
                return members;
            }
            expect(',');
            skipBlanks();
            if (at == text.length()) {
                throw error("a comma at the end");
            }
        }
        return members;
    }

    private InnerList innerList() throws MalformedException {
        expect('(');
        List<Item> items = new ArrayList<>();
        while (true) {
            skipSpaces();
            if (peek() == ')') {
                at++;
                return new InnerList(List.copyOf(items), parameters());
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw error("items of an inner list are separated by spaces");
            }
        }
    }

    private Item item() throws MalformedException {
        return new Item(bareItem(), parameters());
    }

    private Map<String, Object> parameters() throws MalformedException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (peek() == ';') {
            at++;
            skipSpaces();
            String key = key();
            Object value = true;
            if (peek() == '=') {
                at++;
                value = bareItem();
            }
            if (parameters.put(key, value) != null) {
                throw error("the parameter " + key + " occurs twice");
            }
        }
        return parameters;
    }

    private String key() throws MalformedException {
        int from = at;
        char first = peek();
        if (!isLower(first) && first != '*') {
            throw error("a key starts with a lower-case letter");
        }
        while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private Object bareItem() throws MalformedException {
        char c = peek();
        if (c == '"') {
            return string();
        }
        if (c == ':') {
            return bytes();
        }
        if (c == '?') {
            return bool();
        }
        if (c == '-' || isDigit(c)) {
            return number();
        }
        if (isAlpha(c) || c == '*') {
            return token();
        }
        throw error("no item starts like this");
    }

    private String string() throws MalformedException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\') {
                c = next();
                if (c != '"' && c != '\\') {
                    throw error("only a quote or a backslash can be escaped");
                }
            } else if (c < 0x20 || c > 0x7e) {
                throw error("a string holds printable ASCII only");
            }
            value.append(c);
        }
    }

    private byte[] bytes() throws MalformedException {
        expect(':');
        int to = text.indexOf(':', at);
        if (to < 0) {
            throw error("a byte sequence without its end");
        }
        String base64 = text.substring(at, to);
        at = to + 1;
        try {
            byte[] value = Base64.getDecoder().decode(base64);
            if (!Base64.getEncoder().encodeToString(value).equals(base64)) {
                throw error("a byte sequence that is not in its one base64 form");
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw error("a byte sequence that is not base64");
        }
    }

    private Boolean bool() throws MalformedException {
        expect('?');
        char c = next();
        if (c != '0' && c != '1') {
            throw error("a boolean is ?0 or ?1");
        }
        return c == '1';
    }

    private Object number() throws MalformedException {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        int digitsFrom = at;
        while (isDigit(peek())) {
            at++;
        }
        int whole = at - digitsFrom;
        if (whole == 0) {
            throw error("a number without digits");
        }
        if (peek() != '.') {
            if (whole > 15) {
                throw error("an integer of more than 15 digits");
            }
            return Long.valueOf(text.substring(from, at));
        }
        at++;
        int fractionFrom = at;
        while (isDigit(peek())) {
            at++;
        }
        int fraction = at - fractionFrom;
        if (whole > 12 || fraction < 1 || fraction > 3) {
            throw error("a decimal has at most 12 digits and 1 to 3 decimals");
        }
        return new BigDecimal(text.substring(from, at));
    }

    private Token token() {
        int from = at;
        while (isAlpha(peek()) || isDigit(peek()) || (peek() != 0 && "!#$%&'*+-.^_`|~:/".indexOf(peek()) >= 0)) {
            at++;
        }
        return new Token(text.substring(from, at));
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() throws MalformedException {
        if (at >= text.length()) {
            throw error("the end comes too early");
        }
        return text.charAt(at++);
    }

    private void expect(char c) throws MalformedException {
        if (next() != c) {
            at--;
            throw error("expected " + c);
        }
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isAlpha(char c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private MalformedException error(String what) {
        return new MalformedException(what + " (at character " + at + ")");
    }

    /** Section 4.1.1.1. */
    static String write(InnerList list) {
        StringJoiner items = new StringJoiner(" ", "(", ")");
        for (Item item : list.items()) {
            items.add(write(item));
        }
        return items + write(list.parameters());
    }

    /** Section 4.1.3. */
    static String write(Item item) {
        return writeBare(item.value()) + write(item.parameters());
    }

    private static String write(Map<String, Object> parameters) {
        StringBuilder out = new StringBuilder();
        parameters.forEach((key, value) -> {
            out.append(';').append(key);
            if (!Boolean.TRUE.equals(value)) {
                out.append('=').append(writeBare(value));
            }
        });
        return out.toString();
    }

    /** Section 4.1.3.1. */
    static String writeBare(Object value) {
        return switch (value) {
            case Long number when Math.abs(number) <= MAX_INTEGER -> number.toString();
            case BigDecimal decimal -> writeDecimal(decimal);
            case String string -> writeString(string);
            case Token token -> token.text();
            case byte[] bytes -> ":" + Base64.getEncoder().encodeToString(bytes) + ":";
            case Boolean bool -> bool ? "?1" : "?0";
            default -> throw new IllegalArgumentException("no structured field item: " + value);
        };
    }

    /** Section 4.1.5: no trailing zeros but one digit after the point. */
    private static String writeDecimal(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.setScale(Math.max(1, stripped.scale())).toPlainString();
    }

    private static String writeString(String string) {
        byte[] ascii = string.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder("\"");
        for (byte b : ascii) {
            if (b < 0x20 || b > 0x7e) {
                throw new IllegalArgumentException("a string holds printable ASCII only: " + string);
            }
            if (b == '"' || b == '\\') {
                out.append('\\');
            }
            out.append((char) b);
        }
        return out.append('"').toString();
    }
}
