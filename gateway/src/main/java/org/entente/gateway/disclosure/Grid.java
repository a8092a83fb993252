package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Problem.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a table by their coordinates, and every sum that ties them, before equal cells are merged. Cells are
 * numbered in the order of their codes; cells that the sums imply but nobody shows follow.
 */
final class Grid {

    /** Most cells with all that sums imply. */
    static final int MAX_CELLS = 4_000_000;

    private static final int MAX_PROBLEMS = 100;

    /** A sum over the codes of one dimension by their numbers; {@code rest} is the implied part's number or -1. */
    record CodeSum(int total, int[] parts, Additivity additivity, int rest, Dimension.@Nullable Within within) {}

    private final List<Dimension> dimensions;
    private final Specification.Absent absent;
    private final Rules rules;
    private final String[][] codes;
    private final CodeSum[][] sums;
    private final long[] strides;
    private final LongIndex index;
    private final Ints coordinates = new Ints(1 << 12);
    private final Ints lines = new Ints(1 << 12);
    private final List<Relation> relations = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long[] values = new long[1 << 12];
    private final int[] seen;
    private final int tableColumn;
    private int size;
    private int shown;

    /** One sum over cells: {@code cells[0]} is the total, the others its parts; {@code difference} = total - parts. */
    record Relation(int[] cells, long tolerance, long difference) {}

    private Grid(CountTable table, Specification spec) {
        this.dimensions = spec.dimensions();
        this.absent = spec.absent();
        this.rules = spec.rules();
        this.tableColumn = spec.columns().indexOf(LinkedTables.TABLE);
        int width = dimensions.size();
        codes = new String[width][];
        sums = new CodeSum[width][];
        strides = new long[width];
        seen = new int[width];
        for (int d = 0; d < width; d++) {
            number(table, d);
        }
        long stride = 1;
        for (int d = width - 1; d >= 0; d--) {
            strides[d] = stride;
            stride = Math.multiplyExact(stride, Math.max(codes[d].length, 1));
        }
        index = new LongIndex(table.rows().size());
    }

    /**
     * Lays out a table.
     *
     * @throws CubeException if a key occurs twice, a code has no place, or figures do not add up as declared
     */
    static Grid of(CountTable table, Specification spec) {
        Grid grid = new Grid(table, spec);
        grid.addRows(table);
        grid.fillZeros();
        grid.shown = grid.size;
        for (int d = 0; d < grid.dimensions.size(); d++) {
            grid.seen[d] = grid.size;
            grid.relate(d, 0);
        }
        // What later dimensions imply adds up along the earlier ones too.
        for (int d = 0; d < grid.dimensions.size(); d++) {
            grid.relate(d, grid.seen[d]);
        }
        if (!grid.problems.isEmpty()) {
            grid.problems.sort((a, b) -> Long.compare(a.row(), b.row()));
            throw new CubeException(
                    grid.problems.subList(0, Math.min(MAX_PROBLEMS, grid.problems.size())), grid.problems.size());
        }
        return grid;
    }

    private void number(CountTable table, int d) {
        Set<String> used = new TreeSet<>();
        table.rows().forEach(row -> used.add(row.codes().get(d)));
        List<Dimension.Sum> over = dimensions.get(d).sumsOver(used);
        over.forEach(sum -> {
            used.add(sum.total());
            used.addAll(sum.parts());
        });
        List<String> all = new ArrayList<>(used);
        sums[d] = new CodeSum[over.size()];
        String[] sorted = all.toArray(new String[0]);
        for (int s = 0; s < over.size(); s++) {
            Dimension.Sum sum = over.get(s);
            int rest = -1;
            if (sum.additivity().kind() == Additivity.Kind.REMAINDER) {
                rest = all.size();
                all.add("(rest of " + sum.total() + ")");
            }
            int[] parts = sum.parts().stream()
                    .mapToInt(part -> Arrays.binarySearch(sorted, part))
                    .sorted()
                    .toArray();
            sums[d][s] =
                    new CodeSum(Arrays.binarySearch(sorted, sum.total()), parts, sum.additivity(), rest, sum.within());
        }
        codes[d] = all.toArray(new String[0]);
    }

    private void addRows(CountTable table) {
        int[] at = new int[codes.length];
        for (CountTable.Row row : table.sorted()) {
            for (int d = 0; d < at.length; d++) {
                String code = row.codes().get(d);
                at[d] = Arrays.binarySearch(codes[d], 0, plain(d), code);
                if (!dimensions.get(d).places(code)) {
                    problem(
                            Kind.CODE_UNKNOWN,
                            row.line(),
                            dimensions.get(d).column(),
                            "the specification has no place" + " for code " + code
                                    + "; put it into a sum or under alone");
                }
            }
            int earlier = add(at, row.count(), (int) row.line());
            if (earlier >= 0) {
                problem(
                        Kind.DUPLICATE_KEY,
                        Math.max(row.line(), lines.get(earlier)),
                        "",
                        "the same codes stand in row " + Math.min(row.line(), lines.get(earlier)));
            }
        }
    }

    private int plain(int d) {
        int implied = 0;
        for (CodeSum sum : sums[d]) {
            implied += sum.rest() >= 0 ? 1 : 0;
        }
        return codes[d].length - implied;
    }

    /** With protected zeros an absent cell that means zero is a cell like any other. */
    private void fillZeros() {
        if (rules.zeros() != Rules.Zeros.PROTECTED || absent != Specification.Absent.ZERO) {
            return;
        }
        long all = 1;
        for (int d = 0; d < codes.length; d++) {
            all = Math.multiplyExact(all, plain(d));
        }
        if (all > MAX_CELLS) {
            throw new CubeException(
                    List.of(new Problem(
                            Kind.INCONSISTENT,
                            1,
                            "",
                            "the table has " + all + " cells with its zeros; at most " + MAX_CELLS
                                    + " can be protected at a time")),
                    1);
        }
        int[] at = new int[codes.length];
        for (long n = 0; n < all; n++) {
            long rest = n;
            for (int d = codes.length - 1; d >= 0; d--) {
                at[d] = (int) (rest % plain(d));
                rest /= plain(d);
            }
            add(at, 0, 0);
        }
    }

    /** Adds a cell; the number of the one that is there already, or -1. */
    private int add(int[] at, long value, int line) {
        int earlier = index.putIfAbsent(key(at), size);
        if (earlier >= 0) {
            return earlier;
        }
        for (int code : at) {
            coordinates.add(code);
        }
        lines.add(line);
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
        return -1;
    }

    /** Relates the totals among the cells from this number on; the second time only those that are implied. */
    private void relate(int d, int from) {
        int before = size;
        List<Ints> byCode = new ArrayList<>();
        for (int c = 0; c < codes[d].length; c++) {
            byCode.add(new Ints());
        }
        for (int cell = from; cell < before; cell++) {
            if (code(cell, d) >= 0) {
                byCode.get(code(cell, d)).add(cell);
            }
        }
        for (CodeSum sum : sums[d]) {
            Additivity.Kind kind = sum.additivity().kind();
            if (kind == Additivity.Kind.NONE || (from > 0 && kind == Additivity.Kind.REMAINDER)) {
                continue;
            }
            Ints totals = byCode.get(sum.total());
            for (int t = 0; t < totals.size(); t++) {
                if (sum.within() == null || sum.within().table().equals(table(totals.get(t)))) {
                    relate(d, sum, totals.get(t));
                }
            }
        }
    }

    /** The table of several that a cell is of; empty where there is but one. */
    String table(int cell) {
        int number = tableColumn < 0 ? -1 : code(cell, tableColumn);
        return number < 0 ? "" : codes[tableColumn][number];
    }

    private void relate(int d, CodeSum sum, int total) {
        Specification.Absent absent =
                sum.within() == null ? this.absent : sum.within().absent();
        boolean implied = total >= shown;
        Additivity.Kind kind = sum.additivity().kind();
        Ints cells = new Ints(sum.parts().length + 2);
        cells.add(total);
        long base = key(total) - sum.total() * strides[d];
        boolean missing = false;
        boolean hidden = values[total] == CountTable.WITHHELD;
        long difference = values[total];
        for (int part : sum.parts()) {
            int cell = index.get(base + part * strides[d]);
            if (cell < 0) {
                missing = true;
                continue;
            }
            hidden |= values[cell] == CountTable.WITHHELD;
            difference -= values[cell];
            cells.add(cell);
        }
        if (implied && kind != Additivity.Kind.REMAINDER) {
            // What is left of a sum adds up wherever the sum itself does exactly.
            if ((hidden || difference == 0) && (!missing || absent == Specification.Absent.ZERO)) {
                relations.add(new Relation(cells.toArray(), 0, 0));
            }
            return;
        }
        boolean open = kind == Additivity.Kind.REMAINDER || (missing && absent == Specification.Absent.UNKNOWN);
        long tolerance = sum.additivity().tolerance();
        if (!hidden && (open ? difference < 0 : Math.abs(difference) > tolerance)) {
            problem(
                    Kind.INCONSISTENT,
                    lines.get(total),
                    dimensions.get(d).column(),
                    describe(total) + " is " + values[total] + ", its parts are " + (values[total] - difference)
                            + " together" + (tolerance > 0 ? " and may differ by " + tolerance : ""));
            return;
        }
        if (open) {
            cells.add(implied(d, sum, total, hidden ? CountTable.WITHHELD : difference));
            difference = 0;
        }
        relations.add(new Relation(cells.toArray(), open ? 0 : tolerance, hidden ? 0 : difference));
    }

    private int implied(int d, CodeSum sum, int total, long value) {
        if (sum.rest() < 0) {
            // A part that was not collected: the cell belongs to this sum alone and has no coordinates of its own.
            return anonymous(value);
        }
        int[] at = new int[codes.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i == d ? sum.rest() : code(total, i);
        }
        add(at, value, lines.get(total));
        return size - 1;
    }

    private int anonymous(long value) {
        for (int i = 0; i < codes.length; i++) {
            coordinates.add(-1);
        }
        lines.add(0);
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size] = value;
        return size++;
    }

    /**
     * Ties two groups of cells that add up to the same: both are the parts of one sum, which is never shown.
     *
     * @param tolerance by how much the sides may differ
     * @return false if they differ by more, or a cell has no count
     */
    boolean tie(int[] left, int[] right, long tolerance) {
        long ours = total(left);
        long difference = ours - total(right);
        if (ours < 0 || total(right) < 0 || Math.abs(difference) > tolerance) {
            return false;
        }
        int sum = anonymous(ours);
        relations.add(new Relation(with(sum, left), 0, 0));
        relations.add(new Relation(with(sum, right), tolerance, difference));
        return true;
    }

    private long total(int[] cells) {
        long total = 0;
        for (int cell : cells) {
            if (values[cell] == CountTable.WITHHELD) {
                return CountTable.WITHHELD;
            }
            total += values[cell];
        }
        return total;
    }

    private static int[] with(int sum, int[] parts) {
        int[] cells = new int[parts.length + 1];
        cells[0] = sum;
        System.arraycopy(parts, 0, cells, 1, parts.length);
        return cells;
    }

    private void problem(Kind kind, long line, String column, String detail) {
        problems.add(new Problem(kind, line, column, detail));
    }

    private long key(int[] at) {
        long key = 0;
        for (int d = 0; d < at.length; d++) {
            key += at[d] * strides[d];
        }
        return key;
    }

    private long key(int cell) {
        long key = 0;
        for (int d = 0; d < codes.length; d++) {
            key += code(cell, d) * strides[d];
        }
        return key;
    }

    /** The cell with these code numbers, or -1. */
    int cell(int[] at) {
        return index.get(key(at));
    }

    /** The number of a cell's code in a dimension; -1 for a cell without coordinates. */
    int code(int cell, int d) {
        return coordinates.get(cell * codes.length + d);
    }

    /** The codes of a cell. */
    List<String> codesOf(int cell) {
        List<String> texts = new ArrayList<>();
        for (int d = 0; d < codes.length; d++) {
            texts.add(code(cell, d) < 0 ? "(not collected)" : codes[d][code(cell, d)]);
        }
        return texts;
    }

    String describe(int cell) {
        return String.join(" ", codesOf(cell));
    }

    int size() {
        return size;
    }

    /** Cells before this number are shown, from it on only implied. */
    int shown() {
        return shown;
    }

    long value(int cell) {
        return values[cell];
    }

    /** The record of the table, or 0 for an absent cell that means zero. */
    int line(int cell) {
        return lines.get(cell);
    }

    int dimensionCount() {
        return codes.length;
    }

    /** Whether people who move in one code of the dimension move in all: the editions of one table. */
    boolean isParallel(int d) {
        return dimensions.get(d).column().equals(Ledger.EDITION);
    }

    int codeCount(int d) {
        return codes[d].length;
    }

    /** The codes of a dimension that are part of a sum over it in one of several tables; any name where there is but one. */
    Set<String> parts(int d, String table) {
        Set<String> parts = new TreeSet<>();
        for (CodeSum sum : sums[d]) {
            if (sum.within() != null && !sum.within().table().equals(table)) {
                continue;
            }
            for (int part : sum.parts()) {
                parts.add(codes[d][part]);
            }
        }
        return parts;
    }

    CodeSum[] sums(int d) {
        return sums[d];
    }

    List<Relation> relations() {
        return relations;
    }

    /** The cell with these codes, or -1. */
    int find(List<String> texts) {
        int[] at = new int[codes.length];
        for (int d = 0; d < at.length; d++) {
            at[d] = Arrays.binarySearch(codes[d], 0, plain(d), texts.get(d));
            if (at[d] < 0) {
                return -1;
            }
        }
        return cell(at);
    }
}
