package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.base.Sql;
import org.entente.gateway.journal.JournalPieces.Piece;
import org.entente.gateway.journal.JournalPieces.Stored;

/** One walk over a snapshot of the journal, from its first entry to its head. */
final class JournalWalk {
    private static final int MAX_FINDINGS = 50;

    private final Connection connection;
    private final JournalKeys own;
    private final Function<String, Optional<JournalKeys>> keysByOrigin;
    private final Map<String, JournalKeys> keys = new ConcurrentHashMap<>();
    private final Map<String, Long> endedOrigins = new HashMap<>();
    private final JournalCheck.Depth depth;
    private final List<String> findings = new ArrayList<>();
    private RightEdge edge = RightEdge.empty();
    private long problems;
    private long withoutRecord;
    private long lost;
    private long tiles;
    private long checkpoints;
    private long unsigned;

    JournalWalk(
            Connection connection,
            JournalKeys own,
            Function<String, Optional<JournalKeys>> keysByOrigin,
            JournalCheck.Depth depth) {
        this.connection = connection;
        this.own = own;
        this.keysByOrigin = keysByOrigin;
        this.depth = depth;
    }

    JournalCheck.Report walk() throws SQLException {
        Optional<Head> head = JournalTables.head(connection);
        if (head.isEmpty()) {
            find("There is no journal.");
            return report();
        }
        endedOrigins.putAll(JournalTables.endedOrigins(connection));
        try (JournalPieces pieces = new JournalPieces(connection, head.get().size(), depth)) {
            for (Optional<Piece> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                check(piece.get());
                if (piece.get().to() == head.get().size()) {
                    for (TileId partial : Tiles.partial(edge.size())) {
                        compareTile(partial, edge.hashes(partial.level()), piece.get());
                    }
                }
            }
        }
        if (!edge.root().equals(head.get().root())) {
            find("The root in the head is not the root of the entries.");
        }
        compareCounts(head.get());
        return report();
    }

    private void check(Piece piece) {
        List<Hash> leaves = depth == JournalCheck.Depth.TREE ? leavesOfTiles(piece) : leaves(piece);
        for (Stored checkpoint : piece.checkpoints()) {
            grow(leaves, checkpoint.size(), piece);
            checkpoints++;
            if (!edge.root().equals(checkpoint.root())) {
                find("The root stored for " + checkpoint.size() + " entries is not theirs.");
            }
        }
        grow(leaves, piece.to(), piece);
        // Signatures take most of the time where checkpoints are dense, and do not depend on each other.
        piece.checkpoints().parallelStream()
                .map(this::wrongNote)
                .flatMap(Optional::stream)
                .toList()
                .forEach(this::find);
        unsigned += piece.checkpoints().stream()
                .filter(stored -> stored.note() == null)
                .count();
    }

    private List<Hash> leaves(Piece piece) {
        Iterator<JournalEntry> entries = piece.entries().iterator();
        JournalEntry entry = entries.hasNext() ? entries.next() : null;
        List<Hash> leaves = new ArrayList<>();
        for (long index = piece.from(); index < piece.to(); index++) {
            if (entry == null || entry.index() != index) {
                find("Entry " + index + " is missing.");
                // A stand-in keeps the later entries at their places, so that they are checked too.
                leaves.add(Hash.EMPTY_TREE);
                continue;
            }
            check(entry);
            leaves.add(leaf(entry, piece));
            entry = entries.hasNext() ? entries.next() : null;
        }
        return leaves;
    }

    private List<Hash> leavesOfTiles(Piece piece) {
        List<Hash> leaves = new ArrayList<>();
        for (long index = piece.from(); index < piece.to(); index++) {
            leaves.add(piece.leaf(index).orElse(Hash.EMPTY_TREE));
        }
        return leaves;
    }

    /** Grows the tree to a size, comparing each tile that fills up. */
    private void grow(List<Hash> leaves, long size, Piece piece) {
        RightEdge.Growth growth =
                edge.append(leaves.subList((int) (edge.size() - piece.from()), (int) (size - piece.from())));
        for (RightEdge.Tile tile : growth.changed()) {
            if (tile.id().full()) {
                compareTile(tile.id(), tile.hashes(), piece);
            }
        }
        edge = growth.edge();
    }

    /** Of a lost entry only the tile knows the leaf; that it is the right one, the roots of later checkpoints say. */
    private static Hash leaf(JournalEntry entry, Piece piece) {
        byte[] bytes = entry.entry();
        if (bytes != null) {
            return Hash.leaf(bytes);
        }
        return piece.leaf(entry.index()).orElse(Hash.EMPTY_TREE);
    }

    private void check(JournalEntry entry) {
        SaltedRecord opening = entry.opening();
        if (entry.entry() == null) {
            lost++;
            if (!entry.kind().equals(JournalRecovery.LOST) || opening != null) {
                find("Entry " + entry.index() + " has no commitment, and was not lost in a recovery.");
            }
        } else if (opening == null) {
            withoutRecord++;
        } else if (!Arrays.equals(opening.entry(), entry.entry())) {
            find("Entry " + entry.index() + " does not commit to its salt and record.");
        }
    }

    private void compareTile(TileId id, byte[] expected, Piece piece) {
        tiles++;
        Optional<byte[]> stored = piece.tile(id);
        if (stored.isEmpty()) {
            find(id.path() + " is missing or too short.");
        } else if (!Arrays.equals(stored.get(), expected)) {
            find(id.path() + " does not fit the entries.");
        }
    }

    private Optional<String> wrongNote(Stored checkpoint) {
        if (checkpoint.note() == null) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(checkpoint.note());
            String origin = Checkpoint.parse(note.text()).origin();
            Checkpoint signed = keys(origin).open(note, List.of()).checkpoint();
            Long ended = endedOrigins.get(origin);
            if (ended != null && checkpoint.size() > ended) {
                return Optional.of("The note stored for " + checkpoint.size() + " entries is of " + origin
                        + ", which ended at " + ended + ".");
            }
            return signed.size() == checkpoint.size() && signed.root().equals(checkpoint.root())
                    ? Optional.empty()
                    : Optional.of("The note stored for " + checkpoint.size() + " entries signs something else.");
        } catch (VerificationException e) {
            return Optional.of(
                    "The note stored for " + checkpoint.size() + " entries does not verify: " + e.getMessage());
        }
    }

    /** The keys of a name that the journal has or had. */
    private JournalKeys keys(String origin) {
        return keys.computeIfAbsent(origin, name -> keysByOrigin.apply(name).orElse(own));
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
