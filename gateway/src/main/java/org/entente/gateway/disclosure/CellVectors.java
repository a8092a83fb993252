package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every cell as a linear function of the finest cells, with coefficients modulo {@link #PRIME}, and the conditions that
 * sums put on the finest cells beyond that.
 */
final class CellVectors {

    /** 2^31 - 1. All coefficients are small integers; the audit would find the one coincidence in two thousand million. */
    static final long PRIME = 2147483647L;

    /** A sparse vector, sorted by row. */
    record Vector(int[] rows, long[] values) {
        boolean isZero() {
            return rows.length == 0;
        }

        /** The coefficient at a row, or 0. */
        long at(int row) {
            int found = Arrays.binarySearch(rows, row);
            return found < 0 ? 0 : values[found];
        }

        /** Equal for vectors that are multiples of each other; two others agree only by chance. */
        long direction() {
            long scale = inverse(values[0]);
            long hash = rows.length;
            for (int i = 0; i < rows.length; i++) {
                hash = (hash ^ rows[i]) * 0x9E3779B97F4A7C15L;
                hash = (hash ^ (hash >>> 29) ^ (values[i] * scale % PRIME)) * 0xBF58476D1CE4E5B9L;
                hash ^= hash >>> 32;
            }
            return hash;
        }
    }

    private final Universe universe;
    private final Vector[] vectors;
    private final int[] definition;
    private final long[] dense;
    private final Ints touched = new Ints();
    private final boolean[] marked;

    CellVectors(Universe universe) {
        this.universe = universe;
        this.vectors = new Vector[universe.cells()];
        this.definition = new int[universe.cells()];
        this.dense = new long[universe.cells()];
        this.marked = new boolean[universe.cells()];
        Arrays.fill(definition, -1);
        for (int row = 0; row < universe.rows(); row++) {
            int first = universe.rowStart(row);
            if (universe.rowSign(first) > 0 && definition[universe.rowCell(first)] < 0) {
                definition[universe.rowCell(first)] = row;
            }
        }
        for (int cell = 0; cell < vectors.length; cell++) {
            resolve(cell);
        }
    }

    /** Cells below come first; an explicit stack, since hierarchies may be deep. */
    private void resolve(int wanted) {
        Ints stack = new Ints();
        stack.add(wanted);
        while (stack.size() > 0) {
            int cell = stack.get(stack.size() - 1);
            int before = stack.size();
            if (vectors[cell] == null && definition[cell] >= 0) {
                int row = definition[cell];
                for (int i = universe.rowStart(row) + 1; i < universe.rowEnd(row); i++) {
                    if (vectors[universe.rowCell(i)] == null) {
                        stack.add(universe.rowCell(i));
                    }
                }
            }
            if (stack.size() > before) {
                if (stack.size() > 100 * vectors.length + 1000) {
                    throw new IllegalStateException("a sum contains itself");
                }
                continue;
            }
            if (vectors[cell] == null) {
                vectors[cell] = definition[cell] < 0
                        ? new Vector(new int[] {cell}, new long[] {1})
                        : combination(definition[cell], false);
            }
            stack.removeLast();
        }
    }

    /** The sum of a row's parts, or the whole row with its total against its parts. */
    private Vector combination(int row, boolean whole) {
        for (int i = universe.rowStart(row) + (whole ? 0 : 1); i < universe.rowEnd(row); i++) {
            boolean total = i == universe.rowStart(row);
            add(vectors[universe.rowCell(i)], total ? PRIME - 1 : 1);
        }
        return collect();
    }

    private void add(Vector vector, long factor) {
        for (int i = 0; i < vector.rows().length; i++) {
            int at = vector.rows()[i];
            if (!marked[at]) {
                marked[at] = true;
                touched.add(at);
            }
            dense[at] = (dense[at] + vector.values()[i] * factor) % PRIME;
        }
    }

    private Vector collect() {
        int[] rows = touched.toArray();
        Arrays.sort(rows);
        int count = 0;
        long[] values = new long[rows.length];
        for (int row : rows) {
            if (dense[row] != 0) {
                rows[count] = row;
                values[count++] = dense[row];
            }
            dense[row] = 0;
            marked[row] = false;
        }
        touched.clear();
        return new Vector(Arrays.copyOf(rows, count), Arrays.copyOf(values, count));
    }

    /** The vector of a cell. */
    Vector of(int cell) {
        return vectors[cell];
    }

    /** The sum of several cells. */
    Vector sum(int[] cells) {
        for (int cell : cells) {
            add(vectors[cell], 1);
        }
        return collect();
    }

    /** What the sums say of the finest cells besides the definition of each total: combinations that are known. */
    List<Vector> conditions() {
        List<Vector> conditions = new ArrayList<>();
        for (int row = 0; row < universe.rows(); row++) {
            int total = universe.rowCell(universe.rowStart(row));
            boolean defines = universe.rowSign(universe.rowStart(row)) > 0 && definition[total] == row;
            if (!defines) {
                Vector condition =
                        universe.rowSign(universe.rowStart(row)) > 0 ? combination(row, true) : partsOnly(row);
                if (!condition.isZero()) {
                    conditions.add(condition);
                }
            }
        }
        return conditions;
    }

    private Vector partsOnly(int row) {
        for (int i = universe.rowStart(row); i < universe.rowEnd(row); i++) {
            add(vectors[universe.rowCell(i)], 1);
        }
        return collect();
    }

    /** The inverse modulo {@link #PRIME}. */
    static long inverse(long value) {
        long result = 1;
        long power = value % PRIME;
        for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = result * power % PRIME;
            }
            power = power * power % PRIME;
        }
        return result;
    }
}
