package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Sql;

/** The two acts on a journal that only a person decides: to begin one, and to take one as it is. */
final class JournalSetUp {
    private final Database database;
    private final Anchor anchor;

    JournalSetUp(Database database, Anchor anchor) {
        this.database = database;
        this.anchor = anchor;
    }

    void create(JournalIdentity identity) {
        if (anchor.read().isPresent()) {
            throw Guard.refuse(
                    anchor.file() + " says that this node has a journal already. Connect it to its database.");
        }
        String origin = identity.origin();
        String key = identity.signer().verifierKey().toString();
        database.inTransaction(c -> {
            DurabilityCheck.require(c);
            if (JournalTables.lockHead(c).isPresent()) {
                throw Guard.refuse("The database holds a journal already.");
            }
            JournalTables.insertCheckpoint(c, 0, Hash.EMPTY_TREE);
            return Sql.update(
                    c,
                    "INSERT INTO journal_head (id, origin, vkey, size, root, epoch) VALUES (1, ?, ?, 0, ?, 1)",
                    origin,
                    key,
                    Hash.EMPTY_TREE.bytes());
        });
        SignedNote note = identity.sign(0, Hash.EMPTY_TREE);
        Keeper.store(database, Map.of(0L, note));
        anchor.write(note.encode());
    }

    void adopt(JournalIdentity identity, HeadReader heads) {
        if (anchor.read().isPresent()) {
            throw Guard.refuse(anchor.file() + " is there. Only a journal without one can be adopted.");
        }
        Head head = database.inTransaction(c -> {
            Head found = JournalTables.lockHead(c)
                    .orElseThrow(() -> Guard.refuse("The database holds no journal. Run `entente init` once."));
            heads.load(c, found);
            raiseEpoch(c);
            return found;
        });
        anchor.write(identity.sign(head.size(), head.root()).encode());
    }

    /** Makes every running process check again. */
    static void raiseEpoch(Connection c) throws SQLException {
        Sql.update(c, "UPDATE journal_head SET epoch = epoch + 1 WHERE id = 1");
    }
}
