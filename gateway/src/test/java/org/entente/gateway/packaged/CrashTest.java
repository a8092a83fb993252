package org.entente.gateway.packaged;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.testing.Acknowledged;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.EmbeddedMariaDb;
import org.entente.gateway.testing.NodeProcess;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestDatabase;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Two nodes in processes of their own over one database server, under load; again and again one of the three is killed with SIGKILL at
 * a random moment and started again: 40 times in CI, where a round takes about ten seconds, or as often as {@code crash.rounds} says, but no
 * round begins after {@code crash.minutes}; {@code crash.seed} draws other moments.
 */
@EnabledIf(value = "asked", disabledReason = "it is long; it runs in CI, and where -Dcrash.rounds=40 asks for it")
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 40);
    private static final long SEED = Long.getLong("crash.seed", 20_261_128L);
    private static final long END = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("crash.minutes", 1_440));
    private static final int REPORTED = 20;
    private static final int CLIENTS = 4;
    private static final int LONGEST_LIFE_MILLIS = 400;
    private static final long PATIENCE_MILLIS = 240_000;

    /** What is killed in a round. */
    private enum Victim {
        CONSUMER,
        PROVIDER,
        DATABASE
    }

    /** The database more often than a node: it is up again in a tenth of the time. */
    private static final Victim[] DRAWN = {
        Victim.CONSUMER, Victim.PROVIDER, Victim.DATABASE, Victim.DATABASE, Victim.DATABASE, Victim.DATABASE
    };

    private final Random random = new Random(SEED);
    private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    /** Root of every checkpoint that was ever seen, by schema and size. */
    private final Map<String, String> checkpoints = new TreeMap<>();

    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private final int port = Ports.free();
    private EmbeddedMariaDb server = start(true);

    static boolean asked() {
        return "true".equals(System.getenv("CI")) || Integer.getInteger("crash.rounds") != null;
    }

    private EmbeddedMariaDb start(boolean scratch) {
        return EmbeddedMariaDb.start(BuildFolder.target("mariadb/crash"), scratch, port);
    }

    @Test
    void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
        TestDatabase[] schemas = {TestDatabase.newSchema(server, "consumer"), TestDatabase.newSchema(server, "provider")
        };
        Corridor corridor = Corridor.open(
                plan -> plan.database(schemas["PHL".equals(plan.properties().get("entente.party")) ? 0 : 1]),
                Map.of("quota", "1000000"));
        try (NodeProcess consumer = new NodeProcess(corridor.phl());
                NodeProcess provider = new NodeProcess(corridor.ita())) {
            consumer.start();
            provider.start();
            consumer.awaitServing();
            provider.awaitServing();
            List<Thread> clients = load(corridor.phl());
            try {
                for (int round = 1; round <= ROUNDS && System.nanoTime() < END; round++) {
                    awaitMoreThan(acknowledged.size());
                    crash(consumer, provider);
                    if (round % REPORTED == 0) {
                        report();
                    }
                }
                awaitMoreThan(acknowledged.size());
            } finally {
                over.set(true);
                for (Thread client : clients) {
                    client.join();
                }
            }
            lookAtCheckpoints();
            consumer.stop();
            provider.stop();
            corridor.phl().restart();
            corridor.ita().restart();
            Acknowledged.requireWhole(corridor, acknowledged, PATIENCE_MILLIS);
            report();
        } finally {
            corridor.phl().stop();
            corridor.ita().stop();
            server.close();
        }
    }

    private void report() {
        System.err.println("crash test: seed " + SEED + ", killed " + kills + ", " + acknowledged.size()
                + " exchanges acknowledged, " + checkpoints.size() + " checkpoints, at " + Instant.now());
    }

    private void crash(NodeProcess consumer, NodeProcess provider) throws Exception {
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        Victim victim = DRAWN[random.nextInt(DRAWN.length)];
        kills.merge(victim, 1, Integer::sum);
        switch (victim) {
            case CONSUMER -> again(consumer);
            case PROVIDER -> again(provider);
            case DATABASE -> {
                server.kill();
                server = start(false);
            }
        }
        lookAtCheckpoints();
        assertTrue(consumer.isAlive() && provider.isAlive(), "a node ended by itself");
    }

    private static void again(NodeProcess node) throws Exception {
        node.kill();
        node.start();
        node.awaitServing();
    }

    private void awaitMoreThan(int count) throws InterruptedException {
        for (long waited = 0; acknowledged.size() <= count; waited += 20) {
            assertTrue(waited < PATIENCE_MILLIS, () -> "no exchange succeeds any more: " + failures);
            Thread.sleep(20);
        }
        failures.clear();
    }

    /** Clients that ask, and ask again under the same exchange id until they have their answer. */
    private List<Thread> load(TestNode consumer) {
        Uuids uuids = new Uuids(Clock.systemUTC(), new java.security.SecureRandom());
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                StaffClient analyst = null;
                UUID id = uuids.next();
                while (!over.get()) {
                    try {
                        analyst = analyst == null
                                ? StaffClient.signIn(consumer.staff(), "analyst", Corridor.PASSWORD)
                                : analyst;
                        HttpResponse<String> response =
                                analyst.get("/sdmx/v2" + Corridor.FILIPINOS + "?fresh=true&exchange=" + id);
                        if (response.statusCode() == 200) {
                            acknowledged.add(id);
                            id = uuids.next();
                        } else {
                            failures.add(new AssertionError(response.statusCode() + " " + response.body()));
                            pause();
                        }
                    } catch (UncheckedIOException | AssertionError down) {
                        failures.add(down);
                        analyst = null;
                        pause();
                    }
                }
            }));
        }
        return clients;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every stored checkpoint has the root that it had when it was seen before. */
    private void lookAtCheckpoints() throws SQLException {
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            for (String schema : List.of("consumer", "provider")) {
                try (ResultSet rows =
                        statement.executeQuery("SELECT size, root FROM " + schema + ".journal_checkpoint")) {
                    while (rows.next()) {
                        String root = HexFormat.of().formatHex(rows.getBytes("root"));
                        String earlier = checkpoints.putIfAbsent(schema + " " + rows.getLong("size"), root);
                        assertTrue(earlier == null || earlier.equals(root), () -> "two roots of one size in " + schema);
                    }
                }
            }
        }
    }
}
