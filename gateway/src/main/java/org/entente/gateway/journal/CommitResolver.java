package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.entente.crypto.journal.Hash;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Sql;

/**
 * Finds out what became of a commit whose answer was lost. Before that is known nobody is told anything, for both "kept" and
 * "not kept" might be a lie.
 */
final class CommitResolver {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final JournalConnection connection;
    private final Duration timeout;

    CommitResolver(JournalConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Whether the batch was committed.
     *
     * @throws JournalUnavailableException with {@code outcomeUnknown} if the database cannot be asked in time
     */
    boolean wasCommitted(Batch batch) {
        long end = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return ask(connection.open(), batch);
            } catch (SQLException e) {
                connection.discard();
                if (System.nanoTime() > end) {
                    throw new JournalUnavailableException(
                            ErrorCode.JOURNAL_UNAVAILABLE,
                            "The connection was lost while the entry was committed, and the database cannot be asked.",
                            true,
                            e);
                }
            }
            sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static boolean ask(Connection c, Batch batch) throws SQLException {
        // The lost transaction holds the head row until it is committed or rolled back, so this waits for its end.
        JournalTables.lockHead(c);
        Head after = batch.after().head();
        Optional<Hash> stored = JournalTables.checkpointRoot(c, after.size());
        // What can be read is not yet on disk for certain; a commit of our own behind it is.
        Sql.update(c, "UPDATE journal_head SET resolutions = resolutions + 1 WHERE id = 1");
        c.commit();
        // Roots are made of random salts, so an equal root is this batch and no other.
        return stored.isPresent() && stored.get().equals(after.root());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
