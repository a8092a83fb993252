package org.entente.agreements.prose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.entente.agreements.decision.Reason;
import org.junit.jupiter.api.Test;

class ReasonWordsTest {
    private static Reason reason(Reason.Code code, String... values) {
        return new Reason(code, null, "the judge's own sentence", List.of(values));
    }

    @Test
    void english_is_what_was_journaled() {
        Reason reason = reason(Reason.Code.QUOTA);
        assertEquals("the judge's own sentence", new ReasonWords("en").of(reason));
    }

    @Test
    void every_reason_is_said_in_every_language_with_what_it_is_about() {
        for (String language : List.of("fr", "es", "ar")) {
            ReasonWords words = new ReasonWords(language);
            for (Reason.Code code : Reason.Code.values()) {
                String sentence = words.of(reason(code, "PH", "XK"));
                assertFalse(sentence.contains("judge"), sentence);
                assertTrue(sentence.contains("PH") && sentence.contains("XK"), sentence);
                assertFalse(words.of(reason(code)).contains("PH"));
            }
        }
    }

    @Test
    void a_sensitive_group_is_named_in_words() {
        assertTrue(new ReasonWords("es")
                .of(reason(Reason.Code.COVERAGE, "REFUGEES"))
                .contains("refugiados"));
    }

    @Test
    void a_language_without_translation_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new ReasonWords("tlh"));
    }
}
