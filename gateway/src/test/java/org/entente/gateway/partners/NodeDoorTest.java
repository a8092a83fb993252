package org.entente.gateway.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Italy's door, at which the Philippines and Moldova knock, over real sockets and TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeDoorTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final SettableClock italysClock = new SettableClock();
    private final SettableClock philippinesClock = new SettableClock();
    private TestNode italy;
    private TestNode philippines;
    private TestNode moldova;

    @BeforeAll
    void start() {
        italy = TestNode.plan("ITA")
                .property("door-echo", true)
                .property("entente.limits.body-bytes", 100_000)
                .clock(italysClock)
                .start();
        philippines = TestNode.plan("PHL").clock(philippinesClock).start();
        moldova = TestNode.plan("MDA").startWithoutListeners();
        Introductions.introduce(italy, philippines);
        Introductions.introduce(italy, moldova);
    }

    @AfterAll
    void stop() {
        moldova.close();
        philippines.close();
        italy.close();
    }

    @AfterEach
    void setClocks() {
        italysClock.wrongBy(Duration.ZERO);
        philippinesClock.wrongBy(Duration.ZERO);
    }

    private PartnerClient.Answered call(TestNode from, String method, String path, byte[] body) {
        Partner to = from.bean(Partners.class).require("ITA");
        Headers headers = body.length == 0 ? Headers.EMPTY : Headers.of("content-type", "text/plain");
        return from.bean(PartnerClient.class).call(to, method, path, headers, body, false);
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    /** Refused before authentication: unsigned, so no answer to the caller, with the reason passed on as unverified. */
    private void refusedAtTheDoor(String code, Runnable act) {
        EntenteException refusal = refused(ErrorCode.PARTNER_ANSWER_INVALID, act);
        assertEquals(
                "https://w3id.org/entente/errors/" + code, refusal.members().get("unverifiedType"));
        assertTrue(refusal.detail().contains("not to be relied on"), refusal.detail());
    }

    @Test
    void partnersReadEachOthersCards() throws Exception {
        PartnerClient.Answered current = call(philippines, "GET", "/card", new byte[0]);
        assertEquals(200, current.response().status());
        CardDocument card = CardDocument.parse(current.body());
        assertEquals(italy.bean(NodeIdentity.class).cardDigest(), card.digest());
        assertEquals(card.digest(), current.cardDigest());
        PartnerClient.Answered chain = call(philippines, "GET", "/card/chain", new byte[0]);
        assertEquals('[', chain.body()[0]);
    }

    @Test
    void refusalsAndFailuresAfterTheDoorAreSignedProblems() {
        PartnerClient.Answered refused = call(philippines, "GET", "/door-echo/refuse", new byte[0]);
        assertEquals(404, refused.response().status());
        assertTrue(new String(refused.body(), UTF_8).contains("There is nothing here."));
        PartnerClient.Answered failed = call(philippines, "GET", "/door-echo/fail", new byte[0]);
        assertEquals(500, failed.response().status());
        assertTrue(new String(failed.body(), UTF_8).contains("/errors/internal-error"));
        assertFalse(new String(failed.body(), UTF_8).contains("nobody foresaw this"));
    }

    @Test
    void theJournalIsReadThroughTheSameDoor() throws Exception {
        PartnerClient.Answered checkpoint = call(philippines, "GET", "/journal/checkpoint", new byte[0]);
        assertEquals(200, checkpoint.response().status());
        assertTrue(new String(checkpoint.body(), UTF_8)
                .startsWith("127.0.0.1:" + italy.node().getPort() + "/journal\n"));
        PartnerClient.Answered missing = call(philippines, "GET", "/journal/tile/0/999", new byte[0]);
        assertEquals(404, missing.response().status());
        assertTrue(new String(missing.body(), UTF_8).contains("/errors/not-found"));
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create(italy.node() + "/journal/checkpoint"))
                .build();
        try (HttpClient client = TestTls.client(tls(philippines))) {
            HttpResponse<String> refused = client.send(unsigned, HttpResponse.BodyHandlers.ofString());
            assertProblem(401, "signature-components-missing", refused);
        }
    }

    @Test
    void aPartnersRenewedCardIsFollowedAndItsRepeatComesThrough() throws Exception {
        TestNode guest = TestNode.plan("SMR").card(Introductions.text("SMR")).start();
        try {
            Introductions.introduce(italy, guest);
            NodeIdentity identity = guest.bean(NodeIdentity.class);
            String before = identity.cardDigest();
            identity.issue(Introductions.text("SMR"), Duration.ofDays(100), null, true, "admin");
            refusedAtTheDoor("card-unknown", () -> call(guest, "GET", "/card", new byte[0]));
            Partners partners = italy.bean(Partners.class);
            for (int i = 0; i < 100 && partners.require("SMR").cardDigest().equals(before); i++) {
                Thread.sleep(50);
            }
            assertEquals(identity.cardDigest(), partners.require("SMR").cardDigest());
            assertEquals(before, partners.require("SMR").rootDigest());
            assertEquals(
                    200, call(guest, "GET", "/card", new byte[0]).response().status());
        } finally {
            guest.close();
        }
    }

    @Test
    void anAnswerUnderARenewedCardIsFollowedAtOnce() {
        TestNode guest = TestNode.plan("VAT").card(Introductions.text("VAT")).start();
        try {
            Introductions.introduce(philippines, guest);
            guest.bean(NodeIdentity.class).issue(Introductions.text("VAT"), Duration.ofDays(100), null, true, "admin");
            Partner known = philippines.bean(Partners.class).require("VAT");
            PartnerClient.Answered answer = philippines
                    .bean(PartnerClient.class)
                    .call(known, "GET", "/card", Headers.EMPTY, new byte[0], false);
            assertEquals(guest.bean(NodeIdentity.class).cardDigest(), answer.cardDigest());
            assertEquals(
                    2, philippines.bean(Partners.class).require("VAT").chain().size());
        } finally {
            guest.close();
        }
    }

    @Test
    void aSignedPostComesThroughWithItsBody() {
        byte[] body = "what was said".getBytes(UTF_8);
        assertArrayEquals(body, call(philippines, "POST", "/door-echo", body).body());
    }

    @Test
    void anExchangeComesThroughWithItsAddressAsItWasSent() {
        String path = "/door-echo/exchange/ENTENTE/STOCK/1.0/A.*.M+F?c%5BSEX%5D=F&c[TIME_PERIOD]=ge:2015,le:2020";
        PartnerClient.Answered answer = philippines
                .bean(PartnerClient.class)
                .call(
                        philippines.bean(Partners.class).require("ITA"),
                        "GET",
                        path,
                        Headers.of(
                                "accept", "text/plain",
                                "entente-exchange", "019f0000-0000-7000-8000-000000000001",
                                "entente-agreement", "none",
                                "entente-leg", "none",
                                "entente-purpose", "statistics",
                                "entente-requester", "statistician;u=0011223344556677"),
                        new byte[0],
                        true);
        assertEquals("PHL " + italy.node() + path, new String(answer.body(), UTF_8));
    }

    @Test
    void anExchangeRouteRefusesACallWithoutItsHeaders() {
        refusedAtTheDoor(
                "signature-components-missing", () -> call(philippines, "GET", "/door-echo/exchange/x", new byte[0]));
    }

    @Test
    void clocksTenMinutesApartAreNoticedOnBothSides() {
        philippinesClock.wrongBy(Duration.ofMinutes(10));
        refusedAtTheDoor("clock-skew", () -> call(philippines, "GET", "/card", new byte[0]));
        philippinesClock.wrongBy(Duration.ofMinutes(-10));
        refusedAtTheDoor("request-expired", () -> call(philippines, "GET", "/card", new byte[0]));
    }

    @Test
    void anExpiredCertificateIsNamedWithCheckAndClock() throws Exception {
        italysClock.wrongBy(Duration.ofDays(1000));
        HttpResponse<String> response = raw(philippines, "x", Map.of());
        assertEquals(403, response.statusCode(), response.body());
        assertTrue(response.body().contains("/errors/certificate-expired"), response.body());
        assertTrue(response.body().contains("CN=PHL node"), response.body());
        assertTrue(response.body().contains("\"check\":\"validity\""), response.body());
        assertTrue(
                response.body()
                        .contains("\"clock\":\""
                                + Instant.now()
                                        .plus(Duration.ofDays(1000))
                                        .toString()
                                        .substring(0, 10)),
                response.body());
    }

    @Test
    void aCertificateThatIsNotValidYetIsNamedWithCheckAndClock() throws Exception {
        italysClock.wrongBy(Duration.ofDays(-2));
        HttpResponse<String> response = raw(philippines, "x", Map.of());
        assertEquals(403, response.statusCode(), response.body());
        assertTrue(response.body().contains("CN=PHL node"), response.body());
        assertTrue(response.body().contains("\"check\":\"validity\""), response.body());
    }

    @Test
    void aClockADayAheadOrBehindStopsEveryCall() {
        philippinesClock.wrongBy(Duration.ofDays(1));
        refusedAtTheDoor("clock-skew", () -> call(philippines, "GET", "/card", new byte[0]));
        philippinesClock.wrongBy(Duration.ofDays(-1));
        // By its own clock its own card begins tomorrow: it does not even send.
        refused(ErrorCode.SETTINGS_INVALID, () -> call(philippines, "GET", "/card", new byte[0]));
        philippinesClock.wrongBy(Duration.ZERO);
        italysClock.wrongBy(Duration.ofDays(1));
        refusedAtTheDoor("request-expired", () -> call(philippines, "GET", "/card", new byte[0]));
    }

    private static CertifiedKey tls(TestNode node) {
        return node.bean(KeyRing.class).tls();
    }

    /** A request that a partner signed, as headers, so that it can be sent twice or changed on the way. */
    private Map<String, String> signedHeaders(TestNode from, String path, String body) {
        return signedHeaders(
                from,
                new HttpRequestMessage(
                        "POST",
                        italy.node() + path,
                        Headers.of("content-type", "text/plain"),
                        Content.of(body.getBytes(UTF_8))));
    }

    private HttpResponse<String> get(HttpClient client, TestNode from) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(italy.node() + "/card"));
        signedHeaders(from, new HttpRequestMessage("GET", italy.node() + "/card", Headers.EMPTY, Content.EMPTY))
                .forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The door ends what was open; whoever finds it so calls again. */
    private HttpResponse<String> getOnANewConnection(HttpClient client, TestNode from)
            throws IOException, InterruptedException {
        try {
            return get(client, from);
        } catch (IOException ended) {
            return get(client, from);
        }
    }

    private static Map<String, String> signedHeaders(TestNode from, HttpRequestMessage unsigned) {
        NodeIdentity identity = from.bean(NodeIdentity.class);
        String nonce = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(16)
                        .putInt(COUNTER.incrementAndGet())
                        .putLong(System.nanoTime())
                        .array());
        Headers headers = unsigned.plus(
                        GatewayProfile.signRequest(unsigned, false, identity.signers(), Instant.now(), nonce)
                                .headers())
                .headers();
        Map<String, String> fields = new HashMap<>();
        headers.all().forEach(field -> fields.put(field.name(), field.value()));
        return fields;
    }

    private HttpResponse<String> raw(TestNode from, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        try (HttpClient client = TestTls.client(tls(from))) {
            return raw(client, body, headers);
        }
    }

    private HttpResponse<String> raw(HttpClient client, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(italy.node() + "/door-echo"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!headers.containsKey("content-type")) {
            request.header("content-type", "text/plain");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(int status, String code, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(response.body().contains("/errors/" + code + "\""), response.body());
        assertTrue(response.body().contains("\"remedy\""), response.body());
        assertTrue(response.headers().firstValue("signature").isEmpty());
    }

    @Test
    void anUnsignedCallIsRefused() throws Exception {
        assertProblem(401, "signature-components-missing", raw(philippines, "x", Map.of()));
        Map<String, String> onlyDigest = signedHeaders(philippines, "/door-echo", "x");
        onlyDigest.remove("signature");
        onlyDigest.remove("signature-input");
        assertProblem(401, "signature-missing", raw(philippines, "x", onlyDigest));
    }

    @Test
    void aTamperedBodyIsRefused() throws Exception {
        assertProblem(400, "digest-mismatch", raw(philippines, "y", signedHeaders(philippines, "/door-echo", "x")));
    }

    @Test
    void aTamperedHeaderOrAddressIsRefused() throws Exception {
        Map<String, String> headers = signedHeaders(philippines, "/door-echo", "x");
        headers.put("content-type", "text/html");
        assertProblem(401, "signature-invalid", raw(philippines, "x", headers));
        assertProblem(401, "signature-invalid", raw(philippines, "x", signedHeaders(philippines, "/elsewhere", "x")));
    }

    @Test
    void forwardedHeadersDoNotChangeWhatWasSigned() throws Exception {
        Map<String, String> headers = signedHeaders(philippines, "/door-echo", "x");
        headers.put("x-forwarded-host", "evil.example");
        headers.put("forwarded", "host=evil.example;proto=http");
        assertEquals(200, raw(philippines, "x", headers).statusCode());
    }

    @Test
    void aReplayedNonceIsRefusedAlsoAfterARestart() throws Exception {
        Map<String, String> headers = signedHeaders(philippines, "/door-echo", "once");
        assertEquals(200, raw(philippines, "once", headers).statusCode());
        assertProblem(409, "nonce-replayed", raw(philippines, "once", headers));
        italy.restart();
        assertProblem(409, "nonce-replayed", raw(philippines, "once", headers));
    }

    @Test
    void aKeyOfAnotherPartnerThanTheCertificatesIsRefused() throws Exception {
        assertProblem(403, "card-unknown", raw(moldova, "x", signedHeaders(philippines, "/door-echo", "x")));
    }

    @Test
    void anUnknownCardIsRefused() throws Exception {
        Map<String, String> headers = signedHeaders(philippines, "/door-echo", "x");
        String digest = philippines.bean(NodeIdentity.class).cardDigest();
        headers.put(
                "signature-input", headers.getOrDefault("signature-input", "").replace(digest, "A".repeat(43)));
        assertProblem(403, "card-unknown", raw(philippines, "x", headers));
    }

    @Test
    void aPinRemovedWhileAConnectionIsOpenTakesEffectAtTheNextRequest() throws Exception {
        TestNode guest = TestNode.plan("MLT").startWithoutListeners();
        try (HttpClient kept = TestTls.client(tls(guest))) {
            Introductions.introduce(italy, guest);
            assertEquals(200, get(kept, guest).statusCode());
            Partners partners = italy.bean(Partners.class);
            String pin = partners.require("MLT").pins().keySet().iterator().next();
            partners.removePin("MLT", pin, "key lost", "admin");
            HttpResponse<String> after = getOnANewConnection(kept, guest);
            assertProblem(403, "certificate-not-pinned", after);
            assertTrue(after.body().contains("CN=MLT node"), after.body());
            assertTrue(after.body().contains("\"check\":\"pin\""), after.body());
        } finally {
            guest.close();
        }
    }

    @Test
    void bodiesOverTheLimitAreRefused() throws Exception {
        String large = "x".repeat(100_001);
        HttpResponse<String> response = raw(philippines, large, signedHeaders(philippines, "/door-echo", large));
        assertProblem(413, "body-too-large", response);
    }

    @Test
    void whatIsRefusedAtTheDoorIsCounted() throws Exception {
        MeterRegistry meters = italy.bean(MeterRegistry.class);
        double before = meters.counter("entente.door.refused", "code", "signature-components-missing")
                .count();
        raw(philippines, "x", Map.of());
        assertEquals(
                before + 1,
                meters.counter("entente.door.refused", "code", "signature-components-missing")
                        .count());
    }

    @Test
    void noncesAreForgottenWhenTheirMessagesHaveExpired() throws Exception {
        assertEquals(
                200,
                raw(philippines, "n", signedHeaders(philippines, "/door-echo", "n"))
                        .statusCode());
        Nonces nonces = italy.bean(Nonces.class);
        Database database = italy.bean(Database.class);
        nonces.prune();
        assertTrue(rows(database) > 0);
        italysClock.wrongBy(Duration.ofMinutes(10));
        nonces.prune();
        assertEquals(0, rows(database));
    }

    private static long rows(Database database) {
        return database.one("SELECT COUNT(*) AS n FROM nonce", row -> row.longValue("n"))
                .orElseThrow();
    }
}
