package org.entente.agreements.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final Agreement BEFORE = Sample.agreement();

    private static Agreement second(Consumer<ObjectNode> edit) {
        return Sample.edited(d -> {
            d.put("version", 2).put("supersedes", BEFORE.digest());
            edit.accept(d);
        });
    }

    private static String words(Agreement after, String language) {
        return Difference.between(BEFORE, after, language).plain().replaceAll("\\s+", " ");
    }

    @Test
    void the_same_text_has_no_difference() {
        Difference difference = Difference.between(BEFORE, BEFORE, "en");
        assertEquals(0, difference.articles().size());
        assertTrue(difference.plain().contains("The two texts say the same."));
    }

    @Test
    void a_changed_sentence_stands_as_it_was_and_as_it_is_and_nothing_else_is_shown() {
        Agreement after = second(d -> Sample.at(d, "/legs/0/retention").put("months", 12));
        Difference difference = Difference.between(BEFORE, after, "en");
        String text = words(after, "en");
        assertTrue(text.contains("What changes from version 1 to version 2"), text);
        assertTrue(text.contains(BEFORE.digest()) && text.contains(after.digest()));
        assertTrue(text.contains("Article 4: Leg ITA-PHL-STOCK"), text);
        assertTrue(text.contains("- Until now: An answer is kept for at most 60 months"), text);
        assertTrue(text.contains("+ From now on: An answer is kept for at most 12 months"), text);
        assertEquals(2, difference.articles().size(), "the identity and the leg");
        assertFalse(text.contains("Purposes"), text);
    }

    @Test
    void added_and_removed_codes_are_named() {
        Agreement after = second(d -> {
            ((ArrayNode) d.at("/legs/0/cube/dimensions/SEX/codes")).removeAll().add("_T");
            ((ArrayNode) d.at("/legs/0/cube/dimensions/AGE/codes")).add("Y_GE80");
        });
        String text = words(after, "en");
        assertTrue(text.contains("Leg ITA-PHL-STOCK newly allows, of AGE: Y_GE80."), text);
        assertTrue(text.contains("Leg ITA-PHL-STOCK no longer allows, of SEX: F, M."), text);
    }

    @Test
    void added_and_removed_legs_and_articles_are_named() {
        Agreement after = second(d -> {
            ((ArrayNode) d.get("legs")).remove(1);
            ((ArrayNode) d.get("articles")).remove(0);
            ObjectNode leg = Sample.leg(d, 0).deepCopy();
            ((ArrayNode) d.get("legs")).add(leg.put("id", "ITA-PHL-PERMITS"));
        });
        String text = words(after, "en");
        assertTrue(text.contains("New leg: ITA-PHL-PERMITS"), text);
        assertTrue(text.contains("Leg that is left out: PHL-ITA-DEPARTURES"), text);
        assertTrue(
                Pattern.compile("New article \\d+: Leg ITA-PHL-PERMITS")
                        .matcher(text)
                        .find(),
                text);
        assertTrue(
                Pattern.compile("Former article \\d+ is left out: Objectives")
                        .matcher(text)
                        .find(),
                text);
    }

    @Test
    void every_language_says_it_in_its_own_words_and_as_a_page() throws Exception {
        Agreement after = second(d -> Sample.at(d, "/legs/0/retention").put("months", 12));
        for (String language : Prose.LANGUAGES) {
            Difference difference = Difference.between(BEFORE, after, language);
            assertEquals(Prose.words(language).say("difference.title", 1, 2), difference.title());
            assertTrue(ProseHtml.of(difference).contains("class=\"before\""));
            assertFalse(Pattern.compile("\\{\\d\\}|\\bnull\\b")
                    .matcher(difference.plain())
                    .find());
            assertTrue(new String(ProsePdf.of(difference), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .startsWith("%PDF-"));
        }
    }
}
