package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where an agreement stands at one moment.
 *
 * @param signed parties that have signed, with the time of their first signature
 * @param inEffectSince when it came, or will come, into effect; absent while that is open
 * @param endsAt when it ends or has ended; absent while it is indefinite
 * @param stops suspensions and holds, with who set them and from when
 */
public record State(
        Phase phase,
        SortedMap<String, Instant> signed,
        @Nullable Instant inEffectSince,
        @Nullable Instant endsAt,
        List<Stop> stops) {
    public State {
        stops = List.copyOf(stops);
    }

    /** The phases of an agreement's life. */
    public enum Phase {
        DRAFT,
        PROPOSED,
        /** All have signed; not yet in effect. */
        SIGNED,
        /** Signed by all and applied before its entry into force. */
        PROVISIONALLY_APPLIED,
        IN_EFFECT,
        /** Ended by denunciation or discontinuation. */
        DENOUNCED,
        /** Ended because its time was over. */
        EXPIRED;

        /** May figures pass? */
        public boolean applies() {
            return this == IN_EFFECT || this == PROVISIONALLY_APPLIED;
        }
    }

    /**
     * A suspension (after notice) or hold (at once) of one leg, of one release, or of the whole when neither is given.
     */
    public record Stop(
            Sort sort, @Nullable String leg, @Nullable String release, String party, Instant from, String reason) {
        /** Which of the two. */
        public enum Sort {
            SUSPENSION,
            HOLD
        }
    }

    /** The stop that is effective on this leg at this time, if any. */
    public Optional<Stop> stopOn(String leg, Instant now) {
        return stops.stream()
                .filter(s -> s.release() == null && (s.leg() == null || s.leg().equals(leg)))
                .filter(s -> !s.from().isAfter(now))
                .findFirst();
    }
}
