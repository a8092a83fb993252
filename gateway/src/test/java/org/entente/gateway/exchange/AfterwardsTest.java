package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.FigureAct;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes after an answer: duties, notes, recall, retention, deletion records, copies outside the gateway. */
class AfterwardsTest {
    private final TestClock clock = new TestClock();
    private Corridor corridor;
    private StaffUser officer;
    private StaffUser analyst;

    @BeforeEach
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of(), document -> {
            // Cards and certificates of the tests live for 825 days.
            var leg = (com.fasterxml.jackson.databind.node.ObjectNode)
                    document.path("legs").path(0);
            ((com.fasterxml.jackson.databind.node.ObjectNode) leg.path("retention")).put("months", 6);
            ((com.fasterxml.jackson.databind.node.ObjectNode) leg.path("onward")).put("embargoDays", 14);
        });
        officer = corridor.phl().user("olga", Roles.TREATY_OFFICER);
        analyst = corridor.phl().user("anna", Roles.STATISTICIAN);
    }

    @AfterEach
    void close() {
        corridor.close();
    }

    private Asking asking() {
        return corridor.phl().bean(Asking.class);
    }

    private Asking.Figures ask() {
        return asking().ask(corridor.question(Corridor.FILIPINOS).asFresh());
    }

    private Instant now() {
        return corridor.phl().bean(Clock.class).instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String digest() {
        return corridor.phl()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .digest();
    }

    private static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    /** An officer of the party signs the act, the node takes it in, and the other node has it. */
    private void act(TestNode at, FigureAct act) {
        at.bean(Treaties.class).act(corridor.officer(at.party()).sign(act, now()), "test");
        Corridor.await(() -> knows(corridor.phl(), act) && knows(corridor.ita(), act));
    }

    private static boolean knows(TestNode node, FigureAct act) {
        return node.bean(FigureActs.class).byId(act.id()).isPresent();
    }

    private FigureAct.ReleaseRecalled recall(String release) {
        return new FigureAct.ReleaseRecalled(
                urn(),
                corridor.agreement(),
                digest(),
                "ITA",
                now(),
                release,
                "two regions were counted twice",
                List.of());
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(EntenteException.class, act).code();
    }

    private static List<String> kinds(TestNode node, UUID exchange) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private org.entente.gateway.evidence.VerificationReport verify(byte[] evidence) {
        return EvidenceVerifier.verify(evidence, Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita())));
    }

    @Test
    void staffReadTheDutiesBesideTheFigures() {
        Asking.Figures figures = ask();
        Duties duties = figures.duties();
        assertNotNull(duties);
        LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
        assertEquals(today.plusMonths(6).toString(), duties.keepUntil());
        assertEquals(today.plusDays(14).toString(), duties.embargoUntil());
        assertTrue(duties.onward().contains("PUBLIC:PRIOR_CONSENT"), duties.toString());

        StaffClient anna = corridor.phl().signIn("anna");
        var answer = anna.get("/sdmx/v2" + Corridor.FILIPINOS);
        String field = answer.headers().firstValue("entente-obligations").orElseThrow();
        assertTrue(field.startsWith("ITA;keep-until=" + duties.keepUntil()), field);
        assertTrue(field.contains("citation*=UTF-8''Source"), field);
        assertTrue(field.contains("embargo-until="), field);
    }

    @Test
    void aSignedRecallReachesTheHolderWhoDestroysAndConfirms() {
        Asking.Figures figures = ask();
        String release = String.valueOf(figures.release());
        FigureAct.ReleaseRecalled recall = recall(release);
        act(corridor.ita(), recall);

        // At the holder: not shown, and said why.
        EntenteException gone =
                assertThrows(EntenteException.class, () -> asking().ask(corridor.question(Corridor.FILIPINOS)));
        assertEquals(ErrorCode.RELEASE_RECALLED, gone.code());
        assertTrue(gone.detail().contains("counted twice"), gone.detail());
        assertEquals(
                410,
                corridor.phl()
                        .signIn("anna")
                        .get("/sdmx/v2" + Corridor.FILIPINOS)
                        .statusCode());
        // At the provider: neither a new request nor a repeat gets figures, and its own staff do not either.
        assertEquals(ErrorCode.RELEASE_RECALLED, code(this::ask));
        assertEquals(
                ErrorCode.RELEASE_RECALLED,
                code(() -> asking().ask(
                                corridor.question(Corridor.FILIPINOS).asFresh().repeating(figures.exchange()))));
        corridor.ita().user("ada", Roles.STATISTICIAN);
        assertEquals(
                410,
                corridor.ita()
                        .signIn("ada")
                        .get("/sdmx/v2" + Corridor.FILIPINOS)
                        .statusCode());

        RecallBook provider = corridor.ita().bean(RecallBook.class);
        RecallBook holder = corridor.phl().bean(RecallBook.class);
        assertEquals(
                "PHL", provider.book().own().getFirst().holders().getFirst().partner());
        assertFalse(corridor.phl().bean(FigureNotes.class).owed().isEmpty());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> holder.destroy(recall.id(), analyst)));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> holder.destroy(urn(), officer)));
        RecallBook.Destroyed destroyed = holder.destroy(recall.id(), officer);
        assertEquals(1, destroyed.digests().size());
        assertTrue(corridor.phl().bean(Bodies.class).find(figures.bodyDigest()).isEmpty());
        Corridor.await(
                () -> provider.book().own().getFirst().holders().getFirst().proved() == 1);
        act(
                corridor.phl(),
                new FigureAct.DestructionConfirmed(
                        urn(),
                        corridor.agreement(),
                        digest(),
                        "PHL",
                        now(),
                        recall.id(),
                        destroyed.digests(),
                        new IsoDate(LocalDate.ofInstant(now(), ZoneOffset.UTC))));
        assertEquals(
                "destroyed",
                provider.book().own().getFirst().holders().getFirst().answer());
        assertEquals("destroyed", holder.book().received().getFirst().answer());
        assertTrue(corridor.phl().bean(FigureNotes.class).owed().isEmpty());

        var report = verify(
                corridor.phl().bean(Evidence.class).ofAsked(figures.exchange()).encode());
        assertTrue(report.holds(), report::toString);
        assertTrue(report.toString().contains("deleted"), report::toString);
    }

    @Test
    void anApproverStopsAReleaseAtOnceAndTheRecallIsOwedToTheHolders() {
        Asking.Figures figures = ask();
        StaffUser bianca = corridor.ita().user("bianca", Roles.APPROVER);
        StaffUser ada = corridor.ita().user("ada", Roles.STATISTICIAN);
        UUID release = UUID.fromString(String.valueOf(figures.release()));
        Recalls recalls = corridor.ita().bean(Recalls.class);
        assertEquals(ErrorCode.FORBIDDEN, code(() -> recalls.recall(release, "wrong", ada)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> recalls.recall(release, " ", bianca)));
        assertEquals(ErrorCode.RELEASE_UNKNOWN, code(() -> recalls.recall(new UUID(1, 1), "wrong", bianca)));
        recalls.recall(release, "wrong", bianca);
        assertEquals(ErrorCode.RELEASE_STEP, code(() -> recalls.recall(release, "wrong", bianca)));
        assertEquals(ErrorCode.RELEASE_RECALLED, code(this::ask));
        RecallBook.Holder holder = corridor.ita()
                .bean(RecallBook.class)
                .book()
                .own()
                .getFirst()
                .holders()
                .getFirst();
        assertFalse(holder.notified());
        // Until the officer's act the holder keeps what it has.
        assertTrue(asking().ask(corridor.question(Corridor.FILIPINOS)).held());
        corridor.ita().restart();
        assertEquals(ErrorCode.RELEASE_RECALLED, code(this::ask));
    }

    @Test
    void reportsCorrectionsQuestionsAndRepliesStandBesideTheFigures() {
        Asking.Figures figures = ask();
        String release = String.valueOf(figures.release());
        FigureNotes notes = corridor.phl().bean(FigureNotes.class);
        FigureAct.ErrorReported report = new FigureAct.ErrorReported(
                urn(),
                corridor.agreement(),
                digest(),
                "PHL",
                now(),
                release,
                List.of(new FigureAct.Cell("A5.IT._T.PH._T.CB.F._T._T._T._T._T._T.STOCK_IN.PS", "1990")),
                "women are fewer than in the census");
        act(corridor.phl(), report);
        FigureNotes.Note note = notes.ofAsked(figures.exchange()).notes().getFirst();
        assertEquals("error-reported", note.act());
        assertEquals(LocalDate.ofInstant(now(), ZoneOffset.UTC).plusDays(90).toString(), note.due());
        assertEquals(Boolean.FALSE, note.settled());
        FigureNotes.Owed owed = notes.owed().getFirst();
        assertEquals("ITA", owed.owes());
        assertFalse(owed.overdue());
        clock.advance(Duration.ofDays(92));
        assertTrue(notes.owed().getFirst().overdue());
        String health =
                StaffClient.anonymous(corridor.ita().staff()).get("/health").body();
        assertTrue(health.contains("corrections are overdue"), health);

        act(
                corridor.ita(),
                new FigureAct.CorrectionGiven(
                        urn(),
                        corridor.agreement(),
                        digest(),
                        "ITA",
                        now(),
                        report.id(),
                        release,
                        null,
                        "the census counts more"));
        String thread = urn();
        act(
                corridor.phl(),
                new FigureAct.QuestionAsked(
                        urn(), corridor.agreement(), digest(), "PHL", now(), thread, release, null, "which census?"));
        act(
                corridor.ita(),
                new FigureAct.ReplyGiven(urn(), corridor.agreement(), digest(), "ITA", now(), thread, "that of 1991"));
        act(
                corridor.ita(),
                new FigureAct.BreachNotified(
                        urn(),
                        corridor.agreement(),
                        digest(),
                        "ITA",
                        now(),
                        "a laptop was lost",
                        now().minus(Duration.ofHours(80)),
                        "it was wiped",
                        List.of()));
        assertTrue(notes.owed().isEmpty());
        List<FigureNotes.Note> all = notes.ofAsked(figures.exchange()).notes();
        assertEquals(
                List.of("error-reported", "correction-given", "question-asked", "reply-given", "breach-notified"),
                all.stream().map(FigureNotes.Note::act).toList());
        assertEquals(Boolean.TRUE, all.getLast().late());
        StaffClient anna = corridor.phl().signIn("anna");
        assertTrue(anna.get("/api/exchanges/" + figures.exchange() + "/notes")
                .body()
                .contains("that of 1991"));
        assertTrue(anna.get("/sdmx/v2" + Corridor.FILIPINOS)
                .headers()
                .firstValue("entente-notes")
                .orElseThrow()
                .contains("count=5"));
        assertEquals(
                5,
                corridor.ita()
                        .bean(FigureNotes.class)
                        .ofAnswered("PHL", figures.exchange())
                        .notes()
                        .size());
        assertEquals(ErrorCode.NOT_FOUND, code(() -> notes.ofAsked(UUID.randomUUID())));
    }

    @Test
    void onItsDateTheBodyGoesTheProviderGetsTheProofAndTheEvidenceStillHolds() throws Exception {
        Asking.Figures first = ask();
        clock.advance(Duration.ofDays(30));
        Asking.Figures second = ask();
        assertTrue(verify(corridor.phl()
                        .bean(Evidence.class)
                        .ofAsked(first.exchange())
                        .encode())
                .holds());
        Deletions deletions = corridor.phl().bean(Deletions.class);
        deletions.deleteDue();
        assertTrue(deletions.of(first.exchange()).isEmpty());

        clock.advance(Duration.ofDays(160));
        deletions.deleteDue();
        assertTrue(deletions.of(first.exchange()).isPresent());
        assertTrue(deletions.of(second.exchange()).isEmpty());
        // The same bytes came twice; they go with the later date.
        clock.advance(Duration.ofDays(30));
        corridor.phl().restart();
        corridor.phl().bean(Deletions.class).deleteDue();
        assertTrue(corridor.phl().bean(Bodies.class).find(second.bodyDigest()).isEmpty());
        assertEquals("deleted", kinds(corridor.phl(), second.exchange()).getLast());
        Corridor.await(() -> kinds(corridor.ita(), second.exchange()).contains("deletion-receipted")
                && kinds(corridor.ita(), first.exchange()).contains("deletion-receipted"));
        Corridor.await(() -> corridor.phl().bean(DeletionRecords.class).waiting() == 0);

        byte[] evidence =
                corridor.phl().bean(Evidence.class).ofAsked(second.exchange()).encode();
        var report = verify(evidence);
        assertTrue(report.holds(), report::toString);
        assertTrue(report.toString().contains("deleted"), report::toString);
        FigureNotes.Gone gone = corridor.phl()
                .bean(FigureNotes.class)
                .ofAsked(second.exchange())
                .deleted();
        assertNotNull(gone);
        assertEquals("retention", gone.cause());
        assertFalse(ask().held());
    }

    @Test
    void aPersonAnswersForTheCopyThatLeftTheGateway() {
        ask();
        StaffClient anna = corridor.phl().signIn("anna");
        var copy = anna.get("/sdmx/v2" + Corridor.FILIPINOS + "?export=true");
        assertEquals(200, copy.statusCode(), copy.body());
        assertTrue(
                copy.headers().firstValue("content-disposition").orElseThrow().contains("attachment"));
        UUID export =
                UUID.fromString(copy.headers().firstValue("entente-export").orElseThrow());
        Exports exports = corridor.phl().bean(Exports.class);
        assertEquals("open", exports.list(false).getFirst().state());
        assertEquals(0, exports.owed());

        clock.advance(Duration.ofDays(185));
        exports.remind();
        exports.remind();
        assertEquals(1, exports.owed());
        assertEquals("due", exports.list(false).getFirst().state());
        clock.advance(Duration.ofDays(8));
        exports.remind();
        assertEquals("overdue", exports.list(false).getFirst().state());
        UUID exchange = UUID.fromString(exports.list(false).getFirst().exchange());
        assertEquals(
                2,
                kinds(corridor.phl(), exchange).stream()
                        .filter("export-reminder"::equals)
                        .count());
        assertEquals(ErrorCode.FORBIDDEN, code(() -> exports.attest(export, Exports.DELETED, null, officer)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> exports.attest(export, Exports.KEPT, " ", analyst)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> exports.attest(export, "lost", null, analyst)));
        assertEquals(ErrorCode.NOT_FOUND, code(() -> exports.attest(new UUID(1, 1), Exports.DELETED, null, analyst)));
        assertEquals(
                "kept",
                exports.attest(export, Exports.KEPT, "a court wants it", analyst)
                        .state());
        assertEquals(ErrorCode.REQUEST_DECIDED, code(() -> exports.attest(export, Exports.DELETED, null, analyst)));
        assertTrue(exports.list(false).isEmpty());
        assertEquals(0, exports.owed());
    }
}
