package org.entente.gateway.evidence.time;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.AttestedTime;
import org.entente.gateway.journal.Write;

/** Stops new exchanges when nobody has attested the time for too long, unless a declared crisis lifts the stop. */
@Singleton
final class TimeGate implements AttestedTime {
    private final Timestamps timestamps;
    private final Clock clock;

    TimeGate(Timestamps timestamps, Clock clock) {
        this.timestamps = timestamps;
        this.clock = clock;
    }

    @Override
    public List<Write> admit(Side side, String partner, UUID exchange, BooleanSupplier crisis) {
        TimeState state = timestamps.state();
        if (state.level() != TimeState.Level.STOPPED) {
            return List.of();
        }
        if (crisis.getAsBoolean()) {
            return List.of(TimestampTables.mark(
                    side, partner, exchange, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        }
        throw new EntenteException(
                ErrorCode.TIME_UNATTESTED,
                "No timestamp authority has attested the time of this node's journal since " + state.unattestedSince()
                        + ".",
                Map.of("since", String.valueOf(state.unattestedSince())));
    }
}
