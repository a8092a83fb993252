package org.entente.gateway.journal;

import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.TileReader;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;

/**
 * Brings a journal that was set back to a checkpoint that it has signed before: the leaf hashes come from those who have kept them, and the
 * root says whether they are the right ones. The entries themselves are marked lost. Whoever has seen the journal sees the same journal.
 */
final class JournalRecovery {
    /** Kind of an entry of which only the leaf hash came back. */
    static final String LOST = "lost";

    private final Database database;
    private final Anchor anchor;
    private final HeadReader heads;
    private final Clock clock;

    JournalRecovery(Database database, Anchor anchor, HeadReader heads, Clock clock) {
        this.database = database;
        this.anchor = anchor;
        this.heads = heads;
        this.clock = clock;
    }

    /**
     * Refills the journal up to a checkpoint.
     *
     * @param target signed by a key of this journal; becomes the head and the anchor
     * @param others what else others have seen of it, no larger than the target
     * @param copies level 0 tiles of this journal, from whoever has them
     * @return how many entries are marked lost; 0 if the database holds the checkpoint already
     * @throws JournalUnavailableException if the leaf hashes do not lead to the checkpoint, or what others have seen does not lie on the way;
     *     nothing is changed then
     */
    long recover(JournalKeys keys, SignedNote target, List<SignedNote> others, TileReader copies) {
        Checkpoint goal = open(keys, target);
        List<Checkpoint> seen = others.stream().map(note -> open(keys, note)).toList();
        long lost = database.inTransaction(c -> refill(c, goal, seen, copies));
        if (lost > 0) {
            Keeper.store(database, Map.of(goal.size(), target));
        }
        anchor.write(target.encode());
        return lost;
    }

    /**
     * Tries whether {@link #recover} would do, and changes nothing.
     *
     * @throws JournalUnavailableException if it would not, saying why
     */
    void rehearse(JournalKeys keys, SignedNote target, List<SignedNote> others, TileReader copies) {
        Checkpoint goal = open(keys, target);
        List<Checkpoint> seen = others.stream().map(note -> open(keys, note)).toList();
        try {
            database.inTransaction(c -> {
                refill(c, goal, seen, copies);
                throw new Rehearsed();
            });
        } catch (Rehearsed e) {
            return;
        }
    }

    /** Takes a rehearsal back. */
    private static final class Rehearsed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Rehearsed() {
            super(null, null, false, false);
        }
    }

    private long refill(Connection c, Checkpoint goal, List<Checkpoint> seen, TileReader copies) throws SQLException {
        DurabilityCheck.require(c);
        Head head = JournalTables.lockHead(c)
                .orElseThrow(() -> Guard.refuse("The database holds no journal. Restore a backup of it first."));
        long lost = 0;
        if (head.size() >= goal.size()) {
            requireSame(c, goal);
        } else {
            refill(c, heads.load(c, head), goal, copies);
            lost = goal.size() - head.size();
        }
        for (Checkpoint other : seen) {
            if (!heads.root(c, other.size()).equals(other.root())) {
                throw Guard.refuse("Those who have seen this journal do not agree: the first " + other.size()
                        + " entries under the checkpoint of " + goal.size()
                        + " are not those of a checkpoint that this node has signed for them.");
            }
        }
        return lost;
    }

    private static Checkpoint open(JournalKeys keys, SignedNote note) {
        try {
            return keys.open(note, List.of()).checkpoint();
        } catch (VerificationException e) {
            throw new JournalUnavailableException("The checkpoint is not one of this journal: " + e.sentence(), e);
        }
    }

    private void requireSame(Connection c, Checkpoint goal) throws SQLException {
        if (!heads.root(c, goal.size()).equals(goal.root())) {
            throw Guard.refuse("The database holds other entries than those of the checkpoint of " + goal.size()
                    + ". It went on after it was restored, and cannot be joined to what was signed before.");
        }
    }

    private void refill(Connection c, Position position, Checkpoint goal, TileReader copies) throws SQLException {
        RightEdge edge = position.edge();
        while (edge.size() < goal.size()) {
            List<Hash> leaves = leaves(copies, edge.size(), goal.size());
            insertLost(c, edge.size(), leaves.size());
            RightEdge.Growth growth = edge.append(leaves);
            JournalTables.upsertTiles(c, growth.changed());
            edge = growth.edge();
        }
        if (!edge.root().equals(goal.root())) {
            throw Guard.refuse("The leaf hashes that were found do not continue this database to the checkpoint of "
                    + goal.size() + " entries. Restore an earlier backup, or ask another partner.");
        }
        JournalTables.insertCheckpoint(c, goal.size(), goal.root());
        if (!JournalTables.moveHead(c, position.head(), goal.size(), goal.root())) {
            throw Guard.refuse("The journal changed while it was recovered.");
        }
        JournalSetUp.raiseEpoch(c);
    }

    private static List<Hash> leaves(TileReader copies, long from, long to) {
        long index = from / TileId.FULL_WIDTH;
        TileId id = new TileId(0, index, Tiles.width(0, index, to));
        byte[] hashes = copies.read(id);
        List<Hash> leaves = new ArrayList<>();
        for (int i = (int) (from % TileId.FULL_WIDTH); i < id.width(); i++) {
            leaves.add(Hash.of(Arrays.copyOfRange(hashes, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        return leaves;
    }

    private void insertLost(Connection c, long first, int count) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("INSERT INTO journal_entry (idx, kind, subject, appended_us, entry, salt, record)"
                        + " VALUES (?, ?, NULL, ?, NULL, NULL, NULL)")) {
            long now = Micros.of(clock.instant());
            for (int i = 0; i < count; i++) {
                statement.setLong(1, first + i);
                statement.setString(2, LOST);
                statement.setLong(3, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
