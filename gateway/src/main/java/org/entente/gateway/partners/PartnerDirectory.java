package org.entente.gateway.partners;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.entente.gateway.base.EntenteException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partners in memory. Changes of this process are seen at once, those of other processes within a second; if the
 * database cannot be asked for that long, the answer is an error and not yesterday's trust.
 */
@Singleton
class PartnerDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerDirectory.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final PartnerTables tables;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable PartnerBook book;
    private volatile long checkedAt;

    PartnerDirectory(PartnerTables tables) {
        this.tables = tables;
    }

    /** Called with the party's id after any of its rows has changed. */
    void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** The partners, at most a second old. */
    PartnerBook fresh() {
        PartnerBook known = book;
        if (known != null && System.nanoTime() - checkedAt < FRESH_NANOS) {
            return known;
        }
        return look(false);
    }

    /** The partners as last seen, without asking the database; nothing before the first look. */
    @Nullable
    PartnerBook remembered() {
        return book;
    }

    /** Reads again after a change of this process. */
    PartnerBook reload() {
        return look(true);
    }

    @Scheduled(fixedDelay = "500ms", initialDelay = "0s")
    void lookRegularly() {
        try {
            look(false);
        } catch (EntenteException e) {
            LOG.debug("partners could not be read: {}", e.getMessage());
        }
    }

    private PartnerBook look(boolean certainly) {
        PartnerBook before;
        PartnerBook found;
        synchronized (this) {
            before = book;
            long now = System.nanoTime();
            if (before != null && !certainly && now - checkedAt < FRESH_NANOS / 4) {
                return before;
            }
            boolean same = before != null && !certainly && tables.version() == before.version();
            found = before != null && same ? before : tables.read(before);
            book = found;
            checkedAt = now;
        }
        if (before != null && before != found) {
            for (String party : differences(before, found)) {
                listeners.forEach(listener -> listener.accept(party));
            }
        }
        return found;
    }

    private static Set<String> differences(PartnerBook before, PartnerBook after) {
        Set<String> changed = new HashSet<>();
        List<Partner> all = new ArrayList<>(before.all());
        all.addAll(after.all());
        for (Partner partner : all) {
            boolean same = before.find(partner.party())
                    .flatMap(one -> after.find(partner.party()).map(other -> sameTrust(one, other)))
                    .orElse(false);
            if (!same) {
                changed.add(partner.party());
            }
        }
        return changed;
    }

    private static boolean sameTrust(Partner one, Partner other) {
        return one.cardDigest().equals(other.cardDigest()) && one.removedPins().equals(other.removedPins());
    }
}
