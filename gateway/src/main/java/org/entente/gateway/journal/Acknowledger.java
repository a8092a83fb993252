package org.entente.gateway.journal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the checkpoint of each durable batch and tells the waiting callers, in the order of the batches, on a thread of its
 * own.
 */
final class Acknowledger {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private final JournalIdentity identity;
    private final BiConsumer<Head, SignedNote> signed;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param identity asked at each batch, since keys change while the node runs
     * @param signed told of each signed checkpoint before the callers are
     */
    Acknowledger(JournalIdentity identity, BiConsumer<Head, SignedNote> signed) {
        this.identity = identity;
        this.signed = signed;
        this.thread = Thread.ofPlatform().daemon().name("journal-acknowledger").unstarted(this::run);
    }

    private record Work(@Nullable Batch batch) {}

    void start() {
        thread.start();
    }

    void accept(Batch batch) {
        queue.add(new Work(batch));
    }

    /** Acknowledges what is durable, then ends. */
    void stop() throws InterruptedException {
        queue.add(new Work(null));
        thread.join();
    }

    private void run() {
        try {
            for (Batch batch = queue.take().batch();
                    batch != null;
                    batch = queue.take().batch()) {
                try {
                    acknowledge(batch);
                } catch (RuntimeException e) {
                    fail(batch, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(Batch batch) {
        batch.refused().forEach(Sequencer::refuse);
        Head head = batch.after().head();
        SignedNote note = identity.sign(head.size(), head.root());
        signed.accept(head, note);
        long index = batch.first();
        for (Pending pending : batch.appended()) {
            byte[] record = pending.draft.record();
            TlogProof proof =
                    new TlogProof(index, batch.growth().tree().inclusion(index).path(), note, pending.opening());
            pending.result.complete(new Appended(index, pending.salt, record, proof));
            index++;
        }
    }

    private static void fail(Batch batch, RuntimeException cause) {
        LOG.error("a durable batch was not signed", cause);
        JournalUnavailableException failure = new JournalUnavailableException(
                ErrorCode.JOURNAL_UNAVAILABLE, "The entry is durable, but its checkpoint was not signed.", true, cause);
        batch.appended().forEach(pending -> Sequencer.refuse(pending, failure));
    }
}
