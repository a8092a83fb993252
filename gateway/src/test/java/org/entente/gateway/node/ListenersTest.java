package org.entente.gateway.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeConnections;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** The two listeners of DESIGN section 3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenersTest {

    private final KeyRing partner = ring("PHL");
    private final KeyRing stranger = ring("XXX");
    private TestNode node;

    private static KeyRing ring(String party) {
        return KeyRing.generate(party, Instant.now(), Duration.ofDays(30), new SecureRandom());
    }

    @BeforeAll
    void start() {
        node = TestNode.plan("ITA").property("echo", true).start();
        admit(partner);
    }

    private void admit(KeyRing caller) {
        node.bean(AdmittedForTest.class).certificates.add(caller.tls().certificate());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static HttpResponse<String> get(HttpClient client, URI base, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request line as it is, which HTTP client libraries would not. */
    private String raw(String target, boolean tls) throws IOException {
        URI base = tls ? node.node() : node.staff();
        try (Socket socket = tls
                ? TestTls.context(partner.tls(), "TLS").getSocketFactory().createSocket("127.0.0.1", base.getPort())
                : new Socket("127.0.0.1", base.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPartnerOnACardReachesNodeRoutesOnAVirtualThread() throws Exception {
        var response = get(TestTls.client(partner.tls()), node.node(), "/echo-node/a");
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("/echo-node/a ? null true CN=PHL node", response.body());
        assertEquals("TLSv1.3", response.sslSession().orElseThrow().getProtocol());
    }

    @Test
    void aStrangersCertificateDoesNotPassTheHandshake() {
        assertThrows(IOException.class, () -> get(TestTls.client(stranger.tls()), node.node(), "/echo-node/a"));
    }

    @Test
    void noCertificateDoesNotPassTheHandshake() {
        assertThrows(IOException.class, () -> get(TestTls.client(null), node.node(), "/echo-node/a"));
    }

    @Test
    void tls12IsRefusedOnTheNodeListener() throws Exception {
        try (SSLSocket socket = (SSLSocket) TestTls.context(partner.tls(), "TLS")
                .getSocketFactory()
                .createSocket("127.0.0.1", node.node().getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void plainTextOnTheNodePortIsAnsweredByNothing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", node.node().getPort())) {
            socket.getOutputStream()
                    .write("GET /echo-node HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void staffRoutesDoNotExistOnTheNodeListener() throws Exception {
        for (String path : new String[] {"/echo-staff/a", "/login", "/health", "/prometheus", "/openapi"}) {
            var response = get(TestTls.client(partner.tls()), node.node(), path);
            assertEquals(404, response.statusCode(), path + " " + response.body());
            assertTrue(response.body().contains("/errors/not-found"), response.body());
        }
    }

    @Test
    void nodeRoutesDoNotExistOnTheStaffListener() throws Exception {
        var response = get(HttpClient.newHttpClient(), node.staff(), "/echo-node/a");
        assertEquals(404, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void rawPathAndQueryReachTheControllerUnchanged() throws Exception {
        for (boolean tls : new boolean[] {true, false}) {
            String root = tls ? "/echo-node" : "/echo-staff";
            for (String target : new String[] {
                "/structure/dataflow/*/*/+",
                "//a//b/",
                "/A.B+C.?c[TIME_PERIOD]=ge:2022+le:2023",
                "/x?c%5BSEX%5D=F&a=%2B",
                "/a%2Fb?x=%20y"
            }) {
                String answer = raw(root + target, tls);
                String[] parts = target.split("\\?", 2);
                String wanted = root + parts[0] + " ? " + (parts.length == 2 ? parts[1] : "null") + " ";
                assertTrue(answer.startsWith("HTTP/1.1 200"), target + " -> " + answer);
                assertTrue(answer.contains(wanted), target + " -> " + answer);
            }
        }
    }

    @Test
    void aRemovedPartnersConnectionsCanBeClosed() throws Exception {
        KeyRing third = ring("MDA");
        admit(third);
        try (Socket socket = TestTls.context(third.tls(), "TLS")
                .getSocketFactory()
                .createSocket("127.0.0.1", node.node().getPort())) {
            socket.getOutputStream()
                    .write("GET /echo-node HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals('H', socket.getInputStream().read());
            int closed = node.bean(NodeConnections.class).closeWhere(third.tls().certificate()::equals);
            assertEquals(1, closed);
            socket.setSoTimeout(5_000);
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void headersUpTo64KibibytesAreReadAndLargerOnesRefused() throws Exception {
        HttpClient client = TestTls.client(partner.tls());
        var fits = client.send(
                HttpRequest.newBuilder(URI.create(node.node() + "/echo-node/a"))
                        .header("entente-proof", "x".repeat(60_000))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, fits.statusCode());
        var tooLarge = client.send(
                HttpRequest.newBuilder(URI.create(node.node() + "/echo-node/a"))
                        .header("entente-proof", "x".repeat(70_000))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(tooLarge.statusCode() == 431 || tooLarge.statusCode() == 413, "" + tooLarge.statusCode());
    }

    @Test
    void whatNobodyForesawShowsAnIncidentNumberOnly() throws Exception {
        var response = get(HttpClient.newHttpClient(), node.staff(), "/echo-staff/boom");
        assertEquals(500, response.statusCode());
        assertTrue(response.body().contains("/errors/internal-error"), response.body());
        assertTrue(response.body().contains("incident"), response.body());
        assertFalse(response.body().contains("secret inner state"), response.body());
        assertFalse(response.body().contains("Exception"), response.body());
    }

    @Test
    void anUnreadableBodyIsAProblemWithoutClassNames() throws Exception {
        for (String body : new String[] {
            "{\"text\":\"a\",\"other\":1}", "{\"text\":", "{\"text\":\"a\",\"text\":\"b\"}", "[".repeat(100)
        }) {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(node.staff() + "/echo-staff"))
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(400, response.statusCode(), response.body());
            assertTrue(response.body().contains("/errors/request-malformed"), response.body());
            assertFalse(response.body().contains("org.entente"), response.body());
        }
    }

    @Test
    void aNodePortThatAnswersPlainTextStopsTheStart() {
        try (TestNode plain = TestNode.plan("MDA")
                .property("micronaut.server.netty.listeners.node.ssl", false)
                .startWithoutListeners()) {
            var refused = assertThrows(
                    EntenteException.class, () -> plain.bean(NodeServer.class).start());
            assertEquals(ErrorCode.PLAIN_TEXT_REFUSED, refused.code());
            // The server closes its channels on threads of its own.
            for (URI listener : List.of(plain.node(), plain.staff())) {
                Corridor.await(() -> refusesConnections(listener));
            }
        }
    }

    private static boolean refusesConnections(URI listener) {
        try (Socket open = new Socket(listener.getHost(), listener.getPort())) {
            return !open.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closingANodeEndsScheduledWorkWithoutAWordOfError() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        for (int i = 0; i < 3; i++) {
            TestNode brief = TestNode.start("MDA");
            heard.start();
            root.addAppender(heard);
            try {
                brief.close();
            } finally {
                root.detachAppender(heard);
            }
        }
        assertEquals(
                List.of(),
                heard.list.stream()
                        .filter(e -> e.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }
}
