package org.entente.gateway.exchange.notices;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The rows of notices, on both sides. */
@Singleton
final class NoticeTables {
    static final String DELIVERED = "delivered";
    static final String WITHDRAWN = "withdrawn";

    private static final String MADE =
            "SELECT m.*, s.outcome, s.reason, s.settled_us, COALESCE(b.attempts, 0) AS attempts, b.problem, b.next_us"
                    + " FROM notice_made m LEFT JOIN notice_settled s ON s.id = m.id LEFT JOIN notice_outbox b ON b.id ="
                    + " m.id";
    private static final String REPLACED = "INSERT INTO notice_replaced (partner, notice, release_id) VALUES (?, ?, ?)";

    private static final String OUTDATED =
            "SELECT h.exchange, h.partner, h.agreement_id, h.leg, h.release_id, h.received_us, n.id AS notice, n.event,"
                    + " n.release_id AS newer, n.published_us FROM holding h JOIN notice_replaced r ON r.partner = h.partner"
                    + " AND r.release_id = h.release_id JOIN notice_received n ON n.partner = r.partner AND n.id = r.notice"
                    + " WHERE (h.retain_until_us IS NULL OR h.retain_until_us > ?) AND NOT EXISTS (SELECT 1 FROM"
                    + " holding_deletion d WHERE d.exchange = h.exchange)";

    private final Database database;
    private final Clock clock;

    NoticeTables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A notice that this node made as provider.
     *
     * @param outcome {@link #DELIVERED}, {@link #WITHDRAWN}, or null while it is on its way
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(
            UUID id,
            String partner,
            String agreement,
            String leg,
            String dataset,
            String release,
            String event,
            byte[] document,
            Instant made,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable Instant settled,
            int attempts,
            @Nullable String problem) {}

    /** A notice that this node took in as consumer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(
            String partner,
            UUID id,
            String agreement,
            String leg,
            String release,
            String event,
            byte[] document,
            Instant at,
            Instant received,
            long journalIndex) {}

    /** What there is one notice of. */
    record Key(String partner, String agreement, String leg, String release, String event) {}

    /** The notices that were made about a release. */
    Set<Key> about(String release) {
        return new HashSet<>(database.query(
                "SELECT partner, agreement_id, leg, release_id, event FROM notice_made WHERE release_id = ?",
                row -> new Key(
                        row.string("partner"),
                        row.string("agreement_id"),
                        row.string("leg"),
                        row.string("release_id"),
                        row.string("event")),
                release));
    }

    /** The releases that a partner knows: it was told of them, or has had figures of them. */
    Set<String> known(String partner) {
        return new HashSet<>(database.query(
                "SELECT release_id FROM notice_made WHERE partner = ? UNION SELECT release_id FROM answered_exchange"
                        + " WHERE partner = ? AND release_id IS NOT NULL UNION SELECT release_id FROM pack_made WHERE"
                        + " consumer = ?",
                row -> row.string("release_id"),
                partner,
                partner,
                partner));
    }

    static List<Write> insertMade(Key key, UUID id, String dataset, byte[] document, Instant now) {
        return List.of(
                new Write.Insert(
                        "INSERT INTO notice_made (id, partner, agreement_id, leg, dataset, release_id, event, document,"
                                + " made_us, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        Uuids.toBytes(id),
                        key.partner(),
                        key.agreement(),
                        key.leg(),
                        dataset,
                        key.release(),
                        key.event(),
                        document,
                        Micros.of(now),
                        Write.INDEX),
                new Write.Insert(
                        "INSERT INTO notice_outbox (id, next_us) VALUES (?, ?)", Uuids.toBytes(id), Micros.of(now)));
    }

    /** All that are on their way, oldest first. */
    List<Made> pending() {
        return database.query(MADE + " WHERE s.id IS NULL ORDER BY m.made_us LIMIT 10000", NoticeTables::made);
    }

    /** The partners for whom something is due. */
    List<String> duePartners() {
        return database.query(
                "SELECT DISTINCT m.partner FROM notice_outbox b JOIN notice_made m ON m.id = b.id WHERE b.next_us <= ?",
                row -> row.string("partner"),
                clock.instant());
    }

    /** What is due for a partner, oldest first. */
    List<Made> due(String partner) {
        return database.query(
                MADE + " WHERE s.id IS NULL AND m.partner = ? AND b.next_us <= ? ORDER BY m.made_us LIMIT 1000",
                NoticeTables::made,
                partner,
                clock.instant());
    }

    /** Puts off everything that waits for a partner: one that does not answer is not called once for each notice. */
    void later(String partner, Made notice, Instant next, String problem) {
        database.update(
                "UPDATE notice_outbox SET attempts = attempts + 1, next_us = ?, problem = ? WHERE id = ?",
                next,
                problem,
                notice.id());
        database.update(
                "UPDATE notice_outbox b JOIN notice_made m ON m.id = b.id SET b.next_us = ? WHERE m.partner = ? AND"
                        + " b.next_us < ?",
                next,
                partner,
                next);
    }

    static List<Write> settle(UUID id, String outcome, byte @Nullable [] proof, @Nullable String reason, Instant now) {
        return List.of(
                new Write.Insert(
                        "INSERT INTO notice_settled (id, outcome, proof, reason, settled_us, journal_index)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        Uuids.toBytes(id),
                        outcome,
                        proof,
                        reason,
                        Micros.of(now),
                        Write.INDEX),
                new Write.Update("DELETE FROM notice_outbox WHERE id = ?", 1, (Object) Uuids.toBytes(id)));
    }

    List<Made> made(int limit) {
        return database.query(MADE + " ORDER BY m.made_us DESC LIMIT ?", NoticeTables::made, limit);
    }

    /** How many notices are on their way, and since when the oldest of them is. */
    record Waiting(long notices, @Nullable Instant oldest) {}

    Waiting waiting() {
        return database.one(
                        "SELECT COUNT(*) AS n, MIN(m.made_us) AS oldest_us FROM notice_outbox b JOIN notice_made m ON"
                                + " m.id = b.id",
                        row -> new Waiting(row.longValue("n"), row.instantOrNull("oldest_us")))
                .orElse(new Waiting(0, null));
    }

    static List<Write> insertReceived(
            String partner, NoticeDocument notice, UUID id, byte[] document, byte[] message, Instant at, Instant now) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Insert(
                "INSERT INTO notice_received (partner, id, agreement_id, leg, release_id, event, document,"
                        + " request_message, published_us, received_us, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?)",
                partner,
                Uuids.toBytes(id),
                notice.agreement().id(),
                notice.leg(),
                notice.release().id(),
                notice.event(),
                document,
                message,
                Micros.of(at),
                Micros.of(now),
                Write.INDEX));
        notice.replaces().stream()
                .distinct()
                .map(release -> new Write.Insert(REPLACED, partner, Uuids.toBytes(id), release))
                .forEach(writes::add);
        return writes;
    }

    Optional<Received> received(String partner, UUID id) {
        return database.one(
                "SELECT * FROM notice_received WHERE partner = ? AND id = ?", NoticeTables::received, partner, id);
    }

    List<Received> received(int limit) {
        return database.query(
                "SELECT * FROM notice_received ORDER BY received_us DESC LIMIT ?", NoticeTables::received, limit);
    }

    /** The newest release of a leg that a partner has told of, by the time at which it was published. */
    Optional<Received> newest(String partner, String agreement, String leg) {
        return database.one(
                "SELECT * FROM notice_received WHERE partner = ? AND agreement_id = ? AND leg = ? AND event = ?"
                        + " ORDER BY published_us DESC, received_us DESC LIMIT 1",
                NoticeTables::received,
                partner,
                agreement,
                leg,
                NoticeDocument.PUBLISHED);
    }

    /**
     * What is held of a release that a notice makes out of date.
     *
     * @param exchange that brought it
     * @param event of the notice
     * @param newer the release that took its place; the release itself if it was recalled
     * @param at when that was, by the partner's clock
     */
    record Outdated(
            UUID exchange,
            String partner,
            String agreement,
            String leg,
            String release,
            Instant received,
            UUID notice,
            String event,
            String newer,
            Instant at) {}

    /** Kept holdings that are out of date, with every notice that says so; the latest event of each comes first. */
    List<Outdated> outdated(int limit) {
        return database.query(
                OUTDATED + " ORDER BY h.received_us DESC, h.exchange, n.event DESC, n.published_us DESC LIMIT ?",
                NoticeTables::outdated,
                clock.instant(),
                limit);
    }

    /** What says that the figures of one exchange are out of date, if they are kept; the latest event comes first. */
    Optional<Outdated> outdated(UUID exchange) {
        return database.one(
                OUTDATED + " AND h.exchange = ? ORDER BY n.event DESC, n.published_us DESC LIMIT 1",
                NoticeTables::outdated,
                clock.instant(),
                exchange);
    }

    private static Outdated outdated(Row row) throws SQLException {
        return new Outdated(
                row.uuid("exchange"),
                row.string("partner"),
                row.string("agreement_id"),
                row.string("leg"),
                row.string("release_id"),
                row.instant("received_us"),
                row.uuid("notice"),
                row.string("event"),
                row.string("newer"),
                row.instant("published_us"));
    }

    private static Made made(Row row) throws SQLException {
        return new Made(
                row.uuid("id"),
                row.string("partner"),
                row.string("agreement_id"),
                row.string("leg"),
                row.string("dataset"),
                row.string("release_id"),
                row.string("event"),
                row.bytes("document"),
                row.instant("made_us"),
                row.stringOrNull("outcome"),
                row.stringOrNull("reason"),
                row.instantOrNull("settled_us"),
                row.intValue("attempts"),
                row.stringOrNull("problem"));
    }

    private static Received received(Row row) throws SQLException {
        return new Received(
                row.string("partner"),
                row.uuid("id"),
                row.string("agreement_id"),
                row.string("leg"),
                row.string("release_id"),
                row.string("event"),
                row.bytes("document"),
                row.instant("published_us"),
                row.instant("received_us"),
                row.longValue("journal_index"));
    }
}
