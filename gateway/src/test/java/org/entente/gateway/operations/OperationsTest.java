package org.entente.gateway.operations;

import static org.entente.gateway.testing.StaffClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.EmbeddedMariaDb;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestDatabase;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;

/** Health, metrics and the description of the interface, as monitoring sees them: without signing in. */
class OperationsTest {

    @Test
    void aHealthyNodeSaysSoPartByPart() {
        try (TestNode node = TestNode.start("ITA")) {
            StaffClient monitor = StaffClient.anonymous(node.staff());
            var response = monitor.get("/health");
            assertEquals(200, response.statusCode(), response.body());
            var health = json(response);
            assertEquals("UP", health.get("status").asText(), response.body());
            for (String part : new String[] {"database", "journal", "disk", "certificates"}) {
                assertEquals("UP", health.at("/checks/" + part + "/status").asText(), part + " in " + response.body());
            }
            assertTrue(monitor.get("/prometheus").body().contains("jvm_memory_used_bytes"));
            String document = monitor.get("/openapi").body();
            assertTrue(document.contains("/api/users:") && document.contains("openapi: 3"), document);
        }
    }

    @Test
    void certificatesThatEndSoonAreToldInTime() {
        TestClock clock = new TestClock();
        try (TestNode node = TestNode.plan("ITA").clock(clock).start()) {
            clock.advance(Duration.ofDays(825 - 20));
            var health = json(StaffClient.anonymous(node.staff()).get("/health"));
            assertFalse(health.at("/checks/certificates/status").asText().equals("UP"), health.toString());
            clock.advance(Duration.ofDays(30));
            var ended = StaffClient.anonymous(node.staff()).get("/health");
            assertEquals(503, ended.statusCode(), ended.body());
        }
    }

    @Test
    void aLostDatabaseIsDownWithoutSayingWhereItIs() {
        Path data =
                BuildFolder.target("mariadb/health-" + ProcessHandle.current().pid());
        int port = Ports.free();
        EmbeddedMariaDb server = EmbeddedMariaDb.start(data, true, port);
        TestNode node = TestNode.plan("ITA")
                .database(TestDatabase.newSchema(server, "health"))
                .property("datasources.default.connection-timeout", 1000)
                .start();
        server.close();
        var response = StaffClient.anonymous(node.staff()).get("/health");
        assertEquals(503, response.statusCode(), response.body());
        assertEquals("DOWN", json(response).at("/checks/database/status").asText());
        assertFalse(response.body().contains(Integer.toString(port)), response.body());
        assertFalse(response.body().contains("Exception"), response.body());
        node.stop();
    }
}
