package org.entente.gateway.evidence.obligations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.evidence.obligations.Obligation.Outcome;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.DueDeletions;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Three months of an agreement: figures delivered, asked for, read, deleted in time and receipted; a report of an error left without an answer
 * until it is late; a breach notified too late.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObligationsTest {
    private static final int CORRECT_DAYS = 90;

    private final TestClock clock = new TestClock();
    private final Instant begun = clock.instant();
    private Corridor corridor;
    private UUID exchange;
    private final FigureAct[] acts = new FigureAct[3];
    private List<Obligation> beforeTheCorrection;
    private StaffUser romana;
    private StaffUser rosa;

    @BeforeAll
    void threeMonths() {
        LocalDate today = LocalDate.ofInstant(begun, ZoneOffset.UTC);
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of("quota", "50"), document -> {
            ObjectNode leg = (ObjectNode) document.at("/legs/0");
            leg.withObject("/retention").put("months", 1);
            ((ObjectNode) leg.path("calendar"))
                    .put("graceDays", 5)
                    .putArray("due")
                    .add(monthDay(today.plusDays(10)));
            allowTwiceAsMuchInACrisis(document, leg);
        });
        rosa = corridor.phl().user("rosa", Roles.AUDITOR);
        romana = corridor.ita().user("romana", Roles.AUDITOR);
        Asking.Figures figures = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh());
        exchange = figures.exchange();
        // Before months pass by the nodes' clock.
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        corridor.phl().user("anna", Roles.STATISTICIAN);
        var anna = corridor.phl().signIn("anna");
        for (int i = 0; i < 3; i++) {
            assertEquals(200, anna.get("/sdmx/v2" + Corridor.FILIPINOS).statusCode());
        }
        String release = Objects.requireNonNull(figures.release());
        acts[0] = new FigureAct.ErrorReported(
                urn(), corridor.agreement(), digest(), "PHL", now(), release, List.of(), "the sums differ");
        act(corridor.phl(), acts[0]);
        acts[1] = new FigureAct.BreachNotified(
                urn(),
                corridor.agreement(),
                digest(),
                "ITA",
                now(),
                "a laptop was lost",
                now().minus(Duration.ofDays(40)),
                "its disk is encrypted",
                List.of());
        act(corridor.ita(), acts[1]);
        Instant gone =
                today.plusMonths(1).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        clock.advance(Duration.between(clock.instant(), gone.plus(Duration.ofHours(1))));
        DueDeletions.at(corridor.phl());
        Corridor.await(() -> kinds(corridor.ita()).contains("deletion-receipted"));
        clock.advance(Duration.between(clock.instant(), begun.plus(Duration.ofDays(CORRECT_DAYS + 2))));
        beforeTheCorrection = obligations(corridor.ita(), romana);
        acts[2] = new FigureAct.CorrectionGiven(
                urn(),
                corridor.agreement(),
                digest(),
                "ITA",
                now(),
                acts[0].id(),
                release,
                null,
                "they differ by rounding in the source");
        act(corridor.ita(), acts[2]);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static void allowTwiceAsMuchInACrisis(ObjectNode document, ObjectNode leg) {
        ObjectNode crisis = document.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A natural disaster in the provider's territory.");
        crisis.putArray("declarableBy").add("PHL");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", leg.path("id").asText());
        widening.set("cube", leg.path("cube").deepCopy());
        ObjectNode quota = leg.path("quota").deepCopy();
        widening.set("quota", quota.put("requests", 100));
    }

    private static String monthDay(LocalDate day) {
        return MonthDay.from(day).toString();
    }

    private static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String digest() {
        return corridor.phl()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .digest();
    }

    private void act(TestNode at, Instrument act) {
        at.bean(Treaties.class).act(corridor.officer(at.party()).sign(act, now()), "test");
        for (TestNode node : List.of(corridor.phl(), corridor.ita())) {
            Corridor.await(() -> node.bean(Treaties.class).get(corridor.agreement()).acts().stream()
                    .anyMatch(held -> held.instrument().id().equals(act.id())));
        }
    }

    private List<String> kinds(TestNode node) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .map(entry -> entry.kind())
                .toList();
    }

    private Obligations.Report report(TestNode node, StaffUser by, int year) {
        return node.bean(Obligations.class)
                .audit(new Obligations.Asked(corridor.agreement(), year, null, null), "obligations", by);
    }

    /** Of all years that the three months may touch, without what is still to come. */
    private List<Obligation> obligations(TestNode node, StaffUser by) {
        int year = LocalDate.ofInstant(begun, ZoneOffset.UTC).getYear();
        List<Obligation> all = new ArrayList<>(report(node, by, year).obligations());
        all.addAll(report(node, by, year + 1).obligations());
        all.removeIf(one -> one.outcome() == Outcome.OPEN);
        return all;
    }

    private static Obligation only(List<Obligation> all, Duty duty, String party) {
        List<Obligation> found = all.stream()
                .filter(one -> one.duty() == duty && one.party().equals(party))
                .toList();
        assertEquals(1, found.size(), () -> duty + " of " + party + " in " + all);
        return found.getFirst();
    }

    private String kind(TestNode node, long entry) {
        return node.bean(Journal.class).entries(entry, 1).getFirst().kind();
    }

    @Test
    void aReleaseOnTimeIsADeliveryKept() {
        Obligation own = only(obligations(corridor.ita(), romana), Duty.DELIVERY, "ITA");
        assertEquals(Outcome.KEPT, own.outcome());
        assertEquals("release-published", kind(corridor.ita(), own.entries().getFirst()));
        Obligation seen = only(obligations(corridor.phl(), rosa), Duty.DELIVERY, "ITA");
        assertEquals(Outcome.KEPT, seen.outcome());
        assertEquals("received", kind(corridor.phl(), seen.entries().getFirst()));
    }

    @Test
    void aDeletionOnTheDayAfterRetentionIsKeptAtBothEnds() {
        Obligation own = only(obligations(corridor.phl(), rosa), Duty.DELETION, "PHL");
        assertEquals(Outcome.KEPT, own.outcome(), own.toString());
        assertEquals("deleted", kind(corridor.phl(), own.entries().getLast()));
        Obligation proved = only(obligations(corridor.ita(), romana), Duty.DELETION, "PHL");
        assertEquals(Outcome.KEPT, proved.outcome(), proved.toString());
        assertEquals(own.due(), proved.due());
        assertEquals("deletion-receipted", kind(corridor.ita(), proved.entries().getLast()));
    }

    @Test
    void aReportThatNobodyAnswersIsMissedAndThenAnsweredLate() {
        Obligation missed = only(beforeTheCorrection, Duty.CORRECTION, "ITA");
        assertEquals(Outcome.MISSED, missed.outcome());
        assertEquals(1, missed.entries().size());
        for (List<Obligation> side : List.of(obligations(corridor.ita(), romana), obligations(corridor.phl(), rosa))) {
            Obligation late = only(side, Duty.CORRECTION, "ITA");
            assertEquals(Outcome.LATE, late.outcome());
            assertEquals(2, late.entries().size());
        }
    }

    @Test
    void aBreachThatIsNotifiedAfterItsHoursIsLate() {
        Instant due = only(obligations(corridor.phl(), rosa), Duty.BREACH_NOTICE, "ITA")
                .due();
        assertTrue(due.isBefore(begun), due.toString());
        Obligation notice = only(obligations(corridor.ita(), romana), Duty.BREACH_NOTICE, "ITA");
        assertEquals(Outcome.LATE, notice.outcome());
        assertEquals("breach-notified", kind(corridor.ita(), notice.entries().getFirst()));
    }

    @Test
    void aWindowOfTheQuotaSaysHowMuchWasUsed() {
        Obligation quota = only(obligations(corridor.ita(), romana), Duty.QUOTA, "PHL");
        assertTrue(quota.subject().contains("1 of 50 requests"), quota.subject());
        assertEquals(Outcome.KEPT, quota.outcome());
        assertEquals("answered", kind(corridor.ita(), quota.entries().getFirst()));
    }

    @Test
    void theQuotaOfACrisisCountsOnlyWhereOneWasDeclared() {
        Database database = corridor.ita().bean(Database.class);
        database.update("UPDATE quota_use SET requests = requests + 59");
        try {
            Obligation quota = only(obligations(corridor.ita(), romana), Duty.QUOTA, "PHL");
            assertTrue(quota.subject().contains("60 of 50 requests"), quota.subject());
            assertEquals(Outcome.MISSED, quota.outcome());
        } finally {
            database.update("UPDATE quota_use SET requests = requests - 59");
        }
    }

    @Test
    void receiptsInTimeAreCountedAndNotListed() {
        assertFalse(obligations(corridor.ita(), romana).stream().anyMatch(one -> one.duty() == Duty.RECEIPT));
        int year = LocalDate.ofInstant(begun.plus(Duration.ofHours(24)), ZoneOffset.UTC)
                .getYear();
        assertTrue(report(corridor.ita(), romana, year)
                .totals()
                .contains(new Obligations.Total(Duty.RECEIPT, Outcome.KEPT, 1)));
        assertTrue(report(corridor.ita(), romana, year).broken()
                || report(corridor.ita(), romana, year + 1).broken());
    }

    @Test
    void looksAtReceivedFiguresAreCountedByRole() {
        int year = LocalDate.ofInstant(begun, ZoneOffset.UTC).getYear();
        List<Obligations.Reads> reads =
                new ArrayList<>(report(corridor.phl(), rosa, year).reads());
        reads.addAll(report(corridor.phl(), rosa, year + 1).reads());
        assertEquals("ITA", reads.getFirst().partner());
        assertEquals("statistician", reads.getFirst().role());
        assertEquals(3, reads.stream().mapToLong(Obligations.Reads::times).sum());
        assertEquals(1, reads.getFirst().exchanges());
    }

    @Test
    void aSampleIsTheSameForTheSameSeed() {
        int year = LocalDate.ofInstant(begun, ZoneOffset.UTC).plusDays(15).getYear();
        Obligations audit = corridor.ita().bean(Obligations.class);
        var asked = new Obligations.Asked(corridor.agreement(), year, 2, "2026-11-28");
        List<Obligation> drawn = audit.audit(asked, "obligations", romana).obligations();
        assertEquals(drawn, audit.audit(asked, "obligations", romana).obligations());
        assertTrue(drawn.size() <= 2 && !drawn.isEmpty(), drawn.toString());
    }

    @Test
    void aLookIsJournaledAndOnlyAnAuditorHasIt() {
        Journal journal = corridor.ita().bean(Journal.class);
        report(corridor.ita(), romana, 2026);
        assertEquals("audit-looked", kind(corridor.ita(), journal.size() - 1));
        StaffUser anna = corridor.ita().user("andrea", Roles.STATISTICIAN);
        long with = journal.size();
        EntenteException refused = assertThrows(EntenteException.class, () -> report(corridor.ita(), anna, 2026));
        assertEquals(ErrorCode.FORBIDDEN, refused.code());
        assertEquals(with, journal.size());
    }

    @Test
    void anAgreementThatIsNotHereAndAYearOutOfBoundsAreRefused() {
        Obligations audit = corridor.ita().bean(Obligations.class);
        assertEquals(
                ErrorCode.AGREEMENT_UNKNOWN,
                assertThrows(
                                EntenteException.class,
                                () -> audit.audit(
                                        new Obligations.Asked("urn:uuid:none", 2026, null, null),
                                        "obligations",
                                        romana))
                        .code());
        assertEquals(
                ErrorCode.REQUEST_MALFORMED,
                assertThrows(EntenteException.class, () -> report(corridor.ita(), romana, 26))
                        .code());
    }

    @Test
    void auditorsTakeTheLinesAwayAsCsv() {
        var client = corridor.ita().signIn("romana");
        int year = LocalDate.ofInstant(begun, ZoneOffset.UTC).plusDays(15).getYear();
        var csv = client.get("/api/audit/obligations.csv?agreement=" + corridor.agreement() + "&year=" + year);
        assertEquals(200, csv.statusCode());
        assertTrue(csv.body().startsWith("duty,clause,party,leg,subject,due,met,outcome,entries\r\n"), csv.body());
        assertTrue(csv.body().contains("DELIVERY,15,ITA,"), csv.body());
        byte[] same = report(corridor.ita(), romana, year).csv();
        assertEquals(csv.body(), new String(same, StandardCharsets.UTF_8));
        var json = client.get("/api/audit/obligations?agreement=" + corridor.agreement() + "&year=" + year);
        assertEquals(200, json.statusCode());
        assertTrue(json.body().contains("\"DELIVERY\""), json.body());
    }
}
