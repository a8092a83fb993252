package org.entente.gateway.journal;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TlogProof;

/** The node's journal. */
@Singleton
public final class Journal {
    /** Appends and waits until the entry is durable and its checkpoint signed. */
    public Appended append(Draft draft) {
        throw new JournalUnavailableException("The journal is not running.", null);
    }

    /** As {@link #append}, without waiting. */
    public CompletableFuture<Appended> appendAsync(Draft draft) {
        return CompletableFuture.failedFuture(new JournalUnavailableException("The journal is not running.", null));
    }

    /** The newest signed checkpoint. */
    public SignedNote latestCheckpoint() {
        throw new JournalUnavailableException("The journal is not running.", null);
    }

    /** A fresh proof of an entry at the newest checkpoint, with its record if that is still kept. */
    public TlogProof prove(long index) {
        throw new JournalUnavailableException("No entry " + index + ".", null);
    }

    /** The entry at an index. */
    public Optional<JournalEntry> entry(long index) {
        return Optional.empty();
    }

    /** The entries about a subject, oldest first. */
    public List<JournalEntry> bySubject(String subject) {
        return List.of();
    }
}
