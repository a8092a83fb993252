package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.Copies;
import org.entente.agreements.Iso;
import org.entente.agreements.IsoDate;
import org.jspecify.annotations.Nullable;

/**
 * Acts about figures that were delivered. They change no state of the agreement, and can be made as long as figures are held: also after
 * its end, since data already supplied stay bound.
 */
public sealed interface FigureAct extends Instrument {
    @Override
    default String journalKind() {
        return word();
    }

    /**
     * The provider recalls a release.
     *
     * @param digests digests of what was delivered of it, base64url SHA-256; empty when the release says enough
     */
    record ReleaseRecalled(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String release,
            String reason,
            List<String> digests)
            implements FigureAct {
        public ReleaseRecalled {
            digests = Copies.of(digests);
        }
    }

    /**
     * A holder has destroyed what was recalled.
     *
     * @param recall id of the recall
     * @param digests digests of what was destroyed
     */
    record DestructionConfirmed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String recall,
            List<String> digests,
            IsoDate destroyedOn)
            implements FigureAct {
        public DestructionConfirmed {
            digests = Copies.of(digests);
        }
    }

    /**
     * A holder keeps what was recalled, and says why.
     *
     * @param recall id of the recall
     */
    record DestructionDeclined(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String recall,
            String reason) implements FigureAct {}

    /**
     * Figures were deleted because their retention is over (clause 26).
     *
     * @param exchanges ids of the exchanges whose answers were deleted; at least one
     * @param exports what had left the gateway, each attested by a named person
     */
    record DeletionRecorded(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            List<String> exchanges,
            IsoDate deletedOn,
            List<Export> exports)
            implements FigureAct {
        public DeletionRecorded {
            exchanges = Copies.of(exchanges);
            exports = Copies.of(exports);
        }
    }

    /**
     * A copy outside the gateway, and the person who answers for its deletion.
     *
     * @param what the export
     * @param name the person
     * @param post the person's post
     * @param deletedOn the day; absent when it is kept, and then {@code kept} says why
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Export(
            String what,
            String name,
            String post,
            @Nullable IsoDate deletedOn,
            @Nullable String kept) {}

    /**
     * One cell.
     *
     * @param key SDMX series key, for example {@code A.IT._T.PH}
     * @param period SDMX time period; absent for all periods of the series
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Cell(String key, @Nullable String period) {}

    /**
     * A user of figures reports an error (clause 19).
     *
     * @param cells the cells; empty for the release as a whole
     */
    record ErrorReported(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String release,
            List<Cell> cells,
            String text)
            implements FigureAct {
        public ErrorReported {
            cells = Copies.of(cells);
        }
    }

    /**
     * The provider answers a report, or corrects unasked.
     *
     * @param report id of the report; absent when nobody reported
     * @param release the release that corrects; absent when the text says why there is none
     * @param corrects the release that is corrected
     */
    record CorrectionGiven(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String report,
            String corrects,
            @Nullable String release,
            String text)
            implements FigureAct {}

    /**
     * Notice of a breach of security or confidentiality (clause 27).
     *
     * @param what what happened
     * @param when when it happened or was found
     * @param measures what has been done
     * @param releases releases concerned; empty when that is not known yet
     */
    record BreachNotified(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String what,
            @Iso Instant when,
            String measures,
            List<String> releases)
            implements FigureAct {
        public BreachNotified {
            releases = Copies.of(releases);
        }
    }

    /**
     * A question on a release or a cell.
     *
     * @param thread id of the conversation, chosen by who asks first
     */
    record QuestionAsked(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String thread,
            String release,
            @Nullable Cell cell,
            String text)
            implements FigureAct {}

    /**
     * An answer to a question; figures are shown and exported with it.
     *
     * @param thread id of the conversation
     */
    record ReplyGiven(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String thread,
            String text) implements FigureAct {}

    /**
     * Consents that a mirror pair of figures is shown with a reconciled one beside it, by one rule of one programme.
     *
     * @param programme id of the secretariat's programme
     * @param table of the programme that both figures are from
     * @param method with version, as {@code MEAN/1}
     * @param with the party that the other figure is from
     * @param rule digest of the whole rule, base64url SHA-256; a rule that differs in anything is another one
     */
    record ReconciliationConsented(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String programme,
            String table,
            String method,
            String with,
            String rule)
            implements FigureAct {}

    /**
     * Withdraws such a consent: no edition that is made from then on shows the reconciled figure.
     *
     * @param consent id of the act that is withdrawn
     */
    record ReconciliationWithdrawn(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String consent,
            String reason) implements FigureAct {}
}
