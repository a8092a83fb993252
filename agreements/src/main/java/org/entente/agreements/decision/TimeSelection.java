package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which periods are asked for: all, a range, or named periods. Periods are written as in SDMX: {@code 2020}, {@code 2020-S1}, {@code
 * 2020-Q3}, {@code 2020-07}, {@code 2020-07-01}.
 */
public sealed interface TimeSelection {
    /** Every period that is allowed. */
    TimeSelection ALL = new All();

    /** A range, open where a bound is absent. What of it lies outside the allowed years is not granted. */
    static TimeSelection range(@Nullable String from, @Nullable String to) {
        return new Range(from, to);
    }

    /** Named periods; each one outside the allowed years is refused by name. */
    static TimeSelection periods(String... periods) {
        return new Periods(new TreeSet<>(Arrays.asList(periods)));
    }

    /**
     * Reads the JSON form: {@code "*"}, an object with {@code from} and {@code to}, or an array of periods.
     *
     * @throws IllegalArgumentException for anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TimeSelection read(JsonNode json) {
        if (json.isTextual() && json.textValue().equals("*")) {
            return ALL;
        }
        if (json.isObject()) {
            return new Range(json.path("from").textValue(), json.path("to").textValue());
        }
        if (!json.isArray()) {
            throw new IllegalArgumentException("a time selection is \"*\", a range or an array of periods");
        }
        SortedSet<String> periods = new TreeSet<>();
        json.forEach(p -> periods.add(p.asText()));
        return new Periods(periods);
    }

    /** All periods. */
    record All() implements TimeSelection {
        /** The JSON form. */
        @JsonValue
        public String json() {
            return "*";
        }
    }

    /** From the beginning of one period to the end of another. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Range(@Nullable String from, @Nullable String to) implements TimeSelection {
        public Range {
            if (from != null) {
                Period.parse(from);
            }
            if (to != null) {
                Period.parse(to);
            }
        }
    }

    /** Exactly these periods. */
    record Periods(@JsonValue SortedSet<String> periods) implements TimeSelection {
        public Periods {
            periods.forEach(Period::parse);
            periods = Collections.unmodifiableSortedSet(new TreeSet<>(periods));
        }
    }
}
