package org.entente.gateway.evidence.time;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.DuplicateRowException;
import org.entente.gateway.base.Row;
import org.entente.gateway.exchange.AttestedTime;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The rows behind timestamps. */
@Singleton
final class TimestampTables {
    private static final String MARK =
            "INSERT INTO unattested_exchange (side, partner, exchange, subject, marked_us) VALUES (?, ?, ?, ?, ?)";

    private final Database database;

    TimestampTables(Database database) {
        this.database = database;
    }

    /** One token of a chain. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stamp(
            long size,
            int sequence,
            byte[] note,
            byte[] token,
            byte[] anchor,
            String authority,
            Instant time,
            Instant goodUntil) {}

    /** What is counted of the present outage. */
    record Watch(
            Instant since,
            long failures,
            @Nullable String lastError,
            @Nullable Instant alarmed) {}

    private static Stamp stamp(Row row) throws java.sql.SQLException {
        return new Stamp(
                row.longValue("size"),
                row.intValue("sequence"),
                row.bytes("note"),
                row.bytes("token"),
                row.bytes("anchor"),
                row.string("authority"),
                row.instant("time_us"),
                row.instant("good_until_us"));
    }

    /** Adds a token; another process of the node may have been first, and then nothing changes. */
    void add(long size, int sequence, byte[] note, AuthorityClient.Stamped stamped, String authority) {
        try {
            database.update(
                    "INSERT INTO journal_timestamp (size, sequence, note, token, anchor, authority, time_us, good_until_us)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    size,
                    sequence,
                    note,
                    stamped.token().encode(),
                    Certificates.der(stamped.anchor()),
                    authority,
                    stamped.token().genTime(),
                    stamped.token().authority().getNotAfter().toInstant());
        } catch (DuplicateRowException e) {
            org.slf4j.LoggerFactory.getLogger(TimestampTables.class)
                    .debug("another process has stamped the checkpoint of size {}", size, e);
        }
    }

    /** The newest stamped checkpoint's first token. */
    Optional<Stamp> newest() {
        return database.one(
                "SELECT * FROM journal_timestamp WHERE sequence = 0 ORDER BY size DESC LIMIT 1",
                TimestampTables::stamp);
    }

    /** The chain over the smallest stamped checkpoint that reaches an entry; empty if there is none. */
    List<Stamp> covering(long index) {
        return database.query(
                "SELECT * FROM journal_timestamp WHERE size = (SELECT MIN(size) FROM journal_timestamp WHERE size > ?)"
                        + " ORDER BY sequence",
                TimestampTables::stamp,
                index);
    }

    /** The last tokens of chains whose certificates end before a time, and have not ended yet, first to end first. */
    List<Stamp> endingBefore(Instant time, Instant now, int limit) {
        return database.query(
                "SELECT t.* FROM journal_timestamp t WHERE t.good_until_us < ? AND t.good_until_us > ? AND NOT EXISTS"
                        + " (SELECT 1 FROM journal_timestamp later WHERE later.size = t.size AND later.sequence > t.sequence)"
                        + " ORDER BY t.good_until_us LIMIT " + limit,
                TimestampTables::stamp,
                time,
                now);
    }

    /** When an entry was sequenced; empty if there is no such entry. */
    Optional<Instant> appended(long index) {
        return database.one(
                "SELECT appended_us FROM journal_entry WHERE idx = ?", row -> row.instant("appended_us"), index);
    }

    /** Begins to watch, once and for all. */
    void begin(Instant now) {
        database.update("INSERT IGNORE INTO timestamp_watch (id, since_us) VALUES (1, ?)", now);
    }

    Optional<Watch> watch() {
        return database.one(
                "SELECT since_us, failures, last_error, alarmed_us FROM timestamp_watch WHERE id = 1",
                row -> new Watch(
                        row.instant("since_us"),
                        row.longValue("failures"),
                        row.stringOrNull("last_error"),
                        row.instantOrNull("alarmed_us")));
    }

    void failed(String error) {
        database.update("UPDATE timestamp_watch SET failures = failures + 1, last_error = ? WHERE id = 1", error);
    }

    void succeeded() {
        database.update("UPDATE timestamp_watch SET failures = 0, last_error = NULL WHERE id = 1 AND failures > 0");
    }

    static Write alarm(Instant now) {
        return new Write.Update(
                "UPDATE timestamp_watch SET alarmed_us = ? WHERE id = 1 AND alarmed_us IS NULL", 1, now);
    }

    static Write endAlarm() {
        return new Write.Update(
                "UPDATE timestamp_watch SET alarmed_us = NULL WHERE id = 1 AND alarmed_us IS NOT NULL", 1);
    }

    static Write mark(AttestedTime.Side side, String partner, UUID exchange, Instant now) {
        return new Write.Insert(
                MARK, side.name().toLowerCase(java.util.Locale.ROOT), partner, exchange, exchange.toString(), now);
    }

    /** Takes the mark from exchanges all of whose entries are under a stamped checkpoint now. */
    long settle(long size, Instant stamped) {
        return database.update(
                "UPDATE unattested_exchange u SET stamped_us = ? WHERE stamped_us IS NULL"
                        + " AND (SELECT MAX(e.idx) FROM journal_entry e WHERE e.subject = u.subject) < ?",
                stamped,
                size);
    }

    /** An exchange that a crisis let through. */
    record Marked(String side, String partner, String exchange, Instant marked) {}

    /** Exchanges whose time nobody has attested yet, oldest first. */
    List<Marked> marked(int limit) {
        return database.query(
                "SELECT side, partner, subject, marked_us FROM unattested_exchange WHERE stamped_us IS NULL"
                        + " ORDER BY marked_us LIMIT " + limit,
                row -> new Marked(
                        row.string("side"), row.string("partner"), row.string("subject"), row.instant("marked_us")));
    }
}
