package org.entente.gateway.statistics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A name in one or more languages.
 *
 * @param byLanguage BCP 47 tag to text, in the tag's order; never empty
 */
public record LocalName(SortedMap<String, String> byLanguage) {

    public LocalName {
        if (byLanguage.isEmpty()) {
            throw new IllegalArgumentException("a name needs at least one language");
        }
        byLanguage = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }

    /** A name known in English only. */
    public static LocalName en(String text) {
        return new LocalName(new TreeMap<>(Map.of("en", text)));
    }

    /** The text in the language asked for, else in English, else in the first language there is. */
    public String in(String language) {
        String exact = byLanguage.get(language);
        if (exact != null) {
            return exact;
        }
        String english = byLanguage.get("en");
        return english != null ? english : byLanguage.sequencedValues().getFirst();
    }
}
