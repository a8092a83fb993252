package org.entente.gateway.exchange;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Write;

/**
 * Whether the journal's time is attested well enough for another exchange. Asked upward, since timestamps are evidence and
 * evidence stands above exchanges.
 */
public interface AttestedTime {
    /** This node's part in an exchange. */
    enum Side {
        CONSUMER,
        PROVIDER
    }

    /**
     * Lets a new exchange begin, or not.
     *
     * @param crisis whether a declared crisis has effect between the two parties on the leg; asked only when the exchange
     *     would be stopped
     * @return what goes into the transaction of the exchange's entry: nothing, or the mark that its time is not attested
     * @throws EntenteException {@code time-unattested} if authorities have been silent for longer than is allowed and there is
     *     no crisis
     */
    List<Write> admit(Side side, String partner, UUID exchange, BooleanSupplier crisis);
}
