package org.entente.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.crypto.journal.VerifierKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.evidence.witness.Witness;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.VerifyPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Italy changes its keys while the Philippines go on asking. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationTest {
    private static final Duration ANNOUNCED = Duration.ofDays(14);
    private static final Duration VALIDITY = Duration.ofDays(700);

    private final TestClock clock = new TestClock();
    private Corridor corridor;
    private Map<String, String> roots;
    private UUID before = new UUID(0, 0);
    private long underBothKeys;

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock), Map.of());
        roots = Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita()));
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

    private KeyRing ring() {
        return corridor.ita().bean(KeyRing.class);
    }

    @Test
    @Order(1)
    void aNewTlsKeyIsTakenOverByThePartnerByItself() {
        before = ask();
        CardDocument card = corridor.ita().bean(KeyRotation.class).tls(ANNOUNCED, VALIDITY, "test");
        assertEquals(2, card.card().tls().size());
        corridor.phl().bean(AnnouncedCards.class).look();
        assertEquals(card.digest(), italy().cardDigest());
        ask();
        var old = ring().tlsAt(clock.instant()).certificate();
        clock.advance(ANNOUNCED.plusHours(1));
        assertNotEquals(old, ring().tlsAt(clock.instant()).certificate());
        // the old certificate is pinned no more, so that the answer can only have come under the new one
        corridor.phl().bean(Partners.class).removePin("ITA", Partner.digest(old), "test", "test");
        ask();
    }

    @Test
    @Order(2)
    void aNewSigningKeyWaitsForAPersonAndTheOldOneGoesOn() {
        CardDocument card = corridor.ita().bean(KeyRotation.class).withCompanion(ANNOUNCED, VALIDITY, "test");
        assertThrows(
                EntenteException.class,
                () -> corridor.ita().bean(KeyRotation.class).signing(ANNOUNCED, VALIDITY, "test"));
        corridor.phl().bean(AnnouncedCards.class).look();
        assertNotEquals(card.digest(), italy().cardDigest());
        assertEquals(
                card.digest(),
                Objects.requireNonNull(corridor.phl()
                                .bean(AnnouncedCards.class)
                                .toConfirm()
                                .get("ITA"))
                        .digest());
        ask();
        Corridor.introduce(corridor.phl(), corridor.ita());
        assertEquals(card.digest(), italy().cardDigest());
        assertTrue(corridor.phl().bean(AnnouncedCards.class).toConfirm().isEmpty());
        // confirmed, and not begun
        UUID announced = ask();
        assertTrue(verify(announced).holds(), String.valueOf(verify(announced).failure()));
    }

    @Test
    @Order(3)
    void whenTheNewKeyBeginsMessagesCarryItAndItsCompanion() {
        clock.advance(ANNOUNCED.plusHours(1));
        NodeIdentity identity = corridor.ita().bean(NodeIdentity.class);
        assertEquals(identity.current().digest(), identity.cardDigest());
        assertEquals(2, identity.signers().size());
        UUID after = ask();
        VerificationReport report = verify(after);
        assertTrue(report.holds(), String.valueOf(report.failure()));
        assertTrue(
                report.steps().toString().contains(identity.cardDigest()),
                report.steps().toString());
    }

    @Test
    @Order(4)
    void evidenceFromBeforeStillVerifies() {
        VerificationReport report = verify(before);
        assertTrue(report.holds(), String.valueOf(report.failure()));
        assertTrue(report.steps().getLast().sentence().contains("when another followed"));
    }

    @Test
    @Order(5)
    void theOldKeyIsRefusedADayAfterTheNewOneHasBegun() {
        String old = italy().chain().get(1).digest() + "/" + Card.SIGNING_KEY;
        assertFalse(italy().keysAt(clock.instant()).resolve(old).isEmpty());
        clock.advance(Partner.OVERLAP);
        assertTrue(italy().keysAt(clock.instant()).resolve(old).isEmpty());
    }

    @Test
    @Order(6)
    void aNewJournalKeyAndItsCompanionSignBesideTheOldOneUntilPartnersHaveConfirmedThem() throws Exception {
        VerifierKey old = italy().card().journalKey();
        CardDocument card = corridor.ita().bean(KeyRotation.class).journalWithCompanion(ANNOUNCED, VALIDITY, "test");
        VerifierKey next = card.card().journalKey();
        assertEquals(old.name(), next.name());
        assertNotEquals(old, next);
        corridor.phl().bean(AnnouncedCards.class).look();
        assertNotEquals(card.digest(), italy().cardDigest(), "a person confirms a journal key");
        ask();
        assertEquals(3, ownSignatures(corridor.ita()));
        Corridor.introduce(corridor.phl(), corridor.ita());
        assertEquals(next, italy().card().journalKey());
        UUID announced = ask();
        assertTrue(verify(announced).holds(), String.valueOf(verify(announced).failure()));
        assertThrows(
                EntenteException.class,
                () -> corridor.ita().bean(KeyRotation.class).journal(ANNOUNCED, VALIDITY, "test"));
    }

    @Test
    @Order(7)
    void aDayAfterItHasBegunTheNewJournalKeySignsAlone() throws Exception {
        clock.advance(ANNOUNCED.plusHours(1));
        ask();
        assertEquals(3, ownSignatures(corridor.ita()));
        underBothKeys = corridor.ita().bean(Journal.class).size();
        clock.advance(KeyRing.OVERLAP);
        UUID after = ask();
        assertEquals(2, ownSignatures(corridor.ita()));
        corridor.ita()
                .bean(Journal.class)
                .latestCheckpoint()
                .verify(List.of(italy().card().journalKey().verifier()));
        assertTrue(verify(after).holds(), String.valueOf(verify(after).failure()));
        assertTrue(verify(before).holds(), String.valueOf(verify(before).failure()));
    }

    @Test
    @Order(8)
    void theJournalIsSoundAndWitnessedUnderAllItsKeysAndStartsAgain() {
        JournalCheck.Report report = corridor.ita().bean(JournalCheck.class).run();
        assertTrue(report.passes(), report.findings().toString());
        Corridor.await(() -> corridor.phl().bean(Witness.class).standings().stream()
                .allMatch(standing -> standing.problem() == null
                        && !standing.stopped()
                        && standing.waiting() == 0
                        && standing.size() > underBothKeys
                        && standing.cosigned() == standing.size()));
        corridor.ita().restart();
        UUID again = ask();
        assertTrue(verify(again).holds(), String.valueOf(verify(again).failure()));
        assertEquals(2, ownSignatures(corridor.ita()));
    }

    @Test
    @Order(9)
    void theBrowserVerifiesEvidenceFromBeforeAndAfterTheChangeToo() throws Exception {
        try (VerifyPage page = VerifyPage.open()) {
            for (UUID exchange : List.of(before, ask())) {
                byte[] file =
                        corridor.phl().bean(Evidence.class).ofAsked(exchange).encode();
                assertEquals(
                        "none",
                        page.failure(file, roots),
                        page.report(file, roots).toString());
            }
        }
    }

    private static long ownSignatures(TestNode node) {
        Journal journal = node.bean(Journal.class);
        return journal.latestCheckpoint().signatures().stream()
                .filter(line -> line.name().equals(journal.origin()))
                .count();
    }
}
