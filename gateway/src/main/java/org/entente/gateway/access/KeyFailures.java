package org.entente.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * Access keys that did not fit, counted for a minute by address and claimed name, and by address alone. Behind a reverse proxy many people
 * share an address, so one name that fails does not shut out the others before the address as a whole has failed far more often.
 */
@Singleton
final class KeyFailures {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_OF_NAME = 10;
    private static final int MOST_OF_ADDRESS = 100;
    private static final int REMEMBERED = 20_000;

    private final Cache<String, Integer> counts;

    KeyFailures(Clock clock) {
        this.counts = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** @throws EntenteException {@code too-many-requests}, whatever the key is */
    void refuseIfMany(String address, String name) {
        if (count(address + '\n' + name) >= MOST_OF_NAME || count(address) >= MOST_OF_ADDRESS) {
            throw new EntenteException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "Too many access keys did not fit; try again in a minute.",
                    Map.of("retryAfterSeconds", WINDOW.toSeconds()));
        }
    }

    void count(String address, String name, boolean failed) {
        if (failed) {
            counts.asMap().merge(address + '\n' + name, 1, Integer::sum);
            counts.asMap().merge(address, 1, Integer::sum);
        }
    }

    private int count(String key) {
        Integer present = counts.getIfPresent(key);
        return present == null ? 0 : present;
    }
}
