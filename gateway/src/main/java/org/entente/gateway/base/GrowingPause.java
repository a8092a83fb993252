package org.entente.gateway.base;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: twice as long each time, up to a limit.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 */
public record GrowingPause(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 16;

    /** Refuses pauses that are no time at all, or that shrink. */
    public GrowingPause {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a pause grows from " + first + " to " + longest + "?");
        }
    }

    /**
     * The pause before the next try.
     *
     * @param failures how many tries have failed before the last one; 0 gives the first pause
     */
    public Duration after(long failures) {
        Duration pause = first.multipliedBy(1L << Math.clamp(failures, 0, MOST_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
