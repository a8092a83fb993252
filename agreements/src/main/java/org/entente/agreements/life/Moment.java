package org.entente.agreements.life;

import java.time.Instant;

/**
 * A moment that remembers which times were compared with it, and so for how long everything computed from those comparisons holds: from
 * the latest time that was reached until the earliest that was not.
 */
final class Moment {
    private final Instant now;
    private Instant from = Instant.MIN;
    private Instant until = Instant.MAX;

    Moment(Instant now) {
        this.now = now;
    }

    /** Has this time come? Every question about time goes through here. */
    boolean reached(Instant time) {
        if (time.isAfter(now)) {
            until = time.isBefore(until) ? time : until;
            return false;
        }
        from = time.isAfter(from) ? time : from;
        return true;
    }

    Instant from() {
        return from;
    }

    Instant until() {
        return until;
    }
}
