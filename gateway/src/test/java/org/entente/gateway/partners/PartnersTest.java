package org.entente.gateway.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnersTest {
    private TestNode italy;
    private Partners partners;
    private final SettableClock clock = new SettableClock();

    @BeforeAll
    void start() {
        italy = TestNode.plan("ITA").clock(clock).startWithoutListeners();
        Introductions.card(italy);
        partners = italy.bean(Partners.class);
    }

    @AfterAll
    void stop() {
        italy.close();
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    private List<String> kinds(String party) {
        return italy.bean(Journal.class).bySubject(party).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    /** A party with cards of its own, without a node behind them. */
    private static final class Stranger {
        final KeyRing keys;
        final CardDocument root;

        Stranger(String party, Instant issued, Duration validity) {
            this.keys = KeyRing.generate(party, issued, validity, new SecureRandom());
            this.root = CardDocument.sign(
                    TestCards.card(party, keys, null, issued, validity), List.of(keys.signing()), issued);
        }

        static Stranger now(String party) {
            return new Stranger(party, Instant.now().minusSeconds(5), Duration.ofDays(30));
        }

        String fingerprint() {
            return root.fingerprint().text();
        }

        CardDocument next(CardDocument before, KeyRing with) {
            Card card = TestCards.card(
                    before.card().party(), with, before, before.card().issued(), Duration.ofDays(30));
            return CardDocument.sign(
                    card,
                    with.signing().equals(keys.signing())
                            ? List.of(keys.signing())
                            : List.of(with.signing(), keys.signing()),
                    before.card().issued());
        }
    }

    @Test
    void aConfirmedCardMakesAPartnerAndAJournalEntry() {
        Stranger stranger = Stranger.now("AAA");
        Partner partner = partners.importCard(
                stranger.root.toJson(), stranger.fingerprint().toLowerCase(Locale.ROOT), "anna");
        assertEquals(stranger.root.digest(), partner.cardDigest());
        assertEquals(stranger.root.digest(), partner.rootDigest());
        assertTrue(partner.isPinned(stranger.keys.tls().certificate()));
        assertTrue(partners.admits(stranger.keys.tls().certificate()));
        assertEquals(
                "AAA", partners.byCard(stranger.root.digest()).orElseThrow().party());
        assertEquals(List.of("card-imported"), kinds("AAA"));
        partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna");
        assertEquals(List.of("card-imported"), kinds("AAA"));
    }

    @Test
    void aFingerprintThatDoesNotFitChangesNothing() {
        Stranger stranger = Stranger.now("BBB");
        String wrong = Stranger.now("BBB").fingerprint();
        EntenteException refusal =
                refused(ErrorCode.CARD_INVALID, () -> partners.importCard(stranger.root.toJson(), wrong, "anna"));
        assertTrue(refusal.detail().contains(stranger.fingerprint()));
        refused(ErrorCode.CARD_INVALID, () -> partners.importCard(stranger.root.toJson(), "", "anna"));
        assertTrue(partners.find("BBB").isEmpty());
        assertEquals(List.of(), kinds("BBB"));
        refused(ErrorCode.PARTNER_UNKNOWN, () -> partners.require("BBB"));
    }

    @Test
    void aForgedOrUnreadableCardIsRefused() {
        Stranger stranger = Stranger.now("CCC");
        String forged = new String(stranger.root.toJson(), UTF_8);
        int at = forged.indexOf("\"signature\":\"") + 20;
        String changed = forged.substring(0, at) + (forged.charAt(at) == 'A' ? 'B' : 'A') + forged.substring(at + 1);
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(changed.getBytes(UTF_8), stranger.fingerprint(), "anna"));
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard("{}".getBytes(UTF_8), stranger.fingerprint(), "anna"));
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard("[]".getBytes(UTF_8), stranger.fingerprint(), "anna"));
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard("hello".getBytes(UTF_8), stranger.fingerprint(), "anna"));
    }

    @Test
    void anExpiredCardIsRefusedNamingTheClock() {
        Stranger stranger = new Stranger("DDD", Instant.now().minus(Duration.ofDays(40)), Duration.ofDays(30));
        EntenteException refusal = refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna"));
        assertTrue(refusal.detail().contains("the clock here says"), refusal.detail());
    }

    @Test
    void thisNodesOwnCardAndAnotherPartnersCertificateAreRefused() {
        CardDocument own = italy.bean(NodeIdentity.class).current();
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(own.toJson(), own.fingerprint().text(), "anna"));
        Stranger first = Stranger.now("EEE");
        partners.importCard(first.root.toJson(), first.fingerprint(), "anna");
        CardDocument thief = CardDocument.sign(
                TestCards.card("FFF", first.keys, null, first.root.card().issued(), Duration.ofDays(3)),
                List.of(first.keys.signing()),
                first.root.card().issued());
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(thief.toJson(), thief.fingerprint().text(), "anna"));
    }

    @Test
    void aChainIsImportedWholeAndABrokenOneNotAtAll() {
        Stranger stranger = Stranger.now("GGG");
        CardDocument second = stranger.next(stranger.root, stranger.keys);
        CardDocument third = stranger.next(second, stranger.keys);
        EntenteException alone = refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(second.toJson(), second.fingerprint().text(), "anna"));
        assertTrue(alone.detail().contains("without the cards before it"), alone.detail());
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(
                        CardList.write(List.of(stranger.root, third)),
                        third.fingerprint().text(),
                        "anna"));
        assertTrue(partners.find("GGG").isEmpty());
        Partner partner = partners.importCard(
                CardList.write(List.of(stranger.root, second, third)),
                third.fingerprint().text(),
                "anna");
        assertEquals(3, partner.chain().size());
        assertEquals(stranger.root.digest(), partner.rootDigest());
        assertEquals(third.digest(), partner.cardDigest());
    }

    @Test
    void aRenewedTlsCertificateIsTakenWithoutAPersonAndANewKeyIsNot() {
        Stranger stranger = Stranger.now("HHH");
        partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna");
        KeyRing renewed = stranger.keys.withTls(Stranger.now("HHH").keys.tls());
        CardDocument second = stranger.next(stranger.root, renewed);
        Partner partner = partners.renew(second.toJson());
        assertTrue(partner.isPinned(renewed.tls().certificate()));
        assertFalse(partner.isPinned(stranger.keys.tls().certificate()));
        assertEquals(List.of("card-imported", "card-changed"), kinds("HHH"));

        CardDocument third = stranger.next(second, Stranger.now("HHH").keys);
        refused(ErrorCode.CARD_INVALID, () -> partners.renew(third.toJson()));
        Partner confirmed =
                partners.importCard(third.toJson(), third.fingerprint().text(), "anna");
        assertEquals(third.digest(), confirmed.cardDigest());
        assertEquals(3, confirmed.chain().size());
    }

    @Test
    void aRivalContinuationOfAChainIsRefused() {
        Stranger stranger = Stranger.now("III");
        CardDocument second = stranger.next(stranger.root, stranger.keys);
        partners.importCard(
                CardList.write(List.of(stranger.root, second)),
                second.fingerprint().text(),
                "anna");
        CardDocument rival = stranger.next(
                stranger.root, stranger.keys.withTls(Stranger.now("III").keys.tls()));
        refused(
                ErrorCode.CARD_INVALID,
                () -> partners.importCard(rival.toJson(), rival.fingerprint().text(), "anna"));
    }

    @Test
    void aHoldStopsExchangesUntilItIsLifted() {
        Stranger stranger = Stranger.now("JJJ");
        partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna");
        partners.hold("JJJ", "figures under review", "anna");
        EntenteException blocked = refused(ErrorCode.PARTNER_BLOCKED, () -> partners.require("JJJ"));
        assertTrue(blocked.detail().contains("figures under review"));
        refused(ErrorCode.PARTNER_BLOCKED, () -> partners.hold("JJJ", "again", "bruno"));
        partners.lift("JJJ", "reviewed", "anna");
        partners.lift("JJJ", "nothing to lift", "anna");
        assertEquals("JJJ", partners.require("JJJ").party());
        assertEquals(List.of("card-imported", "hold-set", "hold-lifted"), kinds("JJJ"));
        refused(ErrorCode.PARTNER_UNKNOWN, () -> partners.hold("ZZZ", "x", "anna"));
    }

    @Test
    void aRemovedPinIsNotAcceptedAnyMore() {
        Stranger stranger = Stranger.now("KKK");
        partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna");
        String pin = partners.require("KKK").pins().keySet().iterator().next();
        partners.removePin("KKK", pin, "laptop stolen", "anna");
        assertFalse(partners.require("KKK").isPinned(stranger.keys.tls().certificate()));
        refused(ErrorCode.NOT_FOUND, () -> partners.removePin("KKK", pin, "again", "anna"));
        assertEquals(List.of("card-imported", "card-changed"), kinds("KKK"));
    }

    @Test
    void anotherProcessOverTheSameDatabaseSeesTheChangeWithinASecondOrTwo() throws InterruptedException {
        TestNode second = TestNode.plan("ITA")
                .database(italy.database())
                .home(italy.home())
                .startWithoutListeners();
        try {
            Stranger stranger = Stranger.now("LLL");
            assertTrue(second.bean(Partners.class).find("LLL").isEmpty());
            partners.importCard(stranger.root.toJson(), stranger.fingerprint(), "anna");
            await(() -> second.bean(Partners.class).find("LLL").isPresent());
            partners.hold("LLL", "x", "anna");
            await(() ->
                    second.bean(Partners.class).find("LLL").orElseThrow().hold().isPresent());
        } finally {
            second.stop(); // and not closed: schema and home are the first process's
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 40 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean());
    }
}
