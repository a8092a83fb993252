package org.entente.gateway.region.programme;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a programme.
 *
 * @param version of the programme
 * @param year that figures are wanted for
 * @param dueDay the day of the calendar that has opened it; null if a person has
 * @param openedBy staff user in whose name members are asked
 * @param closed when it was closed; null while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Round(
        UUID id,
        String programme,
        int version,
        int year,
        @Nullable String dueDay,
        Instant opened,
        String openedBy,
        Instant deadline,
        @Nullable Instant closed) {

    /** What became of a question to a member. */
    public enum Outcome {
        /** Not asked yet, or to be asked again. */
        OPEN(false),
        /** A person of the member decides. */
        WAITING(false),
        /** The member could not be reached, or had no time. */
        UNREACHABLE(false),
        /** Answered with figures, verified and journaled. */
        ANSWERED(true),
        /** A focal point has put the figures in and confirmed their sums; the member has not signed them. */
        DEPOSITED(true),
        /** Refused, by the member or by this node itself, with the reason. */
        REFUSED(true),
        /** Answered with something that did not hold. */
        INVALID(true),
        /** No answer came in time; the last signed one stands in. */
        STANDS_IN(true),
        /** Somebody of the member still decides at the deadline, and nothing stands in. */
        LATE(true),
        /** Nothing was heard until the deadline, and nothing stands in. */
        MISSING(true);

        private final boolean settled;

        Outcome(boolean settled) {
            this.settled = settled;
        }

        /** Whether the member is not asked again. */
        public boolean settled() {
            return settled;
        }

        /** Whether there are figures. */
        public boolean hasFigures() {
            return this == ANSWERED || this == STANDS_IN || this == DEPOSITED;
        }
    }

    /**
     * One table wanted of one member.
     *
     * @param exchange under which it is asked; of a stand-in, that brought it; of a deposit, its id
     * @param code why there is no answer, from the catalogue of errors
     * @param done when the answer was verified; of a stand-in, when that was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Task(
            String party,
            String table,
            UUID exchange,
            Outcome state,
            @Nullable String code,
            @Nullable String sentence,
            int attempts,
            @Nullable Instant tried,
            @Nullable Instant done) {

        static Task wanted(String party, String table, UUID exchange) {
            return new Task(party, table, exchange, Outcome.OPEN, null, null, 0, null, null);
        }

        Task tried(Outcome outcome, @Nullable String why, @Nullable String sentence, Instant at) {
            Instant answered = outcome == Outcome.ANSWERED ? at : null;
            return new Task(party, table, exchange, outcome, why, sentence, attempts + 1, at, answered);
        }

        Task settled(Outcome outcome, UUID by, @Nullable Instant at) {
            return new Task(party, table, by, outcome, code, sentence, attempts, tried, at);
        }
    }
}
