package org.entente.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Words for counts, and every text of the pages that has such words. */
class PluralsTest {
    private static final List<String> FILES =
            List.of("/org/entente/gateway/console/messages_", "/org/entente/gateway/region/site/messages_");

    private static Properties texts(String file, String language) throws IOException {
        Properties texts = new Properties();
        String name = file + language + ".properties";
        try (var in = Objects.requireNonNull(PluralsTest.class.getResourceAsStream(name), name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Test
    void aCountHasTheCategoryThatItsLanguageGivesIt() {
        // From the examples of the Unicode CLDR's plural rules.
        Map<Integer, String> arabic = new TreeMap<>(Map.of(
                0, "zero", 1, "one", 2, "two", 3, "few", 10, "few", 11, "many", 99, "many", 100, "other", 102,
                "other"));
        arabic.putAll(Map.of(103, "few", 110, "few", 111, "many", 1002, "other", 1003, "few", 1011, "many"));
        arabic.forEach((count, category) -> assertEquals(category, Plurals.category("ar", count), "ar " + count));
        assertEquals("one", Plurals.category("fr", 0));
        assertEquals("one", Plurals.category("fr", 1));
        assertEquals("other", Plurals.category("fr", 2));
        for (String language : List.of("en", "es")) {
            assertEquals("other", Plurals.category(language, 0));
            assertEquals("one", Plurals.category(language, 1));
            assertEquals("other", Plurals.category(language, 21));
        }
    }

    @Test
    void theWordsOfTheCategoryAreChosenAndEveryOtherGapIsLeft() {
        String text =
                "{0,plural,one{# note by {1}} other{# notes by {1}}}, {2,plural,one{it''s #}other{they''re #}} of {0}";
        assertEquals("{0} note by {1}, they''re {2} of {0}", Plurals.choose(text, "en", 1, "x", 0L));
        assertEquals("{0} notes by {1}, it''s {2} of {0}", Plurals.choose(text, "en", 5, "x", 1L));
        assertEquals("no count", Plurals.choose("no count", "ar"));
        assertThrows(IllegalArgumentException.class, () -> Plurals.choose("{0,plural,one{#}other{# notes", "en", 1));
    }

    @Test
    void everyTextWithACountHasTheWordsOfEveryCategoryOfItsLanguage() throws IOException {
        int found = 0;
        for (String file : FILES) {
            for (String language : PageTexts.LANGUAGES) {
                Properties texts = texts(file, language);
                for (String key : texts.stringPropertyNames()) {
                    String text = texts.getProperty(key);
                    assertFalse(text.contains(",choice,"), key + " chooses words by another way");
                    String rest = text;
                    for (Optional<Plurals.Choice> next = Plurals.next(rest);
                            next.isPresent();
                            next = Plurals.next(rest)) {
                        assertEquals(
                                new TreeSet<>(Plurals.categories(language)),
                                new TreeSet<>(next.get().words().keySet()),
                                file + language + " " + key);
                        rest = rest.substring(next.get().to());
                        found++;
                    }
                }
            }
        }
        assertTrue(found > 40, found + " plurals");
    }
}
