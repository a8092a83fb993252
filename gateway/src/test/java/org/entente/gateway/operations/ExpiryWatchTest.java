package org.entente.gateway.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.entente.gateway.base.Database;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;

class ExpiryWatchTest {
    @Test
    void eachEndIsWarnedOfOnceAtSixtyThirtyAndSevenDays() {
        TestClock clock = new TestClock();
        try (TestNode node = TestNode.plan("ITA").clock(clock).startWithoutListeners()) {
            ExpiryWatch watch = node.bean(ExpiryWatch.class);
            CertificateHealth health = node.bean(CertificateHealth.class);
            watch.look();
            assertEquals(0, warnings(node));
            assertEquals(HealthCheck.Status.UP, health.look().status());
            // card, signing and TLS certificate of a test node end after 825 days
            clock.advance(Duration.ofDays(825 - 59));
            watch.look();
            watch.look();
            assertEquals(3, warnings(node));
            double left = node.bean(MeterRegistry.class)
                    .get("entente.expiry.days")
                    .tags("party", "ITA", "what", "signing")
                    .gauge()
                    .value();
            assertTrue(left == 58 || left == 59, String.valueOf(left));
            assertEquals(HealthCheck.Status.DEGRADED, health.look().status());
            assertTrue(
                    health.look().note().contains("less than 60 days"),
                    health.look().note());
            clock.advance(Duration.ofDays(30));
            watch.look();
            assertEquals(6, warnings(node));
            clock.advance(Duration.ofDays(23));
            watch.look();
            watch.look();
            assertEquals(9, warnings(node));
            assertTrue(
                    health.look().note().contains("less than 7 days"),
                    health.look().note());
        }
    }

    @Test
    void aPartnersPostQuantumKeyIsWarnedOfToo() {
        TestClock clock = new TestClock();
        try (TestNode node = TestNode.plan("ITA").clock(clock).startWithoutListeners();
                TestNode partner =
                        TestNode.plan("PHL").clock(clock).withCompanions().startWithoutListeners()) {
            node.learn(partner);
            clock.advance(Duration.ofDays(825 - 59));
            node.bean(ExpiryWatch.class).look();
            assertEquals(
                    List.of("card", "post-quantum", "signing", "tls"),
                    node.bean(Database.class)
                            .query(
                                    "SELECT subject FROM expiry_warning WHERE subject LIKE 'PHL/%' ORDER BY subject",
                                    row -> row.string("subject").substring("PHL/".length())));
        }
    }

    private static long warnings(TestNode node) {
        return node.bean(Database.class)
                .one("SELECT COUNT(*) AS n FROM journal_entry WHERE kind = 'expiry-warning'", row -> row.longValue("n"))
                .orElseThrow();
    }
}
