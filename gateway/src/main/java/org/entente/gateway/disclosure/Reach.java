package org.entente.gateway.disclosure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells cheaply that a cell cannot change by so much within its surroundings, where bounds of single cells and sums rule it out: what the sums
 * say of each cell is carried on from sum to sum, in whole numbers. It is a proof where it says no; where it does not, programs decide.
 */
final class Reach {
    private static final long NONE = Long.MAX_VALUE / 4;

    /** How often a sum is looked at, on average. */
    private static final int LOOKS = 30;

    private final Universe universe;
    private final Witnesses witnesses;

    /** Number of each cell among those that may change, -1 for all others; only while one question is answered. */
    private final int[] local;

    private final int[] queued;
    private int stamp;

    Reach(Universe universe, Witnesses witnesses) {
        this.universe = universe;
        this.witnesses = witnesses;
        this.local = new int[universe.cells()];
        Arrays.fill(local, -1);
        this.queued = new int[universe.rows()];
    }

    /**
     * How far cells may change.
     *
     * @param cells those that may, in the given order
     * @param low by how much each can shrink, as a change of at most 0; for the cell in question its change
     * @param high by how much each can grow; {@link Long#MAX_VALUE} where nothing bounds it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Room(int[] cells, long[] low, long[] high) {}

    /**
     * What is left of the surroundings of a cell that is to change.
     *
     * @param around cells that may change, each once; no other does
     * @param cell one of them
     * @param change by how much it would change
     * @return null if it is ruled out
     */
    @Nullable
    Room of(int[] around, int cell, long change) {
        long[] low = new long[around.length];
        long[] high = new long[around.length];
        for (int i = 0; i < around.length; i++) {
            local[around[i]] = i;
            low[i] = universe.floor(around[i]) - witnesses.base(around[i]);
            high[i] = NONE;
            if (around[i] == cell) {
                low[i] = Math.max(low[i], change);
                high[i] = change;
            }
        }
        boolean excluded = !carried(around, low, high);
        for (int at : around) {
            local[at] = -1;
        }
        return excluded ? null : room(around, low, high);
    }

    private static Room room(int[] around, long[] low, long[] high) {
        int count = 0;
        int[] cells = new int[around.length];
        for (int i = 0; i < around.length; i++) {
            if (low[i] != 0 || high[i] != 0) {
                low[count] = low[i];
                high[count] = high[i] == NONE ? Long.MAX_VALUE : high[i];
                cells[count++] = around[i];
            }
        }
        return new Room(Arrays.copyOf(cells, count), Arrays.copyOf(low, count), Arrays.copyOf(high, count));
    }

    /** Carries bounds from sum to sum until nothing changes, or often enough; false if nothing can satisfy them. */
    private boolean carried(int[] around, long[] low, long[] high) {
        stamp++;
        Ints queue = new Ints();
        for (int at : around) {
            enqueue(at, queue);
        }
        long most = (long) queue.size() * LOOKS;
        for (int q = 0; q < queue.size() && q < most; q++) {
            int row = queue.get(q);
            queued[row] = 0;
            if (!tighten(row, low, high, queue)) {
                return false;
            }
        }
        return true;
    }

    private void enqueue(int cell, Ints queue) {
        for (int e = universe.cellStart(cell); e < universe.cellEnd(cell); e++) {
            int row = universe.cellRow(e);
            if (queued[row] != stamp) {
                queued[row] = stamp;
                queue.add(row);
            }
        }
    }

    /** Carries the bounds of a sum's cells on to each other; false if no change satisfies it. */
    private boolean tighten(int row, long[] low, long[] high, Ints queue) {
        long tolerance = universe.tolerance(row);
        long difference = tolerance > 0 ? witnesses.difference(row) : 0;
        long least = tolerance + difference;
        long most = tolerance - difference;
        int open = 0;
        int wide = 0;
        // The sum of all changes with their signs lies between -least and most; what the others leave is each cell's.
        long sumLow = 0;
        long sumHigh = 0;
        for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
            int i = local[universe.rowCell(e)];
            if (i >= 0) {
                boolean plus = universe.rowSign(e) > 0;
                long from = plus ? low[i] : high[i] == NONE ? -NONE : -high[i];
                long to = plus ? high[i] : -low[i];
                open += from == -NONE ? 1 : 0;
                wide += to == NONE ? 1 : 0;
                sumLow += from == -NONE ? 0 : from;
                sumHigh += to == NONE ? 0 : to;
            }
        }
        if ((open == 0 && sumLow > most) || (wide == 0 && sumHigh < -least)) {
            return false;
        }
        for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
            int i = local[universe.rowCell(e)];
            if (i < 0) {
                continue;
            }
            boolean plus = universe.rowSign(e) > 0;
            long from = plus ? low[i] : high[i] == NONE ? -NONE : -high[i];
            long to = plus ? high[i] : -low[i];
            boolean restOpen = open > (from == -NONE ? 1 : 0);
            boolean restWide = wide > (to == NONE ? 1 : 0);
            long upper = restOpen ? NONE : most - (sumLow - (from == -NONE ? 0 : from));
            long lower = restWide ? -NONE : -least - (sumHigh - (to == NONE ? 0 : to));
            long newLow = Math.max(low[i], plus ? lower : upper == NONE ? -NONE : -upper);
            long newHigh = Math.min(high[i], plus ? upper : lower == -NONE ? NONE : -lower);
            if (newLow > newHigh) {
                return false;
            }
            if (newLow != low[i] || newHigh != high[i]) {
                low[i] = newLow;
                high[i] = newHigh;
                // This row is one of the cell's, and is looked at again with the new bound.
                enqueue(universe.rowCell(e), queue);
                return true;
            }
        }
        return true;
    }
}
