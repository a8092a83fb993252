package org.entente.gateway.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be inferred about figures that are not shown, of several holders, from sums that are shown: by any reader, and by each holder,
 * who knows its own figures. A figure is safe if there is another world, with all its sums the same, in which it is as much different as it
 * must be; the search is in whole numbers, near the figure first and then in wider surroundings. What is not proved is an exposure.
 *
 * <p>Not for threads. Add all figures and sums, then {@link #run}.
 */
public final class Inference {
    private static final int[] SURROUNDINGS = {40, 200, 1_000};
    private static final double WHOLE = 1e-6;

    private final List<Figure> figures = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();
    private final List<Ints> sumsOf = new ArrayList<>();
    private final Solver solver = Solver.best();
    private final KnownMoves known = new KnownMoves(figures, sums, sumsOf);
    private double[] base = new double[0];

    /** A figure that is not shown; its value is NaN where only its holder knows it. */
    record Figure(String holder, double value, double need) {}

    /** Bounds of a signed sum. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sum(int[] figures, int[] signs, double low, double high, boolean certain) {}

    /**
     * A figure that is not proved safe.
     *
     * @param figure its number
     * @param attacker the holder who might infer it with its own figures; null for any reader
     */
    public record Exposure(int figure, @Nullable String attacker) {}

    /**
     * Adds a figure that is not shown.
     *
     * @param holder whose it is, and who therefore knows it
     * @param value the figure; NaN if only the holder knows it
     * @param need by how much another possible figure must differ
     * @return its number
     */
    public int figure(String holder, double value, double need) {
        figures.add(new Figure(holder, value, need));
        sumsOf.add(new Ints());
        return figures.size() - 1;
    }

    /**
     * Adds a sum of figures that everybody knows.
     *
     * @param of numbers of figures, each once
     * @param signs 1 or -1 for each
     * @param is what they come to
     * @param tolerance by how much that may be off
     * @param certain whether it holds by itself; one that is only supposed is dropped where no figures agree with it
     */
    public void sum(int[] of, int[] signs, double is, double tolerance, boolean certain) {
        for (int figure : of) {
            sumsOf.get(figure).add(sums.size());
        }
        sums.add(new Sum(of.clone(), signs.clone(), is - tolerance, is + tolerance, certain));
    }

    /** Judges every figure that stands in any sum. */
    public List<Exposure> run() {
        base = new double[figures.size()];
        List<Exposure> exposures = new ArrayList<>();
        BitSet seen = new BitSet();
        for (int i = 0; i < figures.size(); i++) {
            if (!seen.get(i) && sumsOf.get(i).size() > 0) {
                int[] island = around(i, Integer.MAX_VALUE, "");
                Arrays.stream(island).forEach(seen::set);
                if (fill(island)) {
                    known.enter(island);
                    judge(island, exposures);
                } else {
                    Arrays.stream(island).forEach(figure -> exposures.add(new Exposure(figure, null)));
                }
            }
        }
        exposures.sort(Comparator.comparingInt(Exposure::figure));
        return exposures;
    }

    private void judge(int[] island, List<Exposure> exposures) {
        for (int figure : island) {
            judge(figure, exposures);
        }
    }

    /** A world that differs at the figure proves it against any reader, and against every holder whose figures it leaves as they are. */
    private void judge(int figure, List<Exposure> exposures) {
        Set<String> touched = world(figure, "");
        if (touched == null) {
            exposures.add(new Exposure(figure, null));
            return;
        }
        touched.remove(figures.get(figure).holder());
        for (String insider : touched) {
            if (world(figure, insider) == null) {
                exposures.add(new Exposure(figure, insider));
            }
        }
    }

    /** Holders whose figures differ in a world in which this one does; null if none is found. */
    private @Nullable Set<String> world(int figure, String insider) {
        Set<String> touchedAlready = known.world(figure, insider, base);
        if (touchedAlready != null) {
            return touchedAlready;
        }
        int before = 0;
        for (int limit : SURROUNDINGS) {
            int[] around = around(figure, limit, insider);
            if (around.length == before) {
                return null;
            }
            before = around.length;
            double need = figures.get(figure).need();
            double[] moved = move(around, figure, need);
            if (moved == null && base[figure] - need >= 0) {
                moved = move(around, figure, -need);
            }
            if (moved != null) {
                known.remember(around, moved);
                Set<String> touched = new LinkedHashSet<>();
                for (int i = 0; i < around.length; i++) {
                    if (moved[i] != 0) {
                        touched.add(figures.get(around[i]).holder());
                    }
                }
                return touched;
            }
        }
        return null;
    }

    /** Figures near this one, breadth first along the sums; those of the insider stay as they are. */
    private int[] around(int figure, int limit, String insider) {
        BitSet seen = new BitSet();
        BitSet rows = new BitSet();
        Deque<Integer> queue = new ArrayDeque<>(List.of(figure));
        Ints found = new Ints();
        seen.set(figure);
        while (!queue.isEmpty() && found.size() < limit) {
            int at = queue.removeFirst();
            found.add(at);
            Ints own = sumsOf.get(at);
            for (int r = 0; r < own.size(); r++) {
                int row = own.get(r);
                if (!rows.get(row)) {
                    rows.set(row);
                    for (int next : sums.get(row).figures()) {
                        if (!seen.get(next) && !figures.get(next).holder().equals(insider)) {
                            seen.set(next);
                            queue.addLast(next);
                        }
                    }
                }
            }
        }
        return found.toArray();
    }

    /** Supposes figures where only their holders know them; drops sums that are only supposed if nothing agrees with them. */
    private boolean fill(int[] island) {
        boolean open = false;
        for (int figure : island) {
            double value = figures.get(figure).value();
            base[figure] = Double.isNaN(value) ? 0 : value;
            open |= Double.isNaN(value);
        }
        return !open || fill(island, false) || fill(island, true);
    }

    private boolean fill(int[] island, boolean onlyCertain) {
        double[] low = new double[island.length];
        double[] high = new double[island.length];
        double[] cost = new double[island.length];
        for (int i = 0; i < island.length; i++) {
            double value = figures.get(island[i]).value();
            low[i] = Double.isNaN(value) ? 0 : value;
            high[i] = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        }
        if (onlyCertain) {
            drop(island);
        }
        double[] found = solve(island, low, high, cost, 1, true);
        if (found == null) {
            return false;
        }
        for (int i = 0; i < island.length; i++) {
            base[island[i]] = found[i];
        }
        return true;
    }

    private void drop(int[] island) {
        for (int figure : island) {
            Ints kept = new Ints();
            Ints own = sumsOf.get(figure);
            for (int r = 0; r < own.size(); r++) {
                if (sums.get(own.get(r)).certain()) {
                    kept.add(own.get(r));
                }
            }
            sumsOf.set(figure, kept);
        }
    }

    /** Changes of these figures that leave every sum as it is and change one of them by so much; null if there are none. */
    private double @Nullable [] move(int[] around, int figure, double change) {
        int n = around.length;
        double[] low = new double[2 * n];
        double[] high = new double[2 * n];
        double[] cost = new double[2 * n];
        for (int i = 0; i < n; i++) {
            boolean target = around[i] == figure;
            low[2 * i] = target ? Math.max(change, 0) : 0;
            high[2 * i] = target ? low[2 * i] : Double.POSITIVE_INFINITY;
            low[2 * i + 1] = target ? Math.max(-change, 0) : 0;
            high[2 * i + 1] = target ? low[2 * i + 1] : base[around[i]];
            cost[2 * i] = 1;
            cost[2 * i + 1] = 1;
        }
        double[] found = solve(around, low, high, cost, 2, false);
        if (found == null) {
            return null;
        }
        double[] moved = new double[n];
        for (int i = 0; i < n; i++) {
            moved[i] = found[2 * i] - found[2 * i + 1];
        }
        return moved;
    }

    /**
     * Solves in whole numbers.
     *
     * @param width 1 for the figures themselves, 2 for growth and loss of each in turn
     * @param values whether sums come to what they are, or stay as they are
     */
    private double @Nullable [] solve(
            int[] cells, double[] low, double[] high, double[] cost, int width, boolean values) {
        Map<Integer, Integer> column = new HashMap<>();
        Set<Integer> rows = new LinkedHashSet<>();
        for (int i = 0; i < cells.length; i++) {
            column.put(cells[i], i);
            Ints own = sumsOf.get(cells[i]);
            for (int r = 0; r < own.size(); r++) {
                rows.add(own.get(r));
            }
        }
        Ints starts = new Ints();
        Ints columns = new Ints();
        Ints signs = new Ints();
        double[] rowLow = new double[rows.size()];
        double[] rowHigh = new double[rows.size()];
        starts.add(0);
        int at = 0;
        for (int row : rows) {
            Sum sum = sums.get(row);
            double stands = 0;
            for (int e = 0; e < sum.figures().length; e++) {
                Integer own = column.get(sum.figures()[e]);
                stands += sum.signs()[e] * base[sum.figures()[e]];
                if (own != null) {
                    columns.add(width * own);
                    signs.add(sum.signs()[e]);
                    if (width == 2) {
                        columns.add(2 * own + 1);
                        signs.add(-sum.signs()[e]);
                    }
                }
            }
            starts.add(columns.size());
            rowLow[at] = values ? sum.low() : Math.min(0, sum.low() - stands);
            rowHigh[at++] = values ? sum.high() : Math.max(0, sum.high() - stands);
        }
        double[] coefficients = new double[signs.size()];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = signs.get(i);
        }
        return whole(new Solver.Program(
                low, high, cost, starts.toArray(), columns.toArray(), coefficients, rowLow, rowHigh));
    }

    private double @Nullable [] whole(Solver.Program program) {
        double[] vertex = solver.minimise(program);
        if (vertex == null) {
            return null;
        }
        if (Arrays.stream(vertex).allMatch(x -> Math.abs(x - Math.rint(x)) < WHOLE)) {
            return Arrays.stream(vertex).map(Math::rint).toArray();
        }
        Solver.Integers integers = solver.integers(program);
        return integers.found()
                ? Arrays.stream(integers.solution()).asDoubleStream().toArray()
                : null;
    }
}
