package org.entente.gateway.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.testing.Acknowledged;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.EmbeddedMariaDb;
import org.entente.gateway.testing.ForgetfulDisk;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The database server is killed, and its disk loses everything that was not synced, as when the power goes. */
@EnabledIf(value = "hasCompiler", disabledReason = "there is no C compiler for the library that makes a disk forget")
class PowerCutTest {
    private static final int CUTS = 5;
    private static final int CLIENTS = 4;
    private static final long PATIENCE_MILLIS = 120_000;
    /** Only what is written by the calls that the library sees can be lost. */
    private static final List<String> VISIBLE_WRITES =
            List.of("--innodb-use-native-aio=0", "--loose-innodb-log-file-mmap=OFF");

    private final Path data = BuildFolder.target("mariadb/power-cut");
    private final int port = Ports.free();
    private ForgetfulDisk disk;
    private EmbeddedMariaDb server;

    static boolean hasCompiler() {
        return "true".equals(System.getenv("CI")) || ForgetfulDisk.hasCompiler();
    }

    @BeforeEach
    void disk() throws Exception {
        disk = new ForgetfulDisk(data);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void start(boolean scratch, String... options) {
        List<String> all = new ArrayList<>(VISIBLE_WRITES);
        all.addAll(List.of(options));
        server = EmbeddedMariaDb.start(data, scratch, port, disk.environment(), all);
    }

    private int cut() throws Exception {
        server.kill();
        return disk.forget();
    }

    @Test
    void whatWasAcknowledgedWasSynced() throws Exception {
        start(true);
        TestDatabase consumer = TestDatabase.newSchema(server, "consumer");
        TestDatabase provider = TestDatabase.newSchema(server, "provider");
        Corridor corridor = Corridor.open(
                plan -> plan.database("PHL".equals(plan.properties().get("entente.party")) ? consumer : provider),
                Map.of("quota", "1000000"));
        try {
            Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> clients = load(corridor, acknowledged, over);
            int lost = 0;
            for (int i = 0; i < CUTS; i++) {
                awaitMoreThan(acknowledged, acknowledged.size() + CLIENTS);
                lost += cut();
                start(false);
            }
            awaitMoreThan(acknowledged, acknowledged.size());
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertTrue(lost > 0, "no write was under way at any of the cuts");
            Acknowledged.requireWhole(corridor, acknowledged, PATIENCE_MILLIS);
        } finally {
            corridor.phl().stop();
            corridor.ita().stop();
        }
    }

    /** The test of the test: a server that acknowledges before it syncs loses what it acknowledged. */
    @Test
    void aServerThatDoesNotSyncLosesWhatItAcknowledged() throws Exception {
        start(true, "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-log-at-timeout=2700");
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE careless");
            statement.execute("CREATE TABLE careless.row (n INT PRIMARY KEY) ENGINE = InnoDB");
            statement.execute("FLUSH TABLES");
            for (int i = 0; i < 50; i++) {
                statement.execute("INSERT INTO careless.row VALUES (" + i + ")");
            }
            assertEquals(50, rows(admin));
        }
        assertTrue(cut() > 0);
        start(false);
        try (Connection admin = server.admin()) {
            assertTrue(rows(admin) < 50, "everything survived a disk that forgets");
        } catch (SQLException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("careless"), e.getMessage());
        }
    }

    private static long rows(Connection admin) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM careless.row")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Clients that ask, and ask again under the same exchange id until they have their answer. */
    private static List<Thread> load(Corridor corridor, Queue<UUID> acknowledged, AtomicBoolean over) {
        Asking asking = corridor.phl().bean(Asking.class);
        Uuids ids = corridor.phl().bean(Uuids.class);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                UUID id = ids.next();
                while (!over.get()) {
                    try {
                        acknowledged.add(asking.ask(corridor.question(Corridor.FILIPINOS)
                                        .asFresh()
                                        .repeating(id))
                                .exchange());
                        id = ids.next();
                    } catch (EntenteException down) {
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

    private static void awaitMoreThan(Queue<UUID> acknowledged, int count) throws InterruptedException {
        for (long waited = 0; acknowledged.size() <= count; waited += 20) {
            assertTrue(waited < PATIENCE_MILLIS, "no exchange succeeds any more");
            Thread.sleep(20);
        }
    }
}
