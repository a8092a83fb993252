package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rounding of a whole table: either of every cell for itself, or of the small finest counts only, from which all totals are
 * rebuilt (the idea of O. Langsrud and J. Heldal, "An algorithm for small count rounding of tabular data", PSD 2018): each
 * becomes 0 or the base, such that the totals stray as little as possible.
 */
final class Rounding {

    private static final int MOST_SWAPPED = 600;

    private final Universe universe;
    private final int base;
    private final int[] small;
    private final int[][] above;
    private final long[] difference;
    private final boolean[] up;

    private Rounding(Universe universe, int base) {
        this.universe = universe;
        this.base = base;
        this.difference = new long[universe.cells()];
        CellVectors vectors = new CellVectors(universe);
        List<Ints> over = new ArrayList<>();
        for (int c = 0; c < universe.cells(); c++) {
            over.add(new Ints(4));
        }
        for (int c = 0; c < universe.cells(); c++) {
            for (int leaf : vectors.of(c).rows()) {
                over.get(leaf).add(c);
            }
        }
        Ints chosen = new Ints();
        for (int c = 0; c < universe.cells(); c++) {
            boolean finest = vectors.of(c).rows().length == 1 && vectors.of(c).rows()[0] == c;
            if (finest && universe.value(c) > 0 && universe.value(c) < base) {
                chosen.add(c);
            }
        }
        small = chosen.toArray();
        up = new boolean[small.length];
        above = new int[small.length][];
        for (int i = 0; i < small.length; i++) {
            above[i] = over.get(small[i]).toArray();
        }
    }

    static ProtectedTable of(Grid grid, Specification spec, Known.Found found) {
        boolean each = spec.method().kind() == Specification.Method.Kind.ROUND;
        int base = spec.method().base();
        Universe universe = Universe.of(grid, spec.rules(), new BitSet());
        long[] difference = each ? new long[0] : new Rounding(universe, base).run();
        List<ProtectedTable.Cell> cells = new ArrayList<>();
        long people = 0;
        for (int i = 0; i < grid.shown(); i++) {
            long value = grid.value(i);
            people += value;
            int cell = universe.merged(i);
            long shown = each ? (value + base / 2) / base * base : value + (cell < 0 ? 0 : difference[cell]);
            if (grid.line(i) > 0 || shown != 0) {
                cells.add(new ProtectedTable.Cell(
                        grid.codesOf(i), shown, grid.line(i), found.cells().get(i)));
            }
        }
        return new ProtectedTable(
                spec,
                cells,
                new ProtectedTable.Report(
                        cells.size(),
                        0,
                        people,
                        0,
                        found.small(),
                        found.differing(),
                        List.of(),
                        true,
                        "none",
                        0,
                        0,
                        !each && exact(grid)));
    }

    private static boolean exact(Grid grid) {
        return grid.relations().stream().allMatch(relation -> relation.tolerance() == 0);
    }

    /** By how much each cell changes. */
    private long[] run() {
        for (int i = 0; i < small.length; i++) {
            shift(i, -universe.value(small[i]));
        }
        raiseBestFirst();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < small.length; i++) {
                if (gain(i) < 0) {
                    flip(i);
                    changed = true;
                }
            }
            changed |= small.length <= MOST_SWAPPED && swap();
        }
        return difference;
    }

    private void raiseBestFirst() {
        while (small.length <= 4 * MOST_SWAPPED) {
            int best = -1;
            long least = 0;
            for (int i = 0; i < small.length; i++) {
                long gain = up[i] ? 0 : gain(i);
                if (gain < least) {
                    least = gain;
                    best = i;
                }
            }
            if (best < 0) {
                return;
            }
            flip(best);
        }
    }

    private boolean swap() {
        for (int i = 0; i < small.length; i++) {
            for (int k = 0; k < small.length; k++) {
                if (up[i] && !up[k]) {
                    long first = gain(i);
                    flip(i);
                    if (first + gain(k) < 0) {
                        flip(k);
                        return true;
                    }
                    flip(i);
                }
            }
        }
        return false;
    }

    /** Change of the sum of squared differences if this count goes the other way. */
    private long gain(int i) {
        long by = up[i] ? -base : base;
        long gain = 0;
        for (int cell : above[i]) {
            gain += universe.implied(cell) ? 0 : 2 * difference[cell] * by + by * by;
        }
        return gain;
    }

    private void flip(int i) {
        shift(i, up[i] ? -base : base);
        up[i] = !up[i];
    }

    private void shift(int i, long by) {
        for (int cell : above[i]) {
            difference[cell] += by;
        }
    }
}
