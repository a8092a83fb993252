package org.entente.gateway.access;

import static org.entente.gateway.testing.StaffClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.Database;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** Personal keys for tools: what they open, what they do not, and how they end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessKeysTest {
    private static final String STRUCTURE = "/sdmx/v2/structure/dataflow";

    private final TestClock clock = new TestClock();
    private TestNode node;
    private TestNode open;
    private StaffClient nobody;

    @BeforeAll
    void start() {
        node = TestNode.plan("ITA").clock(clock).start();
        open = TestNode.plan("PHL").property("entente.staff.key-in-query", true).start();
        nobody = StaffClient.anonymous(node.staff());
        for (TestNode each : List.of(node, open)) {
            each.user("anna", "statistician");
            each.user("berta", "statistician");
            each.user("root", "administrator");
        }
    }

    @BeforeEach
    void laterThanTheLastFailures() {
        clock.advance(Duration.ofMinutes(2));
    }

    @AfterAll
    void stop() {
        node.close();
        open.close();
    }

    private AccessKey.Made key(TestNode at, String user) {
        return at.bean(AccessKeys.class).add(user, "R on my desk", 30, null);
    }

    private static String basic(String name, String key) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + key).getBytes(StandardCharsets.UTF_8));
    }

    private int read(String name, String key) {
        return nobody.get(STRUCTURE, "authorization", basic(name, key)).statusCode();
    }

    @Test
    void aKeyIsShownOnceAndKeptAsADigest() {
        HttpResponse<String> made = node.signIn("anna").post("/api/users/me/keys", Map.of("name", "Excel"));
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("no-store", made.headers().firstValue("cache-control").orElse(""));
        String text = json(made).get("key").asText();
        assertEquals(200, read("anna", text));
        assertEquals(200, read("ANNA", text));
        HttpResponse<String> list = node.signIn("anna").get("/api/users/me/keys");
        assertFalse(list.body().contains(text));
        assertEquals("Excel", json(list).at("/0/name").asText());
        assertTrue(json(list).at("/0").has("lastUsed"), list.body());
        String stored = node.bean(Database.class)
                .query("SELECT HEX(digest) AS d FROM access_key", r -> r.string("d"))
                .toString();
        assertFalse(stored.contains(text));
    }

    @Test
    void aKeyOpensNothingButReading() {
        String text = key(node, "root").text();
        String[] field = {"authorization", basic("root", text)};
        assertEquals(200, nobody.get(STRUCTURE, field).statusCode());
        assertEquals(200, nobody.get("/api/users/me", field).statusCode());
        for (String path : List.of("/api/users", "/api/users/me/keys", "/api/holds", "/api/exports")) {
            assertEquals(403, nobody.get(path, field).statusCode(), path);
        }
        assertEquals(
                403,
                nobody.get("/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0?askAnyway=true", field)
                        .statusCode());
    }

    @Test
    void aPasswordIsNoKeyAndAKeyIsNoPassword() {
        assertEquals(401, read("anna", TestNode.PASSPHRASE));
        String text = key(node, "anna").text();
        assertEquals(
                401,
                nobody.post("/login", Map.of("username", "anna", "password", text))
                        .statusCode());
    }

    @Test
    void whatIsWrongLooksTheSame() {
        AccessKey.Made made = key(node, "anna");
        List<String> bodies = new ArrayList<>();
        String last = made.text().substring(made.text().length() - 1).equals("A") ? "E" : "A";
        String other = made.text().substring(0, made.text().length() - 1) + last;
        for (String field : List.of(
                basic("anna", other),
                basic("berta", made.text()),
                basic("nobody", made.text()),
                basic("nobody", "x"),
                basic("anna", "ek-" + "A".repeat(65)))) {
            HttpResponse<String> refused =
                    nobody.get(STRUCTURE, "authorization", field, "accept", "application/problem+json");
            assertEquals(401, refused.statusCode());
            bodies.add(refused.body());
        }
        assertEquals(1, bodies.stream().distinct().count(), bodies.toString());
        HttpResponse<String> sdmx = nobody.get(STRUCTURE);
        assertTrue(sdmx.headers().firstValue("www-authenticate").orElse("").startsWith("Basic"));
        assertEquals(401, json(sdmx).at("/errors/0/code").asInt());
    }

    @Test
    void aKeyEndsAtOnceWhenItIsRevokedOrItsUserIsShutOutAndAtItsExpiry() {
        AccessKey.Made revoked = key(node, "berta");
        assertEquals(200, read("berta", revoked.text()));
        assertEquals(
                204,
                node.signIn("root")
                        .send("DELETE", "/api/users/berta/keys/" + revoked.key().id(), "")
                        .statusCode());
        assertEquals(401, read("berta", revoked.text()));

        AccessKey.Made kept = key(node, "berta");
        StaffClient root = node.signIn("root");
        root.put("/api/users/berta/enabled", Map.of("enabled", false));
        assertEquals(401, read("berta", kept.text()));
        root.put("/api/users/berta/enabled", Map.of("enabled", true));
        assertEquals(200, read("berta", kept.text()));

        clock.advance(Duration.ofDays(31));
        assertEquals(401, read("berta", kept.text()));
    }

    @Test
    void anotherUsersKeyIsNotAnybodysToRevoke() {
        AccessKey.Made hers = key(node, "anna");
        assertEquals(
                404,
                node.signIn("berta")
                        .send("DELETE", "/api/users/me/keys/" + hers.key().id(), "")
                        .statusCode());
        assertEquals(200, read("anna", hers.text()));
    }

    @Test
    void manyFailuresAreSlowedDownWithoutShuttingOutOthers() {
        String good = key(node, "anna").text();
        for (int i = 0; i < 10; i++) {
            assertEquals(401, read("anna", "wrong"));
        }
        HttpResponse<String> refused = nobody.get(STRUCTURE, "authorization", basic("anna", good));
        assertEquals(429, refused.statusCode());
        assertEquals("60", refused.headers().firstValue("retry-after").orElse(""));
        assertEquals(200, read("berta", key(node, "berta").text()));
        clock.advance(Duration.ofMinutes(2));
        assertEquals(200, read("anna", good));
    }

    @Test
    void aKeyInTheAddressIsTakenOnlyWhereThatIsSwitchedOn() {
        HttpResponse<String> refused =
                nobody.get(STRUCTURE + "?key=" + key(node, "anna").text());
        assertEquals(401, refused.statusCode());
        assertTrue(refused.body().contains("entente.staff.key-in-query"), refused.body());
        StaffClient anybody = StaffClient.anonymous(open.staff());
        String text = key(open, "anna").text();
        assertEquals(200, anybody.get(STRUCTURE + "?detail=full&key=" + text).statusCode());
        assertEquals(200, anybody.get(STRUCTURE + "?%6bey=" + text).statusCode());
        assertEquals(401, anybody.get(STRUCTURE + "?key=" + text + "x").statusCode());
        assertEquals(403, anybody.get("/api/users/me/keys?key=" + text).statusCode());
        // The field by which the key goes on inside the node is nobody else's to set.
        assertEquals(401, anybody.get(STRUCTURE, QueryKeys.HEADER, text).statusCode());
    }

    @Test
    void aKeyInTheAddressStandsInNoLogAndNoAnswer() {
        Logger root = (Logger) LoggerFactory.getLogger("ROOT");
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        root.addAppender(seen);
        root.setLevel(Level.TRACE);
        String text = key(open, "anna").text();
        List<String> answers = new ArrayList<>();
        try {
            StaffClient anybody = StaffClient.anonymous(open.staff());
            for (String path : List.of(
                    "/sdmx/v2/structure/dataflow?key=",
                    "/sdmx/v2/structure/nosuch?key=",
                    "/sdmx/v2/data/dataflow/X/Y/Z?nosuch=1&key=",
                    "/nosuch?key=",
                    "/api/users/me?key=")) {
                HttpResponse<String> answer = anybody.get(path + text, "referer", "http://127.0.0.1/x?key=" + text);
                answers.add(answer.body() + answer.headers().map());
            }
        } finally {
            root.setLevel(before);
            root.detachAppender(seen);
        }
        assertFalse(String.join("\n", answers).contains(text));
        List<String> lines = seen.list.stream()
                .map(event -> event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .filter(line -> line.contains(text))
                // The socket's bytes as they come in, and the client of this test in the same process.
                .filter(line -> !line.startsWith("jdk.internal.httpclient"))
                .toList();
        assertEquals(List.of(), lines);
    }

    @Test
    void onlyParametersOfThatNameAreTakenOutOfAnAddress() {
        for (String[] pair : new String[][] {
            {"/sdmx/v2/data?keys=both&key=K", "/sdmx/v2/data?keys=both"},
            {"/sdmx/v2/data?key=K", "/sdmx/v2/data"},
            {"/sdmx/v2/data?a=1&key=K&b=%20", "/sdmx/v2/data?a=1&b=%20"},
            {"/sdmx/v2/data?a=key=1", "/sdmx/v2/data?a=key=1"},
            {"/sdmx/v2/data", "/sdmx/v2/data"}
        }) {
            var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, pair[0]);
            QueryKeys.take(request);
            assertEquals(pair[1], request.uri());
            if (!pair[0].equals(pair[1])) {
                assertNotEquals(null, request.headers().get(QueryKeys.HEADER));
            }
        }
    }
}
