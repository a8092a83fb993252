package org.entente.gateway.evidence.obligations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a party owed by a day.
 *
 * @param party who owes it; several with commas where it is open who of them
 * @param leg under which leg; absent where the duty is not one leg's
 * @param subject what it is about: an exchange, a due day, an act, a release or a window of a quota
 * @param due the last moment at which it is in time
 * @param met when it was done, by this node's journal; absent when it shows nothing
 * @param entries indices in this node's journal of the entries that show what is said, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Obligation(
        Duty duty,
        String party,
        @Nullable String leg,
        String subject,
        @Iso Instant due,
        @Nullable @Iso Instant met,
        Outcome outcome,
        List<Long> entries) {
    /** Keeps its own copy of the list. */
    public Obligation {
        entries = List.copyOf(entries);
    }

    /** An obligation with the outcome that follows from its times. */
    static Obligation of(
            Duty duty,
            String party,
            @Nullable String leg,
            String subject,
            Instant due,
            @Nullable Instant met,
            Instant now,
            List<Long> entries) {
        return new Obligation(duty, party, leg, subject, due, met, Outcome.of(due, met, now), entries);
    }

    /** Kinds of duties, with the clause that they come from. */
    public enum Duty {
        /** A delivery on a due day of the calendar. */
        DELIVERY(15),
        /** A person's answer to a request that waits. */
        ANSWER(16),
        /** To stay within the requests and cells of a window. */
        QUOTA(16),
        /** The signed receipt for an answer. */
        RECEIPT(17),
        /** The answer to a report of an error. */
        CORRECTION(19),
        /** The deletion of what was received. */
        DELETION(26),
        /** A person's word on what became of a copy outside the gateway. */
        EXPORT_ATTESTATION(26),
        /** The notice of a breach. */
        BREACH_NOTICE(27),
        /** The review after a crisis. */
        CRISIS_REVIEW(32),
        /** The report that a crisis pack was opened. */
        PACK_REPORT(32);

        private final int clause;

        Duty(int clause) {
            this.clause = clause;
        }

        /** Number of the clause. */
        public int clause() {
            return clause;
        }
    }

    /** What became of an obligation. */
    public enum Outcome {
        /** Done in time. */
        KEPT,
        /** Done after its time. */
        LATE,
        /** Its time is over, and this node's journal does not show that it was done. */
        MISSED,
        /** Its time is not over. */
        OPEN,
        /** Not owed: the leg was suspended or on hold. */
        EXCUSED,
        /** Its time is over, and whether it was done is not for this node's journal to show. */
        NOT_SHOWN;

        static Outcome of(Instant due, @Nullable Instant met, Instant now) {
            if (met != null) {
                return met.isAfter(due) ? LATE : KEPT;
            }
            return now.isAfter(due) ? MISSED : OPEN;
        }
    }
}
