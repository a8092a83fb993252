package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.crypto.journal.VerifierKey;
import org.entente.gateway.base.Sql;
import org.jspecify.annotations.Nullable;

/** One walk over a snapshot of the journal, from its first entry to its head. */
final class JournalWalk {
    private static final int MAX_FINDINGS = 50;
    private static final int CHECKPOINTS_AT_A_TIME = 1000;

    private final Connection connection;
    private final VerifierKey key;
    private final List<String> findings = new ArrayList<>();
    private RightEdge edge = RightEdge.empty();
    private long problems;
    private long withoutRecord;
    private long lost;
    private long tiles;
    private long checkpoints;
    private long unsigned;

    JournalWalk(Connection connection, VerifierKey key) {
        this.connection = connection;
        this.key = key;
    }

    private record Stored(long size, Hash root, byte @Nullable [] note) {}

    JournalCheck.Report walk() throws SQLException {
        Optional<Head> head = JournalTables.head(connection);
        if (head.isEmpty()) {
            find("There is no journal.");
            return report();
        }
        long last = -1;
        boolean more = true;
        while (more) {
            List<Stored> some = checkpointsAfter(last, head.get().size());
            for (Stored checkpoint : some) {
                advance(checkpoint.size());
                compare(checkpoint);
                last = checkpoint.size();
            }
            more = some.size() == CHECKPOINTS_AT_A_TIME;
        }
        advance(head.get().size());
        if (!edge.root().equals(head.get().root())) {
            find("The root in the head is not the root of the entries.");
        }
        for (TileId partial : Tiles.partial(edge.size())) {
            compareTile(partial, edge.hashes(partial.level()));
        }
        compareCounts(head.get());
        return report();
    }

    /** Grows the tree to a size, checking each entry and each tile that fills up. */
    private void advance(long size) throws SQLException {
        while (edge.size() < size) {
            long from = edge.size();
            List<JournalEntry> entries =
                    JournalTables.entries(connection, from, Math.min(TileId.FULL_WIDTH, size - from));
            List<Hash> leaves = new ArrayList<>();
            for (JournalEntry entry : entries) {
                if (entry.index() != from + leaves.size()) {
                    break;
                }
                check(entry);
                leaves.add(leaf(entry));
            }
            if (leaves.isEmpty()) {
                find("Entry " + from + " is missing.");
                // A stand-in keeps the later entries at their places, so that they are checked too.
                leaves.add(Hash.EMPTY_TREE);
            }
            RightEdge.Growth growth = edge.append(leaves);
            for (RightEdge.Tile tile : growth.changed()) {
                if (tile.id().full()) {
                    compareTile(tile.id(), tile.hashes());
                }
            }
            edge = growth.edge();
        }
    }

    /** Of a lost entry only the tile knows the leaf; that it is the right one, the roots of later checkpoints say. */
    private Hash leaf(JournalEntry entry) throws SQLException {
        byte[] bytes = entry.entry();
        if (bytes != null) {
            return Hash.leaf(bytes);
        }
        int place = (int) (entry.index() % TileId.FULL_WIDTH);
        return JournalTables.tile(connection, new TileId(0, entry.index() / TileId.FULL_WIDTH, place + 1))
                .map(tile -> Hash.of(Arrays.copyOfRange(tile, place * Hash.LENGTH, (place + 1) * Hash.LENGTH)))
                .orElse(Hash.EMPTY_TREE);
    }

    private void check(JournalEntry entry) {
        SaltedRecord opening = entry.opening();
        if (entry.entry() == null) {
            lost++;
            if (!entry.kind().equals(JournalRecovery.LOST) || opening != null) {
                find("Entry " + entry.index() + " has no commitment, and was not lost in a recovery.");
            }
            return;
        }
        if (opening == null) {
            withoutRecord++;
        } else if (!Arrays.equals(opening.entry(), entry.entry())) {
            find("Entry " + entry.index() + " does not commit to its salt and record.");
        }
    }

    private void compareTile(TileId id, byte[] expected) throws SQLException {
        tiles++;
        Optional<byte[]> stored = JournalTables.tile(connection, id);
        if (stored.isEmpty()) {
            find(id.path() + " is missing or too short.");
        } else if (!Arrays.equals(stored.get(), expected)) {
            find(id.path() + " does not fit the entries.");
        }
    }

    private void compare(Stored checkpoint) {
        checkpoints++;
        if (!edge.root().equals(checkpoint.root())) {
            find("The root stored for " + checkpoint.size() + " entries is not theirs.");
        }
        if (checkpoint.note() == null) {
            unsigned++;
            return;
        }
        try {
            Checkpoint signed = Checkpoint.open(checkpoint.note(), key.name(), key.verifier(), List.of())
                    .checkpoint();
            if (signed.size() != checkpoint.size() || !signed.root().equals(checkpoint.root())) {
                find("The note stored for " + checkpoint.size() + " entries signs something else.");
            }
        } catch (VerificationException e) {
            find("The note stored for " + checkpoint.size() + " entries does not verify: " + e.getMessage());
        }
    }

    private void compareCounts(Head head) throws SQLException {
        long beyond = count("SELECT COUNT(*) AS n FROM journal_entry WHERE idx >= ?", head.size())
                + count("SELECT COUNT(*) AS n FROM journal_checkpoint WHERE size > ?", head.size());
        if (beyond > 0) {
            find("There are " + beyond + " entries or checkpoints beyond the head.");
        }
        long expected = 0;
        for (int level = 0; Tiles.hashesAt(level, head.size()) > 0; level++) {
            long hashes = Tiles.hashesAt(level, head.size());
            expected += (hashes + TileId.FULL_WIDTH - 1) / TileId.FULL_WIDTH;
        }
        long stored = count("SELECT COUNT(*) AS n FROM journal_tile WHERE width >= ?", 0L);
        if (stored != expected) {
            find("There are " + stored + " tiles, but a journal of " + head.size() + " entries has " + expected + ".");
        }
    }

    private long count(String sql, long parameter) throws SQLException {
        return Sql.one(connection, sql, row -> row.longValue("n"), parameter).orElseThrow();
    }

    private List<Stored> checkpointsAfter(long size, long upTo) throws SQLException {
        return Sql.query(
                connection,
                "SELECT size, root, note FROM journal_checkpoint WHERE size > ? AND size <= ? ORDER BY size LIMIT "
                        + CHECKPOINTS_AT_A_TIME,
                row -> new Stored(row.longValue("size"), Hash.of(row.bytes("root")), row.bytesOrNull("note")),
                size,
                upTo);
    }

    private void find(String sentence) {
        problems++;
        if (findings.size() < MAX_FINDINGS) {
            findings.add(sentence);
        }
    }

    private JournalCheck.Report report() {
        return new JournalCheck.Report(
                edge.size(), withoutRecord, lost, tiles, checkpoints, unsigned, problems, findings);
    }
}
