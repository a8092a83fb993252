package org.entente.gateway.operations.reminders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.operations.reminders.Reminders.Kind;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A secretariat whose round has one member that has answered and one that has not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundRemindersTest {
    private final TestClock clock = new TestClock();
    private TestNode node;

    @BeforeAll
    void open() {
        node = TestNode.plan("ADD").clock(clock).startWithoutListeners();
    }

    @AfterAll
    void close() {
        node.close();
    }

    /** A round as it stands in the tables. */
    private UUID round(Duration whole) {
        UUID id = node.bean(Uuids.class).next();
        Instant now = clock.instant();
        node.bean(Database.class).inTransaction(connection -> {
            connection.createStatement().execute("SET FOREIGN_KEY_CHECKS = 0");
            try (PreparedStatement round = connection.prepareStatement(
                            "INSERT INTO collection_round (id, programme, version, year, opened_us, opened_by, deadline_us,"
                                    + " journal_index) VALUES (?, 'STOCK', 1, 2026, ?, 'analyst', ?, 0)");
                    PreparedStatement task = connection.prepareStatement(
                            "INSERT INTO round_task (round, party, tbl, exchange, state) VALUES (?, ?, 'T', ?, ?)")) {
                round.setBytes(1, Uuids.toBytes(id));
                round.setLong(2, Micros.of(now));
                round.setLong(3, Micros.of(now.plus(whole)));
                round.executeUpdate();
                for (List<String> member : List.of(List.of("ITA", "ANSWERED"), List.of("PHL", "UNREACHABLE"))) {
                    task.setBytes(1, Uuids.toBytes(id));
                    task.setString(2, member.getFirst());
                    task.setBytes(3, Uuids.toBytes(node.bean(Uuids.class).next()));
                    task.setString(4, member.getLast());
                    task.executeUpdate();
                }
                return 0;
            } finally {
                connection.createStatement().execute("SET FOREIGN_KEY_CHECKS = 1");
            }
        });
        return id;
    }

    private List<String> look(UUID round) {
        node.bean(Reminders.class).look();
        return node.bean(Reminders.class).open().stream()
                .filter(one -> one.subject().startsWith(round.toString()))
                .filter(one -> one.kind() == Kind.MEMBER_UNANSWERED)
                .map(Reminders.Reminder::party)
                .toList();
    }

    private long journaled() {
        return node.bean(Journal.class).bySubject("PHL").stream()
                .filter(entry -> entry.kind().equals(Reminders.KIND))
                .count();
    }

    @Test
    void theSecretariatIsRemindedOfWhoHasNotAnsweredOnTheLastDayOnceAndNoLongerWhenTheRoundIsClosed() {
        long before = journaled();
        UUID id = round(Duration.ofDays(7));
        assertEquals(List.of(), look(id));
        clock.advance(Duration.ofDays(6).plusHours(1));
        assertEquals(List.of("PHL"), look(id));
        assertEquals(List.of("PHL"), look(id));
        assertEquals(before + 1, journaled());
        node.bean(Database.class).update("UPDATE collection_round SET closed_us = 1 WHERE id = ?", id);
        assertEquals(List.of(), look(id));
    }

    @Test
    void aRoundOfAFewHoursIsSpokenOfInItsSecondHalf() {
        UUID id = round(Duration.ofHours(4));
        assertEquals(List.of(), look(id));
        clock.advance(Duration.ofHours(2).plusMinutes(1));
        assertEquals(List.of("PHL"), look(id));
        node.bean(Database.class).update("UPDATE collection_round SET closed_us = 1 WHERE id = ?", id);
    }
}
