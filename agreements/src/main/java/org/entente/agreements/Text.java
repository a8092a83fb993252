package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A text in one or more languages, for example {@code {"en": "Italy", "fr": "Italie"}}. Keys are lower-case BCP 47 tags.
 */
public record Text(@JsonValue SortedMap<String, String> byLanguage) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Text {
        byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }

    /** A text in one language. */
    public static Text of(String language, String words) {
        return new Text(new TreeMap<>(Map.of(language, words)));
    }

    /** The wording in exactly this language. */
    public Optional<String> in(String language) {
        return Optional.ofNullable(byLanguage.get(language));
    }

    /** The wording in this language, else in English, else in the alphabetically first language there is. */
    public String best(String language) {
        return in(language)
                .or(() -> in("en"))
                .orElseGet(() -> byLanguage.isEmpty() ? "" : byLanguage.get(byLanguage.firstKey()));
    }
}
