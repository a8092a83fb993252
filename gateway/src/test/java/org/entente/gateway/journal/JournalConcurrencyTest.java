package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.EntryBundle;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalConcurrencyTest {
    private static final int WRITERS = 64;
    private static final int EACH = 25;

    private final JournalFixture fixture = new JournalFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void manyWritersGetDistinctIndicesAndProofsThatHold() throws Exception {
        Journal journal = fixture.begin();
        Queue<Appended> all = write(List.of(journal));
        check(all);
        servedTilesRebuildTheRoot(journal);
        assertTrue(
                new JournalCheck(fixture.database, () -> fixture.signer).run().passes());
    }

    @Test
    void twoProcessesOverOneDatabaseMakeOneJournal() throws Exception {
        Journal one = fixture.begin();
        one.append(JournalFixture.draft("first"));
        one.close();
        Journal again = fixture.process("first");
        again.start();
        Journal two = fixture.process("second");
        two.adopt();
        Queue<Appended> all = write(List.of(again, two));
        assertEquals(WRITERS * EACH, all.size());
        Map<Long, Appended> byIndex = new HashMap<>();
        all.forEach(appended -> byIndex.put(appended.index(), appended));
        assertEquals(WRITERS * EACH, byIndex.size());
        all.forEach(appended -> Proofs.verify(appended, fixture.signer));
        assertTrue(checkpointsAgree(all));
        again.close();
        two.close();
        JournalCheck.Report report = new JournalCheck(fixture.database, () -> fixture.signer).run();
        assertEquals(List.of(), report.findings());
        assertEquals(1 + WRITERS * EACH, report.entries());
        assertEquals(0, report.unsigned());
    }

    private static Queue<Appended> write(List<Journal> journals) throws InterruptedException {
        Queue<Appended> all = new ConcurrentLinkedQueue<>();
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            Journal journal = journals.get(w % journals.size());
            String name = "w" + w;
            writers.add(Thread.startVirtualThread(() -> {
                for (int i = 0; i < EACH; i++) {
                    String own = name + "-" + i;
                    all.add(appendUntilTaken(journal, JournalFixture.draft(own, JournalFixture.insert(own))));
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        return all;
    }

    /** A person's adoption makes running processes check again, which refuses appends for a moment. */
    private static Appended appendUntilTaken(Journal journal, Draft draft) {
        for (int i = 0; ; i++) {
            try {
                return journal.append(draft);
            } catch (JournalUnavailableException e) {
                if (i == 50) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(Queue<Appended> all) {
        List<Long> indices = all.stream().map(Appended::index).sorted().toList();
        for (int i = 0; i < WRITERS * EACH; i++) {
            assertEquals(i, indices.get(i));
        }
        all.forEach(appended -> Proofs.verify(appended, fixture.signer));
        assertTrue(checkpointsAgree(all));
    }

    private boolean checkpointsAgree(Queue<Appended> all) {
        Map<Long, Hash> roots = new HashMap<>();
        return all.stream().allMatch(appended -> {
            Checkpoint checkpoint = Proofs.verify(appended, fixture.signer);
            Hash before = roots.put(checkpoint.size(), checkpoint.root());
            return before == null || before.equals(checkpoint.root());
        });
    }

    /** As a partner does it: from the served tiles and entries, up to the served checkpoint. */
    private void servedTilesRebuildTheRoot(Journal journal) throws VerificationException {
        JournalTiles served =
                new JournalTiles(fixture.database, new Cosignatures(fixture.database, java.time.Clock.systemUTC()));
        Checkpoint checkpoint = Checkpoint.parse(journal.latestCheckpoint().text());
        long size = checkpoint.size();
        assertEquals(WRITERS * EACH, size);
        assertEquals(checkpoint.root(), served.tree(size).root());
        RightEdge edge = RightEdge.empty();
        for (TileId id : Tiles.added(0, size)) {
            if (id.level() == 0) {
                List<Hash> leaves = new ArrayList<>();
                for (byte[] entry : EntryBundle.parse(served.entries(id).orElseThrow())) {
                    leaves.add(Hash.leaf(entry));
                }
                RightEdge.Growth growth = edge.append(leaves);
                for (RightEdge.Tile tile : growth.changed()) {
                    assertArrayEquals(tile.hashes(), served.tile(tile.id()).orElseThrow());
                }
                edge = growth.edge();
            }
        }
        assertEquals(checkpoint.root(), edge.root());
    }
}
