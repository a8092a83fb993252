package org.entente.gateway.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTest {

    private final TestDatabase schema = TestDatabase.newSchema();
    private ApplicationContext context;
    private Database database;

    @BeforeAll
    void start() {
        Map<String, Object> settings = new HashMap<>(schema.properties());
        settings.put("entente.party", "ITA");
        context = ApplicationContext.run(settings, "test");
        database = context.getBean(Database.class);
        database.update("CREATE TABLE thing (id BINARY(16) PRIMARY KEY, at_us BIGINT, name VARCHAR(40)) ENGINE=InnoDB");
    }

    @AfterAll
    void stop() {
        context.close();
        schema.drop();
    }

    @BeforeEach
    void empty() {
        database.update("DELETE FROM thing");
    }

    @Test
    void instantsAndUuidsComeBackAsTheyWent() {
        UUID id = context.getBean(Uuids.class).next();
        Instant at = Instant.parse("2026-03-01T12:00:00.123456Z");
        database.update("INSERT INTO thing VALUES (?,?,?)", id, at, null);
        var rows = database.query(
                "SELECT * FROM thing", r -> r.uuid("id") + " " + r.instant("at_us") + " " + r.stringOrNull("name"));
        assertEquals(java.util.List.of(id + " " + at + " null"), rows);
        assertArrayEquals(
                Uuids.toBytes(id),
                database.one("SELECT id FROM thing", r -> r.bytes("id")).orElseThrow());
    }

    @Test
    void aFailingTransactionLeavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> database.inTransaction(c -> {
                    Sql.update(c, "INSERT INTO thing VALUES (?,?,?)", new UUID(1, 2), 3L, "x");
                    throw new IllegalStateException("on purpose");
                }));
        assertEquals(0, database.query("SELECT 1 FROM thing", r -> 1).size());
    }

    /** As many threads as there are connections would wait for each other. */
    @Test
    void whoHoldsAConnectionIsRefusedASecondOne() {
        assertThrows(
                IllegalStateException.class, () -> database.inTransaction(c -> database.update("DELETE FROM thing")));
        assertThrows(
                IllegalStateException.class,
                () -> database.query("SELECT 1 AS one", r -> database.query("SELECT 2 AS two", s -> 2)));
        assertEquals(1, database.query("SELECT 1 AS one", r -> 1).size());
    }

    @Test
    void aDuplicateKeyIsToldApart() {
        database.update("INSERT INTO thing VALUES (?,?,?)", new UUID(1, 2), 3L, "x");
        assertThrows(
                DuplicateRowException.class,
                () -> database.update("INSERT INTO thing VALUES (?,?,?)", new UUID(1, 2), 3L, "x"));
    }

    @Test
    void aLostServerIsDatabaseUnavailable() {
        var refused = assertThrows(
                EntenteException.class,
                () -> database.withConnection(c -> {
                    try (var admin = schema.server().admin();
                            var kill = admin.createStatement()) {
                        long own = Sql.one(c, "SELECT CONNECTION_ID() AS n", r -> r.longValue("n"))
                                .orElseThrow();
                        kill.execute("KILL " + own);
                    }
                    return Sql.update(c, "DELETE FROM thing");
                }));
        assertEquals(ErrorCode.DATABASE_UNAVAILABLE, refused.code());
    }

    @Test
    void theDriverSendsBatchesInBulkAndKeepsUtc() {
        String zone = database.one("SELECT @@session.time_zone AS z", r -> r.string("z"))
                .orElseThrow();
        assertTrue(zone.equals("+00:00") || zone.equals("UTC"), zone);
        assertEquals(
                1,
                database.one("SELECT @@innodb_flush_log_at_trx_commit AS n", r -> r.intValue("n"))
                        .orElseThrow());
        boolean bulk = database.withConnection(c -> c.unwrap(org.mariadb.jdbc.Connection.class)
                .getContext()
                .getConf()
                .useBulkStmts());
        assertTrue(bulk, "useBulkStmts did not reach the driver");
    }
}
