package org.entente.agreements.life;

import java.time.Instant;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/** Acts that stop the exchange for a time, and let it run again (clause 39). */
public sealed interface Interruption extends Instrument {
    /** One leg stops, after the agreed notice; at once after a notified breach where clause 27 says so. */
    record LegSuspended(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg,
            String reason) implements Interruption {}

    /** The party that suspended a leg lets it run again. */
    record LegResumed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg) implements Interruption {}

    /**
     * Something stops at once, by one authorised person.
     *
     * @param scope how much: towards this partner a hold on the node or on the partner stops the whole agreement
     * @param leg the leg, when the scope is a leg
     * @param release the release, when the scope is a release
     */
    record HoldSet(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            Scope scope,
            @Nullable String leg,
            @Nullable String release,
            String reason)
            implements Interruption {
        @Override
        public String journalKind() {
            return word();
        }
    }

    /** The party that set a hold lifts it; scope, leg and release are those of the hold. */
    record HoldLifted(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            Scope scope,
            @Nullable String leg,
            @Nullable String release)
            implements Interruption {
        @Override
        public String journalKind() {
            return word();
        }
    }

    /** How much a hold stops. */
    enum Scope {
        NODE,
        PARTNER,
        AGREEMENT,
        LEG,
        RELEASE
    }
}
