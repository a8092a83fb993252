package org.entente.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.TokenKeys;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.VerifyPage;
import org.entente.gateway.treaties.OfficerKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Italy's keys are stolen. Its officer, and one of the Philippines, put new ones in their place; the thief's signatures count no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyReplacementTest {
    private static final Duration VALIDITY = Duration.ofDays(700);

    private final TestClock clock = new TestClock();
    private Corridor corridor;
    private Map<String, String> roots;
    private KeyRing stolen;
    private CardDocument stolenCard;
    private Card.Replacement theft;
    private List<CardDocument> unsigned = List.of();
    private byte[] signed = {};
    private UUID before = new UUID(0, 0);
    private UUID afterTheft = new UUID(0, 0);

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of());
        roots = Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
        stolen = corridor.ita().bean(KeyRing.class);
        stolenCard = corridor.ita().bean(NodeIdentity.class).current();
        before = ask();
        clock.advance(Duration.ofHours(1));
        theft = new Card.Replacement(
                Card.Replacement.Reason.STOLEN, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        clock.advance(Duration.ofHours(1));
        afterTheft = ask();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private UUID ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
    }

    private VerificationReport verify(UUID exchange) {
        return EvidenceVerifier.verify(
                corridor.phl().bean(Evidence.class).ofAsked(exchange).encode(), roots);
    }

    private Partner italy() {
        return corridor.phl().bean(Partners.class).require("ITA");
    }

    private byte[] countersign(byte[] cards, OfficerKey officer) {
        CardDocument last = CardAdmission.read(cards).getLast();
        return CardAdmission.countersign(
                cards, last.fingerprint().toString(), payload -> officer.sign(payload, clock.instant()));
    }

    private void importCards(byte[] cards) {
        String fingerprint = CardAdmission.read(cards).getLast().fingerprint().toString();
        corridor.phl().bean(Partners.class).importCard(cards, fingerprint, "test");
    }

    private static void assertInvalid(String what, Supplier<?> act) {
        EntenteException e = assertThrows(EntenteException.class, act::get);
        assertEquals(ErrorCode.CARD_INVALID, e.code(), e.detail());
        assertTrue(e.detail().contains(what), e.detail());
    }

    private void assertNotImported(String what, byte[] cards) {
        assertInvalid(what, () -> {
            importCards(cards);
            return null;
        });
    }

    private static long journaled(TestNode node) {
        return node.bean(Database.class)
                .one("SELECT COUNT(*) AS n FROM journal_entry WHERE kind = 'key-replacement'", r -> r.longValue("n"))
                .orElseThrow();
    }

    @Test
    @Order(1)
    void newKeysAreMadeBesideTheOldOnesAndNothingChangesYet() {
        unsigned = corridor.ita().bean(KeyReplacement.class).prepare(theft, VALIDITY);
        Card card = unsigned.getLast().card();
        assertEquals(theft, card.replaces());
        assertNotEquals(stolen.tls().certificate(), card.tls().getFirst());
        assertNotEquals(stolenCard.card().journalKey(), card.journalKey());
        assertEquals(
                stolenCard.digest(), corridor.ita().bean(NodeIdentity.class).cardDigest());
        ask();
    }

    @Test
    @Order(2)
    void aReplacementWithoutAnOfficerOfThePartyIsForged() {
        KeyReplacement replacement = corridor.ita().bean(KeyReplacement.class);
        byte[] cards = CardList.write(unsigned);
        assertInvalid("no officer on the card before", () -> replacement.complete(cards, "test"));
        OfficerKey stranger =
                OfficerKey.generate("Officer of ITA", Instant.now(Clock.systemUTC()), VALIDITY, new SecureRandom());
        byte[] byStranger = countersign(cards, stranger);
        assertInvalid("no officer on the card before", () -> replacement.complete(byStranger, "test"));
        // nor does an officer of the partner stand in for one of the party
        byte[] byPartner = countersign(cards, corridor.officer("PHL"));
        assertNotImported("no officer on the card before", byPartner);
    }

    @Test
    @Order(3)
    void theThiefCannotReplaceTheKeysWithTheStolenOne() {
        KeyRing thief = KeyRing.generate("ITA", clock.instant(), VALIDITY, new SecureRandom());
        CardDocument forged = CardMaking.signed(
                plan(thief, thief.tls()), List.of(stolenCard), List.of(stolen.signing()), clock.instant());
        assertNotImported(
                "no officer on the card before", countersign(CardList.write(List.of(forged)), corridor.officer("PHL")));
    }

    @Test
    @Order(4)
    void noKeyOfTheCardBeforeGoesOn() {
        KeyRing fresh = KeyRing.generate("ITA", clock.instant(), VALIDITY, new SecureRandom());
        KeyRing sameSigning = fresh.with(new TokenKeys(stolen.signing(), null, null, null));
        for (CardMaking.Plan plan : List.of(plan(sameSigning, fresh.tls()), plan(fresh, stolen.tls()))) {
            CardDocument card = CardMaking.signed(plan, List.of(stolenCard), List.of(), clock.instant());
            byte[] both = countersign(
                    countersign(CardList.write(List.of(card)), corridor.officer("ITA")), corridor.officer("PHL"));
            assertNotImported("of the card before", both);
        }
    }

    private CardMaking.Plan plan(KeyRing ring, CertifiedKey tls) {
        Card now = stolenCard.card();
        return new CardMaking.Plan(
                "ITA",
                CardText.of(now),
                now.node(),
                ring.signing(),
                null,
                List.of(tls.certificate()),
                now.journal(),
                now.sealing(),
                VALIDITY,
                theft);
    }

    @Test
    @Order(5)
    void withItsOfficersSignatureTheNewKeysAreInPlaceAndPartnersDoNotKnowThemYet() throws IOException {
        signed = countersign(CardList.write(unsigned), corridor.officer("ITA"));
        CardDocument card = corridor.ita().bean(KeyReplacement.class).complete(signed, "test");
        NodeIdentity identity = corridor.ita().bean(NodeIdentity.class);
        assertEquals(card.digest(), identity.cardDigest());
        assertNotEquals(stolen.signing().certificate(), identity.signing().certificate());
        KeyRing inFile = KeyRing.load(corridor.ita().home().resolve("keyring.p12"), TestNode.PASSPHRASE.toCharArray());
        assertEquals(identity.signing().certificate(), inFile.signing().certificate());
        assertEquals(1, journaled(corridor.ita()));
        assertThrows(EntenteException.class, this::ask);
    }

    @Test
    @Order(6)
    void thePartnerTakesItOnlyWithItsOfficersCountersignatureUnderTheNewFingerprint() {
        assertNotImported("countersigned", signed);
        assertInvalid(
                "that was confirmed",
                () -> CardAdmission.countersign(signed, stolenCard.fingerprint().toString(), payload -> payload));
        byte[] countersigned = countersign(signed, corridor.officer("PHL"));
        importCards(countersigned);
        assertEquals(corridor.ita().bean(NodeIdentity.class).cardDigest(), italy().cardDigest());
        assertEquals(1, journaled(corridor.phl()));
        ask();
    }

    @Test
    @Order(7)
    void theStolenKeysAreRefusedFromThatMoment() {
        NodeDoor door = corridor.phl().bean(NodeDoor.class);
        X509Certificate own = italy().card().tls().getFirst();
        for (Instant claimed : List.of(clock.instant(), theft.since().minusSeconds(3600))) {
            PartnerClient.Prepared message = FiledMessages.prepare(
                    new Thief(),
                    Partner.of(corridor.phl().bean(NodeIdentity.class).chain()),
                    "GET",
                    "/card",
                    Headers.EMPTY,
                    new byte[0],
                    false,
                    claimed,
                    new SecureRandom());
            assertRefused(
                    ErrorCode.CARD_UNKNOWN,
                    () -> door.authenticateFiled("ITA", message.request(), new byte[0], false, Duration.ofDays(30)));
            if (claimed.isAfter(theft.since())) {
                assertRefused(
                        ErrorCode.CARD_UNKNOWN,
                        () -> door.authenticate(
                                "GET", "/card", message.request().headers(), new byte[0], own, false));
                assertRefused(
                        ErrorCode.CERTIFICATE_NOT_PINNED,
                        () -> door.authenticate(
                                "GET",
                                "/card",
                                message.request().headers(),
                                new byte[0],
                                stolen.tls().certificate(),
                                false));
            }
        }
        String keyid = stolenCard.digest() + "/" + Card.SIGNING_KEY;
        assertTrue(italy().answerKeys().resolve(keyid).isEmpty());
        assertFalse(italy().allKeys().resolve(keyid).isEmpty());
    }

    private static void assertRefused(ErrorCode code, Supplier<?> act) {
        assertEquals(code, assertThrows(EntenteException.class, act::get).code());
    }

    /** Italy with the keys that were stolen. */
    private final class Thief implements Identity {
        @Override
        public String party() {
            return "ITA";
        }

        @Override
        public List<CardDocument> chain() {
            return List.of(stolenCard);
        }

        @Override
        public CertifiedKey signing() {
            return stolen.signing();
        }
    }

    @Test
    @Order(8)
    void evidenceFromBeforeTheTheftHoldsAndFromAfterItDoesNot() {
        VerificationReport old = verify(before);
        assertTrue(old.holds(), String.valueOf(old.failure()));
        assertTrue(
                old.steps().getLast().sentence().contains("when it was lost or stolen"),
                old.steps().toString());
        VerificationReport forgeable = verify(afterTheft);
        assertFalse(forgeable.holds());
        assertEquals(
                "keys", Optional.ofNullable(forgeable.failure()).orElseThrow().name());
        VerificationReport now = verify(ask());
        assertTrue(now.holds(), String.valueOf(now.failure()));
    }

    /** What Italy exports of an exchange, with another seal: by the stolen key, of a moment before the theft. */
    private byte[] sealedByTheThief(UUID exchange) {
        ObjectNode file = (ObjectNode) CanonicalJson.parseStrict(
                corridor.ita().bean(Evidence.class).ofAnswered("PHL", exchange).encode());
        file.remove("seal");
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("type", "entente-evidence-seal")
                .put("exchange", exchange.toString())
                .put(
                        "sha256",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Digests.sha256(CanonicalJson.encode(file))));
        byte[] payload = CanonicalJson.encode(content);
        SignedDocument seal = new SignedDocument(
                payload,
                List.of(SignedDocument.sign(
                        payload, "json", stolen.signing(), theft.since().minusSeconds(60))));
        file.set("seal", CanonicalJson.parseStrict(seal.toJson()));
        return CanonicalJson.encode(file);
    }

    @Test
    @Order(8)
    void aSealByTheStolenKeyDoesNotHoldWhateverTimeItNames() {
        VerificationReport report = EvidenceVerifier.verify(sealedByTheThief(before), roots);
        assertEquals("seal", Optional.ofNullable(report.failure()).orElseThrow().name());
        assertTrue(
                Optional.ofNullable(report.failure()).orElseThrow().sentence().contains("lost or stolen"),
                report.steps().toString());
    }

    /** The page is a second implementation. */
    @Test
    @Order(8)
    void aBrowserSaysTheSame() throws IOException {
        try (VerifyPage page = VerifyPage.open()) {
            assertEquals("none", page.failure(evidence(before), roots));
            assertEquals("keys", page.failure(evidence(afterTheft), roots));
            assertEquals("none", page.failure(evidence(ask()), roots));
            assertEquals("seal", page.failure(sealedByTheThief(before), roots));
        }
    }

    private byte[] evidence(UUID exchange) {
        return corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
    }

    @Test
    @Order(9)
    void theChainWithTheReplacementIsTakenWholeByWhoeverStartsWithItsRoot() {
        List<CardDocument> chain = new ArrayList<>(italy().chain());
        assertDoesNotThrow(() -> CardAdmission.checkChain(chain, null));
        assertEquals(2, chain.size());
    }
}
