package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Sql;

/**
 * Decides at start whether this node may sign. A journal that has lost entries and goes on signing contradicts what partners
 * hold, and no later act can mend that; so every doubt is a refusal that says what is wrong and what to do.
 */
final class Guard {
    /** How far back notes that a crash has left unstored are looked for. */
    private static final int UNSIGNED_WINDOW = 4096;

    private final Database database;
    private final Anchor anchor;
    private final HeadReader heads;

    Guard(Database database, Anchor anchor, HeadReader heads) {
        this.database = database;
        this.anchor = anchor;
        this.heads = heads;
    }

    /**
     * Passes the journal, and signs what a crash has left unsigned.
     *
     * @return where the journal stands
     * @throws JournalUnavailableException with cause and remedy
     */
    Position pass(JournalIdentity identity) {
        // Known before the lock, since cards may be read for it by another connection.
        String named = identity.origin();
        JournalKeys keys = identity.keys();
        Set<String> listed = identity.listed();
        // Under the head's lock, so that a batch of another process does not come between two reads.
        return database.inTransaction(c -> {
            DurabilityCheck.require(c);
            requireNewestName(c, named);
            Head head = requireHead(c, identity, listed);
            Position position = heads.load(c, head);
            requireNothingBeyond(c, head);
            requireAnchor(c, head, identity, keys);
            signUnsigned(c, identity);
            return position;
        });
    }

    /** Whoever restores a backup from before the journal went on under another name must not go on under the one that was given up. */
    private void requireNewestName(Connection c, String named) throws SQLException {
        Optional<byte[]> note = anchor.read();
        Optional<Head> head = JournalTables.lockHead(c);
        if (note.isEmpty() || head.isEmpty()) {
            return;
        }
        Checkpoint anchored = parse(note.get());
        // Where database and settings disagree, the next look says so.
        if (!anchored.origin().equals(named) && JournalTables.origin(c).equals(named)) {
            throw refuse(anchor.file() + " says that this node's journal goes on as " + anchored.origin() + " and had "
                    + anchored.size() + " entries, but the database holds " + JournalTables.origin(c) + " with "
                    + head.get().size() + ": a backup from before was restored. Restore one from after, or begin anew"
                    + " with `journal recover --new-origin`.");
        }
    }

    private Checkpoint parse(byte[] note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (VerificationException e) {
            throw new JournalUnavailableException(
                    anchor.file() + " is damaged or belongs to another journal. Put the right one back.", e);
        }
    }

    private Head requireHead(Connection c, JournalIdentity identity, Set<String> listed) throws SQLException {
        Ed25519NoteSigner signer = identity.signer();
        Optional<Head> head = JournalTables.lockHead(c);
        if (head.isEmpty()) {
            throw anchor.read().isPresent()
                    ? refuse("The database holds no journal, but " + anchor.file() + " says that there was one."
                            + " Connect the node to its own database, or restore it.")
                    : refuse("There is no journal yet. Run `entente init` once.");
        }
        String origin = Sql.one(c, "SELECT origin FROM journal_head WHERE id = 1", row -> row.string("origin"))
                .orElseThrow();
        if (!origin.equals(signer.name())) {
            throw refuse("The journal in the database is " + origin + ", but the node's settings name " + signer.name()
                    + ". Correct the node's public address, or connect it to its own database.");
        }
        String vkey = Sql.one(c, "SELECT vkey FROM journal_head WHERE id = 1", row -> row.string("vkey"))
                .orElseThrow();
        String ours = signer.verifierKey().toString();
        if (!vkey.equals(ours)) {
            if (!listed.contains(vkey) || !listed.contains(ours)) {
                throw refuse(
                        "The journal was begun with another journal key. Use the key ring that it was begun with.");
            }
            Sql.update(c, "UPDATE journal_head SET vkey = ? WHERE id = 1", ours);
        }
        return head.get();
    }

    /** Rows beyond the head mean that the head row alone was set back. */
    private static void requireNothingBeyond(Connection c, Head head) throws SQLException {
        long entries = Sql.one(
                        c, "SELECT COALESCE(MAX(idx), -1) + 1 AS n FROM journal_entry", row -> row.longValue("n"))
                .orElseThrow();
        long checkpoints = Sql.one(
                        c, "SELECT COALESCE(MAX(size), 0) AS n FROM journal_checkpoint", row -> row.longValue("n"))
                .orElseThrow();
        if (entries != head.size() || checkpoints != head.size()) {
            throw refuse("The journal's head says " + head.size() + " entries, but there are " + entries
                    + " and a checkpoint for " + checkpoints + ". Restore the database.");
        }
    }

    private void requireAnchor(Connection c, Head head, JournalIdentity identity, JournalKeys keys)
            throws SQLException {
        Optional<byte[]> note = anchor.read();
        if (note.isEmpty()) {
            if (head.size() == 0) {
                // Nothing can have been lost; the node stopped between beginning the journal and writing the file.
                anchor.write(identity.sign(0, head.root()).encode());
                return;
            }
            throw refuse(anchor.file() + " is missing, so it cannot be told whether the database is up to date."
                    + " Put it back; if this is a new machine for an existing node, adopt the journal as it is.");
        }
        Checkpoint anchored = open(note.get(), keys);
        if (head.size() < anchored.size()) {
            throw refuse("The database holds " + head.size() + " journal entries, but this node has signed "
                    + anchored.size() + ": it was set back. Restore the newer state.");
        }
        Hash root = heads.root(c, anchored.size());
        if (!root.equals(anchored.root())) {
            throw refuse("The first " + anchored.size() + " journal entries are not those that this node has signed."
                    + " Restore the database.");
        }
    }

    private Checkpoint open(byte[] note, JournalKeys keys) {
        try {
            return keys.open(SignedNote.parse(note), List.of()).checkpoint();
        } catch (VerificationException e) {
            throw new JournalUnavailableException(
                    anchor.file() + " is damaged or belongs to another journal. Put the right one back.", e);
        }
    }

    private void signUnsigned(Connection c, JournalIdentity identity) throws SQLException {
        Map<Long, Hash> unsigned = new TreeMap<>();
        Sql.query(
                        c,
                        "SELECT size, root FROM (SELECT size, root, note FROM journal_checkpoint"
                                + " ORDER BY size DESC LIMIT " + UNSIGNED_WINDOW + ") AS newest WHERE note IS NULL",
                        row -> Map.entry(row.longValue("size"), Hash.of(row.bytes("root"))))
                .forEach(row -> unsigned.put(row.getKey(), row.getValue()));
        Map<Long, SignedNote> notes = new TreeMap<>();
        for (Map.Entry<Long, Hash> row : unsigned.entrySet()) {
            if (!heads.root(c, row.getKey()).equals(row.getValue())) {
                throw refuse("The checkpoint for " + row.getKey() + " entries does not fit the tiles."
                        + " Restore the database.");
            }
            notes.put(row.getKey(), identity.sign(row.getKey(), row.getValue()));
        }
        if (!notes.isEmpty()) {
            Keeper.store(c, notes);
        }
    }

    static JournalUnavailableException refuse(String detail) {
        return new JournalUnavailableException(detail, null);
    }
}
