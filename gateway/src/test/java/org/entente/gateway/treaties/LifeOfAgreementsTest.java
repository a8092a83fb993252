package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
import org.entente.agreements.life.Notice;
import org.entente.agreements.life.Rectification;
import org.entente.agreements.life.Signatory;
import org.entente.agreements.life.State;
import org.entente.agreements.life.TextChange;
import org.entente.crypto.Digests;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens to an agreement between signature and end, on both nodes: by acts and by time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifeOfAgreementsTest {
    private static final String LEG = "ITA-PHL-STOCK";

    private TwoStates states;

    @BeforeAll
    void start() {
        states = new TwoStates();
    }

    @AfterAll
    void stop() {
        states.close();
    }

    @AfterEach
    void clockBack() {
        states.clock.ahead(Duration.ZERO);
    }

    private static String id() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private Treaties phl() {
        return states.at(states.philippines);
    }

    private Treaties ita() {
        return states.at(states.italy);
    }

    private void phl(Instrument act) {
        phl().submit(states.cruz.sign(act, states.now()), "test");
    }

    private void ita(Instrument act) {
        ita().submit(states.rossi.sign(act, states.now()), "test");
    }

    private State state(Treaties side, Agreement agreement) {
        return side.get(agreement.digest()).file().at(states.now());
    }

    private List<String> kindsAfter(TestNode node, Agreement agreement, Duration ahead) {
        states.clock.ahead(ahead);
        node.bean(LifeWatch.class).noteAll();
        node.bean(LifeWatch.class).noteAll();
        return node.bean(Journal.class).bySubject(agreement.id()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    private static long count(List<String> kinds, String kind) {
        return kinds.stream().filter(kind::equals).count();
    }

    private static EntenteException refused(ErrorCode code, org.junit.jupiter.api.function.Executable act) {
        EntenteException e = assertThrows(EntenteException.class, act);
        assertEquals(code, e.code(), e.getMessage());
        return e;
    }

    @Test
    void initialsAndASignatureOnPaperCountOnBothSidesAndTheScanIsKept() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        Signatory cruz = new Signatory("M. Cruz", "Secretary", null);
        phl(new Conclusion.Initialled(id(), agreement.id(), agreement.digest(), "PHL", states.now(), cruz));
        phl().sign(states.cruz.sign(agreement.canonical(), states.now()), "test");
        byte[] scan = "%PDF-1.7 a page".getBytes(UTF_8);
        Scans scans = states.italy.bean(Scans.class);
        refused(ErrorCode.SCAN_UNKNOWN, () -> scans.store(scan, "application/pdf", "test"));
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(scan));
        ita(new Conclusion.SignedOnPaper(
                id(),
                agreement.id(),
                agreement.digest(),
                "ITA",
                states.now(),
                digest,
                new Signatory("A. Rossi", "Minister", "FP 2"),
                IsoDate.parse("2026-11-20")));
        for (Treaties side : List.of(phl(), ita())) {
            assertEquals(State.Phase.IN_EFFECT, state(side, agreement).phase());
        }
        refused(ErrorCode.REQUEST_MALFORMED, () -> scans.store(scan, "text/html", "test"));
        assertEquals(digest, scans.store(scan, "application/pdf", "test"));
        assertEquals(digest, scans.store(scan, "application/pdf", "test"));
        assertArrayEquals(scan, scans.find(digest).orElseThrow().bytes());
        assertTrue(states.philippines.bean(Scans.class).find(digest).isEmpty());
    }

    @Test
    void tacitRenewalTheEffectOfASuspensionAndTheEndByNoticeAreJournaledOnceWhenTheirDayHasCome() {
        Agreement agreement = states.memorandum(d -> {
            ObjectNode validity = ((ObjectNode) d.get("course")).putObject("validity");
            validity.put("months", 12).putObject("renewal").put("months", 12).put("noticeDays", 30);
            ((ObjectNode) d.get("course"))
                    .withObject("/suspension")
                    .put("perLeg", true)
                    .put("noticeDays", 10);
            ((ObjectNode) d.get("course")).withObject("/termination").put("noticeDays", 60);
        });
        states.conclude(agreement);
        phl(new Interruption.LegSuspended(
                id(), agreement.id(), agreement.digest(), "PHL", states.now(), LEG, "review"));
        TestNode italy = states.italy;
        assertEquals(0, count(kindsAfter(italy, agreement, Duration.ofDays(5)), "leg-suspension-in-effect"));
        assertEquals(1, count(kindsAfter(italy, agreement, Duration.ofDays(12)), "leg-suspension-in-effect"));
        assertEquals(0, count(kindsAfter(italy, agreement, Duration.ofDays(300)), "agreement-renewed"));
        assertEquals(1, count(kindsAfter(italy, agreement, Duration.ofDays(400)), "agreement-renewed"));
        assertEquals(2, count(kindsAfter(italy, agreement, Duration.ofDays(800)), "agreement-renewed"));
        states.clock.ahead(Duration.ZERO);
        Agreement ending = states.memorandum(
                d -> ((ObjectNode) d.get("course")).withObject("/termination").put("noticeDays", 60));
        states.conclude(ending);
        ita(Notice.of(ending, id(), ending.digest(), "ITA", states.now(), "replaced"));
        assertEquals(0, count(kindsAfter(italy, ending, Duration.ofDays(50)), "agreement-ended-by-notice"));
        List<String> kinds = kindsAfter(states.philippines, ending, Duration.ofDays(62));
        assertEquals(1, count(kinds, "agreement-ended-by-notice"), kinds.toString());
        assertEquals(1, count(kinds, "agreement-discontinued"));
        assertTrue(states.italy.bean(AgreementsInForce.class).all().stream()
                .noneMatch(f -> f.file().digest().equals(ending.digest())));
    }

    @Test
    void anAgreementForACertainTimeExpires() {
        Agreement agreement = states.memorandum(
                d -> ((ObjectNode) d.get("course")).putObject("validity").put("months", 3));
        states.conclude(agreement);
        assertEquals(0, count(kindsAfter(states.italy, agreement, Duration.ofDays(60)), "agreement-expired"));
        assertEquals(1, count(kindsAfter(states.italy, agreement, Duration.ofDays(100)), "agreement-expired"));
        refused(
                ErrorCode.ACT_OUT_OF_ORDER,
                () -> phl(Notice.of(agreement, id(), agreement.digest(), "PHL", states.now(), "too late")));
    }

    @Test
    void whatFellDueWhileANodeWasDownIsJournaledWhenItIsUpAgain() {
        Agreement agreement = states.memorandum(
                d -> ((ObjectNode) d.get("course")).putObject("validity").put("months", 3));
        states.conclude(agreement);
        states.italy.stop();
        states.clock.ahead(Duration.ofDays(100));
        states.italy.restart();
        List<String> kinds = kindsAfter(states.italy, agreement, Duration.ofDays(100));
        assertEquals(1, count(kinds, "agreement-expired"), kinds.toString());
        assertEquals(1, count(kinds, "agreement-in-effect"), kinds.toString());
    }

    @Test
    void aCrisisEndsByItselfAndItsReviewFallsDue() {
        Agreement agreement = states.memorandum(d -> {
            ObjectNode crisis = d.putObject("crisis");
            crisis.putArray("triggers").addObject().put("en", "A disaster that displaces people.");
            crisis.putArray("declarableBy").add("PHL");
            crisis.putArray("countersigned").add("ITA");
            crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
            crisis.putArray("widenings")
                    .addObject()
                    .put("leg", LEG)
                    .set("cube", d.at("/legs/0/id").asText().equals(LEG) ? d.at("/legs/0/cube") : d.at("/legs/1/cube"));
        });
        states.conclude(agreement);
        refused(
                ErrorCode.ACT_NOT_ALLOWED,
                () -> ita(new CrisisAct.CrisisDeclared(
                        id(), agreement.id(), agreement.digest(), "ITA", states.now(), 1, "typhoon", List.of(), 10)));
        phl(new CrisisAct.CrisisDeclared(
                id(), agreement.id(), agreement.digest(), "PHL", states.now(), 1, "typhoon", List.of(), 10));
        assertTrue(state(ita(), agreement)
                .crisisOn(LEG, "ITA", "PHL", states.now())
                .isPresent());
        assertEquals(0, count(kindsAfter(states.italy, agreement, Duration.ofDays(8)), "crisis-over"));
        List<String> over = kindsAfter(states.italy, agreement, Duration.ofDays(12));
        assertEquals(1, count(over, "crisis-over"), over.toString());
        assertEquals(0, count(over, "crisis-review-due"));
        assertEquals(1, count(kindsAfter(states.italy, agreement, Duration.ofDays(80)), "crisis-review-due"));
    }

    @Test
    void anErrorInASignedTextIsCorrectedByConsentAndTheCorrectedTextTakesItsPlace() {
        Agreement wrong = states.memorandum();
        states.conclude(wrong);
        Agreement right = states.memorandum(d -> {
            d.put("id", wrong.id());
            ((ObjectNode) d.get("title")).put("en", "Memorandum without the error");
        });
        refused(ErrorCode.AGREEMENT_TEXT_DIFFERS, () -> phl().propose(right.canonical(), "test"));
        TextChange.CorrectionProposed correction = new TextChange.CorrectionProposed(
                id(),
                wrong.id(),
                right.digest(),
                "PHL",
                states.now(),
                wrong.digest(),
                Rectification.between(wrong, right),
                "typing error");
        byte[] alone = states.cruz.sign(correction, states.now());
        refused(ErrorCode.ACT_INVALID, () -> phl().submit(alone, "test"));
        phl().submit(states.cruz.propose(right, correction, states.now()), "test");
        assertEquals(wrong.digest(), current(ita(), wrong));
        ita(new TextChange.CorrectionConsented(id(), wrong.id(), right.digest(), "ITA", states.now(), wrong.digest()));
        for (Treaties side : List.of(phl(), ita())) {
            assertEquals(right.digest(), current(side, wrong));
            assertEquals(State.Phase.IN_EFFECT, state(side, right).phase());
        }
        assertTrue(phl().sameText(wrong.id(), "ITA").same());
    }

    private String current(Treaties side, Agreement agreement) {
        return org.entente.agreements.life.AgreementFile.current(side.files(), states.now()).stream()
                .filter(f -> f.agreement().id().equals(agreement.id()))
                .findFirst()
                .orElseThrow()
                .digest();
    }

    @Test
    void aTechnicalAnnexIsAmendedByAnExchangeOfLetters() {
        Agreement first = states.memorandum(d -> {
            d.put("nature", "TECHNICAL_ANNEX");
            d.putObject("parent").putObject("title").put("en", "Treaty on cooperation");
            ((ObjectNode) d.get("course")).putObject("amendment").put("procedure", "EXCHANGE_OF_LETTERS");
        });
        states.conclude(first);
        ObjectNode tree = (ObjectNode) org.entente.crypto.canonical.CanonicalJson.parseStrict(first.canonical());
        tree.put("version", 2).put("supersedes", first.digest()).put("timeZone", "Asia/Manila");
        Agreement second = parse(tree);
        phl().propose(second.canonical(), "test");
        Signatory cruz = new Signatory("M. Cruz", "Secretary", null);
        phl(new TextChange.LetterSent(
                id(), first.id(), second.digest(), "PHL", states.now(), first.digest(), "Note 7", cruz));
        assertEquals(first.digest(), current(ita(), first));
        ita(new TextChange.LetterSent(
                id(), first.id(), second.digest(), "ITA", states.now(), first.digest(), "Note 8", cruz));
        for (Treaties side : List.of(phl(), ita())) {
            assertEquals(State.Phase.IN_EFFECT, state(side, second).phase());
            assertEquals(second.digest(), current(side, first));
        }
    }

    private static Agreement parse(ObjectNode tree) {
        try {
            return Agreement.parse(org.entente.crypto.canonical.CanonicalJson.encode(tree));
        } catch (org.entente.agreements.InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void questionsAndRecallsReachTheOtherSideAndAForeignActIsNotHandedInHere() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        String thread = id();
        Instrument question = new FigureAct.QuestionAsked(
                thread, agreement.id(), agreement.digest(), "PHL", states.now(), thread, "R1", null, "Which rule?");
        phl(question);
        ita(new FigureAct.ReplyGiven(
                id(), agreement.id(), agreement.digest(), "ITA", states.now(), thread, "Twelve months."));
        assertEquals(
                "reply-given",
                phl().get(agreement.digest()).file().instruments().getLast().word());
        Instrument recall = new FigureAct.ReleaseRecalled(
                id(), agreement.id(), agreement.digest(), "ITA", states.now(), "R1", "wrong year", List.of());
        refused(ErrorCode.PARTY_NOT_INVOLVED, () -> phl().submit(states.rossi.sign(recall, states.now()), "test"));
        ita(recall);
        assertTrue(state(phl(), agreement).recalled().contains("R1"));
    }

    @Test
    void aTreatyOfficerOfOneAuthorityActsForThatOneOnly() {
        TreatyDesk desk = states.philippines.bean(TreatyDesk.class);
        StaffUser cfo = states.philippines.user("tina", "treaty-officer@CFO");
        StaffUser labour = states.philippines.user("lina", "treaty-officer@LABOUR");
        StaffUser whole = states.philippines.user("pia", "treaty-officer");
        StaffUser statistician = states.philippines.user("stan", "statistician@CFO");
        Agreement agreement = states.memorandum();
        for (StaffUser other : List.of(labour, statistician)) {
            EntenteException e = refused(ErrorCode.FORBIDDEN, () -> desk.propose(agreement.canonical(), null, other));
            assertTrue(e.detail().contains("CFO"), e.detail());
        }
        desk.propose(agreement.canonical(), null, cfo);
        byte[] signature = states.cruz.sign(agreement.canonical(), states.now());
        refused(ErrorCode.FORBIDDEN, () -> desk.submit(signature, labour));
        desk.submit(signature, cfo);
        byte[] collected = states.rossi.sign(agreement.canonical(), states.now());
        refused(ErrorCode.FORBIDDEN, () -> desk.submit(collected, cfo));
        desk.submit(collected, whole);
        assertEquals(State.Phase.IN_EFFECT, state(phl(), agreement).phase());
        assertFalse(ita().get(agreement.digest()).acts().isEmpty());
    }

    @Test
    void milestonesFollowFromTheActsAlone() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        Instant now = states.now();
        assertEquals(
                Milestones.of(phl().get(agreement.digest()).file(), now),
                Milestones.of(ita().get(agreement.digest()).file(), now));
    }
}
