package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings drafts into an order and makes them durable: takes all that waits, up to a limit, as soon as the batch before is
 * durable, and writes it in one transaction. One thread; it signs nothing and wakes nobody, so that the next batch need not
 * wait for that.
 */
final class Sequencer {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int ATTEMPTS = 3;
    /** An idle connection goes back to the pool after so long. */
    private static final long IDLE_MILLIS = 2_000;
    /** How often an idle sequencer looks whether it shall stop. */
    private static final long LOOK_MILLIS = 50;

    private final JournalConnection connection;
    private final BatchWriter writer;
    private final CommitResolver resolver;
    private final Consumer<Batch> committed;
    private final int maxBatch;
    private final BlockingQueue<Pending> queue;
    private final Thread thread;

    private Position position;
    private volatile boolean stopping;
    private volatile @Nullable JournalUnavailableException fault;

    /**
     * A sequencer that is not running yet.
     *
     * @param position where the journal stands, as the guard has found it
     * @param committed takes over each durable batch; must not block
     */
    Sequencer(
            JournalSettings settings,
            JournalConnection connection,
            BatchWriter writer,
            Position position,
            Consumer<Batch> committed) {
        this.connection = connection;
        this.writer = writer;
        this.resolver = new CommitResolver(connection, settings.resolveTimeout());
        this.committed = committed;
        this.maxBatch = settings.maxBatch();
        this.queue = new ArrayBlockingQueue<>(settings.queueLimit());
        this.position = position;
        this.thread = Thread.ofPlatform().daemon().name("journal-sequencer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Takes a draft, or completes it with the reason why not. */
    void offer(Pending pending) {
        if (!queue.offer(pending)) {
            pending.result.completeExceptionally(new JournalUnavailableException(
                    ErrorCode.JOURNAL_BUSY, "More than " + queue.size() + " appends are waiting.", false, null));
            return;
        }
        // The sequencer may have stopped between the caller's look and the offer; then nobody else completes it.
        if (stopping && queue.remove(pending)) {
            pending.result.completeExceptionally(reason());
        }
    }

    /** Why it has stopped by itself, or null. */
    @Nullable
    JournalUnavailableException fault() {
        return fault;
    }

    /** Finishes the batch at hand, refuses the rest and ends. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void run() {
        try {
            long idleMillis = 0;
            while (!stopping) {
                Pending first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    idleMillis += LOOK_MILLIS;
                    if (idleMillis == IDLE_MILLIS) {
                        connection.release();
                    }
                    continue;
                }
                idleMillis = 0;
                List<Pending> drafts = new ArrayList<>(maxBatch);
                drafts.add(first);
                queue.drainTo(drafts, maxBatch - 1);
                sequence(drafts);
            }
        } catch (JournalUnavailableException e) {
            LOG.error("the journal has stopped: {}", e.detail(), e);
            fault = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the journal has stopped by a defect", e);
            fault = new JournalUnavailableException("The journal has failed.", e);
        } finally {
            stopping = true;
            refuseWaiting();
            connection.release();
        }
    }

    private void sequence(List<Pending> drafts) {
        SQLException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (attempt(drafts)) {
                    return;
                }
            } catch (SQLException e) {
                connection.discard();
                last = e;
                if (e instanceof JournalConnection.NoConnectionException) {
                    break;
                }
                if (!isWorthRepeating(e)) {
                    throw stopFor(drafts, "The database refused the journal's own rows.", e);
                }
            } catch (JournalUnavailableException e) {
                connection.discard();
                drafts.forEach(pending -> refuse(pending, e));
                throw e;
            } catch (RuntimeException e) {
                connection.discard();
                throw stopFor(drafts, "The journal failed.", e);
            }
        }
        LOG.warn("a batch of {} entries was not written", drafts.size(), last);
        JournalUnavailableException failure = new JournalUnavailableException(
                ErrorCode.DATABASE_UNAVAILABLE, "The database did not take the journal entry.", false, last);
        drafts.forEach(pending -> refuse(pending, failure));
    }

    /** One try; false if it did not happen, for certain, so that the same again may succeed. */
    private boolean attempt(List<Pending> drafts) throws SQLException {
        Map<Pending, RuntimeException> refused = BatchWriter.noneRefused();
        Connection c = connection.open();
        Batch batch = writer.write(c, position, drafts, refused);
        if (batch == null) {
            c.rollback();
            refused.forEach(Sequencer::refuse);
            return true;
        }
        if (!commit(c, batch)) {
            return false;
        }
        position = batch.after();
        committed.accept(batch);
        return true;
    }

    private static JournalUnavailableException stopFor(List<Pending> drafts, String detail, Exception cause) {
        JournalUnavailableException failure = new JournalUnavailableException(detail, cause);
        drafts.forEach(pending -> refuse(pending, failure));
        return failure;
    }

    /** Whether the batch is durable; unknown after a time limit is an exception that stops the journal. */
    private boolean commit(Connection c, Batch batch) {
        try {
            c.commit();
            return true;
        } catch (SQLException e) {
            LOG.warn("the outcome of a commit is unknown and is read again: {}", e.getMessage());
            connection.discard();
            return resolver.wasCommitted(batch);
        }
    }

    private static boolean isWorthRepeating(SQLException e) {
        SqlFailure failure = SqlFailure.of(e);
        return failure.endsTransaction() || failure == SqlFailure.LOCK_WAIT;
    }

    private void refuseWaiting() {
        List<Pending> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        waiting.forEach(pending -> refuse(pending, reason()));
    }

    private JournalUnavailableException reason() {
        JournalUnavailableException known = fault;
        return known != null ? known.forUntried() : new JournalUnavailableException("The node is stopping.", null);
    }

    static void refuse(Pending pending, RuntimeException reason) {
        pending.result.completeExceptionally(reason);
    }
}
