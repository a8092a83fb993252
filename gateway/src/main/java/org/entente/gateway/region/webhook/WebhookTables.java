package org.entente.gateway.region.webhook;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;

/** Webhooks and their messages in the database. */
@Singleton
final class WebhookTables {
    private static final int LONGEST_PROBLEM = 1000;

    private final Database database;
    private final Clock clock;

    WebhookTables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    static Write insert(Webhook hook) {
        return new Write.Insert(
                "INSERT INTO webhook (id, url, programme, made_by, made_us, journal_index) VALUES (?, ?, ?, ?, ?, ?)",
                Uuids.toBytes(hook.id()),
                hook.url(),
                hook.programme(),
                hook.madeBy(),
                Micros.of(hook.made()),
                Write.INDEX);
    }

    /** Ends it, unless it has ended. */
    static Write end(UUID id, String reason, Instant now) {
        return new Write.Update(
                "UPDATE webhook SET ended_us = ?, end_reason = ? WHERE id = ? AND ended_us IS NULL",
                1,
                Micros.of(now),
                reason,
                Uuids.toBytes(id));
    }

    /** Closes a message, unless it is closed. */
    static Write close(UUID delivery, Webhook.State state, String problem, Instant now) {
        return new Write.Update(
                "UPDATE webhook_delivery SET state = ?, problem = ?, tries = tries + 1, done_us = ? WHERE id = ? AND state ="
                        + " 'WAITING'",
                1,
                state.name(),
                problem.isEmpty() ? null : shortened(problem),
                Micros.of(now),
                Uuids.toBytes(delivery));
    }

    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM ? problem : problem.substring(0, LONGEST_PROBLEM);
    }

    Optional<Webhook> find(UUID id) {
        return database.one("SELECT * FROM webhook WHERE id = ?", WebhookTables::hook, id);
    }

    List<Webhook> all() {
        return database.query("SELECT * FROM webhook ORDER BY made_us DESC LIMIT 1000", WebhookTables::hook);
    }

    /** Puts a message in the outbox, unless there is one about that edition. */
    void owe(UUID id, Webhook hook, String programme, int edition) {
        Instant now = clock.instant();
        database.update(
                "INSERT IGNORE INTO webhook_delivery (id, webhook, programme, edition, state, next_us, made_us)"
                        + " VALUES (?, ?, ?, ?, 'WAITING', ?, ?)",
                id,
                hook.id(),
                programme,
                edition,
                now,
                now);
    }

    boolean owed(UUID hook, String programme, int edition) {
        return database.one(
                        "SELECT 1 AS n FROM webhook_delivery WHERE webhook = ? AND programme = ? AND edition = ?",
                        row -> row.intValue("n"),
                        hook,
                        programme,
                        edition)
                .isPresent();
    }

    List<Webhook.Delivery> due() {
        return database.query(
                "SELECT * FROM webhook_delivery WHERE state = 'WAITING' AND next_us <= ? ORDER BY next_us LIMIT 100",
                WebhookTables::delivery,
                clock.instant());
    }

    List<Webhook.Delivery> deliveries(UUID hook) {
        return database.query(
                "SELECT * FROM webhook_delivery WHERE webhook = ? ORDER BY made_us DESC LIMIT 1000",
                WebhookTables::delivery,
                hook);
    }

    void later(Webhook.Delivery delivery, Instant next, String problem) {
        database.update(
                "UPDATE webhook_delivery SET tries = tries + 1, next_us = ?, problem = ? WHERE id = ? AND state = 'WAITING'",
                next,
                shortened(problem),
                delivery.id());
    }

    /** Keeps other processes of the node from a message for a while; whether nobody else has. */
    boolean lease(Webhook.Delivery delivery, Instant until) {
        return database.update(
                        "UPDATE webhook_delivery SET next_us = ? WHERE id = ? AND state = 'WAITING' AND next_us = ?",
                        until,
                        delivery.id(),
                        delivery.next())
                == 1;
    }

    private static Webhook hook(Row row) throws SQLException {
        return new Webhook(
                row.uuid("id"),
                row.string("url"),
                row.stringOrNull("programme"),
                row.string("made_by"),
                row.instant("made_us"),
                row.instantOrNull("ended_us"),
                row.stringOrNull("end_reason"));
    }

    private static Webhook.Delivery delivery(Row row) throws SQLException {
        return new Webhook.Delivery(
                row.uuid("id"),
                row.uuid("webhook"),
                row.string("programme"),
                row.intValue("edition"),
                Webhook.State.valueOf(row.string("state")),
                row.intValue("tries"),
                row.instant("next_us"),
                row.stringOrNull("problem"),
                row.instant("made_us"),
                row.instantOrNull("done_us"));
    }
}
