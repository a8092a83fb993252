package org.entente.gateway.journal;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.NoteSignature;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** What witnesses have signed below this node's checkpoints. Nothing of it stands in the journal, and a journal without it is no worse. */
@Singleton
public final class Cosignatures {
    /** What was cosigned under a name that the journal had before proves nothing under the present one. */
    private static final String UNDER_PRESENT_NAME = " size > (SELECT COALESCE(MAX(o.size), -1) FROM journal_origin o)";

    private final Database database;
    private final Clock clock;

    Cosignatures(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a witness's signature that was verified.
     *
     * @param note the checkpoint that was signed; its text must be the one that this node has signed for that size
     * @throws EntenteException {@code not-found} if this node has never signed that text
     */
    public void add(SignedNote note, NoteSignature cosignature) {
        Checkpoint checkpoint = read(note);
        long size = checkpoint.size();
        // The row with the root is part of the batch; the signed note follows a moment later.
        boolean own = database.one(
                        "SELECT c.root FROM journal_checkpoint c JOIN journal_head h WHERE c.size = ? AND h.origin = ?",
                        row -> Hash.of(row.bytes("root")),
                        size,
                        checkpoint.origin())
                .filter(root ->
                        new Checkpoint(checkpoint.origin(), size, root).text().equals(note.text()))
                .isPresent();
        if (!own) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND, "This journal has no such checkpoint of " + size + " entries.");
        }
        database.update(
                "INSERT INTO journal_cosignature (size, name, key_id, line, stored_us) VALUES (?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE line = VALUES(line), stored_us = VALUES(stored_us)",
                size,
                cosignature.name(),
                cosignature.keyId(),
                cosignature.line(),
                clock.instant());
    }

    /** The checkpoint with the cosignatures that are kept for it. */
    SignedNote on(SignedNote note) {
        List<NoteSignature> lines = database
                .query(
                        "SELECT line FROM journal_cosignature WHERE size = ? ORDER BY name, key_id",
                        row -> row.string("line"),
                        size(note))
                .stream()
                .map(Cosignatures::line)
                .filter(line -> !note.signatures().contains(line))
                .toList();
        return lines.isEmpty() ? note : note.with(lines);
    }

    /** {@link #newestAbove(long)} with a cosignature of one of these witnesses, by their keys' names. */
    Optional<Long> newestAbove(long index, Collection<String> witnesses) {
        return witnesses.stream().map(this::newest).filter(size -> size > index).max(Comparator.naturalOrder());
    }

    /** The largest size with a cosignature under the present name, under which an entry stands. */
    Optional<Long> newestAbove(long index) {
        return database
                .query(
                        "SELECT size FROM journal_cosignature WHERE size > ? AND" + UNDER_PRESENT_NAME
                                + " ORDER BY size DESC LIMIT 1",
                        row -> row.longValue("size"),
                        index)
                .stream()
                .findFirst();
    }

    /** The largest size that a witness has cosigned under the journal's present name; 0 if it has none. */
    public long newest(String witness) {
        return database
                .query(
                        "SELECT size FROM journal_cosignature WHERE name = ? AND" + UNDER_PRESENT_NAME
                                + " ORDER BY size DESC LIMIT 1",
                        row -> row.longValue("size"),
                        witness)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static long size(SignedNote note) {
        return read(note).size();
    }

    private static Checkpoint read(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The note is no checkpoint.", e);
        }
    }

    private static NoteSignature line(String line) {
        try {
            return NoteSignature.parse(line);
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored signature line is damaged", e);
        }
    }
}
