package org.entente.gateway.partners;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, and how far it is wrong. */
final class SettableClock extends Clock {
    private volatile Duration wrongBy = Duration.ZERO;

    void wrongBy(Duration offset) {
        wrongBy = offset;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(wrongBy);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
