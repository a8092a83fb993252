package org.entente.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.RightEdge;
import org.entente.gateway.base.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch into an open transaction: head, entries, tiles, checkpoint row and the drafts' own writes. Committing
 * is left to the caller, who must know that it happened before anything is signed.
 */
final class BatchWriter {
    private final Clock clock;
    private final HeadReader heads;

    BatchWriter(Clock clock, HeadReader heads) {
        this.clock = clock;
        this.heads = heads;
    }

    /**
     * Writes the batch. All drafts pass in the ordinary case, so that is tried first, with the head's expected state as
     * the condition of its update. If another process has moved the head, or a draft is refused, the batch is written again
     * with the head locked and the drafts sorted out.
     *
     * @return null if no draft remains and there is nothing to commit
     * @throws SQLException if the transaction or the connection is lost
     * @throws JournalUnavailableException if the head is not what it can honestly have become
     */
    @Nullable
    Batch write(Connection c, Position known, List<Pending> drafts, Map<Pending, RuntimeException> refused)
            throws SQLException {
        RightEdge.Growth growth = known.edge().append(leaves(drafts));
        Hash root = growth.tree().root();
        long size = growth.edge().size();
        if (JournalTables.moveHead(c, known.head(), size, root)) {
            try {
                DraftWrites.carryOut(c, drafts, known.head().size());
                return store(c, known, drafts, refused, growth, root);
            } catch (DraftWrites.SomeRefused e) {
                c.rollback();
            }
        }
        Position actual = heads.lockAndFollow(c, known);
        List<Pending> passed = new ArrayList<>();
        settle(c, drafts, actual.head().size(), passed, refused);
        if (passed.isEmpty()) {
            return null;
        }
        RightEdge.Growth settled = actual.edge().append(leaves(passed));
        Hash settledRoot = settled.tree().root();
        if (!JournalTables.moveHead(c, actual.head(), settled.edge().size(), settledRoot)) {
            throw new JournalUnavailableException("The journal's head changed although it was locked.", null);
        }
        return store(c, actual, passed, refused, settled, settledRoot);
    }

    private Batch store(
            Connection c,
            Position before,
            List<Pending> appended,
            Map<Pending, RuntimeException> refused,
            RightEdge.Growth growth,
            Hash root)
            throws SQLException {
        long first = before.head().size();
        JournalTables.insertEntries(c, appended, first, Micros.of(clock.instant()));
        JournalTables.upsertTiles(c, growth.changed());
        JournalTables.insertCheckpoint(c, growth.edge().size(), root);
        Head head = new Head(growth.edge().size(), root, before.head().epoch());
        return new Batch(first, appended, refused, new Position(head, growth.edge()), growth);
    }

    /**
     * Finds the drafts that pass. Where a statement names the refused draft, those before and after it are tried again
     * without it; where a bulk statement does not, by halving: one bad draft among 256 costs about sixteen statements.
     */
    private static void settle(
            Connection c, List<Pending> drafts, long base, List<Pending> passed, Map<Pending, RuntimeException> refused)
            throws SQLException {
        if (drafts.stream().allMatch(p -> p.draft.writes().isEmpty())) {
            passed.addAll(drafts);
            return;
        }
        if (drafts.size() == 1) {
            settleOne(c, drafts.getFirst(), base, passed, refused);
            return;
        }
        Savepoint before = c.setSavepoint();
        try {
            DraftWrites.carryOut(c, drafts, base + passed.size());
            passed.addAll(drafts);
            c.releaseSavepoint(before);
        } catch (DraftWrites.SomeRefused e) {
            c.rollback(before);
            int split = e.position >= 0 ? e.position : drafts.size() / 2;
            int after = e.position >= 0 ? split + 1 : split;
            settle(c, drafts.subList(0, split), base, passed, refused);
            if (e.position >= 0) {
                // A later draft's insert may have gone ahead of this one's writes, so it is tried in its place.
                if (e.waitedInVain) {
                    refused.put(drafts.get(split), e.reason());
                } else {
                    settleOne(c, drafts.get(split), base, passed, refused);
                }
            }
            settle(c, drafts.subList(after, drafts.size()), base, passed, refused);
        }
    }

    private static void settleOne(
            Connection c, Pending only, long base, List<Pending> passed, Map<Pending, RuntimeException> refused)
            throws SQLException {
        Savepoint before = c.setSavepoint();
        RuntimeException reason = DraftWrites.carryOutAlone(c, only.draft, base + passed.size());
        if (reason == null) {
            passed.add(only);
            c.releaseSavepoint(before);
        } else {
            refused.put(only, reason);
            c.rollback(before);
        }
    }

    static Map<Pending, RuntimeException> noneRefused() {
        return new IdentityHashMap<>();
    }

    private static List<Hash> leaves(List<Pending> drafts) {
        List<Hash> leaves = new ArrayList<>(drafts.size());
        for (Pending pending : drafts) {
            leaves.add(pending.leaf);
        }
        return leaves;
    }
}
