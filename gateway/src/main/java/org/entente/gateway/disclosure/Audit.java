package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves or refutes in integer terms that nothing withheld can be inferred, with linear and integer programming over the
 * universe: for each cell, and against each insider, it looks for another table of whole numbers that agrees with all that
 * the attacker sees. First near the cell, then in ever wider surroundings up to all withheld cells that are tied to it. What
 * is not proved is reported as unsafe.
 */
final class Audit {

    private static final int[] SURROUNDINGS = {48, 240, 1_200};
    private static final int[] NEAR = {48, 240};
    private static final double WHOLE = 1e-6;

    /** Vertices are often halves or thirds; twice or thrice such a change is as good a proof. */
    private static final int[] MULTIPLES = {1, 2, 3};

    /**
     * What could not be proved.
     *
     * @param cell the cell
     * @param insider number of the insider who might learn it, -1 for any reader
     */
    record Doubt(int cell, int insider) {}

    /**
     * The result.
     *
     * @param doubts what could not be proved, in the order of the cells
     * @param programs linear programs solved
     * @param integerPrograms integer programs solved
     */
    record Result(List<Doubt> doubts, long programs, long integerPrograms) {
        boolean safe() {
            return doubts.isEmpty();
        }
    }

    private final Universe universe;
    private final BitSet withheld;
    private final Solver solver;
    private final Witnesses witnesses;
    private final boolean thorough;
    private final Reach reach;
    private final int[] local;
    private final BitSet barred = new BitSet();
    private long programs;
    private long integerPrograms;

    /**
     * @param witnesses proofs at hand, which grow
     * @param thorough whether to search all that is tied to a cell before giving up, or its surroundings only
     */
    Audit(Universe universe, BitSet withheld, Witnesses witnesses, Solver solver, boolean thorough) {
        this.universe = universe;
        this.withheld = withheld;
        this.witnesses = witnesses;
        this.solver = solver;
        this.thorough = thorough;
        this.reach = new Reach(universe, witnesses);
        this.local = new int[universe.cells()];
        Arrays.fill(local, -1);
    }

    /** Judges these cells. */
    Result run(BitSet cells) {
        List<Doubt> doubts = new ArrayList<>();
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            while (!witnesses.isSafe(cell)) {
                int insider = witnesses.isCovered(cell) ? witnesses.blocking(cell) : -1;
                if (prove(cell, insider)) {
                    continue;
                }
                doubts.add(new Doubt(cell, insider));
                if (insider < 0) {
                    break;
                }
                witnesses.giveUp(cell, insider);
            }
        }
        return new Result(doubts, programs, integerPrograms);
    }

    /** Whether all of these cells can be proved; stops at the first that cannot. */
    boolean proves(BitSet cells) {
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            while (!witnesses.isSafe(cell)) {
                if (!prove(cell, witnesses.isCovered(cell) ? witnesses.blocking(cell) : -1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Judges these cells island by island, on as many processors as there are. */
    static Result across(
            Universe universe, BitSet withheld, Witnesses witnesses, boolean thorough, BitSet cells, Solvers solvers) {
        List<BitSet> parts = new ArrayList<>();
        for (BitSet island : universe.islands()) {
            BitSet part = (BitSet) island.clone();
            part.and(cells);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        List<Result> results = solvers.each(
                parts, (part, solver) -> new Audit(universe, withheld, witnesses, solver, thorough).run(part));
        List<Doubt> doubts = new ArrayList<>();
        long programs = 0;
        long integerPrograms = 0;
        for (Result result : results) {
            doubts.addAll(result.doubts());
            programs += result.programs();
            integerPrograms += result.integerPrograms();
        }
        doubts.sort(java.util.Comparator.comparingInt(Doubt::cell).thenComparingInt(Doubt::insider));
        return new Result(doubts, programs, integerPrograms);
    }

    private boolean prove(int cell, int insider) {
        int[] known = insider < 0 ? new int[0] : witnesses.group(insider);
        int before = 0;
        for (int limit : thorough ? SURROUNDINGS : NEAR) {
            int[] around = around(cell, known, limit);
            if (around.length > before && search(cell, insider, around)) {
                return true;
            }
            if (around.length < limit) {
                return false;
            }
            before = around.length;
        }
        return thorough && search(cell, insider, around(cell, known, Integer.MAX_VALUE));
    }

    /** Withheld cells near this one, breadth first along the sums; what the insider knows stays as it is. */
    private int[] around(int cell, int[] known, int limit) {
        for (int k : known) {
            barred.set(k);
        }
        BitSet seen = new BitSet();
        BitSet rows = new BitSet();
        Ints queue = new Ints();
        queue.add(cell);
        seen.set(cell);
        for (int q = 0; q < queue.size() && queue.size() < limit; q++) {
            int at = queue.get(q);
            for (int i = universe.cellStart(at); i < universe.cellEnd(at); i++) {
                int row = universe.cellRow(i);
                if (rows.get(row)) {
                    continue;
                }
                rows.set(row);
                for (int e = universe.rowStart(row); e < universe.rowEnd(row) && queue.size() < limit; e++) {
                    int next = universe.rowCell(e);
                    if (withheld.get(next) && !barred.get(next) && !seen.get(next)) {
                        seen.set(next);
                        queue.add(next);
                    }
                }
            }
        }
        barred.clear();
        return queue.toArray();
    }

    private boolean search(int cell, int insider, int[] around) {
        if (found(cell, insider, around, witnesses.need(cell))) {
            return true;
        }
        return !witnesses.upward(cell) && found(cell, insider, around, -witnesses.need(cell));
    }

    private boolean found(int cell, int insider, int[] surroundings, long change) {
        if (witnesses.base(cell) + change < universe.floor(cell)) {
            return false;
        }
        Reach.Room room = reach.of(surroundings, cell, change);
        if (room == null) {
            return false;
        }
        int[] around = room.cells();
        Solver.Program program = program(room, cell);
        programs++;
        double[] vertex = solver.minimise(program);
        if (vertex == null) {
            return false;
        }
        for (int times : MULTIPLES) {
            long[] moved = whole(vertex, times);
            if (moved != null && accept(cell, insider, around, moved)) {
                return true;
            }
        }
        integerPrograms++;
        Solver.Integers integers = solver.integers(program);
        if (!integers.found()) {
            return false;
        }
        long[] moved = new long[around.length];
        for (int i = 0; i < around.length; i++) {
            moved[i] = integers.solution()[2 * i] - integers.solution()[2 * i + 1];
        }
        return accept(cell, insider, around, moved);
    }

    /** So many times what a vertex changes, if that is whole; a multiple that is too much for some cell is refused where it is held against the table. */
    private static long @Nullable [] whole(double[] vertex, int times) {
        long[] moved = new long[vertex.length / 2];
        for (int i = 0; i < moved.length; i++) {
            double exact = times * (vertex[2 * i] - vertex[2 * i + 1]);
            moved[i] = Math.round(exact);
            if (Math.abs(exact - moved[i]) >= WHOLE) {
                return null;
            }
        }
        return moved;
    }

    private boolean accept(int cell, int insider, int[] around, long[] moved) {
        int count = 0;
        int[] cells = new int[around.length];
        long[] change = new long[around.length];
        for (int i = 0; i < around.length; i++) {
            if (moved[i] != 0) {
                cells[count] = around[i];
                change[count++] = moved[i];
            }
        }
        boolean taken = witnesses.add(Arrays.copyOf(cells, count), Arrays.copyOf(change, count));
        return taken && (insider < 0 ? witnesses.isCovered(cell) : witnesses.blocking(cell) != insider);
    }

    /** The shortest move that changes one cell by so much; variables are growth and loss of each cell in turn. */
    private Solver.Program program(Reach.Room room, int cell) {
        int[] around = room.cells();
        int n = around.length;
        double[] low = new double[2 * n];
        double[] high = new double[2 * n];
        double[] cost = new double[2 * n];
        Ints rows = new Ints();
        BitSet seen = new BitSet();
        for (int i = 0; i < n; i++) {
            int at = around[i];
            local[at] = i;
            high[2 * i] = room.high()[i] == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : Math.max(room.high()[i], 0);
            high[2 * i + 1] = Math.max(-room.low()[i], 0);
            double weight = universe.value(at) == 1 && !universe.implied(at) ? 4 : 1;
            cost[2 * i] = weight;
            cost[2 * i + 1] = weight;
            if (at == cell) {
                low[2 * i] = high[2 * i];
                low[2 * i + 1] = high[2 * i + 1];
            }
            for (int e = universe.cellStart(at); e < universe.cellEnd(at); e++) {
                int row = universe.cellRow(e);
                if (!seen.get(row)) {
                    seen.set(row);
                    rows.add(row);
                }
            }
        }
        Solver.Program program = rows(rows, low, high, cost);
        for (int at : around) {
            local[at] = -1;
        }
        return program;
    }

    private Solver.Program rows(Ints rows, double[] low, double[] high, double[] cost) {
        Ints starts = new Ints();
        Ints columns = new Ints();
        Ints signs = new Ints();
        double[] rowLow = new double[rows.size()];
        double[] rowHigh = new double[rows.size()];
        starts.add(0);
        for (int r = 0; r < rows.size(); r++) {
            int row = rows.get(r);
            for (int e = universe.rowStart(row); e < universe.rowEnd(row); e++) {
                int at = local[universe.rowCell(e)];
                if (at >= 0) {
                    columns.add(2 * at);
                    signs.add(universe.rowSign(e));
                    columns.add(2 * at + 1);
                    signs.add(-universe.rowSign(e));
                }
            }
            starts.add(columns.size());
            if (universe.tolerance(row) > 0) {
                rowLow[r] = -universe.tolerance(row) - witnesses.difference(row);
                rowHigh[r] = universe.tolerance(row) - witnesses.difference(row);
            }
        }
        double[] coefficients = new double[signs.size()];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = signs.get(i);
        }
        return new Solver.Program(low, high, cost, starts.toArray(), columns.toArray(), coefficients, rowLow, rowHigh);
    }
}
