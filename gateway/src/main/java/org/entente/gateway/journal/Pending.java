package org.entente.gateway.journal;

import java.util.concurrent.CompletableFuture;
import org.entente.crypto.Digests;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SaltedRecord;

/** A draft on its way into the journal, hashed before it queues so that the sequencer need not. */
final class Pending {
    final Draft draft;
    final byte[] salt;
    final byte[] entry;
    final Hash leaf;
    final CompletableFuture<Appended> result = new CompletableFuture<>();

    Pending(Draft draft, byte[] salt) {
        this.draft = draft;
        this.salt = salt;
        this.entry = Digests.sha256(salt, draft.record());
        this.leaf = Hash.leaf(entry);
    }

    /** salt || record, for the extra line of the proof. */
    byte[] opening() {
        return SaltedRecord.of(salt, draft.record()).encode();
    }
}
