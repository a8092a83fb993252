package org.entente.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.exchange.AnsweredExchanges;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.DecisionReplay;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.node.Main;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Decisions are made again from the journal, and what was tampered with since comes out different. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final long END = Long.MAX_VALUE;

    private Corridor corridor;
    private UUID permitted;

    @BeforeAll
    void exchangesOfEveryOutcome() {
        corridor = Corridor.open(plan -> plan, Map.of("quota", "3"));
        Asking asking = corridor.phl().bean(Asking.class);
        permitted = asking.ask(corridor.question(Corridor.FILIPINOS).asFresh()).exchange();
        asking.ask(corridor.question(Corridor.FILIPINOS).asFresh());
        assertThrows(EntenteException.class, () -> asking.ask(corridor.question(Corridor.MOLDOVANS)));
        assertThrows(
                EntenteException.class,
                () -> asking.ask(corridor.question(Corridor.MOLDOVANS).anyway()));
        asking.ask(corridor.question(Corridor.FILIPINOS).asFresh());
        assertThrows(
                EntenteException.class,
                () -> asking.ask(corridor.question(Corridor.FILIPINOS).asFresh()));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static Audit.Report replay(TestNode node) {
        return node.bean(Audit.class).replay(0, END);
    }

    private DecisionReplay.Verdict onlyFinding() {
        return onlyFinding(true);
    }

    private DecisionReplay.Verdict onlyFinding(boolean quotasChecked) {
        Audit.Report report = replay(corridor.ita());
        assertEquals(quotasChecked, report.quotasChecked());
        assertEquals(1, report.findings().size(), report.toString());
        return report.findings().getFirst();
    }

    private Database ita() {
        return corridor.ita().bean(Database.class);
    }

    private JournalEntry answered() {
        return corridor.ita().bean(Journal.class).bySubject(permitted.toString()).stream()
                .filter(entry -> entry.kind().equals("answered"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void permitsAndRefusalsOfTheProviderComeOutTheSame() {
        Audit.Report report = replay(corridor.ita());
        assertEquals(List.of(), report.findings());
        assertEquals(5, report.decisions());
        assertEquals(5, report.same());
        assertTrue(report.quotasChecked());
    }

    @Test
    void aRefusalAtHomeComesOutTheSame() {
        Audit.Report report = replay(corridor.phl());
        assertEquals(List.of(), report.findings());
        assertEquals(1, report.decisions());
        assertEquals(1, report.same());
    }

    @Test
    void aPassThatDoesNotBeginAtTheFirstEntrySaysThatQuotasWereNotChecked() {
        long from = answered().index() + 1;
        Audit.Report report = corridor.ita().bean(Audit.class).replay(from, END);
        assertEquals(4, report.same());
        assertEquals(false, report.quotasChecked());
        assertEquals(from, report.from());
    }

    @Test
    void aRecordThatTheTreeDoesNotCommitToIsNamed() {
        JournalEntry entry = answered();
        byte[] record = opening(entry).record();
        String altered = new String(record, StandardCharsets.UTF_8).replace("\"statistics\"", "\"statistixx\"");
        store(entry.index(), altered.getBytes(StandardCharsets.UTF_8));
        try {
            DecisionReplay.Verdict finding = onlyFinding(false);
            assertEquals(DecisionReplay.Outcome.DIFFERENT, finding.outcome());
            assertEquals(entry.index(), finding.index());
            assertTrue(finding.sentence().contains("commits to"), finding.sentence());
        } finally {
            store(entry.index(), record);
        }
    }

    private static SaltedRecord opening(JournalEntry entry) {
        return Objects.requireNonNull(entry.opening());
    }

    private void store(long index, byte[] record) {
        ita().update("UPDATE journal_entry SET record = ? WHERE idx = ?", record, index);
    }

    @Test
    void aRecordThatWasDeletedUnderARetentionRuleIsNotReplayable() {
        JournalEntry entry = answered();
        ita().update("UPDATE journal_entry SET record = NULL, salt = NULL WHERE idx = ?", entry.index());
        try {
            assertEquals(
                    DecisionReplay.Outcome.NOT_REPLAYABLE, onlyFinding(false).outcome());
        } finally {
            ita().update(
                            "UPDATE journal_entry SET record = ?, salt = ? WHERE idx = ?",
                            opening(entry).record(),
                            opening(entry).salt(),
                            entry.index());
        }
    }

    @Test
    void anotherRequestThanTheSignedOneIsNamed() {
        byte[] message = corridor.ita()
                .bean(AnsweredExchanges.class)
                .find("PHL", permitted)
                .orElseThrow()
                .requestMessage();
        request(new String(message, StandardCharsets.UTF_8)
                .replace(".PH.", ".MD.")
                .getBytes(StandardCharsets.UTF_8));
        try {
            DecisionReplay.Verdict finding = onlyFinding();
            assertEquals(DecisionReplay.Outcome.DIFFERENT, finding.outcome());
            assertTrue(finding.sentence().contains("does not verify"), finding.sentence());
        } finally {
            request(message);
        }
    }

    private void request(byte[] message) {
        ita().update(
                        "UPDATE answered_exchange SET request_message = ? WHERE partner = 'PHL' AND id = ?",
                        message,
                        permitted);
    }

    @Test
    void aSignatureThatIsMovedBehindTheDecisionsMakesThemDifferent() {
        moveSignatures(1_000_000);
        try {
            Corridor.await(() -> replay(corridor.ita()).different() > 0);
            Audit.Report report = replay(corridor.ita());
            assertEquals(5, report.different());
            assertTrue(
                    report.findings().getFirst().sentence().contains("not signed by all"),
                    report.findings().getFirst().sentence());
        } finally {
            moveSignatures(-1_000_000);
            Corridor.await(() -> replay(corridor.ita()).different() == 0);
        }
    }

    private void moveSignatures(long by) {
        ita().update("UPDATE treaty_act SET position = position + ? WHERE source IS NULL", by);
        ita().update("UPDATE treaty_change SET version = version + 1");
    }

    @Test
    void auditorsReplayOverHttpAndOthersDoNot() {
        corridor.ita().user("auditor", Roles.AUDITOR);
        corridor.ita().user("reader", Roles.STATISTICIAN);
        var report = corridor.ita().signIn("auditor").get("/api/audit/replay");
        assertEquals(200, report.statusCode(), report.body());
        assertEquals(5, StaffClient.json(report).path("same").asInt());
        assertEquals(
                403, corridor.ita().signIn("reader").get("/api/audit/replay").statusCode());
        assertEquals(
                400,
                corridor.ita()
                        .signIn("auditor")
                        .get("/api/audit/replay?from=-1")
                        .statusCode());
    }

    @Test
    void theCommandReportsByItsExitCode() {
        assertEquals(0, command("audit", "replay"));
        JournalEntry entry = answered();
        store(entry.index(), "{}".getBytes(StandardCharsets.UTF_8));
        try {
            assertEquals(1, command("audit", "replay"));
        } finally {
            store(entry.index(), opening(entry).record());
        }
        assertEquals(2, command("audit", "replay", "--from", "-1"));
    }

    private int command(String... arguments) {
        List<String> line = new java.util.ArrayList<>(List.of(arguments));
        line.addAll(List.of("-c", corridor.ita().configuration().toString()));
        StringWriter out = new StringWriter();
        return Main.run(new PrintWriter(out), new PrintWriter(out), line.toArray(String[]::new));
    }
}
