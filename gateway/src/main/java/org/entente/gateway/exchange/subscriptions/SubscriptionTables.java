package org.entente.gateway.exchange.subscriptions;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Subscriptions and their turns in the database. */
@Singleton
final class SubscriptionTables {
    private static final int LONGEST_SENTENCE = 2000;
    private static final String SELECT = "SELECT s.*, (SELECT MAX(t.next_us) FROM subscription_turn t WHERE"
            + " t.subscription = s.id AND t.state = 'PAUSED') AS resumes_us FROM subscription s";

    private final Database database;
    private final Clock clock;

    SubscriptionTables(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    static Write insert(Subscription one) {
        return new Write.Insert(
                "INSERT INTO subscription (id, provider, agreement_id, leg, query, person, role, on_release,"
                        + " on_calendar, until_day, most, made_us, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?)",
                Uuids.toBytes(one.id()),
                one.provider(),
                one.agreement(),
                one.leg(),
                one.query(),
                one.person(),
                one.role(),
                one.onRelease(),
                one.onCalendar(),
                one.until().toString(),
                one.most(),
                Micros.of(one.made()),
                Write.INDEX);
    }

    /** Lets it begin, unless somebody has or it has ended. */
    static Write approve(UUID id, String by, Instant now) {
        return new Write.Update(
                "UPDATE subscription SET approved_by = ?, approved_us = ? WHERE id = ? AND approved_us IS NULL AND"
                        + " ended_us IS NULL",
                1,
                by,
                Micros.of(now),
                Uuids.toBytes(id));
    }

    /** Ends it, unless it has ended. */
    static Write end(UUID id, Subscription.End code, String reason, Instant now) {
        return new Write.Update(
                "UPDATE subscription SET ended_us = ?, end_code = ?, end_reason = ? WHERE id = ? AND ended_us IS NULL",
                1,
                Micros.of(now),
                code.code(),
                reason,
                Uuids.toBytes(id));
    }

    /** Counts a request, if it may make one more. */
    static Write use(UUID id) {
        return new Write.Update(
                "UPDATE subscription SET used = used + 1 WHERE id = ? AND ended_us IS NULL AND used < most", 1, (Object)
                        Uuids.toBytes(id));
    }

    static Write insert(Subscription.Turn turn) {
        return new Write.Insert(
                "INSERT INTO subscription_turn (subscription, cause, exchange, state, next_us, made_us, journal_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                Uuids.toBytes(turn.subscription()),
                turn.cause(),
                Uuids.toBytes(turn.exchange()),
                turn.state().name(),
                Micros.of(turn.next()),
                Micros.of(turn.made()),
                Write.INDEX);
    }

    /** Lets a later cause take the place of a turn that waits for the quota, if it still does. */
    static Write supersede(Subscription.Turn paused, Instant now) {
        return new Write.Update(
                "UPDATE subscription_turn SET state = 'DROPPED', done_us = ? WHERE subscription = ? AND cause = ? AND"
                        + " state = 'PAUSED'",
                1,
                Micros.of(now),
                Uuids.toBytes(paused.subscription()),
                paused.cause());
    }

    /** Lets a turn that waited for the quota ask under a new exchange, if it still waits. */
    static Write resume(Subscription.Turn paused, UUID exchange, Instant now) {
        return new Write.Update(
                "UPDATE subscription_turn SET state = 'OPEN', exchange = ?, next_us = ?, tries = 0, code = NULL,"
                        + " sentence = NULL WHERE subscription = ? AND cause = ? AND state = 'PAUSED'",
                1,
                Uuids.toBytes(exchange),
                Micros.of(now),
                Uuids.toBytes(paused.subscription()),
                paused.cause());
    }

    Optional<Subscription> find(UUID id) {
        return database.one(SELECT + " WHERE s.id = ?", SubscriptionTables::read, id);
    }

    /** Those that have not ended, oldest first. */
    List<Subscription> standing() {
        return database.query(SELECT + " WHERE s.ended_us IS NULL ORDER BY s.made_us", SubscriptionTables::read);
    }

    /** All, newest first. */
    List<Subscription> all(int limit) {
        return database.query(SELECT + " ORDER BY s.made_us DESC LIMIT ?", SubscriptionTables::read, limit);
    }

    boolean hasTurn(UUID subscription, String cause) {
        return database.one(
                        "SELECT 1 AS n FROM subscription_turn WHERE subscription = ? AND cause = ?",
                        row -> row.intValue("n"),
                        subscription,
                        cause)
                .isPresent();
    }

    /** Turns of a subscription, newest first. */
    List<Subscription.Turn> turns(UUID subscription) {
        return database.query(
                "SELECT * FROM subscription_turn WHERE subscription = ? ORDER BY made_us DESC LIMIT 1000",
                SubscriptionTables::turn,
                subscription);
    }

    /** Turns that are to be asked now. */
    List<Subscription.Turn> due() {
        return database.query(
                "SELECT * FROM subscription_turn WHERE state = 'OPEN' AND next_us <= ? ORDER BY next_us LIMIT 200",
                SubscriptionTables::turn,
                clock.instant());
    }

    /** Turns for which the quota has room again. */
    List<Subscription.Turn> resumable() {
        return database.query(
                "SELECT * FROM subscription_turn WHERE state = 'PAUSED' AND next_us <= ? ORDER BY next_us LIMIT 200",
                SubscriptionTables::turn,
                clock.instant());
    }

    /** The turn of a subscription that waits for the quota. */
    Optional<Subscription.Turn> paused(UUID subscription) {
        return database.one(
                "SELECT * FROM subscription_turn WHERE subscription = ? AND state = 'PAUSED' ORDER BY made_us DESC LIMIT 1",
                SubscriptionTables::turn,
                subscription);
    }

    /** Turns whose answer waits for a person of the provider. */
    List<Subscription.Turn> waiting() {
        return database.query(
                "SELECT * FROM subscription_turn WHERE state = 'WAITING' ORDER BY made_us LIMIT 1000",
                SubscriptionTables::turn);
    }

    /** What became of a try. Where two have asked at once, what one of them has ended stays; only a dropped turn may still get its end. */
    void tried(
            Subscription.Turn turn,
            Subscription.State state,
            @Nullable String code,
            @Nullable String sentence,
            @Nullable Instant next) {
        Instant now = clock.instant();
        boolean over = switch (state) {
            case OPEN, WAITING, PAUSED -> false;
            case ANSWERED, REFUSED, INVALID, DROPPED -> true;
        };
        database.update(
                "UPDATE subscription_turn SET state = ?, tries = tries + 1, code = ?, sentence = ?, next_us = ?,"
                        + " done_us = ? WHERE subscription = ? AND cause = ? AND exchange = ? AND "
                        + (over ? "(done_us IS NULL OR state = 'DROPPED')" : "done_us IS NULL"),
                state.name(),
                code,
                sentence == null || sentence.length() <= LONGEST_SENTENCE
                        ? sentence
                        : sentence.substring(0, LONGEST_SENTENCE),
                next == null ? now : next,
                over ? now : null,
                turn.subscription(),
                turn.cause(),
                turn.exchange());
    }

    /** Drops what has not been answered of a subscription but one cause; null for all. */
    void drop(UUID subscription, @Nullable String but) {
        database.update(
                "UPDATE subscription_turn SET state = 'DROPPED', done_us = ? WHERE subscription = ? AND state IN ('OPEN', 'PAUSED')"
                        + " AND (? IS NULL OR cause <> ?)",
                clock.instant(),
                subscription,
                but,
                but);
    }

    private static Subscription read(Row row) throws SQLException {
        return new Subscription(
                row.uuid("id"),
                row.string("provider"),
                row.string("agreement_id"),
                row.string("leg"),
                row.string("query"),
                row.string("person"),
                row.string("role"),
                row.booleanValue("on_release"),
                row.booleanValue("on_calendar"),
                LocalDate.parse(row.string("until_day")),
                row.intValue("most"),
                row.intValue("used"),
                row.instant("made_us"),
                row.stringOrNull("approved_by"),
                row.instantOrNull("approved_us"),
                row.instantOrNull("resumes_us"),
                row.instantOrNull("ended_us"),
                row.stringOrNull("end_code"),
                row.stringOrNull("end_reason"));
    }

    private static Subscription.Turn turn(Row row) throws SQLException {
        return new Subscription.Turn(
                row.uuid("subscription"),
                row.string("cause"),
                row.uuid("exchange"),
                Subscription.State.valueOf(row.string("state")),
                row.intValue("tries"),
                row.instant("next_us"),
                row.stringOrNull("code"),
                row.stringOrNull("sentence"),
                row.instant("made_us"),
                row.instantOrNull("done_us"));
    }
}
