package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores signed notes and moves the anchor, a few times a second and off the path of appends. Neither is needed for an entry
 * to be durable: an unstored note is signed again with the same bytes, and an anchor that lags by an interval still finds a
 * database that was set back by more than that.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Database database;
    private final Anchor anchor;
    private final Duration interval;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("journal-keeper").factory());

    /** Notes that are signed and not yet stored, by size. */
    private final TreeMap<Long, SignedNote> unstored = new TreeMap<>();

    private volatile boolean failing;

    Keeper(Database database, Anchor anchor, Duration interval) {
        this.database = database;
        this.anchor = anchor;
        this.interval = interval;
    }

    void start() {
        executor.scheduleWithFixedDelay(
                this::keepOrLog, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void accept(Head head, SignedNote note) {
        synchronized (unstored) {
            unstored.put(head.size(), note);
        }
    }

    /** Keeps what there is and ends. */
    void stop() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("the journal's keeper did not end in time");
        }
        keepOrLog();
    }

    private void keepOrLog() {
        try {
            keep();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("signed notes or the anchor were not written, tried again until they are", e);
            }
            failing = true;
        }
    }

    private void keep() {
        TreeMap<Long, SignedNote> notes;
        synchronized (unstored) {
            notes = new TreeMap<>(unstored);
        }
        if (notes.isEmpty()) {
            return;
        }
        store(database, notes);
        anchor.write(notes.lastEntry().getValue().encode());
        synchronized (unstored) {
            unstored.keySet().removeAll(notes.keySet());
        }
    }

    static void store(Database database, Map<Long, SignedNote> notes) {
        database.inTransaction(c -> store(c, notes));
    }

    static int store(Connection c, Map<Long, SignedNote> notes) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("UPDATE journal_checkpoint SET note = ? WHERE size = ?")) {
            for (Map.Entry<Long, SignedNote> note : notes.entrySet()) {
                statement.setBytes(1, note.getValue().encode());
                statement.setLong(2, note.getKey());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }
}
