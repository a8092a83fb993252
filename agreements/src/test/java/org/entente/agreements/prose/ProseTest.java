package org.entente.agreements.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.agreements.Agreement;
import org.entente.agreements.Framework;
import org.entente.agreements.Sample;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

class ProseTest {
    @Test
    void the_prose_names_parties_legs_obligations_and_the_digest() {
        Agreement agreement = Sample.agreement();
        String text = Prose.of(agreement, "en").plain().replaceAll("\\s+", " ");
        for (String expected : new String[] {
            "Memorandum of understanding between Philippines and Italy",
            "In a language that has been authenticated",
            agreement.digest(),
            "Participants",
            "Italy (ITA) provides figures to Philippines (PHL) from the dataflow ENTENTE:DF_DIASPORA(1.0.0)",
            "COUNTERPART_AREA: the consumer's own areas",
            "Never broken down together: AGE, EDUCATION_LEV",
            "Years from 1990 onwards",
            "Purposes: statistics, diaspora planning",
            "small counts withheld, threshold 5",
            "Never part of the figures: refugees, asylum seekers",
            "At most 10000 requests in each day (UTC)",
            "with the provider's prior consent",
            "An answer is kept for at most 60 months, its deletion is proved",
            "This arrangement comes into effect on the last signature",
            "It may be discontinued with 90 days of notice",
            "Settlement of differences"
        }) {
            assertTrue(text.contains(expected), () -> "missing: " + expected + "\n" + text);
        }
        assertFalse(text.contains("denounced"), "a memorandum is not denounced");
        assertFalse(Pattern.compile("\\{\\d\\}").matcher(text).find(), "a gap was left open");
    }

    @Test
    void what_the_consumer_holds_itself_is_said_in_every_language() {
        Agreement agreement = Sample.edited(d -> {
            ObjectNode rule = (ObjectNode) d.at("/legs/0/disclosure");
            ObjectNode held = rule.putArray("consumerKnows").addObject();
            held.putObject("source").put("en", "Consular register").put("fr", "Registre consulaire");
            ObjectNode cells = held.putArray("cells").addObject();
            cells.putObject("codes").putArray("COUNTERPART_AREA").add("@CONSUMER");
            cells.putArray("by").add("SEX");
        });
        for (String[] expected : new String[][] {
            {"en", "The consumer itself holds: Consular register (COUNTERPART_AREA: the consumer's own areas, by SEX)."
            },
            {"fr", "Registre consulaire (COUNTERPART_AREA : les zones du destinataire, par SEX)"},
            {
                "es",
                "El propio destinatario posee: Consular register (COUNTERPART_AREA: las zonas del propio destinatario, por SEX)."
            },
            {"ar", "يحوز المتلقي نفسه: Consular register (COUNTERPART_AREA: مناطق المتلقي نفسه, بحسب SEX)."}
        }) {
            String text = Prose.of(agreement, expected[0])
                    .plain()
                    .replaceAll("[\\u2066-\\u2069]", "")
                    .replaceAll("\\s+", " ");
            assertTrue(text.contains(expected[1]), () -> "missing: " + expected[1] + "\n" + text);
        }
    }

    @Test
    void articles_are_numbered_and_no_line_is_wider_than_the_page() {
        String text = Prose.of(Sample.agreement(), "en").plain();
        assertTrue(text.contains("\n1. Identity\n"));
        assertTrue(text.contains("\n   4.1 "), text);
        assertTrue(text.lines().allMatch(l -> l.length() <= 100));
    }

    @Test
    void every_clause_of_a_framework_has_words() throws Exception {
        for (String language : Prose.LANGUAGES) {
            String text = Prose.of(Framework.agreement(), language).plain().replaceAll("\\s+", " ");
            assertTrue(text.contains("Abu Dhabi Dialogue"));
            assertFalse(Pattern.compile("\\{\\d\\}|\\bnull\\b").matcher(text).find(), text);
        }
        String english = Prose.of(Framework.agreement(), "en").plain().replaceAll("\\s+", " ");
        assertTrue(english.contains("every member provides figures to Abu Dhabi Dialogue (ADD)"));
        assertTrue(english.contains("denounced"));
        assertTrue(english.contains("needs at least 3 reporting states"));
        assertTrue(english.contains("Sealed crisis pack"));
    }

    @Test
    void who_accepts_and_excludes_members_and_when_it_takes_effect_is_said() throws Exception {
        ObjectNode document = Framework.framework();
        ((ObjectNode) document.get("accession"))
                .put("acceptance", "CONSENSUS")
                .put("exclusionBy", "TWO_THIRDS")
                .put("effectDays", 30);
        ((ObjectNode) document.at("/course/entryIntoForce")).put("provisionalByDeclaration", true);
        Agreement agreement = Agreement.author(CanonicalJson.encode(document));
        String english = Prose.of(agreement, "en").plain().replaceAll("\\s+", " ");
        assertTrue(english.contains("An accession is accepted by all other members."), english);
        assertTrue(english.contains("30 days after the accession"), english);
        assertTrue(english.contains("excluded by decision of at least two thirds of the other members"), english);
        assertTrue(english.contains("applied provisionally when all have declared so"), english);
        for (String language : Prose.LANGUAGES) {
            String text = Prose.of(agreement, language).plain();
            assertFalse(Pattern.compile("\\{\\d\\}|\\bnull\\b").matcher(text).find(), text);
        }
    }

    @Test
    void a_language_that_was_not_authenticated_is_headed_as_a_working_translation() {
        for (String language : Prose.LANGUAGES) {
            ProseDocument prose = Prose.of(Sample.agreement(), language);
            boolean authenticated = language.equals("en");
            assertEquals(
                    Prose.words(language).say(authenticated ? "notice.authenticated" : "notice.working"),
                    prose.status());
            String head = prose.plain().substring(0, 400).replaceAll("\\s+", " ");
            assertTrue(head.contains(prose.title() + " " + prose.status()), head);
        }
        Agreement both = Sample.edited(ProseTest::authenticInFrenchToo);
        assertEquals(
                Prose.words("fr").say("notice.authenticated"),
                Prose.of(both, "fr").status());
    }

    /** Every text gets a French wording; what it says does not matter here. */
    private static void authenticInFrenchToo(ObjectNode document) {
        ((ArrayNode) document.at("/languages/authentic")).add("fr");
        texts(document);
    }

    private static void texts(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("en").isTextual()) {
            object.put("fr", "en français");
        }
        node.forEach(ProseTest::texts);
    }

    @Test
    void the_words_follow_the_nature_of_the_instrument() throws Exception {
        String treaty = Prose.of(Framework.agreement(), "es").plain();
        assertTrue(treaty.contains("Partes") && treaty.contains("entra en vigor") && treaty.contains("denunciarse"));
        String memorandum = Prose.of(Sample.agreement(), "es").plain();
        assertTrue(memorandum.contains("Participantes") && memorandum.contains("surte efecto"));
        assertFalse(memorandum.contains("denunciarse") || memorandum.contains("entra en vigor"));
        assertTrue(Prose.of(Framework.agreement(), "ar").plain().contains("تدخل هذه المعاهدة حيز النفاذ"));
        assertTrue(Prose.of(Sample.agreement(), "ar").plain().contains("يبدأ سريان هذا الترتيب"));
    }

    @Test
    void a_code_in_an_arabic_sentence_is_isolated_from_it() {
        ProseDocument arabic = Prose.of(Sample.agreement(), "ar");
        assertTrue(arabic.rightToLeft());
        assertTrue(arabic.plain().contains("\u2068Europe/Rome\u2069"));
        assertFalse(Prose.of(Sample.agreement(), "en").plain().contains("\u2068"));
    }

    @Test
    void no_two_articles_are_called_the_same_and_the_names_are_those_of_every_language() throws Exception {
        for (Agreement agreement : List.of(Sample.agreement(), Framework.agreement())) {
            ProseDocument prose = Prose.of(agreement, "en");
            assertEquals(
                    prose.articles().size(),
                    prose.articles().stream()
                            .map(ProseDocument.Article::key)
                            .distinct()
                            .count());
            assertEquals(
                    prose.articles().stream().map(ProseDocument.Article::key).toList(),
                    Prose.of(agreement, "ar").articles().stream()
                            .map(ProseDocument.Article::key)
                            .toList());
        }
    }

    @Test
    void a_gap_like_text_in_a_document_stays_what_it_is() {
        Agreement agreement =
                Sample.edited(d -> Sample.at(d, "/definitions/0/term").put("en", "stock {1} {9}"));
        assertTrue(Prose.of(agreement, "en").plain().contains("stock {1} {9}"));
    }

    @Test
    void a_language_without_translation_is_refused_by_name() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Prose.of(Sample.agreement(), "tlh"));
        assertTrue(String.valueOf(e.getMessage()).contains("tlh"));
    }

    @Test
    void every_translation_has_every_phrase_with_the_same_gaps() throws IOException {
        Properties english = words("en");
        for (String language : Prose.LANGUAGES) {
            Properties other = words(language);
            assertEquals(english.stringPropertyNames(), other.stringPropertyNames(), language);
            for (String key : english.stringPropertyNames()) {
                assertEquals(gaps(english.getProperty(key)), gaps(other.getProperty(key)), language + " " + key);
            }
        }
    }

    private static TreeSet<String> gaps(String phrase) {
        TreeSet<String> gaps = new TreeSet<>();
        Matcher m = Pattern.compile("\\{\\d\\}").matcher(phrase);
        while (m.find()) {
            gaps.add(m.group());
        }
        return gaps;
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Prose.class.getResourceAsStream("words_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
