package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.agreements.decision.Facts.Hold.Scope;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests under a leg that leaves the answer to persons: two of them, within ten days, with agreed grounds of refusal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingRequestsTest {
    private final TestClock clock = new TestClock();
    private Corridor corridor;
    private StaffUser first;
    private StaffUser second;

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of("quota", "50"), WaitingRequestsTest::byTwoPersons);
        first = corridor.ita().user("bianca", Roles.APPROVER);
        second = corridor.ita().user("carlo", Roles.APPROVER);
        corridor.ita().user("marco", Roles.STATISTICIAN);
        corridor.ita().user("other", Roles.APPROVER + "@ELSEWHERE");
        corridor.phl().user("anna", Roles.STATISTICIAN);
    }

    private static void byTwoPersons(ObjectNode document) {
        ObjectNode answering = (ObjectNode) document.path("legs").path(0).path("answering");
        answering.put("mode", "APPROVAL").put("days", 10).put("fourEyes", true);
        answering
                .putArray("grounds")
                .addObject()
                .put("code", "UNDER_REVISION")
                .putObject("text")
                .put("en", "The figures are being revised.");
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Asking asking() {
        return corridor.phl().bean(Asking.class);
    }

    private Approvals approvals() {
        return corridor.ita().bean(Approvals.class);
    }

    private DeferralWatch watch() {
        return corridor.phl().bean(DeferralWatch.class);
    }

    /** Asks anew; the id of the exchange that waits. */
    private UUID ask() {
        EntenteException waits = assertThrows(
                EntenteException.class,
                () -> asking().ask(corridor.question(Corridor.FILIPINOS).asFresh()));
        assertEquals(ErrorCode.ANSWER_WAITS, waits.code(), waits.getMessage());
        return UUID.fromString(String.valueOf(waits.members().get("exchange")));
    }

    private static List<String> kinds(TestNode node, UUID exchange) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    private ErrorCode refused(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(EntenteException.class, act).code();
    }

    @Test
    void twoPersonsApproveAndTheAnswerComesUnderTheSameIdAndIsProved() throws Exception {
        UUID id = ask();
        assertEquals(List.of("asked", "deferral-received"), kinds(corridor.phl(), id));
        assertEquals(List.of("deferred"), kinds(corridor.ita(), id));
        assertEquals("waiting", watch().status(id).state());

        Approvals.Whole seen = approvals().show("PHL", id);
        assertEquals("permit", seen.decision().path("outcome").asText());
        assertTrue(seen.cells() > 0 && seen.release() != null);
        assertEquals("waiting", approvals().approve("PHL", id, "fine", first).state());
        assertEquals(ErrorCode.ANSWER_WAITS, refused(() -> watch().fetch(id)));
        assertEquals(ErrorCode.FOUR_EYES, refused(() -> approvals().approve("PHL", id, null, first)));
        assertEquals("answered", approvals().approve("PHL", id, null, second).state());
        assertEquals(ErrorCode.REQUEST_DECIDED, refused(() -> approvals().approve("PHL", id, null, second)));

        Asking.Figures figures = watch().fetch(id);
        assertEquals(id, figures.exchange());
        assertTrue(figures.body().length > 100);
        assertEquals("received", watch().status(id).state());
        assertTrue(asking().ask(corridor.question(Corridor.FILIPINOS)).held());
        Corridor.await(() -> kinds(corridor.ita(), id).contains("receipted"));
        assertEquals(
                List.of("deferred", "request-approved", "request-approved", "answered", "receipted"),
                kinds(corridor.ita(), id));

        Asking.Figures again =
                asking().ask(corridor.question(Corridor.FILIPINOS).asFresh().repeating(id));
        assertArrayEquals(figures.body(), again.body());
        verify(corridor.phl().bean(Evidence.class).ofAsked(id).encode());
        verify(corridor.ita().bean(Evidence.class).ofAnswered("PHL", id).encode());
    }

    @Test
    void decisionsThatWaitedComeOutTheSameWhenTheyAreMadeAgain() {
        UUID approved = ask();
        approvals().approve("PHL", approved, null, first);
        approvals().approve("PHL", approved, null, second);
        ask();

        Audit.Report report = corridor.ita().bean(Audit.class).replay(0, Long.MAX_VALUE);

        assertEquals(List.of(), report.findings());
        assertTrue(report.same() >= 3, report.toString());
    }

    private void verify(byte[] evidence) {
        var report =
                EvidenceVerifier.verify(evidence, Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita())));
        assertTrue(report.holds(), report::toString);
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Test
    void oneRefusalOnAnAgreedGroundIsEnoughAndReachesTheAsker() {
        UUID id = ask();
        approvals().approve("PHL", id, null, first);
        assertEquals(ErrorCode.GROUND_UNKNOWN, refused(() -> approvals().refuse("PHL", id, "MOOD", null, second)));
        assertEquals(
                "refusal",
                approvals().refuse("PHL", id, "UNDER_REVISION", null, second).outcome());

        EntenteException refusal = assertThrows(EntenteException.class, () -> watch().fetch(id));
        assertEquals(ErrorCode.REFUSED_BY_PERSON, refusal.code());
        assertEquals("UNDER_REVISION", refusal.members().get("ground"));
        assertEquals("ITA", refusal.members().get("refusedBy"));
        assertTrue(refusal.detail().contains("being revised"), refusal.detail());
        assertEquals("received", watch().status(id).state());
        assertEquals("refusal", watch().status(id).outcome());
        verify(corridor.phl().bean(Evidence.class).ofAsked(id).encode());
    }

    @Test
    void aQuestionThatWaitsIsNotAskedTwiceAndARepeatGetsTheSameNotice() {
        UUID id = ask();
        EntenteException same = assertThrows(
                EntenteException.class,
                () -> asking().ask(corridor.question(Corridor.FILIPINOS).repeating(id)));
        assertEquals(ErrorCode.ANSWER_WAITS, same.code());
        assertEquals(List.of("deferred"), kinds(corridor.ita(), id));
        assertEquals(
                1,
                kinds(corridor.phl(), id).stream()
                        .filter("deferral-received"::equals)
                        .count());
        approvals().refuse("PHL", id, "UNDER_REVISION", null, first);
        assertEquals(ErrorCode.REFUSED_BY_PERSON, refused(() -> watch().fetch(id)));
    }

    @Test
    void aHoldKeepsTheRequestWaitingAndTheQuotaIsChargedWithTheAnswerAlone() {
        UUID id = ask();
        long charged = charged();
        Holds holds = corridor.ita().bean(Holds.class);
        StaffUser tina = corridor.ita().user("tina", Roles.TREATY_OFFICER);
        holds.set(Scope.LEG, corridor.agreement() + "#ITA-PHL-STOCK", "under review", tina);
        try {
            assertEquals(ErrorCode.REQUEST_HELD, refused(() -> approvals().approve("PHL", id, null, first)));
            assertEquals(
                    "refusal",
                    approvals().show("PHL", id).decision().path("outcome").asText());
        } finally {
            holds.lift(Scope.LEG, corridor.agreement() + "#ITA-PHL-STOCK", "reviewed", tina);
        }
        approvals().approve("PHL", id, null, first);
        assertEquals(charged, charged());
        approvals().approve("PHL", id, null, second);
        assertEquals(charged + 1, charged());
        watch().fetch(id);
        watch().fetch(id);
        assertEquals(charged + 1, charged());
    }

    private long charged() {
        return corridor.ita()
                .bean(Database.class)
                .one("SELECT COALESCE(SUM(requests), 0) AS n FROM quota_use", r -> r.longValue("n"))
                .orElse(0L);
    }

    @Test
    void whatWasDecidedIsAnsweredWhenTheProcessStoppedInBetween() {
        UUID id = ask();
        for (StaffUser person : List.of(first, second)) {
            WaitingRequests.Vote vote = new WaitingRequests.Vote(
                    person.id(),
                    person.pseudonym(),
                    person.name(),
                    ExchangeRecord.ByPerson.APPROVED,
                    null,
                    null,
                    clock.instant());
            corridor.ita()
                    .bean(Journal.class)
                    .append(new Draft(
                            "request-approved",
                            Map.of("kind", "request-approved", "exchange", id.toString(), "by", person.pseudonym()),
                            id.toString(),
                            WaitingRequests.vote("PHL", id, vote)));
        }
        corridor.ita().restart();
        corridor.ita().bean(ApprovalWatch.class).look();
        assertEquals("answered", approvals().show("PHL", id).request().state());
        assertEquals(id, watch().fetch(id).exchange());
    }

    @Test
    void theConsumerFindsTheAnswerByItself() {
        UUID id = ask();
        approvals().approve("PHL", id, null, first);
        approvals().approve("PHL", id, null, second);
        clock.advance(Duration.ofMinutes(1));
        watch().look();
        assertEquals("received", watch().status(id).state());
        assertEquals(ErrorCode.NOT_FOUND, refused(() -> watch().status(new UUID(1, 1))));
    }

    @Test
    void onlyApproversOfTheOwningOfficeDecide() {
        UUID id = ask();
        StaffUser statistician =
                corridor.ita().bean(org.entente.gateway.access.Users.class).authenticate("marco", TestNode.PASSPHRASE);
        StaffUser elsewhere =
                corridor.ita().bean(org.entente.gateway.access.Users.class).authenticate("other", TestNode.PASSPHRASE);
        assertEquals(ErrorCode.FORBIDDEN, refused(() -> approvals().approve("PHL", id, null, statistician)));
        assertEquals(ErrorCode.FORBIDDEN, refused(() -> approvals().approve("PHL", id, null, elsewhere)));
        assertEquals(ErrorCode.NOT_FOUND, refused(() -> approvals().approve("MDA", id, null, first)));
        approvals().refuse("PHL", id, "UNDER_REVISION", null, first);
    }

    @Test
    void requestsSurviveRestartsOfBothSidesAndAreRemindedOfOnceEach() {
        UUID id = ask();
        corridor.ita().restart();
        corridor.phl().restart();
        assertEquals("waiting", watch().status(id).state());

        ApprovalWatch reminders = corridor.ita().bean(ApprovalWatch.class);
        clock.advance(Duration.ofDays(6));
        reminders.look();
        reminders.look();
        clock.advance(Duration.ofDays(6));
        reminders.look();
        Approvals.Line line = approvals().show("PHL", id).request();
        assertTrue(line.overdue());
        assertEquals(
                List.of("halfway", "overdue"),
                line.reminders().stream().map(Approvals.Reminded::stage).toList());
        assertTrue(watch().status(id).overdue());
        assertTrue(approvals().standing().overdue() >= 1);
        String health =
                StaffClient.anonymous(corridor.ita().staff()).get("/health").body();
        assertTrue(health.contains("overdue"), health);

        // Persons decide late; the process stops between their word and the answer.
        Corridor.await(() -> decide(id));
        assertEquals("answered", approvals().show("PHL", id).request().state());
        assertEquals(id, watch().fetch(id).exchange());
        assertFalse(approvals().list(true).isEmpty());
    }

    private boolean decide(UUID id) {
        try {
            approvals().approve("PHL", id, null, first);
            approvals().approve("PHL", id, null, second);
            return true;
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.JOURNAL_UNAVAILABLE) {
                return false;
            }
            throw e;
        }
    }

    @Test
    void staffOfBothSidesDoItOverHttp() {
        StaffClient anna = corridor.phl().signIn("anna");
        StaffClient bianca = corridor.ita().signIn("bianca");
        StaffClient carlo = corridor.ita().signIn("carlo");
        var asked = anna.get("/sdmx/v2" + Corridor.FILIPINOS + "?fresh=true");
        assertEquals(202, asked.statusCode(), asked.body());
        assertEquals("answer-waits", StaffClient.problem(asked));
        String status = asked.headers().firstValue("location").orElseThrow();
        assertEquals("waiting", StaffClient.json(anna.get(status)).path("state").asText());
        String id = asked.headers().firstValue("entente-exchange").orElseThrow();
        assertEquals(202, anna.post("/api/exchanges/" + id + "/fetch", Map.of()).statusCode());
        assertTrue(anna.get("/api/exchanges/waiting").body().contains(id));

        assertTrue(bianca.get("/api/requests").body().contains(id));
        assertEquals(200, bianca.get("/api/requests/PHL/" + id).statusCode());
        assertEquals(
                200,
                bianca.post("/api/requests/PHL/" + id + "/approval", Map.of()).statusCode());
        assertEquals(
                200,
                carlo.post("/api/requests/PHL/" + id + "/approval", Map.of("note", "ok"))
                        .statusCode());
        assertEquals(
                403,
                anna.post("/api/requests/PHL/" + id + "/approval", Map.of()).statusCode());
        assertEquals(200, anna.post("/api/exchanges/" + id + "/fetch", Map.of()).statusCode());
        var figures = anna.get("/sdmx/v2" + Corridor.FILIPINOS);
        assertEquals(200, figures.statusCode(), figures.body());
    }
}
