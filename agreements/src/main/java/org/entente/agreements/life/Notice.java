package org.entente.agreements.life;

import java.time.Instant;
import org.entente.agreements.Agreement;
import org.entente.agreements.Iso;
import org.entente.agreements.Nature;

/** Notice that the agreement shall end for all (clause 39). One act with two words: a treaty is denounced, anything else discontinued. */
public sealed interface Notice extends Instrument {
    /** Why. */
    String reason();

    /** The notice with the word that this agreement's nature asks for. */
    static Notice of(Agreement text, String id, String digest, String party, Instant at, String reason) {
        return text.nature() == Nature.TREATY
                ? new Denounced(id, text.id(), digest, party, at, reason)
                : new Discontinued(id, text.id(), digest, party, at, reason);
    }

    /** Denunciation of a treaty; takes effect after the agreed notice. */
    record Denounced(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String reason) implements Notice {}

    /** Discontinuation of a memorandum or annex; takes effect after the agreed notice. */
    record Discontinued(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String reason) implements Notice {}
}
