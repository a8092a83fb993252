package org.entente.agreements.life;

import java.time.Instant;

/**
 * A state and the time for which it holds, as long as no act is added: it need not be computed again within it.
 *
 * @param from first moment at which the agreement is in this state
 * @param until first moment at which it may be in another
 */
public record Standing(State state, Instant from, Instant until) {
    /** Does the state hold at this moment? */
    public boolean holdsAt(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(until);
    }
}
