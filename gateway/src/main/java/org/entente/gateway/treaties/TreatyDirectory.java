package org.entente.gateway.treaties;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.entente.gateway.base.EntenteException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The treaties in memory. Changes of this process are seen at once, those of other processes within a second; if the database
 * cannot be asked for that long, the answer is an error and not yesterday's agreement.
 */
@Singleton
class TreatyDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TreatyDirectory.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final TreatyTables tables;
    private volatile @Nullable TreatyBook book;
    private volatile long checkedAt;

    TreatyDirectory(TreatyTables tables) {
        this.tables = tables;
    }

    /** The treaties, at most a second old. */
    TreatyBook fresh() {
        TreatyBook known = book;
        if (known != null && System.nanoTime() - checkedAt < FRESH_NANOS) {
            return known;
        }
        return look(false);
    }

    /** Reads again after a change of this process. */
    TreatyBook reload() {
        return look(true);
    }

    @Scheduled(fixedDelay = "500ms", initialDelay = "0s")
    void lookRegularly() {
        try {
            look(false);
        } catch (EntenteException e) {
            LOG.debug("treaties could not be read: {}", e.getMessage());
        }
    }

    private synchronized TreatyBook look(boolean certainly) {
        TreatyBook before = book;
        long now = System.nanoTime();
        if (before != null && !certainly && now - checkedAt < FRESH_NANOS / 4) {
            return before;
        }
        boolean same = before != null && !certainly && tables.version() == before.version();
        TreatyBook found = before != null && same ? before : tables.read(before);
        book = found;
        checkedAt = now;
        return found;
    }
}
