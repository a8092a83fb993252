package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.entente.gateway.exchange.notices.Notices;

/** Whether partners take the notices of this node's releases, and how much of what is held is out of date. */
@Singleton
final class NoticesHealth implements HealthCheck {
    private static final Duration LONG = Duration.ofDays(1);

    private final Notices notices;
    private final Clock clock;

    NoticesHealth(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public Finding look() {
        Notices.Waiting waiting = notices.waiting();
        int outdated = notices.outdated().size();
        String note = (waiting.notices() == 0 ? "" : waiting.notices() + " notices wait for a partner (`notice sent`)")
                + (waiting.notices() == 0 || outdated == 0 ? "" : ", ")
                + (outdated == 0 ? "" : outdated + " answers held here are out of date (`notice outdated`)");
        boolean late = waiting.oldest() != null && waiting.oldest().plus(LONG).isBefore(clock.instant());
        return new Finding(late ? Status.DEGRADED : Status.UP, note);
    }
}
