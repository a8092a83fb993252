package org.entente.agreements.life;

import java.time.Instant;
import org.entente.agreements.Iso;
import org.entente.agreements.IsoDate;
import org.jspecify.annotations.Nullable;

/** Acts by which a text is negotiated, concluded and brought into effect (clause 37). */
public sealed interface Conclusion extends Instrument {
    /**
     * A text is put before the other parties.
     *
     * @param counters digest of the text of the same version that this one answers: a counter-proposal
     */
    record Proposed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String counters) implements Conclusion {
        /** A first proposal, which answers no other text. */
        public Proposed(String id, String agreement, String digest, String party, Instant at) {
            this(id, agreement, digest, party, at, null);
        }
    }

    /** Initials under the text: it is settled, and nobody is bound yet (Vienna Convention on the Law of Treaties, art. 10). */
    record Initialled(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            Signatory signatory) implements Conclusion {}

    /**
     * A signature over the text.
     *
     * @param certificateSha256 base64url SHA-256 of the signer's certificate
     * @param signatory who signed; absent when only the certificate tells
     */
    record Signed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String certificateSha256,
            @Nullable Signatory signatory)
            implements Conclusion {
        /** A signature of which only the certificate tells who made it. */
        public Signed(String id, String agreement, String digest, String party, Instant at, String certificateSha256) {
            this(id, agreement, digest, party, at, certificateSha256, null);
        }
    }

    /**
     * A signature on paper, attested by an officer of the same party who signs this act. It counts from this act's time, since only from
     * then on can the other side know of it.
     *
     * @param scan base64url SHA-256 of the scanned page
     * @param signatory who signed on paper
     * @param signedOn the day on the paper
     */
    record SignedOnPaper(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String scan,
            Signatory signatory,
            IsoDate signedOn)
            implements Conclusion {}

    /**
     * Notification that the party's internal procedures are completed.
     *
     * @param reference of the note or the law, as the party cites it
     */
    record ProceduresCompleted(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String reference) implements Conclusion {
        /** A notification without a reference. */
        public ProceduresCompleted(String id, String agreement, String digest, String party, Instant at) {
            this(id, agreement, digest, party, at, null);
        }
    }

    /** Declaration that the party applies the signed text before its entry into force (Vienna Convention, art. 25). */
    record ProvisionalApplication(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at) implements Conclusion {}
}
