package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a journal, from its first entry to a size, in pieces of some thousand entries. The next piece is read while the one
 * before is being checked, so that the database and the processor work at the same time. Until the last piece is taken the connection
 * is this reader's alone.
 */
final class JournalPieces implements AutoCloseable {
    /** Entries of a piece: whole tiles, so that all but the last end where tiles do. */
    static final int WIDTH = 32 * TileId.FULL_WIDTH;

    private final Connection connection;
    private final long size;
    private final JournalCheck.Depth depth;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private @Nullable Future<Piece> next;

    JournalPieces(Connection connection, long size, JournalCheck.Depth depth) {
        this.connection = connection;
        this.size = size;
        this.depth = depth;
        this.next = reader.submit(() -> read(0));
    }

    /** A checkpoint as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(long size, Hash root, byte @Nullable [] note) {}

    /**
     * A stretch of the journal.
     *
     * @param from its first entry
     * @param to the size of the journal where it ends
     * @param entries of the stretch as far as they are there, by index; none where only the tree is checked
     * @param checkpoints of sizes over {@code from} up to {@code to}, in their order; the first piece has that of size 0 too
     * @param tiles the hashes of the tiles that the stretch has added, as wide as they are stored
     */
    record Piece(
            long from,
            long to,
            List<JournalEntry> entries,
            List<Stored> checkpoints,
            Map<Integer, Map<Long, byte[]>> tiles) {

        /** The leaf hash that the tree holds for an entry; nothing if its tile does not reach so far. */
        Optional<Hash> leaf(long index) {
            byte[] stored = tiles.getOrDefault(0, Map.of()).get(index / TileId.FULL_WIDTH);
            int at = (int) (index % TileId.FULL_WIDTH) * Hash.LENGTH;
            return stored == null || stored.length < at + Hash.LENGTH
                    ? Optional.empty()
                    : Optional.of(Hash.of(Arrays.copyOfRange(stored, at, at + Hash.LENGTH)));
        }

        /** The first hashes of a tile; nothing if what is stored is not that wide. */
        Optional<byte[]> tile(TileId id) {
            byte[] stored = tiles.getOrDefault(id.level(), Map.of()).get(id.index());
            int length = id.width() * Hash.LENGTH;
            return stored == null || stored.length < length
                    ? Optional.empty()
                    : Optional.of(stored.length == length ? stored : Arrays.copyOf(stored, length));
        }
    }

    /** The next piece; nothing after the last. A journal without entries has one piece. */
    Optional<Piece> next() throws SQLException {
        if (next == null) {
            return Optional.empty();
        }
        Piece piece = await(next);
        next = piece.to() == size ? null : reader.submit(() -> read(piece.to()));
        return Optional.of(piece);
    }

    private static Piece await(Future<Piece> future) throws SQLException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while reading the journal", e);
        }
    }

    private Piece read(long from) throws SQLException {
        long to = Math.min(from + WIDTH, size);
        List<JournalEntry> entries =
                depth == JournalCheck.Depth.RECORDS ? JournalTables.between(connection, from, to) : List.of();
        return new Piece(from, to, entries, checkpoints(from, to), tiles(from, to));
    }

    private List<Stored> checkpoints(long from, long to) throws SQLException {
        return Sql.query(
                connection,
                "SELECT size, root, note FROM journal_checkpoint WHERE size > ? AND size <= ? ORDER BY size",
                row -> new Stored(row.longValue("size"), Hash.of(row.bytes("root")), row.bytesOrNull("note")),
                from == 0 ? -1 : from,
                to);
    }

    private Map<Integer, Map<Long, byte[]>> tiles(long from, long to) throws SQLException {
        Map<Integer, Map<Long, byte[]>> byLevel = new TreeMap<>();
        // At the end the partial tiles of all levels, whether or not this stretch has changed them.
        for (int level = 0; Tiles.hashesAt(level, to) > (to == size ? 0 : Tiles.hashesAt(level, from)); level++) {
            Map<Long, byte[]> tiles = new HashMap<>();
            Sql.query(
                    connection,
                    "SELECT idx, width, hashes FROM journal_tile WHERE level = ? AND idx >= ? AND idx <= ?",
                    row -> tiles.put(row.longValue("idx"), hashes(row)),
                    level,
                    Tiles.fullAt(level, from),
                    Tiles.fullAt(level, to));
            byLevel.put(level, tiles);
        }
        return byLevel;
    }

    private static byte[] hashes(Row row) throws SQLException {
        byte[] hashes = row.bytes("hashes");
        return Arrays.copyOf(hashes, Math.min(hashes.length, row.intValue("width") * Hash.LENGTH));
    }

    @Override
    public void close() {
        reader.shutdownNow();
        reader.close();
    }
}
