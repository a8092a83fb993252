package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What officers of both sides say about figures that were delivered, at the command line: reports, corrections, questions, breaches, a recall. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FigureActsAtTheTerminalTest {
    private static final String FILIPINOS = "A5.IT._T.PH._T.CB";
    private static final String CELL = "A5.IT._T.PH._T.CB.F._T._T._T._T._T._T.STOCK_IN.PS@1990";
    private static final String NOBODY = "urn:uuid:00000000-0000-4000-8000-000000000000";

    private Corridor corridor;
    private Delegation phl;
    private Delegation ita;
    private Path text;
    private Path theirText;
    private String exchange;
    private String release;

    @BeforeAll
    void ask(@TempDir Path scratch) {
        corridor = Corridor.open();
        phl = Delegation.of(scratch, corridor, corridor.phl());
        ita = Delegation.of(scratch, corridor, corridor.ita());
        text = phl.text(corridor.agreement());
        theirText = ita.text(corridor.agreement());
        phl.doesAs("anna", "ask", FILIPINOS, "--fresh");
        exchange = phl.staff.err.replaceAll("(?s).*exchange ([0-9a-f-]{36}).*", "$1");
        release = phl.does("notes", exchange).lines().findFirst().orElseThrow().split("\t")[1];
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private void awaitNote(Delegation delegation, String words) {
        Object[] notes = delegation == phl
                ? new Object[] {"notes", exchange}
                : new Object[] {"notes", exchange, "--partner", "PHL"};
        Corridor.await(() -> delegation.does(notes).contains(words));
    }

    @Test
    @Order(1)
    void anErrorIsReportedAndCorrectedOrSaidToBeNone() {
        String report = phl.act(
                "report-error", text, "--release", release, "--cell", CELL, "--text", "fewer than in the census");
        awaitNote(ita, "fewer than in the census");
        assertTrue(ita.does("notes").contains("by ITA\t" + report), ita.staff.out);
        ita.actIsRefused(
                "act-invalid",
                NOBODY,
                "give-correction",
                theirText,
                "--corrects",
                release,
                "--report",
                NOBODY,
                "--text",
                "right");
        ita.actIsRefused(
                "act-invalid",
                "the report is about release " + release,
                "give-correction",
                theirText,
                "--corrects",
                UUID.randomUUID(),
                "--report",
                report,
                "--text",
                "right");
        ita.act(
                "give-correction",
                theirText,
                "--corrects",
                release,
                "--report",
                report,
                "--text",
                "the census counts more");
        awaitNote(phl, "the census counts more");
        assertFalse(ita.does("notes").contains(report), "nothing is owed any more: " + ita.staff.out);
    }

    @Test
    @Order(2)
    void aQuestionIsAskedOnACellAndAnswered() {
        phl.actIsRefused("act-invalid", "ask first", "reply", text, "--thread", NOBODY, "--text", "because");
        String question = phl.act("ask", text, "--release", release, "--cell", CELL, "--text", "which census?");
        awaitNote(ita, "which census?");
        assertTrue(ita.does("notes").contains(question), ita.staff.out);
        phl.actIsRefused(
                "act-out-of-order",
                "about another release",
                "ask",
                text,
                "--release",
                UUID.randomUUID(),
                "--thread",
                question,
                "--text",
                "and this one?");
        ita.act("reply", theirText, "--thread", question, "--text", "that of 1991");
        awaitNote(phl, "that of 1991");
        assertFalse(ita.does("notes").contains(question), ita.staff.out);
    }

    @Test
    @Order(3)
    void aBreachIsNotifiedAndStandsBesideTheFigures() {
        phl.actIsRefused(
                "act-invalid",
                "dated after its notice",
                "notify-breach",
                text,
                "--what",
                "a laptop was lost",
                "--when",
                "2099-01-01T00:00:00Z",
                "--measures",
                "none");
        phl.act(
                "notify-breach",
                text,
                "--what",
                "a laptop was lost",
                "--when",
                "2026-11-01T10:00:00Z",
                "--measures",
                "wiped",
                "--release",
                release);
        awaitNote(ita, "a laptop was lost");
    }

    @Test
    @Order(4)
    void whatWasSaidLeavesTheGatewayWithTheFigures() throws Exception {
        Path file = ita.staff.folder.resolve("figures.xlsx");
        phl.doesAs("anna", "ask", FILIPINOS, "--exchange", exchange, "--format", "xlsx", "--out", file);
        assertTrue(phl.staff.err.contains("reply-given\tITA, "), phl.staff.err);
        String words = unzipped(file);
        for (String said :
                List.of("fewer than in the census", "census counts more", "which census?", "that of 1991", CELL)) {
            assertTrue(words.contains(said), said);
        }
    }

    private static String unzipped(Path workbook) throws Exception {
        StringBuilder words = new StringBuilder();
        try (var zip = new java.util.zip.ZipInputStream(Files.newInputStream(workbook))) {
            while (zip.getNextEntry() != null) {
                words.append(new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return words.toString();
    }

    @Test
    @Order(5)
    void aHolderDeclinesToDestroyWhatWasRecalledAndSaysWhyAndMayStillDestroyIt() {
        phl.actIsRefused("act-invalid", NOBODY, "decline-destruction", text, "--recall", NOBODY, "--reason", "court");
        String recall = ita.act("recall", theirText, "--release", release, "--reason", "counted twice");
        ita.actIsRefused(
                "act-out-of-order", "recalled already", "recall", theirText, "--release", release, "--reason", "again");
        ita.actIsRefused(
                "act-not-allowed",
                "not by who recalls",
                "decline-destruction",
                theirText,
                "--recall",
                recall,
                "--reason",
                "x");
        Corridor.await(() -> phl.does("recall", "list").contains("answer owed"));
        assertTrue(phl.does("notes").contains(recall), phl.staff.out);

        phl.act("decline-destruction", text, "--recall", recall, "--reason", "a court has ordered us to keep them");
        assertTrue(phl.does("recall", "list").contains("declined: a court has ordered us to keep them"), phl.staff.out);
        assertTrue(phl.staff.out.contains("\theld"), phl.staff.out);
        assertFalse(phl.does("notes").contains(recall), phl.staff.out);
        Corridor.await(() -> ita.does("recall", "list").contains("declined: a court has ordered us to keep them"));
        phl.isRefused("anna", "release-recalled", "counted twice", "ask", FILIPINOS);
        phl.actIsRefused(
                "act-out-of-order",
                "declined already",
                "decline-destruction",
                text,
                "--recall",
                recall,
                "--reason",
                "x");

        phl.isRefused("anna", "forbidden", "administrator", "recall", "destroy", recall);
        String digest = phl.doesAs("tina", "recall", "destroy", recall).strip();
        phl.act("confirm-destruction", text, "--recall", recall, "--digest", digest, "--on", "2026-11-28");
        phl.actIsRefused(
                "act-out-of-order",
                "confirmed the destruction already",
                "confirm-destruction",
                text,
                "--recall",
                recall,
                "--digest",
                digest,
                "--on",
                "2026-11-28");
        phl.actIsRefused(
                "act-out-of-order",
                "confirmed the destruction already",
                "decline-destruction",
                text,
                "--recall",
                recall,
                "--reason",
                "x");
        Corridor.await(() -> ita.does("recall", "list").contains("1 proved deleted\tnotified\tdestroyed"));
        assertEquals(
                1,
                phl.does("recall", "list")
                        .lines()
                        .filter(line -> line.endsWith("deleted"))
                        .count(),
                phl.staff.out);
    }
}
