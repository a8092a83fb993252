package org.entente.gateway.region.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.VerificationKey;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.MessageSignatures;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A secretariat's node and a receiver outside, which speaks TLS on a socket of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookTest {
    private final List<HttpRequestMessage> got = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(204);
    private TestNode node;
    private HttpsServer receiver;
    private StaffUser admin;
    private Webhook hook;

    @BeforeAll
    void open() throws Exception {
        // The receiver's certificate is its own; the settings name it as trusted.
        CertifiedKey key = receiverKey();
        Path trusted = BuildFolder.target("webhook-authorities.pem");
        Files.createDirectories(trusted.toAbsolutePath().getParent());
        Files.writeString(trusted, pem(key.chain().getFirst()));
        receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setHttpsConfigurator(new HttpsConfigurator(TestTls.context(key, "TLS")));
        receiver.createContext("/", this::take);
        receiver.start();
        node = TestNode.plan("ADD")
                .withPublicListener()
                .property("entente.webhooks.private-addresses", true)
                .property("entente.webhooks.authorities", trusted.toString())
                .start();
        admin = node.user("admin", "administrator");
        hook = node.bean(Webhooks.class).add(address(), null, admin);
    }

    @AfterAll
    void close() {
        node.close();
        receiver.stop(0);
    }

    private static CertifiedKey receiverKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        Instant yesterday = Clock.systemUTC().instant().minus(Duration.ofDays(1));
        return CertifiedKey.of(
                keys.getPrivate(),
                Certificates.selfSigned(
                        keys,
                        "CN=receiver",
                        Certificates.Use.TLS,
                        List.of("localhost"),
                        yesterday,
                        Duration.ofDays(30),
                        new SecureRandom()));
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Headers.Builder headers = Headers.builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        bodies.add(body);
        got.add(new HttpRequestMessage(exchange.getRequestMethod(), address(), headers.build(), Content.of(body)));
        exchange.sendResponseHeaders(answer.get(), -1);
        exchange.close();
    }

    private String address() {
        return "https://localhost:" + receiver.getAddress().getPort() + "/hook?from=ADD";
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private void look() {
        node.bean(WebhookDelivery.class).look();
    }

    private List<Webhook.Delivery> messages(Webhook of) {
        return node.bean(Webhooks.class).deliveries(of.id());
    }

    private List<String> kinds(Webhook of) {
        return node.bean(Journal.class).bySubject(of.id().toString()).stream()
                .map(JournalEntry::kind)
                .toList();
    }

    /** An edition as its publication leaves it in the tables; what it holds is of no matter here. */
    private void publish(int edition) {
        Instant now = node.bean(Clock.class).instant();
        node.bean(Database.class).inTransaction(connection -> {
            connection.createStatement().execute("SET FOREIGN_KEY_CHECKS = 0");
            try (PreparedStatement made = connection.prepareStatement(
                            "INSERT INTO profile_edition (programme, edition, round, document, digest, made_us, made_by, journal_index)"
                                    + " VALUES ('STOCK', ?, ?, '', ?, ?, ?, 0)");
                    PreparedStatement published = connection.prepareStatement(
                            "INSERT INTO profile_publication (programme, edition, published_us, published_by, journal_index)"
                                    + " VALUES ('STOCK', ?, ?, ?, 0)")) {
                made.setInt(1, edition);
                made.setBytes(2, new byte[16]);
                made.setBytes(3, new byte[32]);
                made.setLong(4, Micros.of(now));
                made.setBytes(5, new byte[16]);
                published.setInt(1, edition);
                published.setLong(2, Micros.of(now));
                published.setBytes(3, new byte[16]);
                return made.executeUpdate() + published.executeUpdate();
            } finally {
                connection.createStatement().execute("SET FOREIGN_KEY_CHECKS = 1");
            }
        });
    }

    private void dueNow() {
        node.bean(Database.class).update("UPDATE webhook_delivery SET next_us = 0 WHERE state = 'WAITING'");
    }

    @Test
    @Order(1)
    void anEditionIsToldOnceAndTheMessageVerifiesFromThePublishedCard() throws Exception {
        publish(1);
        look();
        Corridor.await(() -> messages(hook).stream().anyMatch(one -> one.state() == Webhook.State.DELIVERED));
        look();
        assertEquals(1, got.size());
        JsonNode message = CanonicalJson.parseCanonical(bodies.getFirst());
        assertEquals("profile.published", message.path("type").asText());
        assertEquals("STOCK", message.path("data").path("programme").asText());
        assertEquals(
                message.path("id").asText(),
                got.getFirst().headers().get("webhook-id").orElseThrow());

        String cards = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.everybody() + "/card/chain"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        JsonNode chain = CanonicalJson.parseStrict(cards.getBytes(StandardCharsets.UTF_8));
        CardDocument card = CardDocument.parse(CanonicalJson.encode(chain.get(chain.size() - 1)));
        assertEquals(node.bean(NodeIdentity.class).cardDigest(), card.digest());
        MessageSignatures.verify(
                got.getFirst(),
                "entente",
                VerificationKey.of(
                        SignatureAlgorithm.ECDSA_P256_SHA256,
                        card.card().signing().getFirst().certificate().getPublicKey()));
        assertEquals(List.of("webhook-added", WebhookDelivery.DELIVERED), kinds(hook));
    }

    @Test
    @Order(2)
    void aReceiverThatFailsIsTriedAgainUnderTheSameIdAndGivenUpInTheEnd() {
        answer.set(500);
        publish(2);
        look();
        Corridor.await(() -> messages(hook).getFirst().tries() == 1);
        Webhook.Delivery first = messages(hook).getFirst();
        assertEquals(Webhook.State.WAITING, first.state());
        assertEquals("the receiver answered 500", first.problem());
        look();
        assertEquals(1, messages(hook).getFirst().tries(), "it pauses");
        dueNow();
        look();
        Corridor.await(() -> messages(hook).getFirst().tries() == 2);
        assertEquals(
                got.get(1).headers().get("webhook-id"), got.get(2).headers().get("webhook-id"));
        node.bean(Database.class).update("UPDATE webhook_delivery SET made_us = 1 WHERE state = 'WAITING'");
        dueNow();
        look();
        Corridor.await(() -> messages(hook).stream().anyMatch(one -> one.state() == Webhook.State.GIVEN_UP));
        assertEquals(WebhookDelivery.GIVEN_UP, kinds(hook).getLast());
        int sent = got.size();
        dueNow();
        look();
        assertEquals(sent, got.size());
    }

    @Test
    @Order(3)
    void aReceiverThatIsGoneForGoodEndsTheWebhook() {
        answer.set(410);
        publish(3);
        look();
        Corridor.await(() -> node.bean(Webhooks.class).get(hook.id()).ended() != null);
        assertEquals("webhook-ended", kinds(hook).getLast());
        int sent = got.size();
        publish(4);
        look();
        assertEquals(sent, got.size());
    }

    @Test
    @Order(4)
    void whatMayNotBeCalledIsRefused() {
        Webhooks webhooks = node.bean(Webhooks.class);
        for (String url : List.of(
                "http://example.org/",
                "ftp://example.org/",
                "https://user:secret@example.org/",
                "https://example.org/#part",
                "not an address",
                "https:///nowhere")) {
            assertEquals(
                    ErrorCode.REQUEST_MALFORMED,
                    assertThrows(EntenteException.class, () -> webhooks.add(url, null, admin))
                            .code(),
                    url);
        }
        EntenteException nothing =
                assertThrows(EntenteException.class, () -> webhooks.add("https://example.org/", "ADD-PROFIEL", admin));
        assertEquals(ErrorCode.NOT_FOUND, nothing.code(), "of a programme that is not declared nothing is ever told");
        assertTrue(nothing.detail().contains("ADD-PROFIEL"), nothing.detail());
        StaffUser analyst = node.user("analyst", "statistician");
        assertEquals(
                ErrorCode.FORBIDDEN,
                assertThrows(EntenteException.class, () -> webhooks.add("https://example.org/", null, analyst))
                        .code());
    }

    @Test
    @Order(5)
    void aHostInThePrivateNetworkIsNotCalledUnlessTheSettingsAllowIt() {
        Postman careful =
                new Postman(new WebhookSettings(false, false, null, Duration.ofSeconds(5), Duration.ofHours(1)));
        int sent = got.size();
        IOException refused = assertThrows(
                Postman.NotAllowedException.class, () -> careful.post(address(), Headers.EMPTY, new byte[0]));
        assertTrue(String.valueOf(refused.getMessage()).contains("not public"), refused.getMessage());
        assertEquals(sent, got.size());
    }

    @Test
    @Order(6)
    void aReceiverWhoseCertificateNobodyKnowsGetsNothing() {
        Postman stranger =
                new Postman(new WebhookSettings(true, false, null, Duration.ofSeconds(5), Duration.ofHours(1)));
        int sent = got.size();
        assertThrows(SSLException.class, () -> stranger.post(address(), Headers.EMPTY, new byte[0]));
        assertEquals(sent, got.size());
    }

    @Test
    @Order(7)
    void administratorsSeeWebhooksOverHttpAndNobodyElse() {
        node.user("sara", "statistician");
        assertTrue(node.signIn("admin").get("/api/webhooks").body().contains("gone for good"));
        String messages = node.signIn("admin")
                .get("/api/webhooks/" + hook.id() + "/messages")
                .body();
        assertTrue(messages.contains("GIVEN_UP"), messages);
        assertEquals(403, node.signIn("sara").get("/api/webhooks").statusCode());
    }
}
