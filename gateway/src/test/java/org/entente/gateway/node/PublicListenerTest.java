package org.entente.gateway.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The listener for everybody: it is there only if it is asked for, reads only, and shares no route with the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicListenerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private TestNode node;

    @BeforeAll
    void start() {
        node = TestNode.plan("ADD").withPublicListener().property("echo", true).start();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI base, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    @Test
    void staffAndNodeRoutesDoNotExistOnIt() throws Exception {
        for (String path : new String[] {
            "/console",
            "/console/sign-in",
            "/login",
            "/health",
            "/prometheus",
            "/openapi",
            "/echo-staff/a",
            "/echo-node/a",
            "/api/programmes",
            "/api/users/me",
            "/node/card"
        }) {
            assertEquals(404, get(node.everybody(), path).statusCode(), path);
        }
    }

    @Test
    void itsRoutesDoNotExistOnTheOthers() throws Exception {
        for (String path : new String[] {"/profiles", "/profiles/feed", "/site/style.css"}) {
            assertEquals(200, get(node.everybody(), path).statusCode(), path);
            assertEquals(404, get(node.staff(), path).statusCode(), path);
        }
    }

    @Test
    void nothingButReadingIsDoneThere() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(node.everybody() + "/profiles"))
                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertEquals(405, answer.statusCode(), method);
        }
        HttpResponse<String> head = send(HttpRequest.newBuilder(URI.create(node.everybody() + "/profiles"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
    }

    @Test
    void itsPagesNeedNoSignInAdmitNothingForeignAndAreKnownByTheirTag() throws Exception {
        HttpResponse<String> page = get(node.everybody(), "/profiles");
        String policy = page.headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("DENY", page.headers().firstValue("x-frame-options").orElse(""));
        assertTrue(page.headers().firstValue("cache-control").orElse("").contains("public"));
        assertTrue(page.headers().firstValue("set-cookie").isEmpty());
        String tag = page.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = send(HttpRequest.newBuilder(URI.create(node.everybody() + "/profiles"))
                .header("if-none-match", tag));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        HttpResponse<String> french = send(HttpRequest.newBuilder(URI.create(node.everybody() + "/profiles?lang=fr"))
                .header("if-none-match", tag));
        assertEquals(200, french.statusCode());
        assertTrue(french.body().contains("Profils migratoires"));
    }

    @Test
    void anErrorIsAPage() throws Exception {
        HttpResponse<String> nothing = get(node.everybody(), "/profiles/NONE/1?lang=en");
        assertEquals(404, nothing.statusCode());
        assertTrue(nothing.headers().firstValue("content-type").orElse("").startsWith("text/html"));
        assertTrue(nothing.body().contains("No edition 1 of a profile NONE is published."), nothing.body());
    }

    @Test
    void withoutASettingThereIsNone() throws Exception {
        try (TestNode plain = TestNode.start("MDA")) {
            assertEquals(404, get(plain.staff(), "/profiles").statusCode());
        }
    }

    @Test
    void offLoopbackItSpeaksTls() {
        try (TestNode open = TestNode.plan("MDA")
                .withPublicListener()
                .property("entente.public.host", "0.0.0.0")
                .startWithoutListeners()) {
            EntenteException refused = assertThrows(
                    EntenteException.class, () -> open.bean(NodeServer.class).start());
            assertEquals(ErrorCode.SETTINGS_INVALID, refused.code());
            assertTrue(refused.detail().contains("entente.public.tls"), refused.detail());
        }
    }

    @Test
    void withTlsNobodyNeedsACertificate() throws Exception {
        int port = Ports.free();
        try (TestNode secure = TestNode.plan("MDA")
                .property("entente.public.port", port)
                .property("entente.public.host", "0.0.0.0")
                .property("entente.public.tls", true)
                .start()) {
            HttpResponse<String> page = TestTls.client(null)
                    .send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/profiles"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
        }
    }
}
