package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalCheckTest {
    private static final int SIZE = 700;

    private final JournalFixture fixture = new JournalFixture();

    @BeforeAll
    void fill() {
        Journal journal = fixture.begin();
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            appends.add(journal.appendAsync(JournalFixture.draft("n" + i)));
        }
        appends.forEach(CompletableFuture::join);
        journal.close();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    private JournalCheck.Report run() {
        return fixture.check(JournalCheck.Depth.RECORDS);
    }

    @Test
    void aSoundJournalPasses() {
        JournalCheck.Report report = run();
        assertEquals(List.of(), report.findings());
        assertTrue(report.passes());
        assertEquals(SIZE, report.entries());
        // 2 full and 1 partial at level 0, 1 partial at level 1.
        assertEquals(4, report.tiles());
        assertEquals(0, report.unsigned());
        assertTrue(report.checkpoints() >= 4);
    }

    /** Each change is made, found and undone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "journal_entry | record | UPDATE journal_entry SET record = CONCAT(record, ' ') WHERE idx = 17 | Entry 17 does not commit",
                "journal_entry | salt | UPDATE journal_entry SET salt = REPEAT('x', 32) WHERE idx = 600 | Entry 600 does not commit",
                "journal_entry | entry | UPDATE journal_entry SET entry = REPEAT('x', 32), salt = NULL, record = NULL WHERE idx = 300 | tile/0/001 does not fit",
                "journal_entry | row | DELETE FROM journal_entry WHERE idx = 300 | Entry 300 is missing",
                "journal_tile | full | UPDATE journal_tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE level = 0 AND idx = 1 | tile/0/001 does not fit",
                "journal_tile | partial | UPDATE journal_tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE level = 0 AND idx = 2 | tile/0/002.p/188 does not fit",
                "journal_tile | above | UPDATE journal_tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE level = 1 | tile/1/000.p/2 does not fit",
                "journal_tile | row | DELETE FROM journal_tile WHERE level = 0 AND idx = 0 | tile/0/000 is missing",
                "journal_tile | more | INSERT INTO journal_tile VALUES (5, 0, 1, REPEAT('x', 32)) | There are 5 tiles",
                "journal_checkpoint | root | UPDATE journal_checkpoint SET root = REPEAT('x', 32) WHERE size = 700 | root stored for 700 entries is not theirs",
                "journal_checkpoint | note | UPDATE journal_checkpoint SET note = REPLACE(note, '700', '701') WHERE size = 700 | note stored for 700 entries does not verify",
                "journal_checkpoint | more | INSERT INTO journal_checkpoint VALUES (701, REPEAT('x', 32), NULL) | beyond the head",
                "journal_head | root | UPDATE journal_head SET root = REPEAT('x', 32) | root in the head"
            })
    void whatWasChangedIsNamed(String table, String what, String change, String finding) {
        fixture.database.update("CREATE TABLE kept AS SELECT * FROM " + table);
        try {
            assertTrue(fixture.database.update(change) > 0, what);
            JournalCheck.Report report = run();
            assertFalse(report.passes());
            assertTrue(
                    report.findings().stream().anyMatch(found -> found.contains(finding)),
                    () -> String.join("\n", report.findings()));
        } finally {
            fixture.database.update("DELETE FROM " + table);
            fixture.database.update("INSERT INTO " + table + " SELECT * FROM kept");
            fixture.database.update("DROP TABLE kept");
        }
    }

    @Test
    void theTreeAloneIsCheckedWithoutItsEntries() {
        JournalCheck.Report report = fixture.check(JournalCheck.Depth.TREE);
        assertEquals(List.of(), report.findings());
        assertEquals(SIZE, report.entries());
        assertEquals(4, report.tiles());
        assertEquals(run().checkpoints(), report.checkpoints());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "journal_tile | UPDATE journal_tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE level = 0 AND idx = 1 | root stored for 700 entries is not theirs",
                "journal_tile | UPDATE journal_tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33)) WHERE level = 1 | tile/1/000.p/2 does not fit",
                "journal_tile | DELETE FROM journal_tile WHERE level = 0 AND idx = 0 | tile/0/000 is missing",
                "journal_checkpoint | UPDATE journal_checkpoint SET note = REPLACE(note, '700', '701') WHERE size = 700 | note stored for 700 entries does not verify"
            })
    void whatWasChangedInTheTreeIsFoundWithoutTheEntries(String table, String change, String finding) {
        fixture.database.update("CREATE TABLE kept AS SELECT * FROM " + table);
        try {
            assertTrue(fixture.database.update(change) > 0);
            JournalCheck.Report report = fixture.check(JournalCheck.Depth.TREE);
            assertTrue(
                    report.findings().stream().anyMatch(found -> found.contains(finding)),
                    () -> String.join("\n", report.findings()));
        } finally {
            fixture.database.update("DELETE FROM " + table);
            fixture.database.update("INSERT INTO " + table + " SELECT * FROM kept");
            fixture.database.update("DROP TABLE kept");
        }
    }

    @Test
    void deletedRecordsAreCountedAndNotMissed() {
        fixture.database.update("CREATE TABLE kept AS SELECT * FROM journal_entry");
        fixture.database.update("UPDATE journal_entry SET salt = NULL, record = NULL WHERE idx < 10");
        JournalCheck.Report report = run();
        fixture.database.update("DELETE FROM journal_entry");
        fixture.database.update("INSERT INTO journal_entry SELECT * FROM kept");
        fixture.database.update("DROP TABLE kept");
        assertTrue(report.passes());
        assertEquals(10, report.withoutRecord());
    }
}
