package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * All cells that can ever be asked for with the sums that tie them, as sparse integer rows. Cells that the sums make equal
 * are one cell here. Zeros that are shown are constants and leave the rows.
 */
final class Universe {
    private final Grid grid;
    private final Rules rules;
    private final int[] merged;
    private int cells;
    private long[] value;
    private long[] cost;
    private boolean[] implied;
    private boolean[] publicElsewhere;
    private int[] rowStart;
    private int[] rowCell;
    private byte[] rowSign;
    private long[] rowTolerance;
    private long[] rowDifference;
    private int[] cellStart;
    private int[] cellRow;

    @SuppressWarnings("NullAway.Init") // set by the steps of of(), which is the only caller
    private Universe(Grid grid, Rules rules) {
        this.grid = grid;
        this.rules = rules;
        this.merged = new int[grid.size()];
    }

    /**
     * @param known cells of the grid that are public elsewhere
     */
    static Universe of(Grid grid, Rules rules, BitSet known) {
        return of(grid, rules, known, List.of(), List.of(), 0);
    }

    /**
     * The universe of several editions of a table.
     *
     * @param same pairs of cells of the grid that are one unknown
     * @param near pairs of cells that differ by no more than {@code most}
     */
    static Universe of(Grid grid, Rules rules, BitSet known, List<int[]> same, List<int[]> near, long most) {
        Universe universe = new Universe(grid, rules);
        List<int[]> rows = universe.merge(same);
        universe.numberCells(known);
        universe.layRows(rows, near, most);
        universe.layCells();
        return universe;
    }

    private boolean constant(int cell) {
        return grid.value(cell) == 0 && cell < grid.shown() && rules.zeros() == Rules.Zeros.SHOWN;
    }

    /** Unites cells that a sum with a single part makes equal, until none is left. Rows as {relation, cells...}. */
    private List<int[]> merge(List<int[]> same) {
        int[] union = new int[grid.size()];
        for (int i = 0; i < union.length; i++) {
            union[i] = i;
        }
        for (int[] pair : same) {
            unite(union, pair[0], pair[1]);
        }
        List<int[]> open = new ArrayList<>();
        for (int r = 0; r < grid.relations().size(); r++) {
            Grid.Relation relation = grid.relations().get(r);
            Ints live = new Ints(relation.cells().length);
            live.add(r);
            for (int cell : relation.cells()) {
                live.add(constant(cell) ? -1 : cell);
            }
            int[] row = live.toArray();
            int count = (int) Arrays.stream(row).skip(1).filter(c -> c >= 0).count();
            if (count == 2 && row[1] >= 0 && relation.tolerance() == 0 && relation.difference() == 0) {
                int part = Arrays.stream(row)
                        .skip(2)
                        .filter(c -> c >= 0)
                        .findFirst()
                        .orElseThrow();
                // An implied rest is never shown: it stays a cell of its own, so that its secrecy is judged.
                if (part < grid.shown() || row[1] >= grid.shown()) {
                    unite(union, row[1], part);
                    continue;
                }
            }
            if (count > 0) {
                open.add(row);
            }
        }
        for (int i = 0; i < union.length; i++) {
            merged[i] = constant(i) ? -1 : root(union, i);
        }
        return open;
    }

    private static int root(int[] union, int at) {
        int i = at;
        while (union[i] != i) {
            union[i] = union[union[i]];
            i = union[i];
        }
        return i;
    }

    private static void unite(int[] union, int a, int b) {
        int first = root(union, a);
        int second = root(union, b);
        union[Math.max(first, second)] = Math.min(first, second);
    }

    private void numberCells(BitSet known) {
        int[] number = new int[grid.size()];
        Arrays.fill(number, -1);
        for (int i = 0; i < merged.length; i++) {
            if (merged[i] >= 0) {
                int root = merged[i];
                if (number[root] < 0) {
                    number[root] = cells++;
                }
                merged[i] = number[root];
            }
        }
        value = new long[cells];
        Arrays.fill(value, CountTable.WITHHELD);
        cost = new long[cells];
        implied = new boolean[cells];
        Arrays.fill(implied, true);
        publicElsewhere = new boolean[cells];
        for (int i = 0; i < merged.length; i++) {
            int cell = merged[i];
            if (cell >= 0) {
                value[cell] = Math.max(value[cell], grid.value(i));
                if (i < grid.shown()) {
                    implied[cell] = false;
                    cost[cell] += Math.max(grid.value(i), 0);
                }
                publicElsewhere[cell] |= known.get(i);
            }
        }
    }

    private void layRows(Collection<int[]> rows, List<int[]> near, long most) {
        Ints starts = new Ints(rows.size() + 1);
        Ints entries = new Ints(rows.size() * 4);
        Ints signs = new Ints(rows.size() * 4);
        long[] tolerance = new long[rows.size() + near.size()];
        long[] difference = new long[tolerance.length];
        starts.add(0);
        java.util.Set<List<Integer>> seen = new java.util.HashSet<>();
        int count = 0;
        for (int[] row : rows) {
            Grid.Relation relation = grid.relations().get(row[0]);
            int total = row[1] < 0 ? -1 : merged[row[1]];
            int[] parts = Arrays.stream(row)
                    .skip(2)
                    .filter(c -> c >= 0)
                    .map(c -> merged[c])
                    .sorted()
                    .toArray();
            boolean trivial = parts.length == 1 && parts[0] == total && relation.difference() == 0;
            List<Integer> identity = new ArrayList<>();
            identity.add(total);
            Arrays.stream(parts).forEach(identity::add);
            if (trivial || (relation.tolerance() == 0 && !seen.add(identity))) {
                continue;
            }
            if (total >= 0) {
                entries.add(total);
                signs.add(1);
            }
            for (int part : parts) {
                entries.add(part);
                signs.add(-1);
            }
            tolerance[count] = relation.tolerance();
            difference[count++] = relation.difference();
            starts.add(entries.size());
        }
        for (int[] pair : near) {
            int before = merged[pair[0]];
            int after = merged[pair[1]];
            if (before >= 0 && after >= 0 && before != after) {
                entries.add(before);
                signs.add(1);
                entries.add(after);
                signs.add(-1);
                tolerance[count] = most;
                difference[count++] = grid.value(pair[0]) - grid.value(pair[1]);
                starts.add(entries.size());
            }
        }
        rowStart = starts.toArray();
        rowCell = entries.toArray();
        rowSign = new byte[rowCell.length];
        for (int i = 0; i < rowSign.length; i++) {
            rowSign[i] = (byte) signs.get(i);
        }
        rowTolerance = Arrays.copyOf(tolerance, count);
        rowDifference = Arrays.copyOf(difference, count);
    }

    private void layCells() {
        cellStart = new int[cells + 1];
        for (int cell : rowCell) {
            cellStart[cell + 1]++;
        }
        for (int c = 0; c < cells; c++) {
            cellStart[c + 1] += cellStart[c];
        }
        cellRow = new int[rowCell.length];
        int[] next = Arrays.copyOf(cellStart, cells);
        for (int row = 0; row < rows(); row++) {
            for (int i = rowStart[row]; i < rowStart[row + 1]; i++) {
                cellRow[next[rowCell[i]]++] = row;
            }
        }
    }

    /** The codes of a cell, or of the first of those that are the same. */
    java.util.List<String> codesOf(int cell) {
        for (int i = 0; i < merged.length; i++) {
            if (merged[i] == cell) {
                return grid.codesOf(i);
            }
        }
        throw new IllegalArgumentException("no cell " + cell);
    }

    Grid grid() {
        return grid;
    }

    Rules rules() {
        return rules;
    }

    int cells() {
        return cells;
    }

    int rows() {
        return rowTolerance.length;
    }

    /** The merged cell of a cell of the grid; -1 for a zero that is shown. */
    int merged(int gridCell) {
        return merged[gridCell];
    }

    /** True count, or {@link CountTable#WITHHELD} if the table does not tell. */
    long value(int cell) {
        return value[cell];
    }

    /** Sum of the counts that are lost when the cell is withheld. */
    long cost(int cell) {
        return cost[cell];
    }

    /** Whether nobody ever shows the cell, so that it costs nothing. */
    boolean implied(int cell) {
        return implied[cell];
    }

    boolean publicElsewhere(int cell) {
        return publicElsewhere[cell];
    }

    /** The least count that an attacker must allow. */
    long floor(int cell) {
        return implied[cell] ? 0 : rules.floor();
    }

    int rowStart(int row) {
        return rowStart[row];
    }

    int rowEnd(int row) {
        return rowStart[row + 1];
    }

    int rowCell(int entry) {
        return rowCell[entry];
    }

    int rowSign(int entry) {
        return rowSign[entry];
    }

    long tolerance(int row) {
        return rowTolerance[row];
    }

    /** Total less parts in the true table; 0 where the sum is exact. */
    long difference(int row) {
        return rowDifference[row];
    }

    int cellStart(int cell) {
        return cellStart[cell];
    }

    int cellEnd(int cell) {
        return cellStart[cell + 1];
    }

    int cellRow(int entry) {
        return cellRow[entry];
    }

    /** The cells that are protected for themselves, without those that are public already. */
    BitSet primaries() {
        BitSet primary = smallCells();
        if (rules.shares() > 0) {
            addShares(primary);
        }
        return primary;
    }

    /** The cells that are protected for themselves, those among them with too small a sample included. */
    BitSet primaries(CountTable table) {
        BitSet primary = primaries();
        table.unsupported().forEach(codes -> {
            int at = grid.find(codes);
            int cell = at < 0 ? -1 : merged[at];
            if (cell >= 0 && !publicElsewhere[cell]) {
                primary.set(cell);
            }
        });
        return primary;
    }

    /** The cells under the threshold that are not public already. */
    BitSet smallCells() {
        BitSet small = new BitSet(cells);
        for (int c = 0; c < cells; c++) {
            if (!publicElsewhere[c] && value[c] != CountTable.WITHHELD && rules.primary(value[c])) {
                small.set(c);
            }
        }
        return small;
    }

    /** A part that holds all but a few people of a total tells about every one of them. */
    private void addShares(BitSet primary) {
        for (int row = 0; row < rows(); row++) {
            int total = rowCell[rowStart[row]];
            if (rowSign[rowStart[row]] < 0 || value[total] <= 0) {
                continue;
            }
            for (int i = rowStart[row] + 1; i < rowStart[row + 1]; i++) {
                int part = rowCell[i];
                if (value[part] > 0 && value[part] >= value[total] - rules.shares() && !publicElsewhere[part]) {
                    primary.set(part);
                }
            }
        }
    }

    /** The cells by the parts of the universe that no sum ties together, in the order of their first cells. */
    List<BitSet> islands() {
        int[] union = new int[cells];
        for (int i = 0; i < cells; i++) {
            union[i] = i;
        }
        for (int row = 0; row < rows(); row++) {
            for (int i = rowStart[row] + 1; i < rowStart[row + 1]; i++) {
                unite(union, rowCell[rowStart[row]], rowCell[i]);
            }
        }
        java.util.Map<Integer, BitSet> islands = new java.util.TreeMap<>();
        for (int i = 0; i < cells; i++) {
            islands.computeIfAbsent(root(union, i), r -> new BitSet(cells)).set(i);
        }
        return List.copyOf(islands.values());
    }

    /** Cells that are never candidates for showing: implied ones. */
    BitSet impliedCells() {
        BitSet set = new BitSet(cells);
        for (int c = 0; c < cells; c++) {
            set.set(c, implied[c]);
        }
        return set;
    }

    /**
     * Each person who is alone in a cell, as the cells that hold nobody else and the parts of these, which hold nobody: whoever
     * it is knows all of them without any table.
     */
    int[][] insiders() {
        boolean[] above = new boolean[cells];
        for (int row = 0; row < rows(); row++) {
            int total = rowCell[rowStart[row]];
            if (rowSign[rowStart[row]] > 0 && value[total] == 1) {
                for (int i = rowStart[row] + 1; i < rowStart[row + 1]; i++) {
                    above[total] |= value[rowCell[i]] == 1;
                }
            }
        }
        List<int[]> groups = new ArrayList<>();
        for (int c = 0; c < cells; c++) {
            if (value[c] == 1 && !above[c] && !publicElsewhere[c]) {
                groups.add(alone(c));
            }
        }
        return groups.toArray(new int[0][]);
    }

    /** The merged cells of these cells of the grid, and all that follow from them alone, sum by sum. */
    int[] closed(int[] gridCells) {
        BitSet known = new BitSet(cells);
        Ints queue = new Ints();
        for (int at : gridCells) {
            if (merged[at] >= 0 && !known.get(merged[at])) {
                known.set(merged[at]);
                queue.add(merged[at]);
            }
        }
        for (int q = 0; q < queue.size(); q++) {
            int cell = queue.get(q);
            for (int e = cellStart[cell]; e < cellStart[cell + 1]; e++) {
                int last = rowTolerance[cellRow[e]] == 0 ? last(cellRow[e], known) : -1;
                if (last >= 0) {
                    known.set(last);
                    queue.add(last);
                }
            }
        }
        return known.stream().toArray();
    }

    /** The only cell of a sum that is not known, or -1. */
    private int last(int row, BitSet known) {
        int last = -1;
        for (int i = rowStart[row]; i < rowStart[row + 1]; i++) {
            if (!known.get(rowCell[i])) {
                if (last >= 0) {
                    return -1;
                }
                last = rowCell[i];
            }
        }
        return last;
    }

    /** The parts of a total that holds only this person are this person or nobody. */
    private void below(Ints queue, BitSet reached) {
        for (int q = 0; q < queue.size(); q++) {
            int total = queue.get(q);
            for (int e = cellStart[total]; e < cellStart[total + 1]; e++) {
                int row = cellRow[e];
                boolean isTotal = rowCell[rowStart[row]] == total && rowSign[rowStart[row]] > 0;
                for (int i = rowStart[row] + 1; isTotal && rowTolerance[row] == 0 && i < rowStart[row + 1]; i++) {
                    if (!reached.get(rowCell[i])) {
                        reached.set(rowCell[i]);
                        queue.add(rowCell[i]);
                    }
                }
            }
        }
    }

    private int[] alone(int from) {
        BitSet reached = new BitSet();
        Ints queue = new Ints();
        queue.add(from);
        reached.set(from);
        for (int q = 0; q < queue.size(); q++) {
            int cell = queue.get(q);
            for (int i = cellStart[cell]; i < cellStart[cell + 1]; i++) {
                int first = rowStart[cellRow[i]];
                int total = rowCell[first];
                if (rowSign[first] > 0 && total != cell && value[total] == 1 && !reached.get(total)) {
                    reached.set(total);
                    queue.add(total);
                }
            }
        }
        below(queue, reached);
        return reached.stream().toArray();
    }
}
