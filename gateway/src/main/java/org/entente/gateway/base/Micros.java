package org.entente.gateway.base;

import java.time.Instant;

/** Instants as the database keeps them: microseconds since 1970-01-01T00:00:00Z, columns named {@code ..._us}. */
public final class Micros {

    private static final long PER_SECOND = 1_000_000L;

    private Micros() {}

    /** Whole microseconds, rounded down. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
    }

    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L);
    }
}
