package org.entente.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
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

    @Test
    void anEntryIsProvedFromItsRecordAlone() {
        Appended first = journal.append(JournalFixture.draft("one"));
        assertEquals(0, first.index());
        assertEquals("{\"kind\":\"tested\",\"name\":\"one\"}", new String(first.record(), UTF_8));
        Checkpoint checkpoint = Proofs.verify(first, fixture.signer);
        assertEquals(1, checkpoint.size());
    }

    @Test
    void everyEntryHasASaltOfItsOwn() {
        Appended one = journal.append(JournalFixture.draft("same"));
        Appended two = journal.append(JournalFixture.draft("same"));
        assertArrayEquals(one.record(), two.record());
        assertTrue(!java.util.Arrays.equals(one.salt(), two.salt()));
    }

    @Test
    void entriesAreFoundByIndexAndBySubject() {
        for (String name : List.of("a", "b", "a")) {
            journal.append(JournalFixture.draft(name));
        }
        assertEquals(
                List.of(0L, 2L),
                journal.bySubject("a").stream().map(JournalEntry::index).toList());
        JournalEntry entry = journal.entry(1).orElseThrow();
        assertEquals("tested", entry.kind());
        assertEquals("b", entry.subject().orElseThrow());
        assertArrayEquals(entry.entry(), Objects.requireNonNull(entry.opening()).entry());
        assertTrue(journal.entry(3).isEmpty());
        assertEquals(2, journal.entries(1, 10).size());
    }

    @Test
    void olderEntriesAreProvedAnewAtTheNewestCheckpoint() throws Exception {
        appendMany(600);
        TlogProof proof = journal.prove(3);
        SaltedRecord record = proof.verifyRecord(
                JournalFixture.ORIGIN, fixture.signer.verifierKey().verifier(), List.of());
        assertTrue(new String(record.record(), UTF_8).contains("\"name\":\""));
        assertEquals(600, Checkpoint.parse(proof.checkpoint().text()).size());
        assertEquals(journal.latestCheckpoint(), proof.checkpoint());
    }

    @Test
    void anEntryThatIsNotThereIsNotProved() {
        EntenteException refusal = assertThrows(EntenteException.class, () -> journal.prove(0));
        assertEquals(ErrorCode.NOT_FOUND, refusal.code());
    }

    @Test
    void aDeletedRecordLeavesItsEntryProvable() throws Exception {
        Appended first = journal.append(JournalFixture.draft("gone"));
        fixture.database.update("UPDATE journal_entry SET salt = NULL, record = NULL WHERE idx = 0");
        TlogProof proof = journal.prove(0);
        assertTrue(proof.extra().isEmpty());
        proof.verify(
                SaltedRecord.of(first.salt(), first.record()).leaf(),
                JournalFixture.ORIGIN,
                fixture.signer.verifierKey().verifier(),
                List.of());
    }

    @Test
    void theCheckpointOfAnEmptyJournalIsThere() throws Exception {
        assertEquals(0, Checkpoint.parse(journal.latestCheckpoint().text()).size());
    }

    @Test
    void aRestartGoesOnWhereTheJournalStopped() {
        appendMany(300);
        journal.close();
        Journal again = fixture.process("first");
        Appended next = again.append(JournalFixture.draft("next"));
        assertEquals(300, next.index());
        Proofs.verify(next, fixture.signer);
    }

    @Test
    void aClosedJournalRefuses() {
        journal.close();
        assertThrows(JournalUnavailableException.class, () -> journal.append(JournalFixture.draft("late")));
        Proofs.failure(JournalUnavailableException.class, journal.appendAsync(JournalFixture.draft("late")));
    }

    @Test
    void whatIsNoRecordIsRefusedBeforeItQueues() {
        assertThrows(IllegalArgumentException.class, () -> new Draft("tested", List.of("no object")));
        assertThrows(IllegalArgumentException.class, () -> new Draft("", Map.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Draft("tested", Map.of("long", "x".repeat(Draft.MAX_RECORD_BYTES))));
    }

    @Test
    void theLongestRecordIsKept() {
        Draft longest = new Draft("tested", Map.of("long", "x".repeat(Draft.MAX_RECORD_BYTES - 11)));
        Appended appended = journal.append(longest);
        assertEquals(Draft.MAX_RECORD_BYTES, appended.record().length);
        Proofs.verify(appended, fixture.signer);
    }

    @Test
    void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
        JournalSettings small = new JournalSettings(
                8, 16, JournalFixture.IMPATIENT.resolveTimeout(), JournalFixture.IMPATIENT.keepInterval());
        journal.close();
        Journal narrow = fixture.process("first", small, fixture.database.source());
        narrow.start();
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        try (HeadLock held = new HeadLock(fixture.database)) {
            for (int i = 0; i < 100; i++) {
                appends.add(narrow.appendAsync(JournalFixture.draft("n" + i)));
            }
            JournalUnavailableException busy = Proofs.failure(JournalUnavailableException.class, appends.getLast());
            assertEquals(ErrorCode.JOURNAL_BUSY, busy.code());
        }
        long kept = appends.stream()
                .filter(append -> !append.isCompletedExceptionally())
                .count();
        appends.stream().filter(append -> !append.isCompletedExceptionally()).forEach(CompletableFuture::join);
        assertTrue(kept >= 16 && kept <= 24, () -> "kept " + kept);
    }

    private void appendMany(int count) {
        List<CompletableFuture<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(journal.appendAsync(JournalFixture.draft("n" + i)));
        }
        appends.forEach(CompletableFuture::join);
    }
}
