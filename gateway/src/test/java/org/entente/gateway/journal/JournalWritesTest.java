package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Sql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows that become durable with their entries. */
class JournalWritesTest {
    private final JournalFixture fixture = new JournalFixture();
    private Journal journal;

    @BeforeEach
    void begin() {
        journal = fixture.begin();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Appends all drafts so that all but the first share a batch. */
    private List<CompletableFuture<Appended>> together(List<Draft> drafts) throws Exception {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        try (HeadLock held = new HeadLock(fixture.database)) {
            for (Draft draft : drafts) {
                appends.add(journal.appendAsync(draft));
            }
            Thread.sleep(100);
        }
        return appends;
    }

    private Set<String> things() {
        return new HashSet<>(fixture.database.query("SELECT name FROM thing", row -> row.string("name")));
    }

    private long size() {
        return fixture.database
                .one("SELECT size FROM journal_head", row -> row.longValue("size"))
                .orElseThrow();
    }

    @Test
    void rowsGoWithTheEntryAndKnowItsIndex() {
        journal.append(JournalFixture.draft("before"));
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        assertEquals(
                1L,
                fixture.database
                        .one("SELECT journal_index AS n FROM thing WHERE name = 'x'", row -> row.longValue("n"))
                        .orElseThrow());
    }

    @Test
    void aDuplicateFailsOnlyItsOwnDraft() throws Exception {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = i % 25 == 7 ? "x" : "n" + i;
            drafts.add(JournalFixture.draft(name, JournalFixture.insert(name)));
        }
        List<CompletableFuture<Appended>> appends = together(drafts);
        Set<Long> indices = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            if (i % 25 == 7) {
                assertEquals(
                        0,
                        Proofs.failure(DuplicateWriteException.class, appends.get(i))
                                .write());
            } else {
                Appended appended = appends.get(i).join();
                Proofs.verify(appended, fixture.signer);
                indices.add(appended.index());
                assertEquals(
                        appended.index(),
                        fixture.database
                                .one(
                                        "SELECT journal_index AS n FROM thing WHERE name = ?",
                                        row -> row.longValue("n"),
                                        "n" + i)
                                .orElseThrow());
            }
        }
        assertEquals(96, indices.size());
        assertEquals(97, size());
        assertEquals(97, things().size());
    }

    @Test
    void ofTwoDraftsWithTheSameKeyInOneBatchTheFirstWins() throws Exception {
        List<CompletableFuture<Appended>> appends = together(List.of(
                JournalFixture.draft("first"),
                JournalFixture.draft("a", JournalFixture.insert("twice")),
                JournalFixture.draft("b", JournalFixture.insert("twice"))));
        assertEquals(1, appends.get(1).join().index());
        Proofs.failure(DuplicateWriteException.class, appends.get(2));
        assertEquals(2, size());
    }

    @Test
    void aConflictingUpdateFailsOnlyItsOwnDraft() throws Exception {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        List<CompletableFuture<Appended>> appends = together(List.of(
                JournalFixture.draft("first"),
                JournalFixture.draft("a", JournalFixture.insert("a"), JournalFixture.advance("x", 0)),
                JournalFixture.draft("b", JournalFixture.insert("b"), JournalFixture.advance("x", 0)),
                JournalFixture.draft("c", JournalFixture.advance("x", 1), JournalFixture.insert("c"))));
        appends.get(1).join();
        ConflictingWriteException conflict = Proofs.failure(ConflictingWriteException.class, appends.get(2));
        assertEquals(1, conflict.write());
        assertEquals(0, conflict.rows());
        appends.get(3).join();
        assertEquals(Set.of("x", "a", "c"), things());
        assertEquals(4, size());
    }

    @Test
    void nothingOfARefusedDraftIsKept() {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        Draft draft = JournalFixture.draft("y", JournalFixture.insert("y"), JournalFixture.insert("x"));
        DuplicateWriteException refusal = assertThrows(DuplicateWriteException.class, () -> journal.append(draft));
        assertEquals(1, refusal.write());
        assertEquals(Set.of("x"), things());
        assertEquals(1, size());
        assertTrue(journal.bySubject("y").isEmpty());
    }

    @Test
    void aStatementThatDoesNotFitFailsOnlyItsOwnDraft() throws Exception {
        List<CompletableFuture<Appended>> appends = together(List.of(
                JournalFixture.draft("first"),
                JournalFixture.draft("a", JournalFixture.insert("a")),
                JournalFixture.draft("b", new Write.Insert("INSERT INTO nowhere VALUES (?)", 1)),
                JournalFixture.draft("c", JournalFixture.insert("x".repeat(81))),
                JournalFixture.draft("d", JournalFixture.insert("d"))));
        appends.get(1).join();
        EntenteException defect = Proofs.failure(EntenteException.class, appends.get(2));
        assertEquals(ErrorCode.INTERNAL_ERROR, defect.code());
        Proofs.failure(EntenteException.class, appends.get(3));
        appends.get(4).join();
        assertEquals(Set.of("a", "d"), things());
    }

    @Test
    void aWholeBatchOfDuplicatesLeavesTheJournalAsItWas() throws Exception {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            drafts.add(JournalFixture.draft("again", JournalFixture.insert("x")));
        }
        for (CompletableFuture<Appended> append : together(drafts)) {
            Proofs.failure(DuplicateWriteException.class, append);
        }
        assertEquals(1, size());
        assertEquals(1, journal.append(JournalFixture.draft("next")).index());
    }

    @Test
    void writesOfADraftAreCarriedOutInOrder() throws Exception {
        fixture.database.update(
                "CREATE TABLE part (name VARCHAR(80), n INT, PRIMARY KEY (name, n), FOREIGN KEY (name) REFERENCES thing (name))"
                        + " ENGINE=InnoDB");
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String name = "n" + i;
            drafts.add(JournalFixture.draft(
                    name,
                    JournalFixture.insert(name),
                    new Write.Insert("INSERT INTO part (name, n) VALUES (?, ?)", name, 1),
                    new Write.Insert("INSERT INTO part (name, n) VALUES (?, ?)", name, 2),
                    JournalFixture.advance(name, 0),
                    JournalFixture.advance(name, 1)));
        }
        together(drafts).forEach(CompletableFuture::join);
        assertEquals(
                60, fixture.database.query("SELECT 1 AS n FROM part", row -> 1).size());
        assertEquals(
                30,
                fixture.database
                        .query("SELECT 1 AS n FROM thing WHERE state = 2", row -> 1)
                        .size());
    }

    @Test
    void aTableThatWasAlteredSinceDoesNotTroubleLaterBatches() throws Exception {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        together(List.of(
                        JournalFixture.draft("first"),
                        JournalFixture.draft("a", JournalFixture.insert("a")),
                        JournalFixture.draft("b", JournalFixture.insert("b"))))
                .forEach(CompletableFuture::join);
        fixture.database.update("ALTER TABLE thing ADD COLUMN more INT NULL");
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            drafts.add(JournalFixture.draft("n" + i, JournalFixture.insert("n" + i)));
        }
        together(drafts).forEach(CompletableFuture::join);
        assertEquals(23, things().size());
    }

    @Test
    void aRowThatOthersHoldFailsOnlyTheDraftThatWantsIt() throws Exception {
        journal.append(JournalFixture.draft("x", JournalFixture.insert("x")));
        try (Connection other = fixture.database.source().getConnection()) {
            other.setAutoCommit(false);
            Sql.update(other, "UPDATE thing SET state = 7 WHERE name = 'x'");
            List<CompletableFuture<Appended>> appends = together(List.of(
                    JournalFixture.draft("first"),
                    JournalFixture.draft("a", JournalFixture.insert("a")),
                    JournalFixture.draft("b", JournalFixture.advance("x", 0)),
                    JournalFixture.draft("c", JournalFixture.insert("c"))));
            appends.get(1).join();
            appends.get(3).join();
            EntenteException refusal = Proofs.failure(EntenteException.class, appends.get(2));
            assertEquals(ErrorCode.DATABASE_UNAVAILABLE, refusal.code());
            other.rollback();
            other.setAutoCommit(true);
        }
        journal.append(JournalFixture.draft("b", JournalFixture.advance("x", 0)));
    }
}
