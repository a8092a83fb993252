package org.entente.gateway.evidence.time;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How well the journal's time is attested.
 *
 * @param level what follows from it now
 * @param stampedSize entries under the newest stamped checkpoint
 * @param stamped the time in that token
 * @param unattestedSince when the oldest entry without a token was made; null if every entry has one
 * @param failures rounds in which no authority gave a token, since the last token
 * @param lastError what the last authority that was asked in the last such round said
 * @param stopsAt when new exchanges are stopped if no token comes; null if every entry has one
 */
public record TimeState(
        Level level,
        long stampedSize,
        @Nullable Instant stamped,
        @Nullable Instant unattestedSince,
        long failures,
        @Nullable String lastError,
        @Nullable Instant stopsAt) {

    /** What follows, from good to bad. */
    public enum Level {
        /** No authority is configured: times are what the two parties assert. */
        ASSERTED,
        /** Authorities attest the time, or were not due yet. */
        ATTESTED,
        /** Entries have been without a token for long enough that somebody should look. */
        ALARM,
        /** Entries have been without a token for so long that new exchanges are stopped. */
        STOPPED
    }

    static TimeState asserted() {
        return new TimeState(Level.ASSERTED, 0, null, null, 0, null, null);
    }

    static Level level(@Nullable Instant since, TimestampSettings settings, Instant now) {
        if (since == null) {
            return Level.ATTESTED;
        }
        Duration missing = Duration.between(since, now);
        if (missing.compareTo(settings.stopAfter()) >= 0) {
            return Level.STOPPED;
        }
        return missing.compareTo(settings.alarmAfter()) >= 0 ? Level.ALARM : Level.ATTESTED;
    }
}
