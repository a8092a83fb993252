package org.entente.gateway.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What our side does when the partner's side misbehaves. The partner is a server under the test's control with a real card. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartnerClientTest {
    private static final int AT_ONCE = 2;

    private TestNode italy;

    @BeforeAll
    void start() {
        italy = TestNode.plan("ITA")
                .property("entente.limits.body-bytes", 10_000)
                .property("entente.outbound.answer-timeout", "2s")
                .property("entente.outbound.exchanges-at-once", AT_ONCE)
                .start();
        Introductions.card(italy);
    }

    @AfterAll
    void stop() {
        italy.close();
    }

    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A partner's server. */
    private final class Server implements AutoCloseable {
        final KeyRing keys;
        final CardDocument card;
        final HttpsServer server;
        final String party;
        final AtomicInteger calls = new AtomicInteger();

        Server(String party, Behaviour behaviour) throws IOException {
            this(party, behaviour, null);
        }

        Server(String party, Behaviour behaviour, @Nullable KeyRing shown) throws IOException {
            Instant from = Instant.now().minusSeconds(5);
            this.party = party;
            keys = KeyRing.generate(party, from, Duration.ofDays(3), new SecureRandom());
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(TestTls.context((shown == null ? keys : shown).tls(), "TLS")));
            server.createContext("/", exchange -> {
                // Not what the node asks on its own: journals and checkpoints, as witness and at its start.
                String path = exchange.getRequestURI().getPath();
                if (!path.startsWith("/witness/") && !path.startsWith("/journal/")) {
                    calls.incrementAndGet();
                }
                behaviour.answer(exchange);
                exchange.close();
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            URI node = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
            card = CardDocument.sign(
                    TestCards.card(party, keys, null, from, Duration.ofDays(2), node), List.of(keys.signing()), from);
            italy.bean(Partners.class)
                    .importCard(card.toJson(), card.fingerprint().text(), "admin");
        }

        PartnerClient.Answered call() {
            return italy.bean(PartnerClient.class)
                    .call(italy.bean(Partners.class).require(party), "GET", "/card", Headers.EMPTY, new byte[0], false);
        }

        PartnerClient.Answered exchange() {
            Headers headers = Headers.builder()
                    .add("accept", "text/csv")
                    .add("entente-exchange", "0199c8a0-0000-7000-8000-000000000001")
                    .add("entente-agreement", "digest")
                    .add("entente-leg", "leg")
                    .add("entente-purpose", "STATISTICS")
                    .add("entente-requester", "analyst")
                    .build();
            return italy.bean(PartnerClient.class)
                    .call(italy.bean(Partners.class).require(party), "GET", "/data", headers, new byte[0], true);
        }

        /** What a well-behaved partner would send. */
        Headers signed(HttpExchange exchange, String body) {
            return signed(exchange, 200, body);
        }

        /** It has seen nothing of the node's journal, so that exchanges with it are possible. */
        boolean confirms(HttpExchange exchange) throws IOException {
            boolean asked = exchange.getRequestURI().getPath().equals("/witness/seen");
            if (asked) {
                send(exchange, 404, signed(exchange, 404, ""), "");
            }
            return asked;
        }

        private Headers signed(HttpExchange exchange, int status, String body) {
            Headers.Builder fields = Headers.builder();
            exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
            HttpRequestMessage request = new HttpRequestMessage(
                    exchange.getRequestMethod(),
                    card.card().node().toString() + exchange.getRequestURI(),
                    fields.build(),
                    Content.EMPTY);
            HttpResponseMessage response = new HttpResponseMessage(
                    status, Headers.of("content-type", "text/plain"), Content.of(body.getBytes(UTF_8)));
            return response.plus(GatewayProfile.signResponse(
                                    response,
                                    request,
                                    false,
                                    card.digest() + "/signing",
                                    keys.signing().key(),
                                    Instant.now())
                            .headers())
                    .headers();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static void send(HttpExchange exchange, int status, Headers headers, String body) throws IOException {
        headers.all().forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        if (!body.isEmpty()) {
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    @Test
    void aSignedAnswerIsTaken() throws IOException {
        Server[] self = new Server[1];
        try (Server server = new Server("AAA", exchange -> send(exchange, 200, self[0].signed(exchange, "ok"), "ok"))) {
            self[0] = server;
            assertEquals("ok", new String(server.call().body(), UTF_8));
        }
    }

    @Test
    void anUnsignedAnswerIsNone() throws IOException {
        try (Server server =
                new Server("BBB", exchange -> send(exchange, 200, Headers.of("content-type", "text/plain"), "ok"))) {
            EntenteException refusal = refused(ErrorCode.PARTNER_ANSWER_INVALID, server::call);
            assertEquals("BBB", refusal.members().get("partner"));
            assertFalse(refusal.detail().contains("It says"));
        }
    }

    @Test
    void aChangedAnswerIsNone() throws IOException {
        Server[] self = new Server[1];
        try (Server server = new Server("CCC", exchange -> send(exchange, 200, self[0].signed(exchange, "ok"), "no"))) {
            self[0] = server;
            EntenteException refusal = refused(ErrorCode.PARTNER_ANSWER_INVALID, server::call);
            assertTrue(refusal.detail().contains("digest"), refusal.detail());
        }
    }

    @Test
    void anAnswerToAnotherRequestIsNone() throws IOException {
        Server[] self = new Server[1];
        Headers[] first = new Headers[1];
        try (Server server = new Server("DDD", exchange -> {
            Headers own = self[0].signed(exchange, "ok");
            // The node may ask for a checkpoint on its own before the call: only the call's answer is kept.
            if (exchange.getRequestURI().getPath().equals("/card")) {
                first[0] = own;
            }
            send(exchange, 200, exchange.getRequestURI().getPath().equals("/card/chain") ? first[0] : own, "ok");
        })) {
            self[0] = server;
            server.call();
            Partner partner = italy.bean(Partners.class).require("DDD");
            refused(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    () -> italy.bean(PartnerClient.class)
                            .call(partner, "GET", "/card/chain", Headers.EMPTY, new byte[0], false));
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        Server[] self = new Server[1];
        try (Server server = new Server(
                "EEE",
                exchange -> send(
                        exchange,
                        302,
                        Headers.of("location", self[0].card.card().node() + "/elsewhere"),
                        ""))) {
            self[0] = server;
            refused(ErrorCode.PARTNER_ANSWER_INVALID, server::call);
            assertEquals(1, server.calls.get());
        }
    }

    @Test
    void anAnswerOverTheLimitIsNotRead() throws IOException {
        try (Server server = new Server(
                "FFF", exchange -> send(exchange, 200, Headers.of("content-type", "text/plain"), "x".repeat(10_001)))) {
            EntenteException refusal = refused(ErrorCode.PARTNER_ANSWER_INVALID, server::call);
            assertTrue(refusal.detail().contains("10000"), refusal.detail());
        }
    }

    @Test
    void aPartnerThatIsSilentIsNamed() throws IOException {
        try (Server server = new Server("GGG", exchange -> {
            try {
                Thread.sleep(4_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            EntenteException refusal = refused(ErrorCode.PARTNER_UNREACHABLE, server::call);
            assertTrue(refusal.detail().contains("GGG") && refusal.detail().contains("2 s"), refusal.detail());
        }
    }

    @Test
    void aPartnerThatIsDownIsNamedWithItsAddress() throws IOException {
        Server server = new Server("HHH", exchange -> {});
        server.close();
        EntenteException refusal = refused(ErrorCode.PARTNER_UNREACHABLE, server::call);
        assertTrue(refusal.detail().contains("HHH"), refusal.detail());
        assertTrue(refusal.detail().contains(server.card.card().node().getRawAuthority()), refusal.detail());
        assertTrue(refusal.detail().contains("refused"), refusal.detail());
        assertFalse(refusal.code().remedy().isEmpty());
    }

    @Test
    void aServerWithAnotherCertificateIsNotSpokenTo() throws IOException {
        KeyRing other = KeyRing.generate("XXX", Instant.now().minusSeconds(5), Duration.ofDays(1), new SecureRandom());
        try (Server server = new Server("III", exchange -> send(exchange, 200, Headers.EMPTY, "x"), other)) {
            EntenteException refusal = refused(ErrorCode.PARTNER_UNREACHABLE, server::call);
            assertTrue(refusal.detail().contains("not pinned for III"), refusal.detail());
            assertEquals(0, server.calls.get());
        }
    }

    @Test
    void aRemovedPinEndsAnOpenConnectionToo() throws IOException {
        Server[] self = new Server[1];
        try (Server server = new Server("JJJ", exchange -> send(exchange, 200, self[0].signed(exchange, "ok"), "ok"))) {
            self[0] = server;
            server.call();
            Partners partners = italy.bean(Partners.class);
            partners.removePin("JJJ", Partner.digest(server.keys.tls().certificate()), "lost", "admin");
            EntenteException refusal = refused(ErrorCode.PARTNER_UNREACHABLE, server::call);
            assertTrue(refusal.detail().contains("not pinned for JJJ"), refusal.detail());
            assertEquals(1, server.calls.get());
        }
    }

    @Test
    void anUnsignedProblemIsPassedOnAsUnverifiedAndWithoutControlCharacters() throws IOException {
        String problem = "{\"type\":\"https://w3id.org/entente/errors/card-unknown\",\"detail\":\"who\\n are you?\"}";
        try (Server server = new Server(
                "KKK",
                exchange -> send(exchange, 403, Headers.of("content-type", "application/problem+json"), problem))) {
            EntenteException refusal = refused(ErrorCode.PARTNER_ANSWER_INVALID, server::call);
            assertTrue(refusal.detail().contains("card-unknown who  are you?"), refusal.detail());
        }
    }

    @Test
    void callsGoThroughTheConfiguredProxyByConnect() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy();
                TestNode behind = TestNode.plan("MLT")
                        .property("entente.outbound.proxy", "http://127.0.0.1:" + proxy.port())
                        .startWithoutListeners()) {
            Introductions.introduce(italy, behind);
            PartnerClient.Answered answer = behind.bean(PartnerClient.class)
                    .call(
                            behind.bean(Partners.class).require("ITA"),
                            "GET",
                            "/card",
                            Headers.EMPTY,
                            new byte[0],
                            false);
            assertEquals(200, answer.response().status());
            // The partner is also asked which checkpoint of ours it has seen.
            assertEquals(
                    Set.of("CONNECT 127.0.0.1:" + italy.node().getPort() + " HTTP/1.1"), Set.copyOf(proxy.requests()));
        }
    }

    @Test
    void ofManyExchangesWithOnePartnerNoMoreAreUnderWayAtOnceThanTheSettingSays() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Server[] itself = new Server[1];
        Behaviour slow = exchange -> {
            if (!itself[0].confirms(exchange)
                    && exchange.getRequestURI().getPath().equals("/data")) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                pause(200);
                underWay.decrementAndGet();
                send(exchange, 200, Headers.EMPTY, "unsigned");
            }
        };
        try (Server busy = new Server("SWZ", slow);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            itself[0] = busy;
            for (int i = 0; i < 3 * AT_ONCE; i++) {
                threads.execute(() -> {
                    refused(ErrorCode.PARTNER_ANSWER_INVALID, busy::exchange);
                    ended.incrementAndGet();
                });
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        }
        assertEquals(3 * AT_ONCE, ended.get());
        assertEquals(AT_ONCE, most.get());
    }

    @Test
    void anExchangeThatGetsNoTurnInTimeIsRefusedAndOtherCallsNeedNone() throws Exception {
        Server[] itself = new Server[1];
        Behaviour good = exchange -> {
            if (!itself[0].confirms(exchange)) {
                send(exchange, 200, itself[0].signed(exchange, "here"), "here");
            }
        };
        try (Server busy = new Server("LSO", good)) {
            itself[0] = busy;
            Semaphore turns = italy.bean(PartnerConnections.class).turns("LSO");
            turns.acquire(AT_ONCE);
            EntenteException refusal = refused(ErrorCode.PARTNER_UNREACHABLE, busy::exchange);
            assertTrue(refusal.detail().contains("entente.outbound.exchanges-at-once"), refusal.detail());
            assertEquals(0, busy.calls.get());
            assertEquals("here", new String(busy.call().body(), UTF_8));
            turns.release(AT_ONCE);
            // Its answer is no exchange's, so it is refused; but it was sent.
            refused(ErrorCode.PARTNER_ANSWER_INVALID, busy::exchange);
            assertEquals(AT_ONCE, turns.availablePermits());
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
