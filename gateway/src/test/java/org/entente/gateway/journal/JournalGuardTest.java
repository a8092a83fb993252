package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node refuses to sign over. */
class JournalGuardTest {
    private static final List<String> TABLES =
            List.of("journal_head", "journal_entry", "journal_tile", "journal_checkpoint");

    private final JournalFixture fixture = new JournalFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String refusal(Journal journal) {
        JournalUnavailableException refusal =
                assertThrows(JournalUnavailableException.class, () -> journal.append(JournalFixture.draft("never")));
        return refusal.detail();
    }

    private void backUp() {
        for (String table : TABLES) {
            fixture.database.update("CREATE TABLE old_" + table + " AS SELECT * FROM " + table);
        }
    }

    private void restore() {
        for (String table : TABLES) {
            fixture.database.update("DELETE FROM " + table);
            fixture.database.update("INSERT INTO " + table + " SELECT * FROM old_" + table);
        }
    }

    private void append(Journal journal, int count) {
        for (int i = 0; i < count; i++) {
            journal.append(JournalFixture.draft("n" + i));
        }
    }

    @Test
    void withoutInitThereIsNoJournal() {
        assertTrue(refusal(fixture.process("first")).contains("entente init"));
        assertEquals(
                0,
                fixture.database
                        .query("SELECT 1 AS n FROM journal_head", row -> 1)
                        .size());
    }

    @Test
    void aJournalIsBegunOnlyOnce() {
        fixture.begin();
        Journal second = fixture.process("second");
        assertTrue(assertThrows(JournalUnavailableException.class, second::create)
                .detail()
                .contains("already"));
        Journal first = fixture.process("first");
        assertTrue(assertThrows(JournalUnavailableException.class, first::create)
                .detail()
                .contains("journal.anchor"));
    }

    @Test
    void aDatabaseThatWasSetBackIsRefused() {
        Journal journal = fixture.begin();
        append(journal, 3);
        backUp();
        append(journal, 3);
        journal.close();
        restore();
        String refusal = refusal(fixture.process("first"));
        assertTrue(refusal.contains("holds 3 journal entries") && refusal.contains("signed 6"), refusal);
    }

    @Test
    void aDatabaseThatIsSetBackUnderARunningNodeIsRefused() {
        Journal journal = fixture.begin();
        append(journal, 3);
        backUp();
        append(journal, 3);
        restore();
        String refusal = refusal(journal);
        assertTrue(refusal.contains("was set back"), refusal);
        assertTrue(refusal(journal).contains("set back"));
    }

    @Test
    void anotherHistoryOfTheSameLengthIsRefused() {
        Journal journal = fixture.begin();
        append(journal, 3);
        backUp();
        append(journal, 3);
        journal.close();
        restore();
        Journal elsewhere = fixture.process("elsewhere");
        elsewhere.adopt();
        append(elsewhere, 5);
        elsewhere.close();
        String refusal = refusal(fixture.process("first"));
        assertTrue(refusal.contains("not those that this node has signed"), refusal);
    }

    @Test
    void aHeadThatAloneWasSetBackIsRefused() {
        Journal journal = fixture.begin();
        append(journal, 2);
        journal.close();
        fixture.database.update(
                "UPDATE journal_head SET size = 1, root = (SELECT root FROM journal_checkpoint WHERE size = 1)");
        assertTrue(refusal(fixture.process("first")).contains("says 1 entries"));
    }

    @Test
    void anEmptyDatabaseIsRefusedWhenTheAnchorRemembersAJournal() {
        Journal journal = fixture.begin();
        append(journal, 1);
        journal.close();
        TABLES.forEach(table -> fixture.database.update("DELETE FROM " + table));
        assertTrue(refusal(fixture.process("first")).contains("there was one"));
    }

    @Test
    void aMissingAnchorIsRefusedUntilAPersonAdoptsTheJournal() {
        Journal journal = fixture.begin();
        append(journal, 2);
        Journal other = fixture.process("other");
        assertTrue(refusal(other).contains("is missing"));
        other.adopt();
        assertEquals(2, other.append(JournalFixture.draft("next")).index());
        assertThrows(JournalUnavailableException.class, other::adopt);
    }

    @Test
    void adoptionMakesRunningProcessesCheckAgain() throws Exception {
        Journal journal = fixture.begin();
        append(journal, 2);
        fixture.process("other").adopt();
        assertTrue(refusal(journal).contains("recovered by a person"));
        Thread.sleep(1_100);
        assertEquals(2, journal.append(JournalFixture.draft("next")).index());
    }

    @Test
    void aDamagedAnchorIsRefused() throws Exception {
        Journal journal = fixture.begin();
        append(journal, 2);
        journal.close();
        Path anchor = fixture.home("first").resolve(Anchor.FILE_NAME);
        byte[] note = Files.readAllBytes(anchor);
        note[note.length / 2] ^= 1;
        Files.write(anchor, note);
        assertTrue(refusal(fixture.process("first")).contains("damaged"));
    }

    @Test
    void theAnchorFollowsTheJournal() throws Exception {
        Journal journal = fixture.begin();
        append(journal, 2);
        journal.close();
        assertEquals(
                journal.latestCheckpoint().toString(),
                Files.readString(fixture.home("first").resolve(Anchor.FILE_NAME)));
    }

    @Test
    void thoseWhoHaveSeenOtherJournalsAreNotRecoveredFor() throws Exception {
        Journal journal = fixture.begin();
        append(journal, 5);
        SignedNote target = journal.latestCheckpoint();
        SignedNote own = journal.checkpointAt(2);
        SignedNote other = new Checkpoint(JournalFixture.ORIGIN, 2, Hash.leaf(new byte[32])).sign(fixture.signer);
        TileReader nobody = id -> new byte[0];
        journal.rehearse(target, List.of(own), nobody);
        String refused = assertThrows(
                        JournalUnavailableException.class, () -> journal.rehearse(target, List.of(own, other), nobody))
                .detail();
        assertTrue(refused.contains("do not agree"), refused);
        assertThrows(JournalUnavailableException.class, () -> journal.recover(target, List.of(own, other), nobody));
        journal.close();
    }

    @Test
    void anotherOriginOrKeyIsRefused() {
        fixture.begin().close();
        assertTrue(refusal(withSigner(Ed25519NoteSigner.ofSeed("phl.example/journal", new byte[32])))
                .contains("settings name phl.example/journal"));
        byte[] seed = new byte[32];
        seed[0] = 1;
        assertTrue(refusal(withSigner(Ed25519NoteSigner.ofSeed(JournalFixture.ORIGIN, seed)))
                .contains("another journal key"));
    }

    private Journal withSigner(Ed25519NoteSigner signer) {
        return new Journal(
                JournalFixture.IMPATIENT,
                fixture.database,
                fixture.database.source(),
                () -> signer,
                new Anchor(fixture.home("first")),
                Clock.systemUTC(),
                new SecureRandom());
    }

    @Test
    void tilesThatDoNotFitTheHeadAreRefused() {
        Journal journal = fixture.begin();
        append(journal, 3);
        journal.close();
        fixture.database.update("UPDATE journal_tile SET hashes = REPEAT('x', 96) WHERE level = 0");
        assertTrue(refusal(fixture.process("first")).contains("do not lead to the root"));
    }

    @Test
    void aServerThatMayLoseCommitsIsRefused() throws Exception {
        fixture.begin().close();
        try (Connection admin = fixture.schema.server().admin();
                Statement statement = admin.createStatement()) {
            for (String value : List.of("0", "2")) {
                statement.execute("SET GLOBAL innodb_flush_log_at_trx_commit = " + value);
                try {
                    String refusal = refusal(fixture.process("first"));
                    assertTrue(refusal.contains("innodb_flush_log_at_trx_commit=" + value), refusal);
                } finally {
                    statement.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
                }
            }
        }
        assertEquals(
                0, fixture.process("first").append(JournalFixture.draft("next")).index());
    }

    @Test
    void checkpointsThatACrashLeftUnsignedAreSignedAtStart() {
        Journal journal = fixture.begin();
        append(journal, 3);
        journal.close();
        String note = journal.latestCheckpoint().toString();
        fixture.database.update("UPDATE journal_checkpoint SET note = NULL WHERE size > 1");
        Journal again = fixture.process("first");
        again.start();
        assertEquals(note, again.latestCheckpoint().toString());
        JournalCheck.Report report = new JournalCheck(fixture.database, () -> fixture.signer).run();
        assertEquals(0, report.unsigned());
        assertTrue(report.passes());
    }
}
