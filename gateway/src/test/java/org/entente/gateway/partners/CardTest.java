package org.entente.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.SubtreeSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.gateway.partners.Card.Authority;
import org.entente.gateway.partners.Card.Signatory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CardTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final KeyRing italy = ring("ITA");
    private final KeyRing other = ring("XXX");

    private static KeyRing ring(String party) {
        return KeyRing.generate(party, NOW, Duration.ofDays(700), new SecureRandom());
    }

    private static Card card(KeyRing keys, @Nullable CardDocument before, String party) {
        return new Card(
                party,
                Map.of("en", "Italy", "it", "Italia"),
                List.of(),
                List.of(new Authority(
                        "ISTAT",
                        Map.of("en", "Statistics"),
                        "statistics",
                        List.of(new Signatory("A. Rossi", "President", "A".repeat(43))))),
                URI.create("https://ita.example:7201"),
                List.of(Card.PROTOCOL),
                List.of(new Card.Signing(
                        Card.SIGNING_KEY,
                        keys.signing().key().algorithm(),
                        keys.signing().certificate())),
                List.of(keys.tls().certificate()),
                Ed25519NoteSigner.of("ita.example:7201/journal", keys.journal()).verifierKey(),
                NOW,
                NOW.plus(Duration.ofDays(365)),
                before == null ? null : before.digest(),
                before == null ? 1 : before.card().sequence() + 1);
    }

    private CardDocument root() {
        return CardDocument.sign(card(italy, null, "ITA"), List.of(italy.signing()), NOW);
    }

    private static SignedDocument signed(byte[] payload, CertifiedKey key) {
        return new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", key, NOW)));
    }

    private byte[] changed(Consumer<ObjectNode> change) {
        ObjectNode payload =
                (ObjectNode) CanonicalJson.parseStrict(card(italy, null, "ITA").write());
        change.accept(payload);
        return signed(CanonicalJson.encode(payload), italy.signing()).toJson();
    }

    private static void refused(Reason reason, String about, byte[] json) {
        VerificationException refusal = assertThrows(VerificationException.class, () -> CardDocument.parse(json));
        assertEquals(reason, refusal.reason(), refusal.sentence());
        assertTrue(refusal.sentence().contains(about), refusal.sentence());
    }

    @Test
    void aSignedCardIsReadBackAsItWas() throws VerificationException {
        CardDocument document = root();
        CardDocument read = CardDocument.parse(document.toJson());
        assertEquals(card(italy, null, "ITA"), read.card());
        assertEquals(document.digest(), read.digest());
        assertArrayEquals(document.toJson(), read.toJson());
        assertEquals(43, read.digest().length());
        assertTrue(read.fingerprint().text().matches("([A-Z2-7]{4}-){7}[A-Z2-7]{4}"));
    }

    @Test
    void aForgedCardIsRefused() {
        byte[] payload = card(italy, null, "ITA").write();
        refused(
                Reason.SIGNATURE_MISSING,
                "not signed by the key",
                signed(payload, other.signing()).toJson());
    }

    @Test
    void aChangedCardIsRefused() {
        String json = new String(root().toJson(), StandardCharsets.UTF_8);
        byte[] payload = CanonicalJson.encode(
                CanonicalJson.parseStrict(card(italy, null, "ITA").write()));
        String before = Base64.getUrlEncoder().withoutPadding().encodeToString(payload);
        ObjectNode evil = (ObjectNode) CanonicalJson.parseStrict(payload);
        evil.putObject("endpoints").put("node", "https://evil.example");
        String after = Base64.getUrlEncoder().withoutPadding().encodeToString(CanonicalJson.encode(evil));
        refused(
                Reason.SIGNATURE_INVALID,
                "does not verify",
                json.replace(before, after).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyMemberMustHaveItsForm() {
        refused(Reason.MALFORMED, "unknown member more", changed(c -> c.put("more", 1)));
        refused(Reason.MALFORMED, "lacks [tls]", changed(c -> c.remove("tls")));
        refused(Reason.MALFORMED, "tls must be", changed(c -> c.putArray("tls")));
        refused(Reason.MALFORMED, "type", changed(c -> c.put("type", "entente-agreement")));
        refused(Reason.MALFORMED, "version", changed(c -> c.put("version", 2)));
        refused(Reason.MALFORMED, "party", changed(c -> c.put("party", "Italy")));
        refused(Reason.MALFORMED, "name", changed(c -> c.putObject("name")));
        refused(
                Reason.MALFORMED,
                "entente/1",
                changed(c -> c.putArray("protocol").add("entente/9")));
        refused(Reason.MALFORMED, "vkey", changed(c -> c.withObject("journal").put("origin", "elsewhere")));
        refused(Reason.MALFORMED, "previous", changed(c -> c.put("sequence", 2)));
        refused(Reason.MALFORMED, "previous", changed(c -> c.put("previous", "A".repeat(43))));
        refused(Reason.MALFORMED, "validUntil", changed(c -> c.put("validUntil", "2026-03-01T13:00:00.5Z")));
        refused(Reason.MALFORMED, "valid until", changed(c -> c.put("validUntil", "2026-03-01T11:00:00Z")));
        refused(
                Reason.MALFORMED,
                "alg",
                changed(c -> ((ObjectNode) c.withArray("signing").required(0)).put("alg", "rsa-v1_5-sha256")));
        refused(
                Reason.MALFORMED,
                "signing[0]",
                changed(c -> ((ObjectNode) c.withArray("signing").required(0)).put("name", "another")));
        refused(
                Reason.MALFORMED,
                "certificate",
                changed(c -> ((ObjectNode) c.withArray("tls").required(0)).put("certificate", "AAAA")));
        for (String endpoint : List.of(
                "http://ita.example",
                "https://ita.example/",
                "https://ita.example/a",
                "https://u@ita.example",
                "https:x",
                "https://ita.example?x=1",
                "https://ita.example#x")) {
            refused(
                    Reason.MALFORMED,
                    "node must be",
                    changed(c -> c.putObject("endpoints").put("node", endpoint)));
        }
    }

    @Test
    void aRenewedTlsCertificateNeedsNoPerson() throws VerificationException {
        CardDocument before = root();
        KeyRing renewed = italy.withTls(other.tls());
        CardDocument after = CardDocument.sign(card(renewed, before, "ITA"), List.of(italy.signing()), NOW);
        after.checkFollows(before);
        assertTrue(after.isRenewalOf(before));
    }

    @Test
    void aNewSigningKeyNeedsTheKeyBeforeAndAPerson() throws VerificationException {
        CardDocument before = root();
        Card next = card(other, before, "ITA");
        CardDocument both = CardDocument.sign(next, List.of(other.signing(), italy.signing()), NOW);
        both.checkFollows(before);
        assertFalse(both.isRenewalOf(before));
        CardDocument alone = CardDocument.sign(next, List.of(other.signing()), NOW);
        VerificationException refusal = assertThrows(VerificationException.class, () -> alone.checkFollows(before));
        assertTrue(refusal.sentence().contains("the key of the card before has not signed it"), refusal.sentence());
    }

    @Test
    void aBrokenChainIsRefused() {
        CardDocument first = root();
        CardDocument second = CardDocument.sign(card(italy, first, "ITA"), List.of(italy.signing()), NOW);
        CardDocument third = CardDocument.sign(card(italy, second, "ITA"), List.of(italy.signing()), NOW);
        assertThrows(VerificationException.class, () -> third.checkFollows(first));
        CardDocument rival =
                CardDocument.sign(card(italy.withTls(other.tls()), first, "ITA"), List.of(italy.signing()), NOW);
        assertThrows(VerificationException.class, () -> third.checkFollows(rival));
        CardDocument otherParty = CardDocument.sign(card(italy, first, "MLT"), List.of(italy.signing()), NOW);
        assertThrows(VerificationException.class, () -> otherParty.checkFollows(first));
    }

    private static Card withCompanion(Card card, @Nullable SubtreeSigner companion) {
        return new Card(
                card.party(),
                card.name(),
                card.onBehalfOf(),
                card.authorities(),
                card.node(),
                card.protocol(),
                card.signing(),
                card.tls(),
                card.journalKey(),
                card.issued(),
                card.validUntil(),
                card.previous(),
                card.sequence(),
                card.sealing(),
                card.replaces(),
                companion == null ? null : companion.verifierKey());
    }

    private static SubtreeSigner companion(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SubtreeSigner.ofJournal(name, SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, bytes));
    }

    @Test
    void aJournalKeyIsListedWithItsCompanionWhichStaysAsLongAsTheKey() throws VerificationException {
        SubtreeSigner first = companion("ita.example:7201/journal", 1);
        CardDocument root =
                CardDocument.sign(withCompanion(card(italy, null, "ITA"), first), List.of(italy.signing()), NOW);
        assertEquals(
                first.verifierKey(), CardDocument.parse(root.toJson()).card().journalCompanion());
        assertEquals(
                "ita.example:7201/witness",
                Objects.requireNonNull(root.card().witness().companion()).name());
        Card next = card(italy, root, "ITA");
        CardDocument.sign(withCompanion(next, first), List.of(italy.signing()), NOW)
                .checkFollows(root);
        for (SubtreeSigner other : Arrays.asList(companion("ita.example:7201/journal", 2), null)) {
            CardDocument changed = CardDocument.sign(withCompanion(next, other), List.of(italy.signing()), NOW);
            assertThrows(VerificationException.class, () -> changed.checkFollows(root));
        }
        Card foreign = withCompanion(card(italy, null, "ITA"), companion("phl.example/journal", 1));
        assertThrows(IllegalArgumentException.class, () -> CardDocument.sign(foreign, List.of(italy.signing()), NOW));
    }
}
