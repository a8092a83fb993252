package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** A calendar day, {@code YYYY-MM-DD}; the agreement's time zone says when it begins. Serialises the same with any Jackson mapper. */
public record IsoDate(LocalDate value) implements Comparable<IsoDate> {
    /**
     * @throws IllegalArgumentException when the text is no date of this form
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static IsoDate parse(String text) {
        try {
            return new IsoDate(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a date YYYY-MM-DD: " + text, e);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public int compareTo(IsoDate other) {
        return value.compareTo(other.value);
    }
}
