package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import org.entente.agreements.Copies;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/** Acts under the crisis clause (clause 32). */
public sealed interface CrisisAct extends Instrument {
    @Override
    default String journalKind() {
        return word();
    }

    /**
     * A party declares a crisis. It ends by itself at the start of the day that many days later.
     *
     * @param trigger number of the trigger in the clause, from 1
     * @param legs legs that are widened; empty for all that the clause widens
     * @param days days it lasts, at most those of the clause
     */
    record CrisisDeclared(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            int trigger,
            String reason,
            List<String> legs,
            int days)
            implements CrisisAct {
        public CrisisDeclared {
            legs = Copies.of(legs);
        }
    }

    /**
     * Another party agrees to a declaration.
     *
     * @param crisis id of the declaration
     */
    record CrisisCountersigned(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String crisis) implements CrisisAct {}

    /**
     * A crisis ends before its time.
     *
     * @param crisis id of the declaration
     */
    record CrisisEnded(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String crisis,
            @Nullable String reason)
            implements CrisisAct {}

    /**
     * The review that is due after a crisis.
     *
     * @param crisis id of the declaration
     * @param findings what the party found
     */
    record CrisisReviewed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String crisis,
            String findings) implements CrisisAct {}

    /**
     * The consumer opens the sealed crisis pack of a release. This declaration alone opens it.
     *
     * @param leg the leg whose pack it is
     * @param release the release it came with
     */
    record PackOpened(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg,
            String release,
            String reason)
            implements CrisisAct {}
}
