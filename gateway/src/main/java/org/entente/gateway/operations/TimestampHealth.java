package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import org.entente.gateway.evidence.time.TimeState;
import org.entente.gateway.evidence.time.Timestamps;

/** Whether timestamp authorities attest the journal's time. */
@Singleton
final class TimestampHealth implements HealthCheck {

    private final Timestamps timestamps;

    TimestampHealth(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    @Override
    public String name() {
        return "timestamps";
    }

    @Override
    public Finding look() {
        TimeState state = timestamps.state();
        return switch (state.level()) {
            case ASSERTED -> new Finding(Status.UP, "no timestamp authority is configured; times are asserted");
            case ATTESTED ->
                state.failures() == 0
                        ? Finding.up()
                        : new Finding(
                                Status.DEGRADED,
                                "no timestamp authority answers; new exchanges stop at " + state.stopsAt());
            case ALARM ->
                new Finding(
                        Status.DEGRADED,
                        "no timestamp since " + state.unattestedSince() + "; new exchanges stop at " + state.stopsAt());
            case STOPPED ->
                new Finding(
                        Status.DOWN,
                        "no timestamp since " + state.unattestedSince()
                                + "; new exchanges are stopped, but for those under a declared crisis");
        };
    }
}
