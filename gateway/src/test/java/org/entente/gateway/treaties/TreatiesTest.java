package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
import org.entente.agreements.life.Signatory;
import org.entente.agreements.life.State;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.Introductions;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Agreements negotiated between two real nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreatiesTest {
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

    private Treaties phl() {
        return states.at(states.philippines);
    }

    private Treaties ita() {
        return states.at(states.italy);
    }

    private State.Phase phase(Treaties treaties, Agreement agreement) {
        return treaties.get(agreement.id()).file().at(states.now()).phase();
    }

    private static List<String> kinds(TestNode node, Agreement agreement) {
        return node.bean(Journal.class).bySubject(agreement.id()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    private static void refused(ErrorCode code, org.junit.jupiter.api.function.Executable action) {
        EntenteException e = assertThrows(EntenteException.class, action);
        assertEquals(code, e.code(), e.getMessage());
    }

    @Test
    void aTextProposedByOneAndSignedByBothComesIntoEffectOnBothSides() throws Exception {
        Agreement agreement = states.memorandum();
        ActReceipt proposed = phl().propose(agreement.canonical(), "test");
        assertEquals(agreement.digest(), proposed.digest());
        assertEquals(State.Phase.PROPOSED, phase(ita(), agreement));
        phl().sign(states.cruz.sign(agreement.canonical(), states.now()), "test");
        assertEquals(State.Phase.PROPOSED, phase(ita(), agreement));
        ita().sign(states.rossi.sign(agreement.canonical(), states.now()), "test");

        for (TestNode node : List.of(states.philippines, states.italy)) {
            Treaty treaty = states.at(node).get(agreement.digest());
            State state = treaty.file().at(states.now());
            assertEquals(State.Phase.IN_EFFECT, state.phase());
            assertEquals(Set.of("ITA", "PHL"), state.signed().keySet());
            assertArrayEquals(agreement.canonical(), treaty.file().agreement().canonical());
            assertEquals(
                    List.of("agreement-proposed", "agreement-signed", "agreement-signed", "agreement-in-effect"),
                    kinds(node, agreement));
        }
        assertEquals(
                phl().get(agreement.id()).file().instruments(),
                ita().get(agreement.id()).file().instruments());
        assertTrue(phl().deliveries(agreement.digest()).stream().allMatch(d -> d.delivered() != null));

        SignedDocument signed = SignedDocument.parse(ita().signedDocument(agreement.id()));
        signed.verify();
        assertEquals(2, signed.signatures().size());
        assertArrayEquals(agreement.canonical(), signed.payload());
    }

    @Test
    void agreementsInForceAreFoundByPartnerAndByLeg() {
        Agreement agreement = states.memorandum(d -> ((ObjectNode) d.at("/legs/0")).put("id", "FOUND-BY-LEG"));
        AgreementsInForce inForce = states.italy.bean(AgreementsInForce.class);
        assertTrue(inForce.leg("FOUND-BY-LEG").isEmpty());
        states.conclude(agreement);
        assertEquals(
                agreement.digest(),
                inForce.leg("FOUND-BY-LEG").getFirst().file().digest());
        assertTrue(inForce.with("PHL").stream().anyMatch(a -> a.file().digest().equals(agreement.digest())));
        assertTrue(inForce.with("MDA").isEmpty());
        assertTrue(ita().filesWith("PHL").stream().anyMatch(f -> f.digest().equals(agreement.digest())));
    }

    @Test
    void theSameActTwiceHasTheSameAnswerAndOneEntry() {
        Agreement agreement = states.memorandum();
        ActReceipt proposed = phl().propose(agreement.canonical(), "test");
        assertEquals(proposed, phl().propose(agreement.canonical(), "test"));
        assertEquals(ita().propose(agreement.canonical(), "test"), ita().propose(agreement.canonical(), "test"));
        byte[] signature = states.cruz.sign(agreement.canonical(), states.now());
        ActReceipt signed = phl().sign(signature, "test");
        assertEquals(signed, phl().sign(signature, "test"));
        assertEquals(signed.act(), ita().sign(signature, "test").act());
        assertEquals(List.of("agreement-proposed", "agreement-signed"), kinds(states.philippines, agreement));
        assertEquals(List.of("agreement-proposed", "agreement-signed"), kinds(states.italy, agreement));
    }

    @Test
    void theSameSignatureHandedInManyTimesAtOnceIsOneAct() throws Exception {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        byte[] signature = states.cruz.sign(agreement.canonical(), states.now());
        byte[] other = states.rossi.sign(agreement.canonical(), states.now());
        List<Callable<ActReceipt>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] one = i % 2 == 0 ? signature : other;
            calls.add(() -> phl().sign(one, "test"));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<ActReceipt> receipts = new java.util.HashSet<>();
            for (Future<ActReceipt> call : executor.invokeAll(calls)) {
                receipts.add(call.get());
            }
            assertEquals(2, receipts.size());
        }
        assertEquals(3, phl().get(agreement.id()).acts().size());
        assertEquals(State.Phase.IN_EFFECT, phase(phl(), agreement));
    }

    @Test
    void aSignatureBeforeTheProposalIsRefused() {
        Agreement agreement = states.memorandum();
        refused(
                ErrorCode.AGREEMENT_UNKNOWN,
                () -> phl().sign(states.cruz.sign(agreement.canonical(), states.now()), "t"));
    }

    @Test
    void aSecondSignatureOfTheSamePartyIsOutOfOrder() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        phl().sign(states.cruz.sign(agreement.canonical(), states.now()), "test");
        byte[] again = states.cruz.sign(agreement.canonical(), states.now().plusSeconds(1));
        refused(ErrorCode.ACT_OUT_OF_ORDER, () -> phl().sign(again, "test"));
    }

    @Test
    void aSignerWhoIsOnNobodysCardIsRefused() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        OfficerKey stranger = TwoStates.officer("Stranger");
        refused(
                ErrorCode.SIGNATORY_UNKNOWN,
                () -> phl().sign(stranger.sign(agreement.canonical(), states.now()), "test"));
        assertEquals(List.of("agreement-proposed"), kinds(states.philippines, agreement));
    }

    @Test
    void aSignatureOverAnotherTextIsRefusedAndNamesBothDigests() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        Agreement other = states.memorandum(d -> d.put("id", agreement.id()).put("timeZone", "Asia/Manila"));
        EntenteException e = assertThrows(
                EntenteException.class, () -> phl().sign(states.cruz.sign(other.canonical(), states.now()), "test"));
        assertEquals(ErrorCode.AGREEMENT_TEXT_DIFFERS, e.code());
        assertTrue(e.detail().contains(agreement.digest()) && e.detail().contains(other.digest()));
        refused(ErrorCode.AGREEMENT_TEXT_DIFFERS, () -> ita().propose(other.canonical(), "test"));
    }

    @Test
    void aSignatureWithAChangedByteIsRefused() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        String jws = new String(states.cruz.sign(agreement.canonical(), states.now()), UTF_8);
        int at = jws.indexOf("\"signature\":\"") + 20;
        String changed = jws.substring(0, at) + (jws.charAt(at) == 'A' ? 'B' : 'A') + jws.substring(at + 1);
        refused(ErrorCode.ACT_INVALID, () -> phl().sign(changed.getBytes(UTF_8), "test"));
        refused(ErrorCode.ACT_INVALID, () -> phl().sign("{}".getBytes(UTF_8), "test"));
    }

    @Test
    void aSignatureFromTheFutureIsRefused() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        byte[] early = states.cruz.sign(agreement.canonical(), states.now().plus(Duration.ofMinutes(5)));
        refused(ErrorCode.ACT_INVALID, () -> phl().sign(early, "test"));
    }

    @Test
    void anInvalidDocumentIsRefusedWithItsPlaces() {
        EntenteException e = assertThrows(
                EntenteException.class, () -> phl().propose("title: {en: nothing}".getBytes(UTF_8), "test"));
        assertEquals(ErrorCode.AGREEMENT_INVALID, e.code());
        assertNotNull(e.members().get("problems"));
    }

    @Test
    void anAgreementOfOthersOrWithAnotherRootCardIsRefused() {
        Agreement others = states.memorandum(d -> {
            ((ObjectNode) d.at("/parties/1")).put("id", "MDA");
            ((ObjectNode) d.at("/legs/0")).put("provider", "MDA");
            ((ObjectNode) d.at("/legs/1")).put("consumer", "MDA");
        });
        refused(ErrorCode.PARTY_NOT_INVOLVED, () -> ita().propose(others.canonical(), "test"));
        Agreement root = states.memorandum(d -> ((ObjectNode) d.at("/parties/1")).put("rootCard", "x".repeat(43)));
        refused(ErrorCode.ROOT_CARD_DIFFERS, () -> phl().propose(root.canonical(), "test"));
        refused(ErrorCode.ROOT_CARD_DIFFERS, () -> ita().propose(root.canonical(), "test"));
    }

    @Test
    void aNewVersionNeedsTheOneItSupersedes() {
        Agreement first = states.memorandum();
        Agreement second =
                states.memorandum(d -> d.put("id", first.id()).put("version", 2).put("supersedes", first.digest()));
        refused(ErrorCode.AGREEMENT_UNKNOWN, () -> phl().propose(second.canonical(), "test"));
        states.conclude(first);
        phl().propose(second.canonical(), "test");
        assertEquals(2, ita().get(first.id()).file().agreement().version());
        assertEquals(State.Phase.PROPOSED, phase(ita(), second));
    }

    @Test
    void aSuspensionSignedByAnOfficerStopsTheLegOnBothSidesAndIsResumed() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        Instant at = states.now();
        String leg = "ITA-PHL-STOCK";
        Instrument suspend = new Interruption.LegSuspended(
                "urn:uuid:" + UUID.randomUUID(), agreement.id(), agreement.digest(), "ITA", at, leg, "under review");
        refused(ErrorCode.SIGNATORY_UNKNOWN, () -> ita().act(states.cruz.sign(suspend, at), "test"));
        ita().act(states.rossi.sign(suspend, at), "test");
        for (Treaties side : List.of(phl(), ita())) {
            assertTrue(side.get(agreement.id())
                    .file()
                    .at(states.now())
                    .stopOn(leg, states.now())
                    .isPresent());
        }
        Instrument resume = new Interruption.LegResumed(
                "urn:uuid:" + UUID.randomUUID(), agreement.id(), agreement.digest(), "ITA", states.now(), leg);
        ita().act(states.rossi.sign(resume, states.now()), "test");
        assertTrue(phl().get(agreement.id()).file().at(states.now()).stops().isEmpty());
        assertTrue(kinds(states.philippines, agreement)
                .containsAll(List.of("agreement-leg-suspended", "agreement-leg-resumed")));
    }

    @Test
    void replaySeesTheActsThatTheJournalHeldThen() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        List<HeldAct> acts = ita().get(agreement.id()).acts();
        long beforeLast = acts.getLast().position();
        assertEquals(
                List.of(2),
                ita().filesWith("PHL", beforeLast).stream()
                        .filter(f -> f.digest().equals(agreement.digest()))
                        .map(f -> f.instruments().size())
                        .toList());
    }

    @Test
    void aCounterProposalStandsBesideTheFirstUntilOneOfThemIsSigned() {
        Agreement first = states.memorandum();
        phl().propose(first.canonical(), "test");
        Agreement second = states.memorandum(d -> d.put("id", first.id()).put("timeZone", "Asia/Manila"));
        refused(ErrorCode.AGREEMENT_TEXT_DIFFERS, () -> ita().propose(second.canonical(), "test"));
        refused(ErrorCode.AGREEMENT_UNKNOWN, () -> ita().propose(second.canonical(), "x".repeat(43), "test"));
        ita().propose(second.canonical(), first.digest(), "test");
        Agreement third = states.memorandum(d -> d.put("id", first.id()).put("timeZone", "Asia/Dubai"));
        phl().propose(third.canonical(), second.digest(), "test");
        for (Treaties side : List.of(phl(), ita())) {
            for (Agreement text : List.of(first, second, third)) {
                assertEquals(
                        State.Phase.PROPOSED,
                        side.get(text.digest()).file().at(states.now()).phase());
            }
        }

        ita().sign(states.rossi.sign(third.canonical(), states.now()), "test");
        EntenteException e = assertThrows(
                EntenteException.class, () -> phl().sign(states.cruz.sign(first.canonical(), states.now()), "test"));
        assertEquals(ErrorCode.AGREEMENT_TEXT_DIFFERS, e.code());
        assertEquals(third.digest(), e.members().get("held"));
        Agreement late = states.memorandum(d -> d.put("id", first.id()).put("timeZone", "Asia/Tokyo"));
        refused(ErrorCode.AGREEMENT_TEXT_DIFFERS, () -> phl().propose(late.canonical(), first.digest(), "test"));
        phl().sign(states.cruz.sign(third.canonical(), states.now()), "test");
        assertEquals(State.Phase.IN_EFFECT, phase(ita(), third));
        assertEquals(third.digest(), ita().get(first.id()).file().digest());
    }

    @Test
    void aSignatureThatSaysWhoSignedIsKnownByNamePostAndFullPowersOnBothSides() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        Signatory cruz = new Signatory("Maria Cruz", "Secretary", "FP 3/2026");
        String id = "urn:uuid:" + UUID.randomUUID();
        phl().submit(states.cruz.sign(agreement, id, "PHL", cruz, states.now()), "test");
        for (Treaties side : List.of(phl(), ita())) {
            Conclusion.Signed signed = (Conclusion.Signed)
                    side.get(agreement.digest()).file().instruments().getLast();
            assertEquals(cruz, signed.signatory());
            assertEquals(id, signed.id());
        }
        refused(
                ErrorCode.SIGNATORY_UNKNOWN,
                () -> phl().submit(
                                states.rossi.sign(
                                        agreement, "urn:uuid:" + UUID.randomUUID(), "PHL", cruz, states.now()),
                                "test"));
    }

    @Test
    void bothSidesShowThatTheyHoldTheSameTextAndWhatDiffers() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        SameText same = phl().sameText(agreement.id(), "ITA");
        assertTrue(same.same(), same.toString());
        assertEquals(3, same.texts().getFirst().acts());
        forget(states.italy, agreement);
        SameText differs = phl().sameText(agreement.id(), "ITA");
        assertFalse(differs.same());
        assertEquals(3, differs.texts().getFirst().onlyOwn().size());
        assertEquals(List.of("PHL"), differs.texts().getFirst().heldBy());
        assertEquals(
                3,
                ita().sameText(agreement.id(), "PHL")
                        .texts()
                        .getFirst()
                        .onlyPartner()
                        .size());
        refused(ErrorCode.AGREEMENT_UNKNOWN, () -> phl().sameText("urn:uuid:none", "ITA"));
        ita().catchUpWith("PHL");
        assertTrue(phl().sameText(agreement.id(), "ITA").same());
    }

    @Test
    void anAgreementWithALaterDayIsJournaledWhenTheDayHasCome() {
        String day = states.now().plus(Duration.ofDays(3)).toString().substring(0, 10);
        Agreement agreement = states.memorandum(d -> {
            ObjectNode entry = ((ObjectNode) d.get("course")).putObject("entryIntoForce");
            entry.put("rule", "ON_DATE").put("date", day);
        });
        states.conclude(agreement);
        LifeWatch watch = states.italy.bean(LifeWatch.class);
        watch.noteAll();
        assertFalse(kinds(states.italy, agreement).contains("agreement-in-effect"));
        states.clock.ahead(Duration.ofDays(4));
        watch.noteAll();
        watch.noteAll();
        assertEquals(
                1,
                kinds(states.italy, agreement).stream()
                        .filter("agreement-in-effect"::equals)
                        .count());
    }

    @Test
    void aPartnerThatWasDownGetsTheActsLater() {
        Agreement agreement = states.memorandum();
        states.italy.stop();
        try {
            phl().propose(agreement.canonical(), "test");
            phl().sign(states.cruz.sign(agreement.canonical(), states.now()), "test");
            Delivery waiting = phl().deliveries(agreement.digest()).getFirst();
            assertNull(waiting.delivered());
            assertTrue(String.valueOf(waiting.error()).contains("ITA"), waiting.toString());
        } finally {
            states.italy.restart();
        }
        phl().catchUpWith("ITA");
        assertTrue(phl().deliveries(agreement.digest()).stream().allMatch(d -> d.delivered() != null));
        assertEquals(2, ita().get(agreement.digest()).acts().size());
    }

    @Test
    void whatANodeHasMissedItFetches() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        forget(states.italy, agreement);
        assertTrue(ita().find(agreement.digest()).isEmpty());
        List<ActReceipt> fetched = ita().catchUpWith("PHL");
        assertEquals(3, fetched.size());
        assertEquals(State.Phase.IN_EFFECT, phase(ita(), agreement));
        assertEquals(List.of(), ita().catchUpWith("PHL"));
        SignedDocument signed = assertSigned(agreement);
        assertEquals(2, signed.signatures().size());
    }

    private SignedDocument assertSigned(Agreement agreement) {
        try {
            return SignedDocument.parse(ita().signedDocument(agreement.id()));
        } catch (org.entente.crypto.VerificationException e) {
            throw new AssertionError(e);
        }
    }

    /** As after a restore from an old backup. */
    private static void forget(TestNode node, Agreement agreement) {
        var database = node.bean(org.entente.gateway.base.Database.class);
        byte[] digest = Base64Url.decode(agreement.digest());
        database.update("DELETE FROM treaty_outbox WHERE digest = ?", digest);
        database.update("DELETE FROM treaty_act WHERE digest = ?", digest);
        database.update("DELETE FROM treaty_milestone WHERE digest = ?", digest);
        database.update("DELETE FROM treaty_adopted WHERE digest = ?", digest);
        database.update("DELETE FROM treaty WHERE digest = ?", digest);
        database.update("UPDATE treaty_change SET version = version + 1");
        node.bean(TreatyDirectory.class).reload();
    }

    @Test
    void aThirdStateSeesNothingAndMayNotAct() {
        Agreement agreement = states.memorandum();
        states.conclude(agreement);
        try (TestNode moldova = TestNode.start("MDA")) {
            Introductions.introduce(moldova, states.italy);
            assertEquals(0, get(moldova, "/agreements").path("agreements").size());
            assertEquals(
                    ErrorCode.AGREEMENT_UNKNOWN.type(),
                    get(moldova, "/agreements/" + agreement.digest())
                            .path("type")
                            .asText());
            byte[] proposal = phl().messages(agreement.digest()).getFirst();
            PartnerClient.Answered answer = call(moldova, "POST", "/agreements/acts", proposal);
            assertEquals(
                    ErrorCode.PARTY_NOT_INVOLVED.status(), answer.response().status());
            byte[] nonsense = "{\"type\":\"entente-act\",\"version\":1,\"other\":{}}".getBytes(UTF_8);
            JsonNode problem = CanonicalJson.parseStrict(
                    call(moldova, "POST", "/agreements/acts", nonsense).body());
            assertEquals(ErrorCode.ACT_INVALID.type(), problem.path("type").asText());
        }
    }

    @Test
    void aProposalInAnothersNameIsRefused() {
        Agreement agreement = states.memorandum();
        Conclusion.Proposed inItalysName = new Conclusion.Proposed(
                "urn:uuid:" + UUID.randomUUID(), agreement.id(), agreement.digest(), "ITA", states.now());
        byte[] message = ActMessage.handedIn(states.cruz.propose(agreement, inItalysName, states.now()))
                .toJson();
        JsonNode problem = CanonicalJson.parseStrict(
                call(states.philippines, "POST", "/agreements/acts", message).body());
        assertEquals(ErrorCode.SIGNATORY_UNKNOWN.type(), problem.path("type").asText());
        assertTrue(ita().find(agreement.digest()).isEmpty());
    }

    private static JsonNode get(TestNode from, String path) {
        return CanonicalJson.parseStrict(call(from, "GET", path, new byte[0]).body());
    }

    private static PartnerClient.Answered call(TestNode from, String method, String path, byte[] body) {
        Headers headers = body.length == 0 ? Headers.EMPTY : Headers.of("content-type", "application/json");
        return from.bean(PartnerClient.class)
                .call(from.bean(Partners.class).require("ITA"), method, path, headers, body, false);
    }
}
