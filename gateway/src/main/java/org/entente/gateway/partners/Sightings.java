package org.entente.gateway.partners;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints that partners have shown with answers and receipts, each once, until somebody has held them against the partner's tiles.
 * In memory while an exchange runs, so that it costs the exchange nothing; in the database at most a second later.
 */
@Singleton
public final class Sightings {
    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

    private final Database database;
    private final Clock clock;
    private final Map<String, Map<Key, Sighting>> fresh = new ConcurrentHashMap<>();

    Sightings(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Key(String origin, long size, Hash root) {}

    /**
     * A checkpoint of a partner's journal, signed by its key.
     *
     * @param note as it was shown
     */
    public record Sighting(String party, String origin, long size, Hash root, SignedNote note) {
        /** What a verified note says. */
        public static Sighting of(String party, Checkpoint.Opened opened) {
            Checkpoint checkpoint = opened.checkpoint();
            return new Sighting(party, checkpoint.origin(), checkpoint.size(), checkpoint.root(), opened.note());
        }
    }

    /** Remembers a checkpoint whose signature was verified. */
    public void saw(String party, Checkpoint.Opened opened) {
        Sighting sighting = Sighting.of(party, opened);
        fresh.computeIfAbsent(party, any -> new ConcurrentHashMap<>())
                .putIfAbsent(new Key(sighting.origin, sighting.size, sighting.root), sighting);
    }

    /** Whether a partner has shown something that is not in the database yet. */
    public boolean hasFresh(String party) {
        Map<Key, Sighting> seen = fresh.get(party);
        return seen != null && !seen.isEmpty();
    }

    /** Writes what is in memory. */
    public void keep(String party) {
        Map<Key, Sighting> seen = fresh.get(party);
        if (seen == null || seen.isEmpty()) {
            return;
        }
        Map<Key, Sighting> some = Map.copyOf(seen);
        keep(some.values());
        seen.keySet().removeAll(some.keySet());
    }

    /** Writes these. */
    public void keep(Collection<Sighting> some) {
        database.inTransaction(c -> {
            try (PreparedStatement statement =
                    c.prepareStatement("INSERT IGNORE INTO journal_sighting (party, origin, size, root, note, seen_us)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")) {
                for (Sighting sighting : some) {
                    statement.setString(1, sighting.party);
                    statement.setString(2, sighting.origin);
                    statement.setLong(3, sighting.size);
                    statement.setBytes(4, sighting.root.bytes());
                    statement.setBytes(5, sighting.note.encode());
                    statement.setLong(6, Micros.of(clock.instant()));
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    /** The smallest of those that wait, by size. */
    public List<Sighting> waiting(String party, String origin, int limit) {
        return database.query(
                "SELECT party, origin, size, root, note FROM journal_sighting WHERE party = ? AND origin = ?"
                        + " ORDER BY size LIMIT ?",
                row -> new Sighting(
                        row.string("party"),
                        row.string("origin"),
                        row.longValue("size"),
                        Hash.of(row.bytes("root")),
                        parse(row.bytes("note"))),
                party,
                origin,
                limit);
    }

    /** Forgets those that have been held against the tiles. */
    public void done(Collection<Sighting> some) {
        database.inTransaction(c -> {
            try (PreparedStatement statement = c.prepareStatement(
                    "DELETE FROM journal_sighting WHERE party = ? AND origin = ? AND size = ? AND root = ?")) {
                for (Sighting sighting : some) {
                    statement.setString(1, sighting.party);
                    statement.setString(2, sighting.origin);
                    statement.setLong(3, sighting.size);
                    statement.setBytes(4, sighting.root.bytes());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    /** The largest that waits, in memory or in the database. */
    public Optional<Sighting> newest(String party, String origin) {
        List<Sighting> all = new ArrayList<>(database.query(
                "SELECT party, origin, size, root, note FROM journal_sighting WHERE party = ? AND origin = ?"
                        + " ORDER BY size DESC LIMIT 1",
                row -> new Sighting(
                        row.string("party"),
                        row.string("origin"),
                        row.longValue("size"),
                        Hash.of(row.bytes("root")),
                        parse(row.bytes("note"))),
                party,
                origin));
        fresh.getOrDefault(party, Map.of()).values().stream()
                .filter(sighting -> sighting.origin.equals(origin))
                .forEach(all::add);
        return all.stream().max(Comparator.comparingLong(Sighting::size));
    }

    private static SignedNote parse(byte[] note) {
        try {
            return SignedNote.parse(note);
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored note is damaged", e);
        }
    }

    /** A process that ends leaves nothing in memory that another one would have to look at. */
    @PreDestroy
    void keepAll() {
        for (String party : fresh.keySet()) {
            try {
                keep(party);
            } catch (EntenteException e) {
                LOG.warn("checkpoints that {} has shown were not kept: {}", party, e.getMessage());
            }
        }
    }
}
