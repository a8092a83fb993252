package org.entente.gateway.region.programme;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Rounds and their tasks in the database. */
@Singleton
final class RoundTables {
    private static final String OPEN =
            "INSERT INTO collection_round (id, programme, version, year, due_day, opened_us, opened_by, deadline_us,"
                    + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String TASK =
            "INSERT INTO round_task (round, party, tbl, exchange, state) VALUES (?, ?, ?, ?, ?)";

    private final Database database;

    RoundTables(Database database) {
        this.database = database;
    }

    static Write insert(Round round) {
        return new Write.Insert(
                OPEN,
                Uuids.toBytes(round.id()),
                round.programme(),
                round.version(),
                round.year(),
                round.dueDay(),
                Micros.of(round.opened()),
                round.openedBy(),
                Micros.of(round.deadline()),
                Write.INDEX);
    }

    static Write insert(UUID round, Round.Task task) {
        return new Write.Insert(
                TASK,
                Uuids.toBytes(round),
                task.party(),
                task.table(),
                Uuids.toBytes(task.exchange()),
                task.state().name());
    }

    /** Closes it, if nobody has. */
    static Write close(UUID round, Instant now, String by) {
        return new Write.Update(
                "UPDATE collection_round SET closed_us = ?, closed_by = ? WHERE id = ? AND closed_us IS NULL",
                1,
                Micros.of(now),
                by,
                Uuids.toBytes(round));
    }

    static Write settle(UUID round, Round.Task task) {
        return new Write.Update(
                "UPDATE round_task SET state = ?, exchange = ?, done_us = ? WHERE round = ? AND party = ? AND tbl = ?",
                1,
                task.state().name(),
                Uuids.toBytes(task.exchange()),
                task.done() == null ? null : Micros.of(task.done()),
                Uuids.toBytes(round),
                task.party(),
                task.table());
    }

    /** Takes a deposit for the answer, unless the member has answered by itself or the round is closed. */
    static Write deposit(UUID round, String party, String table, UUID deposit, Instant now) {
        return new Write.Update(
                "UPDATE round_task t JOIN collection_round r ON r.id = t.round SET t.state = 'DEPOSITED',"
                        + " t.exchange = ?, t.code = NULL, t.sentence = NULL, t.done_us = ?"
                        + " WHERE t.round = ? AND t.party = ? AND t.tbl = ? AND t.state <> 'ANSWERED'"
                        + " AND r.closed_us IS NULL",
                1,
                Uuids.toBytes(deposit),
                Micros.of(now),
                Uuids.toBytes(round),
                party,
                table);
    }

    Optional<Round> find(UUID id) {
        return database.one("SELECT * FROM collection_round WHERE id = ?", RoundTables::round, id);
    }

    List<Round> ofProgramme(String programme) {
        return database.query(
                "SELECT * FROM collection_round WHERE programme = ? ORDER BY opened_us DESC",
                RoundTables::round,
                programme);
    }

    List<Round> open() {
        return database.query(
                "SELECT * FROM collection_round WHERE closed_us IS NULL ORDER BY deadline_us", RoundTables::round);
    }

    boolean opened(String programme, String dueDay) {
        return database.one(
                                "SELECT COUNT(*) AS n FROM collection_round WHERE programme = ? AND due_day = ?",
                                r -> r.longValue("n"),
                                programme,
                                dueDay)
                        .orElse(0L)
                > 0;
    }

    List<Round.Task> tasks(UUID round) {
        return database.query("SELECT * FROM round_task WHERE round = ? ORDER BY party, tbl", RoundTables::task, round);
    }

    /** Keeps other processes of the node from the round for a while; whether nobody else has. */
    boolean lease(UUID round, Instant now, Instant until) {
        return database.update(
                        "UPDATE collection_round SET turn_until_us = ? WHERE id = ? AND turn_until_us <= ?",
                        Micros.of(until),
                        round,
                        Micros.of(now))
                == 1;
    }

    void release(UUID round) {
        database.update("UPDATE collection_round SET turn_until_us = 0 WHERE id = ?", round);
    }

    /** What became of an attempt, unless the round is closed or the figures were deposited meanwhile. */
    void update(UUID round, Round.Task task) {
        database.update(
                "UPDATE round_task t JOIN collection_round r ON r.id = t.round SET t.state = ?, t.exchange = ?,"
                        + " t.code = ?, t.sentence = ?, t.attempts = ?, t.tried_us = ?, t.done_us = ?"
                        + " WHERE t.round = ? AND t.party = ? AND t.tbl = ? AND r.closed_us IS NULL"
                        + " AND t.state <> 'DEPOSITED'",
                task.state().name(),
                task.exchange(),
                task.code(),
                task.sentence(),
                task.attempts(),
                task.tried() == null ? null : Micros.of(task.tried()),
                task.done() == null ? null : Micros.of(task.done()),
                round,
                task.party(),
                task.table());
    }

    private static Round round(Row r) throws SQLException {
        return new Round(
                r.uuid("id"),
                r.string("programme"),
                (int) r.longValue("version"),
                (int) r.longValue("year"),
                r.stringOrNull("due_day"),
                r.instant("opened_us"),
                r.string("opened_by"),
                r.instant("deadline_us"),
                r.instantOrNull("closed_us"));
    }

    private static Round.Task task(Row r) throws SQLException {
        @Nullable Instant tried = r.instantOrNull("tried_us");
        return new Round.Task(
                r.string("party"),
                r.string("tbl"),
                r.uuid("exchange"),
                Round.Outcome.valueOf(r.string("state")),
                r.stringOrNull("code"),
                r.stringOrNull("sentence"),
                (int) r.longValue("attempts"),
                tried,
                r.instantOrNull("done_us"));
    }
}
