package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Sql;

/** The statements on the journal's tables, on a connection that the caller holds. */
final class JournalTables {
    private static final String ENTRY_COLUMNS = "idx, kind, subject, appended_us, entry, salt, record";

    private JournalTables() {}

    static Optional<Head> head(Connection c) throws SQLException {
        return Sql.one(c, "SELECT size, root, epoch FROM journal_head WHERE id = 1", JournalTables::toHead);
    }

    /** Waits until no other process is in the middle of a batch, then keeps them out until commit or rollback. */
    static Optional<Head> lockHead(Connection c) throws SQLException {
        return Sql.one(c, "SELECT size, root, epoch FROM journal_head WHERE id = 1 FOR UPDATE", JournalTables::toHead);
    }

    /** The journal's name as the database has it. */
    static String origin(Connection c) throws SQLException {
        return Sql.one(c, "SELECT origin FROM journal_head WHERE id = 1", row -> row.string("origin"))
                .orElseThrow();
    }

    /** Names that the journal had before, with what it held under each. */
    static Map<String, Long> endedOrigins(Connection c) throws SQLException {
        Map<String, Long> ended = new HashMap<>();
        Sql.query(
                        c,
                        "SELECT origin, size FROM journal_origin",
                        row -> Map.entry(row.string("origin"), row.longValue("size")))
                .forEach(row -> ended.put(row.getKey(), row.getValue()));
        return ended;
    }

    static void endOrigin(Connection c, Journal.Ended ended, Instant now) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO journal_origin (size, origin, root, ended_us) VALUES (?, ?, ?, ?)",
                ended.size(),
                ended.origin(),
                ended.root().bytes(),
                now);
    }

    static void rename(Connection c, String origin, String vkey) throws SQLException {
        Sql.update(c, "UPDATE journal_head SET origin = ?, vkey = ? WHERE id = 1", origin, vkey);
    }

    private static Head toHead(Row row) throws SQLException {
        return new Head(row.longValue("size"), Hash.of(row.bytes("root")), row.longValue("epoch"));
    }

    /** Moves the head if it stands where the caller believes; locks it either way. */
    static boolean moveHead(Connection c, Head from, long size, Hash root) throws SQLException {
        String sql =
                "UPDATE journal_head SET size = ?, root = ?" + " WHERE id = 1 AND size = ? AND root = ? AND epoch = ?";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            statement.setLong(1, size);
            statement.setBytes(2, root.bytes());
            statement.setLong(3, from.size());
            statement.setBytes(4, from.root().bytes());
            statement.setLong(5, from.epoch());
            return statement.executeUpdate() == 1;
        }
    }

    static void insertEntries(Connection c, List<Pending> entries, long firstIndex, long nowMicros)
            throws SQLException {
        String sql = "INSERT INTO journal_entry (" + ENTRY_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            long index = firstIndex;
            for (Pending entry : entries) {
                statement.setLong(1, index++);
                statement.setString(2, entry.draft.kind());
                if (entry.draft.subject().isPresent()) {
                    statement.setString(3, entry.draft.subject().get());
                } else {
                    statement.setNull(3, Types.VARCHAR);
                }
                statement.setLong(4, nowMicros);
                statement.setBytes(5, entry.entry);
                statement.setBytes(6, entry.salt);
                statement.setBytes(7, entry.draft.record());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void upsertTiles(Connection c, List<RightEdge.Tile> tiles) throws SQLException {
        String sql = "INSERT INTO journal_tile (level, idx, width, hashes) VALUES (?, ?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE width = VALUES(width), hashes = VALUES(hashes)";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (RightEdge.Tile tile : tiles) {
                statement.setInt(1, tile.id().level());
                statement.setLong(2, tile.id().index());
                statement.setInt(3, tile.id().width());
                statement.setBytes(4, tile.hashes());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Fails with a duplicate key if that size was ever committed before: one size, one root. */
    static void insertCheckpoint(Connection c, long size, Hash root) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("INSERT INTO journal_checkpoint (size, root) VALUES (?, ?)")) {
            statement.setLong(1, size);
            statement.setBytes(2, root.bytes());
            statement.executeUpdate();
        }
    }

    static Optional<Hash> checkpointRoot(Connection c, long size) throws SQLException {
        return Sql.one(
                c, "SELECT root FROM journal_checkpoint WHERE size = ?", row -> Hash.of(row.bytes("root")), size);
    }

    /** The first hashes of a tile; nothing if the stored tile is not that wide. */
    static Optional<byte[]> tile(Connection c, TileId id) throws SQLException {
        return Sql.one(
                c,
                "SELECT LEFT(hashes, ?) AS hashes FROM journal_tile WHERE level = ? AND idx = ? AND width >= ?",
                row -> row.bytes("hashes"),
                id.width() * Hash.LENGTH,
                id.level(),
                id.index(),
                id.width());
    }

    static List<JournalEntry> entries(Connection c, long from, long limit) throws SQLException {
        return Sql.query(
                c,
                "SELECT " + ENTRY_COLUMNS + " FROM journal_entry WHERE idx >= ? ORDER BY idx LIMIT ?",
                JournalTables::toEntry,
                from,
                limit);
    }

    /** The entries from one index until before another, as far as they are there. */
    static List<JournalEntry> between(Connection c, long from, long to) throws SQLException {
        return Sql.query(
                c,
                "SELECT " + ENTRY_COLUMNS + " FROM journal_entry WHERE idx >= ? AND idx < ? ORDER BY idx",
                JournalTables::toEntry,
                from,
                to);
    }

    static List<JournalEntry> entriesAbout(Connection c, String subject) throws SQLException {
        return Sql.query(
                c,
                "SELECT " + ENTRY_COLUMNS + " FROM journal_entry WHERE subject = ? ORDER BY idx",
                JournalTables::toEntry,
                subject);
    }

    private static JournalEntry toEntry(Row row) throws SQLException {
        byte[] salt = row.bytesOrNull("salt");
        byte[] record = row.bytesOrNull("record");
        return new JournalEntry(
                row.longValue("idx"),
                row.string("kind"),
                Optional.ofNullable(row.stringOrNull("subject")),
                Micros.toInstant(row.longValue("appended_us")),
                row.bytesOrNull("entry"),
                salt == null || record == null ? null : SaltedRecord.of(salt, record));
    }
}
