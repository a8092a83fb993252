package org.entente.gateway.evidence.witness;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Sql;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Partners' trees in the database. */
@Singleton
final class WitnessTables {
    private static final String COLUMNS =
            "size, root, note, cosigned_size, cosigned_root, cosigned_note, delivered_size";

    private final Database database;

    WitnessTables(Database database) {
        this.database = database;
    }

    /** Whose journal. */
    record Log(String party, String origin) {}

    /**
     * How far a journal was recomputed and cosigned.
     *
     * @param size leaves that are kept
     * @param note the signed checkpoint of that size; null before the first
     * @param cosigned note with this node's cosignature; null before the first
     * @param delivered size whose cosignature the partner has
     */
    record Tree(
            long size,
            Hash root,
            @Nullable SignedNote note,
            long cosignedSize,
            Hash cosignedRoot,
            @Nullable SignedNote cosigned,
            long delivered) {
        static final Tree NONE = new Tree(0, Hash.EMPTY_TREE, null, 0, Hash.EMPTY_TREE, null, 0);
    }

    Tree tree(Log log) {
        return database.one(
                        "SELECT " + COLUMNS + " FROM witness_tree WHERE party = ? AND origin = ?",
                        WitnessTables::toTree,
                        log.party,
                        log.origin)
                .orElse(Tree.NONE);
    }

    /** Work on a locked tree. */
    interface LockedWork<T extends @Nullable Object> {
        T work(Connection c, Tree tree) throws SQLException;
    }

    /** Work in one transaction in which nobody else changes the tree; its row is made before, if there is none. */
    <T extends @Nullable Object> T locked(Log log, LockedWork<T> work) {
        if (tree(log).equals(Tree.NONE)) {
            // By itself, since two transactions that both miss a row and then make it wait for each other.
            database.update(
                    "INSERT IGNORE INTO witness_tree (party, origin, " + COLUMNS
                            + ") VALUES (?, ?, 0, ?, NULL, 0, ?, NULL, 0)",
                    log.party,
                    log.origin,
                    Hash.EMPTY_TREE.bytes(),
                    Hash.EMPTY_TREE.bytes());
        }
        return database.inTransaction(c -> work.work(
                c,
                Sql.one(
                                c,
                                "SELECT " + COLUMNS + " FROM witness_tree WHERE party = ? AND origin = ? FOR UPDATE",
                                WitnessTables::toTree,
                                log.party,
                                log.origin)
                        .orElseThrow()));
    }

    private static Tree toTree(Row row) throws SQLException {
        return new Tree(
                row.longValue("size"),
                Hash.of(row.bytes("root")),
                note(row.bytesOrNull("note")),
                row.longValue("cosigned_size"),
                Hash.of(row.bytes("cosigned_root")),
                note(row.bytesOrNull("cosigned_note")),
                row.longValue("delivered_size"));
    }

    private static @Nullable SignedNote note(byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : SignedNote.parse(bytes);
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored note is damaged", e);
        }
    }

    static void cosigned(Connection c, Log log, long size, Hash root, SignedNote note) throws SQLException {
        Sql.update(
                c,
                "UPDATE witness_tree SET cosigned_size = ?, cosigned_root = ?, cosigned_note = ?"
                        + " WHERE party = ? AND origin = ?",
                size,
                root.bytes(),
                note.encode(),
                log.party,
                log.origin);
    }

    /** Moves the tree of which the leaves are kept. */
    static void grown(Connection c, Log log, long size, Hash root, SignedNote note) throws SQLException {
        Sql.update(
                c,
                "UPDATE witness_tree SET size = ?, root = ?, note = ? WHERE party = ? AND origin = ?",
                size,
                root.bytes(),
                note.encode(),
                log.party,
                log.origin);
    }

    void delivered(Log log, long size) {
        database.update(
                "UPDATE witness_tree SET delivered_size = ? WHERE party = ? AND origin = ?",
                size,
                log.party,
                log.origin);
    }

    void upsert(Log log, Collection<RightEdge.Tile> tiles) {
        database.inTransaction(c -> {
            upsert(c, log, tiles);
            return tiles.size();
        });
    }

    static void upsert(Connection c, Log log, Collection<RightEdge.Tile> tiles) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("INSERT INTO witness_tile (party, origin, level, idx, width, hashes)"
                        + " VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE width = VALUES(width), hashes = VALUES(hashes)")) {
            for (RightEdge.Tile tile : tiles) {
                statement.setString(1, log.party);
                statement.setString(2, log.origin);
                statement.setInt(3, tile.id().level());
                statement.setLong(4, tile.id().index());
                statement.setInt(5, tile.id().width());
                statement.setBytes(6, tile.hashes());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The first hashes of a tile; nothing if it is not that wide. */
    Optional<byte[]> tile(Log log, TileId id) {
        return database.withConnection(c -> tile(c, log, id));
    }

    static Optional<byte[]> tile(Connection c, Log log, TileId id) throws SQLException {
        return Sql.one(
                c,
                "SELECT LEFT(hashes, ?) AS hashes FROM witness_tile"
                        + " WHERE party = ? AND origin = ? AND level = ? AND idx = ? AND width >= ?",
                row -> row.bytes("hashes"),
                id.width() * Hash.LENGTH,
                log.party,
                log.origin,
                id.level(),
                id.index(),
                id.width());
    }

    /** The writes with which a person lets go of what is held of a journal. */
    static List<Write> forget(Log log, long tiles, boolean row, long sightings) {
        List<Write> writes = new java.util.ArrayList<>();
        if (row) {
            writes.add(new Write.Update(
                    "DELETE FROM witness_tree WHERE party = ? AND origin = ?", 1, log.party, log.origin));
        }
        if (tiles > 0) {
            writes.add(new Write.Update(
                    "DELETE FROM witness_tile WHERE party = ? AND origin = ?",
                    Math.toIntExact(tiles),
                    log.party,
                    log.origin));
        }
        if (sightings > 0) {
            writes.add(new Write.Update(
                    "DELETE FROM journal_sighting WHERE party = ? AND origin = ?",
                    Math.toIntExact(sightings),
                    log.party,
                    log.origin));
        }
        return writes;
    }

    long count(String table, Log log) {
        return database.one(
                        "SELECT COUNT(*) AS n FROM " + table + " WHERE party = ? AND origin = ?",
                        row -> row.longValue("n"),
                        log.party,
                        log.origin)
                .orElse(0L);
    }
}
