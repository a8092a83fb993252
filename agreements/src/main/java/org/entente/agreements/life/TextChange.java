package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.Copies;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/**
 * Acts by which a concluded text is changed without new signatures (clause 38). They are acts on the <em>new</em> text: their {@link
 * #digest} is the text that shall hold, and they name the one that it takes the place of.
 */
public sealed interface TextChange extends Instrument {
    /** Digest of the text that holds until then. */
    String replaces();

    /**
     * One letter of an exchange by which a technical annex is amended. Once a letter of every party is there, the new text counts as
     * signed by all and comes into effect as its clause 37 says.
     *
     * @param reference number of the letter or note
     */
    record LetterSent(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String replaces,
            String reference,
            Signatory signatory)
            implements TextChange {}

    /**
     * An error in a concluded text is to be corrected by a procès-verbal of rectification (Vienna Convention on the Law of Treaties, art.
     * 79). Once every party has consented, the corrected text takes the place of the defective one from the beginning.
     *
     * @param replaces digest of the defective text
     * @param places what is corrected, place by place: the whole difference of the two texts, as {@link Rectification#between} states it
     */
    record CorrectionProposed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String replaces,
            List<Place> places,
            String reason)
            implements TextChange {
        public CorrectionProposed {
            places = Copies.of(places);
        }
    }

    /**
     * A party consents to the correction.
     *
     * @param replaces digest of the defective text
     */
    record CorrectionConsented(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String replaces) implements TextChange {}

    /**
     * One place in a text.
     *
     * @param pointer JSON pointer (RFC 6901) into the document
     * @param was what it says, as text or else as canonical JSON; absent when something is added
     * @param becomes what it shall say, in the same form; absent when something is left out
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Place(
            String pointer, @Nullable String was, @Nullable String becomes) {}
}
