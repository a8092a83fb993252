package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts in words, and the direction of words that somebody else has written. */
class SiteTextsTest {
    private final SiteTexts english = SiteTexts.in("en");
    private final SiteTexts arabic = SiteTexts.in("ar");

    @Test
    void aCountHasItsWordsInEveryLanguage() {
        assertEquals("1 comment came from 1 of 1 who were asked; 1 was accepted.", said("en", 1, 1, 1, 1));
        assertEquals("0 comments came from 0 of 2 who were asked; 0 were accepted.", said("en", 0, 0, 2, 0));
        assertEquals("1 commentaire est venu de 1 sur 1 personne invitée ; 0 a été retenu.", said("fr", 1, 1, 1, 0));
        assertEquals("1,200 comments came from 3 of 3 who were asked; 2 were accepted.", said("en", 1200, 3, 3, 2));
        assertEquals("Llegaron 2 comentarios de 1 de 3 personas consultadas; se aceptó 1.", said("es", 2, 1, 3, 1));
        assertEquals("ورد تعليقان من 1 من أصل 3 ممن سُئلوا؛ قُبل منها واحد.", said("ar", 2, 1, 3, 1));
        assertEquals("وردت 5 تعليقات من 4 من أصل 9 ممن سُئلوا؛ قُبل منها اثنان.", said("ar", 5, 4, 9, 2));
        assertEquals("ورد 11 تعليقًا من 4 من أصل 9 ممن سُئلوا؛ قُبلت منها 3.", said("ar", 11, 4, 9, 3));
    }

    private static String said(String language, Object... counts) {
        return SiteTexts.in(language).get("consultation.about", counts);
    }

    @Test
    void wordsThatRunTheOtherWayAreKnownAndWhatBelongsToThePageIsLeft() {
        assertEquals("ltr", arabic.otherDirection("Say who counts. (Please.)"));
        assertEquals("rtl", english.otherDirection("من يحصيهم؟"));
        assertEquals(
                "rtl", english.otherDirection("مركز دراسات الهجرة (CMS)"), "an Arabic name with a Latin one in it");
        String digest = arabic.get("proof.digest", "OFmT3awJvIBb2IIcZ4TGRi3gYVTZCkbcWta9vz7vMhQ");
        for (String own : List.of("من يحصيهم؟", "2024-05-01", "1,234", "", "PHL في 2024، قيد السجل 5", digest)) {
            assertNull(arabic.otherDirection(own), own);
        }
        assertNull(english.otherDirection("Counted by the Philippines"));
    }

    @Test
    void otherWordsInASentenceAreIsolated() {
        assertEquals("\u2068Studies Inc.\u2069", arabic.apart("Studies Inc."));
        assertEquals("Studies Inc.", english.apart("Studies Inc."));
    }
}
