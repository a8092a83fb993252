package org.entente.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.RevocationList;
import org.entente.crypto.keys.TokenKeys;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.OwnKeyRing;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestAuthority;
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

/** Two nodes whose certificates are from an authority, and what each makes of the authority's list of revoked certificates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RevocationTest {
    private static final int GRACE_DAYS = 2;

    private final TestClock clock = new TestClock();
    private final TestAuthority authority = new TestAuthority("Common authority", clock.instant());
    private final Map<String, Path> lists = new HashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private Corridor corridor;

    @BeforeAll
    void open(@TempDir Path folder) {
        Path issuer = authority.certificateFile(folder.resolve("authority.pem"));
        corridor = Corridor.open(
                plan -> {
                    String party = String.valueOf(plan.properties().get("entente.party"));
                    Path list = folder.resolve(party + ".crl");
                    lists.put(party, list);
                    return plan.clock(clock)
                            .property("entente.revocation.every", "10h")
                            .property("entente.revocation.authorities.common.certificate", issuer.toString())
                            .property("entente.revocation.authorities.common.crl", list.toString());
                },
                Map.of(),
                document -> {
                    ObjectNode security = ((ObjectNode) document.path("terms")).putObject("security");
                    security.putArray("measures").addObject().put("en", "As the security annex says.");
                    security.put("revocationGraceDays", GRACE_DAYS);
                });
        publish("PHL", authority.list(clock.instant(), clock.instant().plus(Duration.ofDays(1))));
        publish("ITA", authority.list(clock.instant(), clock.instant().plus(Duration.ofDays(1))));
        certify(corridor.phl());
        certify(corridor.ita());
        Corridor.introduce(corridor.phl(), corridor.ita());
        Corridor.introduce(corridor.ita(), corridor.phl());
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    /** The same keys under certificates of the authority, on the next card. */
    private void certify(TestNode node) {
        KeyRing before = node.bean(KeyRing.class);
        CertifiedKey signing = authority.certify(before.signing(), node.party() + " signing", clock.instant());
        CertifiedKey tls = authority.certify(before.tls(), node.party() + " node", clock.instant());
        Card card = node.bean(NodeIdentity.class).card();
        try {
            before.with(new TokenKeys(signing, null, tls, null))
                    .store(node.home().resolve("keyring.p12"), TestNode.PASSPHRASE.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.bean(OwnKeyRing.class).reopen();
        node.bean(NodeIdentity.class).issue(CardText.of(card), Duration.ofDays(800), null, false, "test");
    }

    /** What the authority shows to a node from now on; each list is a second newer than the one before. */
    private void publish(String party, byte[] list) {
        try {
            Files.write(Objects.requireNonNull(lists.get(party)), list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node(party).bean(Revocations.class).fetch();
    }

    private void revoke(String at, X509Certificate... revoked) {
        Instant now = clock.instant().plusSeconds(made.incrementAndGet());
        publish(at, authority.list(now, now.plus(Duration.ofDays(1)), revoked));
    }

    private TestNode node(String party) {
        return party.equals("PHL") ? corridor.phl() : corridor.ita();
    }

    private X509Certificate tls(String party) {
        return node(party).bean(KeyRing.class).tls().certificate();
    }

    private X509Certificate signing(String party) {
        return node(party).bean(KeyRing.class).signing().certificate();
    }

    private void ask() {
        corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh());
    }

    private boolean answers() {
        try {
            ask();
            return true;
        } catch (EntenteException e) {
            return false;
        }
    }

    private EntenteException refused() {
        return assertThrows(EntenteException.class, this::ask);
    }

    /** What the provider's door says, unsigned, as the consumer passes it on. */
    private void assertRefusedAtTheDoor(ErrorCode code, X509Certificate certificate) {
        EntenteException e = refused();
        assertTrue(String.valueOf(e.members().get("unverifiedType")).endsWith(code.code()), e.detail());
        assertTrue(e.detail().contains(certificate.getSubjectX500Principal().getName()), e.detail());
    }

    private void assertRefusedByTheCaller(ErrorCode code, X509Certificate certificate) {
        EntenteException e = refused();
        assertEquals(code, e.code(), e.detail());
        assertTrue(e.detail().contains(certificate.getSubjectX500Principal().getName()), e.detail());
        assertEquals("revocation", e.members().get("check"));
    }

    @Test
    @Order(1)
    void certificatesThatTheListDoesNotNamePass() {
        assertTrue(RevocationList.concerns(tls("PHL")));
        assertTrue(RevocationList.concerns(signing("ITA")));
        ask();
    }

    @Test
    @Order(2)
    void aRevokedTlsCertificateIsRefusedAtBothSidesOnOpenConnectionsToo() {
        ask();
        revoke("ITA", tls("PHL"));
        assertRefusedAtTheDoor(ErrorCode.CERTIFICATE_REVOKED, tls("PHL"));
        revoke("ITA");
        ask();
        revoke("PHL", tls("ITA"));
        assertRefusedByTheCaller(ErrorCode.CERTIFICATE_REVOKED, tls("ITA"));
        revoke("PHL");
        ask();
    }

    @Test
    @Order(3)
    void aRevokedSigningCertificateIsRefusedAtBothSides() {
        revoke("ITA", signing("PHL"));
        assertRefusedAtTheDoor(ErrorCode.CERTIFICATE_REVOKED, signing("PHL"));
        revoke("ITA");
        revoke("PHL", signing("ITA"));
        assertRefusedByTheCaller(ErrorCode.CERTIFICATE_REVOKED, signing("ITA"));
        revoke("PHL");
        ask();
    }

    @Test
    @Order(4)
    void aForgedListAndAnOlderOneChangeNothing() {
        revoke("ITA", tls("PHL"));
        Instant later = clock.instant().plusSeconds(600);
        publish("ITA", new TestAuthority("Common authority", clock.instant()).list(later, later.plusSeconds(86400)));
        assertRefusedAtTheDoor(ErrorCode.CERTIFICATE_REVOKED, tls("PHL"));
        publish("ITA", authority.list(clock.instant().minusSeconds(7200), later.plusSeconds(86400)));
        assertRefusedAtTheDoor(ErrorCode.CERTIFICATE_REVOKED, tls("PHL"));
        corridor.ita().restart();
        assertRefusedAtTheDoor(ErrorCode.CERTIFICATE_REVOKED, tls("PHL"));
        revoke("ITA");
        // A node that has just started asks a partner again only after a pause what it has seen.
        Corridor.await(this::answers);
    }

    @Test
    @Order(5)
    void anOutdatedListCountsForTheAgreedGraceAndNotLonger() {
        revoke("ITA");
        revoke("PHL");
        clock.advance(Duration.ofDays(1 + GRACE_DAYS).minusHours(1));
        ask();
        clock.advance(Duration.ofHours(2));
        assertRefusedByTheCaller(ErrorCode.REVOCATION_UNKNOWN, tls("ITA"));
        revoke("PHL");
        assertRefusedAtTheDoor(ErrorCode.REVOCATION_UNKNOWN, tls("PHL"));
        revoke("ITA");
        ask();
    }

    @Test
    void aListCountsToItsLastMomentAndThroughItsGrace() throws Exception {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        CertifiedKey key = authority.certify(
                KeyRing.generate("MDA", now, Duration.ofDays(10), new SecureRandom())
                        .signing(),
                "MDA signing",
                now);
        Instant next = now.plusSeconds(600);
        RevocationList list = RevocationList.read(authority.list(now, next), authority.certificate());
        list.check(key.certificate(), next, Duration.ZERO);
        assertReason(VerificationException.Reason.REVOCATION_UNKNOWN, list, key, next.plusMillis(1), Duration.ZERO);
        list.check(key.certificate(), next.plusSeconds(60), Duration.ofSeconds(60));
        assertReason(
                VerificationException.Reason.REVOCATION_UNKNOWN,
                list,
                key,
                next.plusSeconds(61),
                Duration.ofSeconds(60));
        assertReason(VerificationException.Reason.REVOCATION_UNKNOWN, list, key, now.minusSeconds(400), Duration.ZERO);
        RevocationList revoked =
                RevocationList.read(authority.list(now, next, key.certificate()), authority.certificate());
        assertReason(VerificationException.Reason.CERTIFICATE_REVOKED, revoked, key, now, Duration.ZERO);
        assertReason(
                VerificationException.Reason.CERTIFICATE_REVOKED,
                revoked,
                key,
                next.plusSeconds(50),
                Duration.ofSeconds(60));
    }

    private static void assertReason(
            VerificationException.Reason reason, RevocationList list, CertifiedKey key, Instant now, Duration grace) {
        VerificationException e =
                assertThrows(VerificationException.class, () -> list.check(key.certificate(), now, grace));
        assertEquals(reason, e.reason(), e.sentence());
    }

    @Test
    void aCertificateThatOnlyClaimsToBeTheAuthoritysIsRefused() throws Exception {
        Instant now = clock.instant();
        CertifiedKey key = new TestAuthority("Common authority", now)
                .certify(
                        KeyRing.generate("MDA", now, Duration.ofDays(10), new SecureRandom())
                                .signing(),
                        "MDA",
                        now);
        RevocationList list = RevocationList.read(authority.list(now, now.plusSeconds(600)), authority.certificate());
        assertReason(VerificationException.Reason.CERTIFICATE_INVALID, list, key, now, Duration.ZERO);
    }

    @Test
    void aListIsFetchedFromItsDistributionPointAndOutlivesIt(@TempDir Path folder) throws Exception {
        byte[] list = authority.list(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        HttpServer point = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        point.createContext("/list.crl", exchange -> {
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        point.start();
        TestNode.Plan plan = TestNode.plan("MDA")
                .clock(clock)
                .property(
                        "entente.revocation.authorities.common.certificate",
                        authority.certificateFile(folder.resolve("ca.pem")).toString())
                .property(
                        "entente.revocation.authorities.common.crl",
                        "http://127.0.0.1:" + point.getAddress().getPort() + "/list.crl");
        CertifiedKey key = authority.certify(
                KeyRing.generate("XXX", clock.instant(), Duration.ofDays(10), new SecureRandom())
                        .tls(),
                "XXX",
                clock.instant());
        try (TestNode node = plan.startWithoutListeners()) {
            node.bean(Revocations.class).fetch();
            assertArrayEquals(
                    list, node.bean(RevocationTables.class).list("common").orElseThrow());
            node.bean(Revocations.class).check("XXX", key.certificate(), clock.instant());
            point.stop(0);
            node.restartWithoutListeners();
            Revocations again = node.bean(Revocations.class);
            again.fetch();
            assertDoesNotThrow(() -> again.check("XXX", key.certificate(), clock.instant()));
        }
    }

    @Test
    void aCertificateOfAnAuthorityThatTheSettingsDoNotNameIsRefused() {
        CertifiedKey key = new TestAuthority("Nobody", clock.instant())
                .certify(
                        KeyRing.generate("XXX", clock.instant(), Duration.ofDays(10), new SecureRandom())
                                .tls(),
                        "XXX",
                        clock.instant());
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> corridor.ita().bean(Revocations.class).check("XXX", key.certificate(), clock.instant()));
        assertEquals(VerificationException.Reason.REVOCATION_UNKNOWN, e.reason());
        assertTrue(e.sentence().contains("entente.revocation.authorities"), e.sentence());
    }
}
