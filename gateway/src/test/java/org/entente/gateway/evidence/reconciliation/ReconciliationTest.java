package org.entente.gateway.evidence.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.ExchangeLedger.Line;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two nodes have of the same exchanges, and what is said when it is not the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {
    private static final UUID ID = UUID.fromString("0192f3a1-0000-7000-8000-000000000001");

    private Corridor corridor;
    private StaffUser auditor;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
        auditor = corridor.phl().user("aud", Roles.AUDITOR);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static List<Line> line(String text) {
        if (text == null) {
            return List.of();
        }
        String[] parts = text.split(" ");
        return List.of(new Line(ID, parts[0], parts.length < 2 ? null : parts[1], parts.length < 3 ? null : parts[2]));
    }

    @ParameterizedTest
    @CsvSource({
        "received c s, received c s, ",
        "received c s, answered c s, LOST_RECEIPT",
        "received c s, received c t, DIFFERENT",
        "received c s, received d s, DIFFERENT",
        "received c s, rejected c s, DIFFERENT",
        "received c s, , UNKNOWN_ANSWER",
        "received c s, never-received, UNKNOWN_ANSWER",
        "rejected c s, rejected c t, ",
        "rejected c s, answered c t, LOST_RECEIPT",
        "asked, answered c s, LOST_ANSWER",
        "asked, waiting, ",
        "asked, , UNKNOWN_REQUEST",
        "never-received, never-received, ",
        "never-received, never-received c s, ",
        "never-received, answered c s, LOST_ANSWER",
        "never-received, , UNKNOWN_REQUEST",
        "received c s, waiting, DIFFERENT",
        ", answered c s, UNKNOWN_EXCHANGE",
        ", waiting, UNKNOWN_EXCHANGE"
    })
    void everyPairOfStatesHasItsName(String asked, String answered, String expected) {
        List<Difference> differences = Difference.between("PHL", line(asked), line(answered));
        assertEquals(
                expected == null ? List.of() : List.of(expected),
                differences.stream().map(d -> d.kind().name()).toList());
    }

    private UUID exchange() {
        UUID id = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        return id;
    }

    /** Moves an exchange into the past on both sides, since what is younger than two minutes is not compared. */
    private UUID aged(UUID id) {
        Instant past = Instant.now(Clock.systemUTC()).minus(Duration.ofHours(1));
        UUID old = new UUID(
                Reconciliation.firstId(past).getMostSignificantBits() | (id.getMostSignificantBits() & 0xFFF),
                id.getLeastSignificantBits());
        for (String table : List.of("asked_exchange", "closed_exchange")) {
            corridor.phl().bean(Database.class).update("UPDATE " + table + " SET id = ? WHERE id = ?", old, id);
        }
        for (String table : List.of("answered_exchange", "exchange_receipt")) {
            corridor.ita().bean(Database.class).update("UPDATE " + table + " SET id = ? WHERE id = ?", old, id);
        }
        return old;
    }

    private Reconciliation.Report run() {
        return corridor.phl().bean(Reconciliation.class).run("ITA", null, null, auditor);
    }

    @Test
    void bothSidesAgreeAndWhatIsTakenFromOneIsNamed() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(aged(exchange()));
        }
        exchange();
        Reconciliation.Report same = run();
        assertEquals(List.of(), same.differences());
        assertEquals(4, same.exchanges(), "the fifth may still be under way");

        Database ita = corridor.ita().bean(Database.class);
        Database phl = corridor.phl().bean(Database.class);
        ita.update("DELETE FROM exchange_receipt WHERE id = ?", ids.get(0));
        ita.update("DELETE FROM exchange_receipt WHERE id = ?", ids.get(1));
        ita.update("DELETE FROM answered_exchange WHERE id = ?", ids.get(1));
        phl.update("DELETE FROM closed_exchange WHERE id = ?", ids.get(2));
        phl.update("DELETE FROM asked_exchange WHERE id = ?", ids.get(3));
        Reconciliation.Report report = run();
        assertEquals(
                List.of(
                        new Difference(ids.get(0), "PHL", Difference.Kind.LOST_RECEIPT, "received", "answered"),
                        new Difference(ids.get(1), "PHL", Difference.Kind.UNKNOWN_ANSWER, "received", null),
                        new Difference(ids.get(2), "PHL", Difference.Kind.LOST_ANSWER, "asked", "received"),
                        new Difference(ids.get(3), "PHL", Difference.Kind.UNKNOWN_EXCHANGE, null, "received")),
                report.differences().stream()
                        .sorted(java.util.Comparator.comparing(d -> ids.indexOf(d.exchange())))
                        .toList());
        assertEquals(4, report.exchanges());
        assertEquals(report, corridor.phl().bean(Reconciliation.class).newest().getFirst());

        // The other side finds the same.
        Reconciliation.Report theirs = corridor.ita()
                .bean(Reconciliation.class)
                .run("PHL", null, null, corridor.ita().user("aud", Roles.AUDITOR));
        assertEquals(report.differences(), theirs.differences());
        String record = corridor.phl().bean(Journal.class).bySubject("ITA").stream()
                .filter(entry -> entry.kind().equals("reconciled"))
                .map(entry -> new String(
                        java.util.Objects.requireNonNull(entry.opening()).record(), StandardCharsets.UTF_8))
                .reduce((one, other) -> other)
                .orElseThrow();
        assertTrue(record.contains("\"differences\":4"), record);
        assertTrue(record.contains(ids.get(2).toString()), record);
    }

    @Test
    void onlyAuditorsAndAdministratorsReconcile() {
        StaffUser analyst = corridor.phl().user("ana", Roles.STATISTICIAN);
        assertEquals(
                ErrorCode.FORBIDDEN,
                assertThrows(
                                EntenteException.class,
                                () -> corridor.phl().bean(Reconciliation.class).run("ITA", null, null, analyst))
                        .code());
    }
}
