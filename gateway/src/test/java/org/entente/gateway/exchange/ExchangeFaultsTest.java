package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What happens to an exchange when something around it fails. */
class ExchangeFaultsTest {
    private static Question filipinos(Corridor corridor) {
        return corridor.question(Corridor.FILIPINOS).asFresh();
    }

    @Test
    void aPartnerThatIsDownIsNamedAndTheRepeatSucceedsUnderTheSameId() {
        try (Corridor corridor = Corridor.open()) {
            Asking asking = corridor.phl().bean(Asking.class);
            UUID id = corridor.phl().bean(Uuids.class).next();
            corridor.ita().stop();

            EntenteException down = assertThrows(
                    EntenteException.class, () -> asking.ask(filipinos(corridor).repeating(id)));
            assertEquals(ErrorCode.PARTNER_UNREACHABLE, down.code());
            assertTrue(down.detail().contains("ITA"), down.detail());
            assertEquals(
                    AskedExchanges.State.ASKED,
                    corridor.phl()
                            .bean(AskedExchanges.class)
                            .find(id)
                            .orElseThrow()
                            .state());

            corridor.ita().restart();
            assertEquals(id, asking.ask(filipinos(corridor).repeating(id)).exchange());
            assertEquals(
                    2, corridor.phl().bean(AskedExchanges.class).attempts(id).size());
        }
    }

    @Test
    void figuresHeldStayAvailableWhileThePartnerIsDown() {
        try (Corridor corridor = Corridor.open()) {
            Asking asking = corridor.phl().bean(Asking.class);
            asking.ask(filipinos(corridor));
            corridor.ita().stop();

            assertTrue(asking.ask(corridor.question(Corridor.FILIPINOS)).held());
        }
    }

    @Test
    void aReceiptWaitsForAPartnerThatWentDownAfterItsAnswer() {
        try (Corridor corridor = Corridor.open()) {
            Receipts receipts = corridor.phl().bean(Receipts.class);
            UUID id = corridor.phl().bean(Asking.class).ask(filipinos(corridor)).exchange();
            corridor.ita().stop();
            corridor.ita().restart();

            Corridor.await(() -> receipts.waiting() == 0);
            assertEquals(
                    "received",
                    corridor.ita()
                            .bean(AnsweredExchanges.class)
                            .find("PHL", id)
                            .orElseThrow()
                            .receipt());
        }
    }

    @Test
    void aReceiptWhoseEntryCannotBeProvedYetWaitsWithoutHoldingUpAnother() {
        try (Corridor corridor = Corridor.open()) {
            Database database = corridor.phl().bean(Database.class);
            UUID early = corridor.phl().bean(Uuids.class).next();
            long notYet = corridor.phl().bean(Journal.class).provable() + 1_000_000;
            database.update(
                    "INSERT INTO receipt_outbox (exchange, partner, journal_index, queued_us, next_us) VALUES (?, 'ITA', ?, 1, 1)",
                    Uuids.toBytes(early),
                    notYet);
            UUID id = corridor.phl().bean(Asking.class).ask(filipinos(corridor)).exchange();

            Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 1);
            assertEquals(
                    "received",
                    corridor.ita()
                            .bean(AnsweredExchanges.class)
                            .find("PHL", id)
                            .orElseThrow()
                            .receipt());
            assertEquals(
                    List.of(0),
                    database.query(
                            "SELECT attempts FROM receipt_outbox WHERE exchange = ?",
                            row -> row.intValue("attempts"),
                            Uuids.toBytes(early)));
        }
    }

    @Test
    void noAnswerLeavesWhileTheProvidersDatabaseIsAwayAndTheRepeatSucceeds() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            Asking asking = corridor.phl().bean(Asking.class);
            asking.ask(filipinos(corridor));
            UUID id = corridor.phl().bean(Uuids.class).next();

            lockOut(corridor.ita().database());
            EntenteException failed = assertThrows(
                    EntenteException.class, () -> asking.ask(filipinos(corridor).repeating(id)));
            assertTrue(
                    failed.code() == ErrorCode.PARTNER_ANSWER_INVALID || failed.code() == ErrorCode.PARTNER_UNREACHABLE,
                    failed.getMessage());

            letIn(corridor.ita().database());
            Corridor.await(() -> succeeds(asking, filipinos(corridor).repeating(id)));
            assertEquals(
                    1,
                    corridor.ita().bean(Journal.class).bySubject(id.toString()).stream()
                            .filter(entry -> entry.kind().equals("answered"))
                            .count());
        }
    }

    @Test
    void nothingIsShownWhileTheConsumersDatabaseIsAway() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            Asking asking = corridor.phl().bean(Asking.class);
            asking.ask(filipinos(corridor));

            lockOut(corridor.phl().database());
            EntenteException failed = assertThrows(EntenteException.class, () -> asking.ask(filipinos(corridor)));
            assertTrue(
                    failed.code() == ErrorCode.JOURNAL_UNAVAILABLE || failed.code() == ErrorCode.DATABASE_UNAVAILABLE,
                    failed.getMessage());

            letIn(corridor.phl().database());
            Corridor.await(() -> succeeds(asking, filipinos(corridor)));
        }
    }

    /** The database is away: no new connection, and the open ones are cut. */
    private static void lockOut(TestDatabase database) throws SQLException {
        try (Connection admin = database.server().admin();
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER USER '" + database.name() + "'@'127.0.0.1' ACCOUNT LOCK");
            List<Long> open = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT id FROM information_schema.processlist WHERE user = '" + database.name() + "'")) {
                while (rows.next()) {
                    open.add(rows.getLong(1));
                }
            }
            for (long id : open) {
                try {
                    statement.execute("KILL HARD CONNECTION " + id);
                } catch (SQLException goneAlready) {
                    assertEquals(1094, goneAlready.getErrorCode());
                }
            }
        }
    }

    private static void letIn(TestDatabase database) throws SQLException {
        try (Connection admin = database.server().admin();
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER USER '" + database.name() + "'@'127.0.0.1' ACCOUNT UNLOCK");
        }
    }

    private static boolean succeeds(Asking asking, Question question) {
        try {
            asking.ask(question);
            return true;
        } catch (EntenteException e) {
            return false;
        }
    }

    @Test
    void aQuotaThatIsUsedUpIsRefusedAndHoldsUnderConcurrentRequests() throws Exception {
        try (Corridor corridor = Corridor.open(plan -> plan, Map.of("quota", "5"))) {
            Asking asking = corridor.phl().bean(Asking.class);
            int granted = 0;
            try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                var tasks = java.util.Collections.nCopies(
                        12, (java.util.concurrent.Callable<Boolean>) () -> succeeds(asking, filipinos(corridor)));
                for (var done : executor.invokeAll(tasks)) {
                    granted += done.get() ? 1 : 0;
                }
            }
            assertEquals(5, granted);
            EntenteException refusal = assertThrows(EntenteException.class, () -> asking.ask(filipinos(corridor)));
            assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code());
        }
    }
}
