package org.entente.gateway.exchange;

import java.util.List;

/** What nodes say to each other about deletions (docs/protocol.md section 9). */
final class DeletionMessage {
    private DeletionMessage() {}

    /** Deletion records, at most {@link Receipts#BATCH}. */
    record Batch(List<Deletion> deletions) {}

    /** The tlog-proof of the {@code deleted} record in the sender's journal. */
    record Deletion(String exchange, String proof) {}
}
