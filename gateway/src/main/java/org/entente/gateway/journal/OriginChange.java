package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Sql;

/**
 * Lets a journal that cannot be continued go on under another name and key (docs/decisions/0071). The entries that the database still has stay
 * the first leaves of the tree, and the next entry is the gap.
 */
final class OriginChange {
    private final Database database;
    private final Anchor anchor;
    private final HeadReader heads;
    private final Clock clock;

    OriginChange(Database database, Anchor anchor, HeadReader heads, Clock clock) {
        this.database = database;
        this.anchor = anchor;
        this.heads = heads;
        this.clock = clock;
    }

    /**
     * Ends the present name and begins the next one with the entry of the gap, all in one transaction. The anchor file is written before the
     * commit: if the process ends between the two, the guard refuses what is left, and this is done again.
     *
     * @param next the journal key from now on; its name is the new origin
     * @param signers all that sign its checkpoints
     * @param salt of the entry
     * @param gap the entry, with what it writes, from what the database holds
     * @return where the entry stands
     * @throws JournalUnavailableException if the database holds no journal, or one that contradicts itself
     */
    long begin(Ed25519NoteSigner next, List<NoteSigner> signers, byte[] salt, Function<Journal.Ended, Draft> gap) {
        return database.inTransaction(c -> {
            DurabilityCheck.require(c);
            Head head = JournalTables.lockHead(c)
                    .orElseThrow(() -> Guard.refuse("The database holds no journal. Restore a backup of it first."));
            Position position = heads.load(c, head);
            Journal.Ended ended = new Journal.Ended(JournalTables.origin(c), head.size(), head.root());
            JournalTables.endOrigin(c, ended, clock.instant());
            JournalTables.rename(c, next.name(), next.verifierKey().toString());
            Pending entry = new Pending(gap.apply(ended), salt);
            SignedNote note = append(c, position, entry, signers, next.name());
            anchor.write(note.encode());
            return head.size();
        });
    }

    private SignedNote append(Connection c, Position position, Pending entry, List<NoteSigner> signers, String origin)
            throws SQLException {
        long index = position.head().size();
        RuntimeException refused = DraftWrites.carryOutAlone(c, entry.draft, index);
        if (refused != null) {
            throw refused;
        }
        RightEdge.Growth growth = position.edge().append(List.of(entry.leaf));
        Hash root = growth.tree().root();
        long size = index + 1;
        JournalTables.insertEntries(c, List.of(entry), index, Micros.of(clock.instant()));
        JournalTables.upsertTiles(c, growth.changed());
        JournalTables.insertCheckpoint(c, size, root);
        if (!JournalTables.moveHead(c, position.head(), size, root)) {
            throw Guard.refuse("The journal changed while it was given another name.");
        }
        JournalSetUp.raiseEpoch(c);
        SignedNote note = new Checkpoint(origin, size, root).sign(signers.toArray(NoteSigner[]::new));
        Sql.update(c, "UPDATE journal_checkpoint SET note = ? WHERE size = ?", note.encode(), size);
        return note;
    }
}
