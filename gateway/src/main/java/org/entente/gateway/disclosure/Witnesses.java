package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is proved so far of the safety of withheld cells. A proof is another table of whole numbers that agrees with
 * everything shown: given as a move, the difference to the true table. Each is checked in integers before it counts, so it
 * does not matter who found it.
 *
 * <p>A cell is safe against every insider if for each of them some such table leaves what the insider knows as it is. Of the
 * insiders for whom none is known yet, only those are kept that every move so far has touched.
 *
 * <p>Threads may work on different islands of the universe at the same time.
 */
final class Witnesses {
    private final Universe universe;
    private final BitSet withheld;
    private final long[] base;
    private final BitSet primary;
    private final int[][] groups;
    private final int[][] groupsOf;
    private final @Nullable BitSet[] open;
    private final boolean[] covered;
    private final Move[] @Nullable [] proofs;
    private final List<List<Move>> movesAt = new ArrayList<>();

    /** A move that proves something: its cells, by how much each changes, the insiders it touches and the cells it was enough for. */
    private record Move(int[] cells, long[] change, BitSet touched, Ints enoughFor) {}

    /** A table that proves something, as its difference to the true one. */
    record Certificate(int[] cells, long[] change) {}

    /** The tables that prove what is proved of these cells, each once. */
    List<Certificate> certificates(BitSet of) {
        Set<Move> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Certificate> certificates = new ArrayList<>();
        for (int cell = of.nextSetBit(0); cell >= 0; cell = of.nextSetBit(cell + 1)) {
            Move[] by = proofs[cell];
            for (int i = 0; by != null && i < by.length; i++) {
                if (seen.add(by[i])) {
                    certificates.add(new Certificate(by[i].cells(), by[i].change()));
                }
            }
        }
        return certificates;
    }

    /**
     * @param base a table that agrees with everything shown: the true one, or any to an auditor who does not know it
     * @param primary cells that are judged by the threshold and against insiders too
     * @param groups what each insider knows
     */
    Witnesses(Universe universe, BitSet withheld, long[] base, BitSet primary, int[][] groups) {
        this.universe = universe;
        this.withheld = withheld;
        this.base = base;
        this.primary = primary;
        this.groups = groups;
        this.groupsOf = new int[universe.cells()][];
        this.open = new BitSet[universe.cells()];
        this.covered = new boolean[universe.cells()];
        this.proofs = new Move[universe.cells()][];
        for (int cell = 0; cell < universe.cells(); cell++) {
            // One list for each cell, so that threads on different islands never touch the same.
            movesAt.add(new ArrayList<>(2));
        }
        int[] count = new int[universe.cells()];
        for (int[] group : groups) {
            for (int cell : group) {
                count[cell]++;
            }
        }
        for (int cell = 0; cell < count.length; cell++) {
            groupsOf[cell] = new int[count[cell]];
        }
        for (int g = groups.length - 1; g >= 0; g--) {
            for (int cell : groups[g]) {
                groupsOf[cell][--count[cell]] = g;
            }
        }
    }

    /** By how much the cell must be able to move for it to be safe. */
    long need(int cell) {
        long width = universe.rules().width();
        return upward(cell) ? Math.max(width, universe.rules().threshold() - base[cell]) : width;
    }

    /** Whether the cell must be able to grow; otherwise any change will do. */
    boolean upward(int cell) {
        return primary.get(cell)
                && !universe.rules().exactOnly()
                && base[cell] < universe.rules().threshold();
    }

    boolean isCovered(int cell) {
        return covered[cell];
    }

    /** An insider against whom the cell is not proved safe; -1 if there is none, or no proof at all. */
    int blocking(int cell) {
        BitSet left = open[cell];
        return left == null ? -1 : left.nextSetBit(0);
    }

    boolean isSafe(int cell) {
        BitSet left = open[cell];
        return covered[cell] && (left == null || left.isEmpty());
    }

    /** Leaves an insider out from now on, since the cell cannot be proved safe against this one. */
    void giveUp(int cell, int group) {
        BitSet left = open[cell];
        if (left != null) {
            left.clear(group);
        }
    }

    /** Asks for the proof against this insider again, who was left out. */
    void reopen(int cell, int group) {
        BitSet left = open[cell];
        if (left != null && group >= 0) {
            left.set(group);
        }
    }

    /** Whether the cell is proved safe against this insider; -1 for any reader. */
    boolean isSafeAgainst(int cell, int group) {
        BitSet left = open[cell];
        return covered[cell] && (group < 0 || left == null || !left.get(group));
    }

    int[] group(int number) {
        return groups[number];
    }

    long base(int cell) {
        return base[cell];
    }

    /**
     * Takes a move as proof of all cells it is enough for.
     *
     * @param given what changes, each once
     * @param by how much
     * @return false if it is no move: a shown cell changes, a sum does not hold or a count becomes impossible
     */
    boolean add(int[] given, long[] by) {
        int[] cells = given.clone();
        Arrays.sort(cells);
        long[] change = new long[cells.length];
        for (int i = 0; i < given.length; i++) {
            change[Arrays.binarySearch(cells, given[i])] = by[i];
        }
        if (!holds(cells, change)) {
            return false;
        }
        long forward = steps(cells, change, 1);
        long backward = steps(cells, change, -1);
        if (!withinTolerance(cells)) {
            forward = Math.min(forward, 1);
            backward = 0;
        }
        Move move = new Move(cells, change, touchedGroups(cells), new Ints(2));
        for (int i = 0; i < cells.length; i++) {
            int cell = cells[i];
            if (isSafe(cell)) {
                continue;
            }
            long need = need(cell);
            boolean up = enough(change[i], need, forward) || enough(-change[i], need, backward);
            boolean down = enough(-change[i], need, forward) || enough(change[i], need, backward);
            if (up || (down && !upward(cell))) {
                prove(cell, move);
            }
        }
        if (move.enoughFor().size() > 0) {
            for (int cell : cells) {
                movesAt.get(cell).add(move);
            }
        }
        return true;
    }

    private static boolean enough(long change, long need, long steps) {
        return change > 0 && steps >= (need + change - 1) / change;
    }

    private void prove(int cell, Move move) {
        covered[cell] = true;
        Move[] earlier = proofs[cell];
        Move[] now = earlier == null ? new Move[1] : Arrays.copyOf(earlier, earlier.length + 1);
        now[now.length - 1] = move;
        proofs[cell] = now;
        move.enoughFor().add(cell);
        restrict(cell, move.touched());
    }

    private void restrict(int cell, BitSet touched) {
        if (!primary.get(cell) || groups.length == 0) {
            return;
        }
        BitSet left = open[cell];
        if (left == null) {
            left = (BitSet) touched.clone();
            for (int own : groupsOf[cell]) {
                left.clear(own);
            }
            open[cell] = left;
        } else {
            left = (BitSet) left.clone();
            left.and(touched);
            open[cell] = left;
        }
    }

    private BitSet touchedGroups(int[] cells) {
        BitSet touched = new BitSet();
        for (int cell : cells) {
            for (int group : groupsOf[cell]) {
                touched.set(group);
            }
        }
        return touched;
    }

    /**
     * Forgets every move that changes a cell, which is about to be shown.
     *
     * @return the cells that have lost a proof by it
     */
    BitSet forget(int shown) {
        BitSet lost = new BitSet();
        for (Move move : movesAt.get(shown)) {
            for (int i = 0; i < move.enoughFor().size(); i++) {
                lost.set(move.enoughFor().get(i));
            }
        }
        for (int cell = lost.nextSetBit(0); cell >= 0; cell = lost.nextSetBit(cell + 1)) {
            Move[] kept = Arrays.stream(java.util.Objects.requireNonNull(proofs[cell]))
                    .filter(move -> Arrays.binarySearch(move.cells(), shown) < 0)
                    .toArray(Move[]::new);
            covered[cell] = kept.length > 0;
            open[cell] = null;
            proofs[cell] = kept;
            for (Move move : kept) {
                restrict(cell, move.touched());
            }
        }
        return lost;
    }

    /** What is proved of some cells, to be put back by {@link #restore}. */
    record Memory(BitSet cells, @Nullable BitSet[] open, boolean[] covered, Move[] @Nullable [] proofs) {}

    /** Remembers what is proved of all cells that a move touching this one proves. */
    Memory remember(int about) {
        BitSet cells = new BitSet();
        for (Move move : movesAt.get(about)) {
            for (int i = 0; i < move.enoughFor().size(); i++) {
                cells.set(move.enoughFor().get(i));
            }
        }
        int[] list = cells.stream().toArray();
        @Nullable BitSet[] left = new BitSet[list.length];
        boolean[] proved = new boolean[list.length];
        Move[] @Nullable [] by = new Move[list.length][];
        for (int i = 0; i < list.length; i++) {
            left[i] = open[list[i]];
            proved[i] = covered[list[i]];
            by[i] = proofs[list[i]];
        }
        return new Memory(cells, left, proved, by);
    }

    /** Puts back what was remembered; later moves stay valid where they do not change the cell again shown. */
    void restore(Memory memory) {
        int i = 0;
        for (int cell = memory.cells().nextSetBit(0);
                cell >= 0;
                cell = memory.cells().nextSetBit(cell + 1)) {
            open[cell] = memory.open()[i];
            covered[cell] = memory.covered()[i];
            proofs[cell] = memory.proofs()[i++];
        }
    }

    /** How often the move can be made before a count falls under its floor. */
    private long steps(int[] cells, long[] change, int sign) {
        long steps = Long.MAX_VALUE;
        for (int i = 0; i < cells.length; i++) {
            if (change[i] * sign < 0) {
                steps = Math.min(steps, (base[cells[i]] - universe.floor(cells[i])) / Math.abs(change[i]));
            }
        }
        return steps;
    }

    private boolean withinTolerance(int[] cells) {
        for (int cell : cells) {
            for (int i = universe.cellStart(cell); i < universe.cellEnd(cell); i++) {
                if (universe.tolerance(universe.cellRow(i)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean holds(int[] cells, long[] change) {
        java.util.Map<Integer, Long> rows = new java.util.HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            int cell = cells[i];
            if (!withheld.get(cell) || base[cell] + change[i] < universe.floor(cell)) {
                return false;
            }
            for (int e = universe.cellStart(cell); e < universe.cellEnd(cell); e++) {
                int row = universe.cellRow(e);
                rows.merge(row, sign(row, cell) * change[i], Long::sum);
            }
        }
        for (java.util.Map.Entry<Integer, Long> row : rows.entrySet()) {
            boolean kept = universe.tolerance(row.getKey()) > 0
                    ? Math.abs(difference(row.getKey()) + row.getValue()) <= universe.tolerance(row.getKey())
                    : row.getValue() == 0;
            if (!kept) {
                return false;
            }
        }
        return true;
    }

    /** Total less parts in the table that the proofs start from. */
    long difference(int row) {
        long difference = 0;
        for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
            difference += universe.rowSign(e) * base[universe.rowCell(e)];
        }
        return difference;
    }

    private int sign(int row, int cell) {
        int first = universe.rowStart(row);
        return universe.rowCell(first) == cell ? universe.rowSign(first) : -1;
    }
}
