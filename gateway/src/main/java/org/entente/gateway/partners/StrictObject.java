package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** A JSON object of which every member must be known and have its form; errors name the place. */
final class StrictObject {
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_KEY = 4_000;
    private static final int MAX_LIST = 100;

    private final String place;
    private final JsonNode node;

    StrictObject(String place, JsonNode node, Set<String> required, Set<String> optional) throws VerificationException {
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        Set<String> missing = new HashSet<>(required);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!missing.remove(member.getKey()) && !optional.contains(member.getKey())) {
                throw wrong("has an unknown member " + member.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw wrong("lacks " + missing);
        }
    }

    interface Reader<T> {
        T read(String place, JsonNode node) throws VerificationException;
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonNode node(String name) {
        return node.path(name);
    }

    String text(String name) throws VerificationException {
        return text(place + "." + name, node.path(name));
    }

    static String text(String place, JsonNode value) throws VerificationException {
        return text(place, value, MAX_TEXT);
    }

    private static String text(String place, JsonNode value, int longest) throws VerificationException {
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > longest) {
            throw new VerificationException(
                    Reason.MALFORMED, place + " must be a text of 1 to " + longest + " characters");
        }
        return value.asText();
    }

    /** A public key as text; post-quantum ones are long. */
    String key(String name) throws VerificationException {
        return text(place + "." + name, node.path(name), MAX_KEY);
    }

    /** A text that the pattern fits as a whole. */
    String text(String name, String pattern) throws VerificationException {
        String text = text(name);
        if (!text.matches(pattern)) {
            throw wrong(name + " must fit " + pattern + ", and is " + text);
        }
        return text;
    }

    int number(String name, int from) throws VerificationException {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < from) {
            throw wrong(name + " must be a whole number from " + from);
        }
        return value.intValue();
    }

    /** Whole seconds of UTC, in the one form that {@link Instant} writes. */
    Instant time(String name) throws VerificationException {
        String text = text(name);
        try {
            Instant time = Instant.parse(text);
            if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))
                    && time.toString().equals(text)) {
                return time;
            }
        } catch (DateTimeException e) {
            // refused below like any other form
        }
        throw wrong(name + " must be a time in UTC in whole seconds, and is " + text);
    }

    <T> List<T> list(String name, int least, Reader<T> reader) throws VerificationException {
        JsonNode list = node.path(name);
        if (!list.isArray() || list.size() < least || list.size() > MAX_LIST) {
            throw wrong(name + " must be a list of " + least + " to " + MAX_LIST + " entries");
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            read.add(reader.read(place + "." + name + "[" + i + "]", list.path(i)));
        }
        return List.copyOf(read);
    }

    /** Texts by language tag. */
    Map<String, String> names(String name) throws VerificationException {
        JsonNode names = node.path(name);
        if (!names.isObject() || names.isEmpty() || names.size() > MAX_LIST) {
            throw wrong(name + " must name the thing in at least one language");
        }
        Map<String, String> read = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : names.properties()) {
            if (!entry.getKey().matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
                throw wrong(name + " has no language tag: " + entry.getKey());
            }
            read.put(entry.getKey(), text(place + "." + name + "." + entry.getKey(), entry.getValue()));
        }
        return read;
    }

    VerificationException wrong(String what) {
        return new VerificationException(Reason.MALFORMED, place + ": " + what);
    }
}
