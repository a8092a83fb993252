package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The rows of crisis packs, on both sides. */
@Singleton
final class PackTables {
    private static final String HELD =
            "SELECT h.*, o.act, o.opened_us FROM pack_held h LEFT JOIN pack_opened o ON o.id = h.id";
    private static final String MADE =
            "SELECT m.*, d.delivered_us, COALESCE(b.attempts, 0) AS attempts, b.problem FROM pack_made m"
                    + " LEFT JOIN pack_delivered d ON d.id = m.id LEFT JOIN pack_outbox b ON b.id = m.id";

    private final Database database;
    private final Clock clock;

    PackTables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A pack that this node made as provider. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(
            UUID id,
            String consumer,
            String agreement,
            String leg,
            String release,
            byte[] bodyDigest,
            Instant made,
            @Nullable Instant delivered,
            int attempts,
            @Nullable String problem) {}

    /** A pack that this node holds as consumer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(
            UUID id,
            String partner,
            String agreement,
            String textDigest,
            String leg,
            String release,
            byte[] bodyDigest,
            byte[] sealedDigest,
            Instant received,
            long journalIndex,
            @Nullable String act,
            @Nullable Instant opened) {}

    /**
     * A pack that this node made and its consumer has proved to hold.
     *
     * @param madeIndex where the journal says that it was made
     * @param proof the consumer's, with its record
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Delivered(
            UUID id,
            String consumer,
            String textDigest,
            String leg,
            String release,
            byte[] bodyDigest,
            long madeIndex,
            byte[] proof) {}

    Optional<Delivered> delivered(UUID id) {
        return database.one(
                "SELECT m.*, d.proof FROM pack_made m JOIN pack_delivered d ON d.id = m.id WHERE m.id = ?",
                r -> new Delivered(
                        r.uuid("id"),
                        r.string("consumer"),
                        Base64Url.encode(r.bytes("text_digest")),
                        r.string("leg"),
                        r.string("release_id"),
                        r.bytes("body_digest"),
                        r.longValue("journal_index"),
                        r.bytes("proof")),
                id);
    }

    boolean isMade(String textDigest, String leg, String consumer, String release) {
        return database.one(
                        "SELECT 1 AS n FROM pack_made WHERE text_digest = ? AND leg = ? AND consumer = ? AND release_id = ?",
                        row -> row.intValue("n"),
                        Base64Url.decode(textDigest),
                        leg,
                        consumer,
                        release)
                .isPresent();
    }

    /** Whether a consumer was sent a pack of a release. */
    boolean madeOf(String consumer, String release) {
        return database.one(
                        "SELECT COUNT(*) AS n FROM pack_made WHERE consumer = ? AND release_id = ?",
                        row -> row.longValue("n"),
                        consumer,
                        release)
                .filter(packs -> packs > 0)
                .isPresent();
    }

    static List<Write> insertMade(
            UUID id,
            String consumer,
            String agreement,
            String textDigest,
            String leg,
            String release,
            byte[] bodyDigest,
            Instant now) {
        return List.of(
                new Write.Insert(
                        "INSERT INTO pack_made (id, consumer, agreement_id, text_digest, leg, release_id, body_digest, made_us,"
                                + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        Uuids.toBytes(id),
                        consumer,
                        agreement,
                        Base64Url.decode(textDigest),
                        leg,
                        release,
                        bodyDigest,
                        Micros.of(now),
                        Write.INDEX),
                new Write.Insert(
                        "INSERT INTO pack_outbox (id, next_us) VALUES (?, ?)", Uuids.toBytes(id), Micros.of(now)));
    }

    List<Made> due() {
        return database.query(
                MADE + " WHERE d.id IS NULL AND b.next_us <= ? ORDER BY b.next_us LIMIT 100",
                PackTables::made,
                clock.instant());
    }

    void later(Made pack, Instant next, String problem) {
        database.update(
                "UPDATE pack_outbox SET attempts = attempts + 1, next_us = ?, problem = ? WHERE id = ?",
                next,
                problem,
                pack.id());
    }

    static List<Write> insertDelivered(UUID id, byte[] proof, Instant now) {
        return List.of(
                new Write.Insert(
                        "INSERT INTO pack_delivered (id, proof, delivered_us, journal_index) VALUES (?, ?, ?, ?)",
                        Uuids.toBytes(id),
                        proof,
                        Micros.of(now),
                        Write.INDEX),
                new Write.Update("DELETE FROM pack_outbox WHERE id = ?", 1, (Object) Uuids.toBytes(id)));
    }

    List<Made> made(int limit) {
        return database.query(MADE + " ORDER BY m.made_us DESC LIMIT ?", PackTables::made, limit);
    }

    static Write insertHeld(
            UUID id,
            String partner,
            String agreement,
            String textDigest,
            String leg,
            String release,
            byte[] requestMessage,
            byte[] bodyDigest,
            byte[] sealedDigest,
            Instant now) {
        return new Write.Insert(
                "INSERT INTO pack_held (id, partner, agreement_id, text_digest, leg, release_id, request_message,"
                        + " body_digest, sealed_digest, received_us, journal_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Uuids.toBytes(id),
                partner,
                agreement,
                Base64Url.decode(textDigest),
                leg,
                release,
                requestMessage,
                bodyDigest,
                sealedDigest,
                Micros.of(now),
                Write.INDEX);
    }

    Optional<Held> held(UUID id) {
        return database.one(HELD + " WHERE h.id = ?", PackTables::held, id);
    }

    /** The head of the message that brought it. */
    byte[] delivery(UUID id) {
        return database.one(
                        "SELECT request_message FROM pack_held WHERE id = ?", row -> row.bytes("request_message"), id)
                .orElseThrow();
    }

    /** Where the journal says that it was opened. */
    long openedIndex(UUID id) {
        return database.one(
                        "SELECT journal_index FROM pack_opened WHERE id = ?", row -> row.longValue("journal_index"), id)
                .orElseThrow();
    }

    List<Held> held(int limit) {
        return database.query(HELD + " ORDER BY h.received_us DESC LIMIT ?", PackTables::held, limit);
    }

    List<Held> sealed() {
        return database.query(HELD + " WHERE o.id IS NULL ORDER BY h.received_us LIMIT 1000", PackTables::held);
    }

    /** Opened packs of a partner, newest first. */
    List<Held> opened(String partner) {
        return database.query(
                HELD + " WHERE o.id IS NOT NULL AND h.partner = ? ORDER BY h.received_us DESC LIMIT 1000",
                PackTables::held,
                partner);
    }

    static Write insertOpened(UUID id, String act, Instant now) {
        return new Write.Insert(
                "INSERT INTO pack_opened (id, act, opened_us, journal_index) VALUES (?, ?, ?, ?)",
                Uuids.toBytes(id),
                act,
                Micros.of(now),
                Write.INDEX);
    }

    private static Made made(Row r) throws SQLException {
        return new Made(
                r.uuid("id"),
                r.string("consumer"),
                r.string("agreement_id"),
                r.string("leg"),
                r.string("release_id"),
                r.bytes("body_digest"),
                r.instant("made_us"),
                r.instantOrNull("delivered_us"),
                r.intValue("attempts"),
                r.stringOrNull("problem"));
    }

    private static Held held(Row r) throws SQLException {
        return new Held(
                r.uuid("id"),
                r.string("partner"),
                r.string("agreement_id"),
                Base64Url.encode(r.bytes("text_digest")),
                r.string("leg"),
                r.string("release_id"),
                r.bytes("body_digest"),
                r.bytes("sealed_digest"),
                r.instant("received_us"),
                r.longValue("journal_index"),
                r.stringOrNull("act"),
                r.instantOrNull("opened_us"));
    }
}
