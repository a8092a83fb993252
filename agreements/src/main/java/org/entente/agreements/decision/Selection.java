package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is selected of one dimension: everything ({@code "*"} in JSON) or explicit codes (an array). */
public sealed interface Selection {
    /** Everything. */
    Selection ALL = new All();

    /** Does the selection contain this code? */
    boolean contains(String code);

    /** An explicit selection. */
    static Selection of(String... codes) {
        return new Codes(new TreeSet<>(List.of(codes)));
    }

    /** An explicit selection. */
    static Selection of(Collection<String> codes) {
        return new Codes(new TreeSet<>(codes));
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException for anything but {@code "*"} or an array of texts
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Selection read(JsonNode json) {
        if (json.isTextual() && json.textValue().equals("*")) {
            return ALL;
        }
        if (!json.isArray()) {
            throw new IllegalArgumentException("a selection is \"*\" or an array of codes");
        }
        SortedSet<String> codes = new TreeSet<>();
        for (JsonNode code : json) {
            if (!code.isTextual()) {
                throw new IllegalArgumentException("a code is a text: " + code);
            }
            codes.add(code.textValue());
        }
        return new Codes(codes);
    }

    /** Everything there is, or that is allowed. */
    record All() implements Selection {
        @Override
        public boolean contains(String code) {
            return true;
        }

        /** The JSON form. */
        @JsonValue
        public String json() {
            return "*";
        }
    }

    /** These codes and no others. */
    record Codes(@JsonValue SortedSet<String> codes) implements Selection {
        public Codes {
            codes = Collections.unmodifiableSortedSet(new TreeSet<>(codes));
        }

        @Override
        public boolean contains(String code) {
            return codes.contains(code);
        }
    }
}
