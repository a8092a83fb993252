package org.entente.crypto.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * HTTP fields in their order. Names are kept in lower case, since they are case-insensitive; a name may occur several
 * times. Immutable.
 */
public final class Headers {
    /** No fields. */
    public static final Headers EMPTY = new Headers(List.of());

    private final List<Field> fields;

    /**
     * One field line.
     *
     * @param name in lower case
     * @param value without surrounding white space
     */
    public record Field(String name, String value) {
        /** Lower-cases the name, trims the value and refuses characters that would break the line. */
        public Field {
            name = name.toLowerCase(Locale.ROOT);
            value = trim(value);
            if (name.isEmpty() || breaksTheLine(value)) {
                throw new IllegalArgumentException("not an HTTP field: " + name);
            }
        }
    }

    private Headers(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Fields from names and their only values. */
    public static Headers of(Map<String, String> fields) {
        Builder builder = builder();
        fields.forEach(builder::add);
        return builder.build();
    }

    /** Fields from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** A builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** All field lines, in order. */
    public List<Field> all() {
        return fields;
    }

    /** The values of a name, in order. */
    public List<String> values(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>(1);
        for (Field field : fields) {
            if (field.name.equals(wanted)) {
                found.add(field.value);
            }
        }
        return found;
    }

    /** The combined value of a name: several lines joined by a comma and a space (RFC 9110 section 5.2). */
    public Optional<String> get(String name) {
        List<String> found = values(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }

    /** Whether there is a field of that name. */
    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    /** These fields without the given name, and then that name once with the value. */
    public Headers with(String name, String value) {
        Builder builder = builder();
        builder.lines.addAll(without(name).fields);
        return builder.add(name, value).build();
    }

    /** These fields without the given name. */
    public Headers without(String name) {
        String unwanted = name.toLowerCase(Locale.ROOT);
        return new Headers(fields.stream().filter(f -> !f.name.equals(unwanted)).toList());
    }

    /** These fields and, after them, the others. */
    public Headers plus(Headers others) {
        Builder builder = builder();
        builder.lines.addAll(fields);
        builder.lines.addAll(others.fields);
        return builder.build();
    }

    private static boolean breaksTheLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    private static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && headers.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Collects fields. */
    public static final class Builder {
        private final List<Field> lines = new ArrayList<>();

        private Builder() {}

        /** Adds one field line. */
        public Builder add(String name, String value) {
            lines.add(new Field(name, value));
            return this;
        }

        /** The fields. */
        public Headers build() {
            return new Headers(lines);
        }
    }
}
