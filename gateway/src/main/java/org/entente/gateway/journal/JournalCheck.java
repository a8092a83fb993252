package org.entente.gateway.journal;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.entente.crypto.journal.JournalKeys;
import org.entente.gateway.base.Database;

/**
 * Derives the whole journal anew from what is stored, and compares: entries from records and salts, tiles and roots from
 * entries, every checkpoint's signature. Reads one snapshot in small pieces, so the node can go on working.
 */
@Singleton
public final class JournalCheck {
    private final Database database;
    private final JournalIdentity identity;

    JournalCheck(Database database, JournalIdentity identity) {
        this.database = database;
        this.identity = identity;
    }

    /** How much is derived anew. */
    public enum Depth {
        /** The tree over the stored leaf hashes: the tiles above them, roots and checkpoints. It is what partners can check, too. */
        TREE,
        /** And every leaf hash from its entry, and the entry from salt and record. */
        RECORDS
    }

    /**
     * What a check has found.
     *
     * @param entries entries checked
     * @param withoutRecord of these, how many have no salt and record any more; not counted if only the tree was checked
     * @param lost entries that a recovery could not bring back; their leaf hashes are those of partners
     * @param tiles tiles compared
     * @param checkpoints checkpoints compared
     * @param unsigned of these, how many have no stored note
     * @param problems how many contradictions there are
     * @param findings the first of them, each in a sentence
     */
    public record Report(
            long entries,
            long withoutRecord,
            long lost,
            long tiles,
            long checkpoints,
            long unsigned,
            long problems,
            List<String> findings) {
        /** Keeps its own copy of the list. */
        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether everything fits. */
        public boolean passes() {
            return problems == 0;
        }
    }

    /** Checks everything there is. */
    public Report run() {
        return run(Depth.RECORDS);
    }

    /** Checks everything there is, as deep as that. */
    public Report run(Depth depth) {
        // Known before, since cards may be read for it by another connection.
        JournalKeys own = identity.keys();
        Function<String, Optional<JournalKeys>> keys = identity.keysByOrigin();
        return database.inTransaction(c -> new JournalWalk(c, own, keys, depth).walk());
    }
}
