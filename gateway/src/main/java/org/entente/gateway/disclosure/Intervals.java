package org.entente.gateway.disclosure;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a reader can say of withheld cells who knows nothing but what is shown: the least and greatest whole number of each. */
final class Intervals {

    /** Under this width the linear bounds are checked by integer programming. */
    private static final long NARROW = 3;

    private static final double WHOLE = 1e-6;

    private final Universe universe;
    private final BitSet withheld;
    private final Solver solver;
    private final int[] column;

    /** The bounds of a count. */
    record Interval(long least, long greatest) {
        boolean isExact() {
            return least == greatest;
        }
    }

    Intervals(Universe universe, BitSet withheld, Solver solver) {
        this.universe = universe;
        this.withheld = withheld;
        this.solver = solver;
        this.column = new int[universe.cells()];
    }

    /**
     * The bounds of a cell.
     *
     * @return null if no table agrees with what is shown
     */
    @Nullable
    Interval of(int cell) {
        int[] cells = tied(cell);
        Long least = bound(cells, cell, 1);
        Long greatest = bound(cells, cell, -1);
        return least == null || greatest == null ? null : new Interval(least, greatest);
    }

    /**
     * A table of whole numbers that agrees with what is shown.
     *
     * @param cells withheld cells with all that are tied to them
     * @param base is filled for these cells
     * @return false if there is none or none was found
     */
    boolean fill(BitSet cells, long[] base) {
        BitSet open = (BitSet) cells.clone();
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(cell + 1)) {
            int[] tied = tied(cell);
            Solver.Program program = program(tied, -1, 0);
            double[] vertex = solver.minimise(program);
            if (vertex == null) {
                return false;
            }
            boolean whole = Arrays.stream(vertex).allMatch(x -> Math.abs(x - Math.rint(x)) < WHOLE);
            long[] solution = whole
                    ? Arrays.stream(vertex).mapToLong(Math::round).toArray()
                    : solver.integers(program).solution();
            if (solution.length == 0) {
                return false;
            }
            for (int i = 0; i < tied.length; i++) {
                base[tied[i]] = solution[i];
                open.clear(tied[i]);
            }
        }
        return true;
    }

    private @Nullable Long bound(int[] cells, int cell, int sense) {
        Solver.Program program = program(cells, cell, sense);
        double[] vertex = solver.minimise(program);
        if (vertex == null) {
            return null;
        }
        double exact = vertex[column[cell]];
        long rounded = sense > 0 ? (long) Math.ceil(exact - WHOLE) : (long) Math.floor(exact + WHOLE);
        long own = universe.value(cell);
        boolean narrow = own < 0 || Math.abs(rounded - own) < NARROW;
        boolean whole = Arrays.stream(vertex).allMatch(x -> Math.abs(x - Math.rint(x)) < WHOLE);
        if (whole || !narrow) {
            return rounded;
        }
        Solver.Integers integers = solver.integers(program);
        return integers.outcome() == Solver.Integers.Outcome.OPTIMAL
                ? integers.solution()[column[cell]]
                : Long.valueOf(rounded);
    }

    private int[] tied(int cell) {
        BitSet seen = new BitSet();
        BitSet rows = new BitSet();
        Ints queue = new Ints();
        queue.add(cell);
        seen.set(cell);
        for (int q = 0; q < queue.size(); q++) {
            int at = queue.get(q);
            for (int i = universe.cellStart(at); i < universe.cellEnd(at); i++) {
                int row = universe.cellRow(i);
                if (!rows.get(row)) {
                    rows.set(row);
                    for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
                        int next = universe.rowCell(e);
                        if (withheld.get(next) && !seen.get(next)) {
                            seen.set(next);
                            queue.add(next);
                        }
                    }
                }
            }
        }
        return queue.toArray();
    }

    private Solver.Program program(int[] cells, int target, int sense) {
        int n = cells.length;
        double[] low = new double[n];
        double[] high = new double[n];
        double[] cost = new double[n];
        BitSet rows = new BitSet();
        for (int i = 0; i < n; i++) {
            column[cells[i]] = i;
            low[i] = universe.floor(cells[i]);
            high[i] = Double.POSITIVE_INFINITY;
            for (int e = universe.cellStart(cells[i]); e < universe.cellEnd(cells[i]); e++) {
                rows.set(universe.cellRow(e));
            }
        }
        if (target >= 0) {
            cost[column[target]] = sense;
        }
        Ints starts = new Ints();
        Ints columns = new Ints();
        Ints signs = new Ints();
        double[] rowLow = new double[rows.cardinality()];
        double[] rowHigh = new double[rowLow.length];
        starts.add(0);
        int r = 0;
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            long shown = 0;
            for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
                int at = universe.rowCell(e);
                if (withheld.get(at)) {
                    columns.add(column[at]);
                    signs.add(universe.rowSign(e));
                } else {
                    shown += universe.rowSign(e) * universe.value(at);
                }
            }
            starts.add(columns.size());
            rowLow[r] = -shown - universe.tolerance(row);
            rowHigh[r++] = -shown + universe.tolerance(row);
        }
        double[] coefficients = new double[signs.size()];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = signs.get(i);
        }
        return new Solver.Program(low, high, cost, starts.toArray(), columns.toArray(), coefficients, rowLow, rowHigh);
    }
}
