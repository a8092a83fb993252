package org.entente.gateway.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyFile;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeTokens;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.partners.AnnouncedCards;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.KeyRotation;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SoftToken;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes whose signing and TLS keys live on PKCS#11 tokens exchange figures, and change to keys that follow on the tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenKeysTest {
    private final TestClock clock = new TestClock();
    private final Map<String, TestNode.Plan> plans = new HashMap<>();
    private Corridor corridor;

    @BeforeAll
    void open() {
        SoftToken token = SoftToken.get();
        corridor = Corridor.open(
                plan -> {
                    String party = String.valueOf(plan.properties().get("entente.party"));
                    plans.put(party, plan);
                    return plan.clock(clock)
                            .property("entente.keys.signing", token.address(party, "signing"))
                            .property("entente.keys.tls", token.address(party, "tls"))
                            .property("entente.keys.pin", SoftToken.PIN);
                },
                Map.of());
    }

    @AfterAll
    void close() {
        if (corridor != null) {
            corridor.close();
        }
    }

    private UUID ask() {
        return corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
    }

    private static void assertOnToken(CertifiedKey key) {
        assertNull(key.privateKey().getEncoded());
    }

    @Test
    @Order(1)
    void twoNodesExchangeWithKeysThatNeverLeaveTheirTokens() throws Exception {
        for (TestNode node : new TestNode[] {corridor.phl(), corridor.ita()}) {
            KeyRing ring = node.bean(KeyRing.class);
            assertOnToken(ring.signing());
            assertOnToken(ring.tls());
            assertEquals(
                    Set.of("journal", "sealing"),
                    KeyFile.read(node.home().resolve("keyring.p12"), TestNode.PASSPHRASE.toCharArray())
                            .keySet());
            assertEquals(
                    ring.signing().certificate(),
                    node.bean(NodeIdentity.class).card().signing().getFirst().certificate());
        }
        UUID exchange = ask();
        VerificationReport report = EvidenceVerifier.verify(
                corridor.phl().bean(Evidence.class).ofAsked(exchange).encode(),
                Map.of("PHL", root(corridor.phl()), "ITA", root(corridor.ita())));
        assertTrue(report.holds(), String.valueOf(report.failure()));
    }

    private static String root(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Test
    @Order(2)
    void bothKeysAreFollowedByOnesOnTheTokenWithoutAStop() {
        SoftToken token = SoftToken.get();
        KeyRotation before = corridor.ita().bean(KeyRotation.class);
        EntenteException none = assertThrows(
                EntenteException.class, () -> before.signing(SoftToken.ANNOUNCED, Duration.ofDays(700), "test"));
        assertTrue(none.detail().contains("entente.keys.next-signing"), none.detail());

        Objects.requireNonNull(plans.get("ITA"))
                .property("entente.keys.next-signing", token.address("ITA", "next-signing"))
                .property("entente.keys.next-tls", token.address("ITA", "next-tls"));
        corridor.ita().restart();
        KeyRing ring = corridor.ita().bean(KeyRing.class);
        CardDocument card =
                corridor.ita().bean(KeyRotation.class).signing(SoftToken.ANNOUNCED, Duration.ofDays(700), "test");
        assertEquals(
                Objects.requireNonNull(ring.nextSigning()).certificate(),
                card.card().signing().getFirst().certificate());
        assertEquals(2, card.card().tls().size());
        ask();
        Corridor.introduce(corridor.phl(), corridor.ita());
        corridor.phl().bean(AnnouncedCards.class).look();
        ask();

        X509Certificate old = ring.tlsAt(clock.instant()).certificate();
        clock.advance(SoftToken.ANNOUNCED.plusHours(1));
        X509Certificate now = ring.tlsAt(clock.instant()).certificate();
        assertNotEquals(old, now);
        NodeIdentity identity = corridor.ita().bean(NodeIdentity.class);
        assertEquals(card.digest(), identity.cardDigest());
        assertOnToken(identity.signing());
        // the old certificate is pinned no more, so that the answer can only have come under the new one
        corridor.phl().bean(Partners.class).removePin("ITA", sha256(old), "test", "test");
        ask();
    }

    private static String sha256(X509Certificate certificate) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Certificates.sha256(certificate));
    }

    @ParameterizedTest
    @CsvSource({
        "Node%20of%20ITA, Node%20of%20Nobody, token-unavailable",
        "libsofthsm2, libnone, token-unavailable",
        "object=signing, object=missing, token-key-missing",
        "Node%20of%20ITA;object=signing, Another%20token, token-pin-refused",
        "module-path, modul, settings-invalid",
    })
    void aKeyThatCannotBeOpenedStopsTheNodeWithItsCode(String part, String instead, String code) {
        String address = SoftToken.get().address("ITA", "signing").replace(part, instead);
        assertRefused(
                TestNode.plan("ITA").property("entente.keys.signing", address).property("entente.keys.pin", "0000000"),
                code);
    }

    @Test
    void aPinComesFromAFileThatOnlyItsOwnerReads(@TempDir Path folder) throws IOException {
        Path pin = Files.writeString(folder.resolve("pin"), SoftToken.PIN + "\n");
        String address = SoftToken.get().address("ITA", "signing") + "&pin-source=" + pin;
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(TestNode.plan("ITA").property("entente.keys.signing", address), "settings-invalid");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        try (TestNode node =
                TestNode.plan("ITA").property("entente.keys.signing", address).startWithoutListeners()) {
            assertOnToken(node.bean(NodeIdentity.class).signing());
            assertFalse(node.bean(KeyRing.class).tls().privateKey().getEncoded() == null);
        }
    }

    @Test
    void aRefusedPinIsNotTriedAgainByTheSameProcess() {
        TestNode.Plan plan = TestNode.plan("ITA");
        try (TestNode node = plan.startWithoutListeners()) {
            plan.property("entente.keys.signing", SoftToken.get().address("ITA", "missing"))
                    .property("entente.keys.pin", SoftToken.PIN);
            TestNode second = node.secondProcess();
            try {
                NodeTokens tokens = second.bean(NodeTokens.class);
                EntenteException first = assertThrows(EntenteException.class, tokens::keys);
                assertSame(first, assertThrows(EntenteException.class, tokens::keys));
            } finally {
                second.stop();
            }
        }
    }

    private static void assertRefused(TestNode.Plan plan, String code) {
        EntenteException e = assertThrows(EntenteException.class, plan::startWithoutListeners);
        assertEquals(code, e.code().code(), e.detail());
        assertFalse(e.detail().contains(SoftToken.PIN), e.detail());
        if (!code.equals(ErrorCode.SETTINGS_INVALID.code())) {
            assertTrue(e.detail().contains("entente.keys.signing"), e.detail());
        }
    }
}
