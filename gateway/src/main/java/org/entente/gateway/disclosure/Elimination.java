package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.disclosure.CellVectors.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which cells may be shown, by Gaussian elimination in exact arithmetic (O. Langsrud, "Secondary cell suppression by
 * Gaussian elimination", PSD 2024): candidates are taken in turn, and one is shown as long as no protected cell becomes a
 * linear combination of what is shown. With insiders, none may become one together with what a single person knows either.
 */
final class Elimination {

    private final Universe universe;
    private final CellVectors vectors;
    private final List<Vector> conditions;
    private final boolean insiders;

    /** State of one run. */
    private final class Run {
        private final List<Vector> pivots = new ArrayList<>();
        private final int[] pivotOf = new int[universe.cells()];
        private final int[] pivotRow = new int[universe.cells() + conditions.size()];
        private final long[] dense = new long[universe.cells()];
        private final BitSet touched = new BitSet();
        private final BitSet pending = new BitSet();
        private final List<@Nullable Vector> guarded = new ArrayList<>();
        private final List<Integer> guardedCell = new ArrayList<>();
        private final Map<Integer, BitSet> guardsAt = new HashMap<>();
        private final Map<Long, BitSet> directions = new HashMap<>();

        Run(BitSet primary, List<int[]> sums) {
            Arrays.fill(pivotOf, -1);
            for (int cell = primary.nextSetBit(0); cell >= 0; cell = primary.nextSetBit(cell + 1)) {
                guard(vectors.of(cell), cell);
            }
            for (int[] sum : sums) {
                guard(vectors.sum(sum), -1);
            }
        }

        private void guard(Vector vector, int cell) {
            int number = guarded.size();
            guarded.add(null);
            guardedCell.add(cell);
            place(number, vector);
        }

        private void place(int number, Vector vector) {
            Vector old = guarded.set(number, vector);
            if (old != null) {
                for (int row : old.rows()) {
                    at(row).clear(number);
                }
                along(old.direction()).clear(number);
            }
            for (int row : vector.rows()) {
                at(row).set(number);
            }
            along(vector.direction()).set(number);
        }

        private BitSet at(int row) {
            return guardsAt.computeIfAbsent(row, r -> new BitSet());
        }

        private BitSet along(long direction) {
            return directions.computeIfAbsent(direction, d -> new BitSet());
        }

        /** The vector modulo what is shown already. */
        Vector reduce(Vector vector) {
            for (int i = 0; i < vector.rows().length; i++) {
                touch(vector.rows()[i], vector.values()[i]);
            }
            for (int k = pending.nextSetBit(0); k >= 0; k = pending.nextSetBit(k + 1)) {
                pending.clear(k);
                long factor = dense[pivotRow[k]];
                if (factor != 0) {
                    Vector pivot = pivots.get(k);
                    for (int i = 0; i < pivot.rows().length; i++) {
                        touch(pivot.rows()[i], (CellVectors.PRIME - factor) * pivot.values()[i] % CellVectors.PRIME);
                    }
                }
            }
            return collect();
        }

        private void touch(int row, long value) {
            dense[row] = (dense[row] + value) % CellVectors.PRIME;
            touched.set(row);
            if (pivotOf[row] >= 0) {
                pending.set(pivotOf[row]);
            }
        }

        private Vector collect() {
            int[] rows = new int[touched.cardinality()];
            long[] values = new long[rows.length];
            int count = 0;
            for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
                if (dense[row] != 0) {
                    rows[count] = row;
                    values[count++] = dense[row];
                    dense[row] = 0;
                }
            }
            touched.clear();
            return new Vector(Arrays.copyOf(rows, count), Arrays.copyOf(values, count));
        }

        /** Shows a combination; false, and nothing changes, if that would tell a protected one. */
        boolean show(Vector vector, boolean always) {
            Vector reduced = reduce(vector);
            if (reduced.isZero()) {
                return true;
            }
            int row = reduced.rows()[0];
            int fewest = Integer.MAX_VALUE;
            for (int candidate : reduced.rows()) {
                BitSet guards = guardsAt.get(candidate);
                int count = guards == null ? 0 : guards.cardinality();
                if (count < fewest) {
                    fewest = count;
                    row = candidate;
                }
                if (count == 0) {
                    break;
                }
            }
            if (fewest > 0 && !update(reduced, row, always)) {
                return false;
            }
            pivotRow[pivots.size()] = row;
            pivotOf[row] = pivots.size();
            pivots.add(scaled(reduced, row));
            return true;
        }

        private Vector scaled(Vector vector, int row) {
            long inverse = CellVectors.inverse(vector.at(row));
            long[] values = vector.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] * inverse % CellVectors.PRIME;
            }
            return new Vector(vector.rows(), values);
        }

        private boolean update(Vector shown, int row, boolean always) {
            Vector pivot = scaled(shown, row);
            int[] affected = at(row).stream().toArray();
            Vector[] renewed = new Vector[affected.length];
            for (int i = 0; i < affected.length; i++) {
                renewed[i] = less(java.util.Objects.requireNonNull(guarded.get(affected[i])), pivot, row);
                if (renewed[i].isZero() && !always) {
                    return false;
                }
            }
            if (insiders && !always && tellsInsider(affected, renewed)) {
                return false;
            }
            for (int i = 0; i < affected.length; i++) {
                if (renewed[i].isZero()) {
                    Vector old = java.util.Objects.requireNonNull(guarded.set(affected[i], null));
                    for (int r : old.rows()) {
                        at(r).clear(affected[i]);
                    }
                    along(old.direction()).clear(affected[i]);
                } else {
                    place(affected[i], renewed[i]);
                }
            }
            return true;
        }

        private Vector less(Vector vector, Vector pivot, int row) {
            long factor = CellVectors.PRIME - vector.at(row);
            for (int i = 0; i < vector.rows().length; i++) {
                dense[vector.rows()[i]] = vector.values()[i];
                touched.set(vector.rows()[i]);
            }
            for (int i = 0; i < pivot.rows().length; i++) {
                int at = pivot.rows()[i];
                dense[at] = (dense[at] + factor * pivot.values()[i]) % CellVectors.PRIME;
                touched.set(at);
            }
            return collect();
        }

        /** Whether two protected cells, one of which holds a single person, became multiples of each other. */
        private boolean tellsInsider(int[] affected, Vector[] renewed) {
            Map<Long, Integer> among = new HashMap<>();
            BitSet changed = new BitSet();
            for (int number : affected) {
                changed.set(number);
            }
            for (int i = 0; i < affected.length; i++) {
                long direction = renewed[i].direction();
                Integer other = among.putIfAbsent(direction, affected[i]);
                if (other != null && insiderPair(affected[i], other)) {
                    return true;
                }
                BitSet same = directions.get(direction);
                if (same != null) {
                    for (int n = same.nextSetBit(0); n >= 0; n = same.nextSetBit(n + 1)) {
                        if (!changed.get(n) && insiderPair(affected[i], n)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        private boolean insiderPair(int a, int b) {
            int first = guardedCell.get(a);
            int second = guardedCell.get(b);
            return first >= 0 && second >= 0 && (universe.value(first) == 1 || universe.value(second) == 1);
        }
    }

    Elimination(Universe universe) {
        this.universe = universe;
        this.vectors = new CellVectors(universe);
        this.conditions = vectors.conditions();
        this.insiders = universe.rules().insiders();
    }

    /** Cells in the order in which they are offered: the dearest first, then by number. */
    static int[] byCost(Universe universe) {
        Integer[] order = new Integer[universe.cells()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> {
            int dearer = Long.compare(universe.cost(b), universe.cost(a));
            return dearer != 0 ? dearer : Integer.compare(a, b);
        });
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /**
     * The cells to withhold.
     *
     * @param primary cells protected for themselves
     * @param sums sets of cells whose sum is protected too
     * @param order all cells in the order in which they are offered for showing
     * @param last cells that are offered only after all others
     */
    BitSet withheld(BitSet primary, List<int[]> sums, int[] order, BitSet last) {
        Run run = new Run(primary, sums);
        BitSet withheld = (BitSet) primary.clone();
        for (Vector condition : conditions) {
            run.show(condition, true);
        }
        for (int cell = 0; cell < universe.cells(); cell++) {
            if (universe.publicElsewhere(cell)) {
                run.show(vectors.of(cell), true);
            }
            if (universe.implied(cell)) {
                withheld.set(cell);
            }
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int cell : order) {
                boolean turn = last.get(cell) == (pass == 1);
                if (turn
                        && !withheld.get(cell)
                        && !universe.publicElsewhere(cell)
                        && !run.show(vectors.of(cell), false)) {
                    withheld.set(cell);
                }
            }
        }
        return withheld;
    }
}
