package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An address taken apart and percent-decoded, with {@code +} left as it is. Trailing slashes count for nothing; a parameter
 * may stand once.
 */
final class RawQuery {

    private static final int MAX_LENGTH = 32_768;

    private final List<String> path = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /**
     * @param rawPath what follows the service's base, still percent-encoded
     * @param rawQuery the query part, still percent-encoded, or null
     * @throws EntenteException {@code query-malformed}
     */
    RawQuery(String rawPath, @Nullable String rawQuery) {
        if (rawPath.length() + (rawQuery == null ? 0 : rawQuery.length()) > MAX_LENGTH) {
            throw malformed("the query is longer than " + MAX_LENGTH + " characters");
        }
        for (String segment : rawPath.split("/", -1)) {
            path.add(Percent.decode(segment));
        }
        if (path.getFirst().isEmpty()) {
            path.removeFirst();
        }
        while (!path.isEmpty() && path.getLast().isEmpty()) {
            path.removeLast();
        }
        for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
                if (parameters.put(name, value) != null) {
                    throw malformed("the parameter " + name + " occurs twice");
                }
            }
        }
    }

    /** Checks what the path is of and how long. */
    void requirePath(String resource, int most, String form) {
        if (path.isEmpty() || !path.getFirst().equals(resource) || path.size() > most) {
            throw malformed("the path has the form " + form);
        }
    }

    int pathLength() {
        return path.size();
    }

    /** A segment of the path, the resource's name being number 0; the standard's default if it is not there. */
    String path(int index, String standard) {
        return path.size() > index ? path.get(index) : standard;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    /** A parameter's value, or the standard's default. */
    String parameter(String name, String standard) {
        return parameters.getOrDefault(name, standard);
    }

    /** Refuses parameters that are none of these, nor of those that choose a format. */
    void requireOnly(Set<String> names) {
        for (String name : parameters.keySet()) {
            if (!names.contains(name) && !DataQuery.FORMAT_PARAMETERS.contains(name)) {
                throw malformed("the parameter '" + name + "' is not known");
            }
        }
    }

    /** The parameters that choose a format, as {@link Negotiation} takes them. */
    Map<String, String> formatParameters() {
        Map<String, String> chosen = new LinkedHashMap<>(parameters);
        chosen.keySet().retainAll(DataQuery.FORMAT_PARAMETERS);
        return chosen;
    }

    /** A list separated by commas, without empty parts. */
    static List<String> list(String name, String value) {
        List<String> parts = List.of(value.split(",", -1));
        if (parts.contains("")) {
            throw malformed("the parameter " + name + " holds an empty part");
        }
        return parts;
    }

    static boolean bool(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw malformed(name + " is true or false");
        }
        return value.equals("true");
    }

    static EntenteException malformed(String detail) {
        return new EntenteException(ErrorCode.QUERY_MALFORMED, detail);
    }
}
