package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows and makes a {@link Cube} of them, or names every row and column that is wrong. Rows are numbered from 2,
 * as they stand in a file under a header. Used by one thread, once.
 */
public final class CubeBuilder {

    /** How many problems are kept; the rest are counted. */
    public static final int MAX_PROBLEMS = 1000;

    private static final Comparator<String> BY_TIME = Comparator.comparing(TimePeriod::parse);

    private final Structure structure;
    private final Interner[] dimensionTexts;
    private final Interner[] attributeTexts;
    private final GrowingColumn[] dimensionColumns;
    private final GrowingColumn[] attributeColumns;
    private final int[] currentDimensions;
    private final int[] currentAttributes;
    private final Map<String, String> datasetAttributes = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long problemCount;
    private double[] values = new double[64];
    private double currentValue = Double.NaN;
    private int rows;
    private long malformedRows;
    private boolean rowHasProblem;

    CubeBuilder(Structure structure) {
        this.structure = structure;
        int dimensions = structure.dimensions().size();
        int attributes = structure.attributes().size();
        this.dimensionTexts = new Interner[dimensions];
        this.attributeTexts = new Interner[attributes];
        this.dimensionColumns = new GrowingColumn[dimensions];
        this.attributeColumns = new GrowingColumn[attributes];
        this.currentDimensions = new int[dimensions];
        this.currentAttributes = new int[attributes];
        for (int d = 0; d < dimensions; d++) {
            dimensionTexts[d] = new Interner();
            dimensionColumns[d] = new GrowingColumn();
        }
        for (int a = 0; a < attributes; a++) {
            attributeTexts[a] = new Interner();
            attributeTexts[a].add("");
            attributeColumns[a] = new GrowingColumn();
        }
        Arrays.fill(currentDimensions, -1);
    }

    /** The number of the row that is being filled, as a person counts it in a file: the header is row 1. */
    public long row() {
        return rows + malformedRows + 2L;
    }

    /** How many problems were noted so far. */
    public long problemCount() {
        return problemCount;
    }

    /** Notes that the current row cannot be read at all, instead of what was noted of its cells, and starts the next. */
    public void malformedRow(String detail) {
        while (!problems.isEmpty() && problems.getLast().row() == row()) {
            problems.removeLast();
            problemCount--;
        }
        problem(Problem.Kind.MALFORMED, "", detail);
        malformedRows++;
        startRow();
    }

    /** Notes something wrong in the current row; the cube will not be built. */
    public void problem(Problem.Kind kind, String column, String detail) {
        rowHasProblem = true;
        problemAt(kind, row(), column, detail);
    }

    private void problemAt(Problem.Kind kind, long row, String column, String detail) {
        problemCount++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(kind, row, column, detail));
        }
    }

    /**
     * The number under which {@link #dimension(int, int)} takes this text, or -1 if the structure does not admit it. Lets
     * a reader look up each distinct text once.
     */
    public int dimensionNumber(int position, String text) {
        return number(dimensionTexts[position], structure.dimensions().get(position), text);
    }

    /** As {@link #dimensionNumber} for an attribute; the empty text is 0. */
    public int attributeNumber(int position, String text) {
        return number(attributeTexts[position], structure.attributes().get(position), text);
    }

    private static int number(Interner interner, Component component, String text) {
        int number = interner.number(text);
        if (number < 0 && component.representation().accepts(text)) {
            number = interner.add(text);
        }
        return number;
    }

    /** Sets a dimension of the current row by a number from {@link #dimensionNumber}. */
    public void dimension(int position, int number) {
        currentDimensions[position] = number;
    }

    /** Sets an attribute of the current row by a number from {@link #attributeNumber}. */
    public void attribute(int position, int number) {
        currentAttributes[position] = number;
    }

    /** Whether nothing wrong was noted in the current row. */
    public boolean rowIsSound() {
        return !rowHasProblem;
    }

    /** The code that the current row has in a dimension so far; empty if none. */
    public String currentDimension(int position) {
        int number = currentDimensions[position];
        return number < 0 || number >= dimensionTexts[position].size() ? "" : dimensionTexts[position].text(number);
    }

    /** The value that the current row has in an attribute so far; empty if absent. */
    public String currentAttribute(int position) {
        return attributeTexts[position].text(currentAttributes[position]);
    }

    /** The value of the current row so far; NaN if withheld, missing or not set. */
    public double currentValue() {
        return currentValue;
    }

    /** Sets a dimension of the current row; a text that is not admitted is noted as a problem. */
    public CubeBuilder dimension(String id, String text) {
        int position = structure.dimensionPosition(id);
        if (position < 0) {
            throw new IllegalArgumentException(structure + " has no dimension " + id);
        }
        int number = dimensionNumber(position, text);
        if (number < 0) {
            problem(
                    Problem.Kind.CODE_UNKNOWN,
                    id,
                    notAdmitted(structure.dimensions().get(position), text));
        }
        dimension(position, number);
        return this;
    }

    /** Sets an attribute of the current row; the empty text means absent. */
    public CubeBuilder attribute(String id, String text) {
        int position = structure.attributePosition(id);
        if (position < 0) {
            throw new IllegalArgumentException(structure + " has no attribute " + id);
        }
        int number = attributeNumber(position, text);
        if (number < 0) {
            problem(
                    Problem.Kind.CODE_UNKNOWN,
                    id,
                    notAdmitted(structure.attributes().get(position), text));
        }
        attribute(position, Math.max(number, 0));
        return this;
    }

    /** Sets the value of the current row; NaN stands for withheld or missing. */
    public CubeBuilder value(double value) {
        // One zero and one NaN, so that equal content has equal bytes.
        currentValue = Double.isNaN(value) ? Double.NaN : value + 0.0;
        if (Double.isInfinite(value)) {
            problem(Problem.Kind.MALFORMED, structure.measure().id(), "a value must be finite");
        }
        return this;
    }

    /** Sets an attribute of the data set as a whole. */
    public CubeBuilder datasetAttribute(String id, String text) {
        datasetAttributes.put(id, text);
        return this;
    }

    /** One sentence on why a component does not admit a text. */
    public static String notAdmitted(Component component, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return switch (component.representation()) {
            case Representation.Coded coded ->
                "code '" + shown + "' is not in " + coded.list().id();
            case Representation.Time time -> "'" + shown + "' is not a time period";
            case Representation.Numeric numeric -> "'" + shown + "' is not a number";
            case Representation.Text free ->
                "'" + shown + "' is not a " + free.type() + " of the form "
                        + free.pattern().pattern();
        };
    }

    /** Ends the current row and starts the next. */
    public void add() {
        // A row that is already known to be wrong is not also called incomplete.
        boolean wrong = rowHasProblem;
        for (int d = 0; d < currentDimensions.length; d++) {
            if (currentDimensions[d] < 0) {
                if (!wrong) {
                    problem(Problem.Kind.MISSING, structure.dimensions().get(d).id(), "the dimension has no value");
                }
                currentDimensions[d] = Math.max(0, dimensionTexts[d].size() - 1);
            }
            dimensionColumns[d].add(currentDimensions[d]);
        }
        for (int a = 0; a < currentAttributes.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            boolean needed = attribute.mandatory() && attribute.level() != Attribute.Level.DATASET;
            if (currentAttributes[a] == 0 && needed && !wrong) {
                problem(Problem.Kind.MISSING, attribute.id(), "the attribute is mandatory");
            }
            attributeColumns[a].add(currentAttributes[a]);
        }
        values = rows == values.length ? Arrays.copyOf(values, rows + (rows >> 1)) : values;
        values[rows] = currentValue;
        rows++;
        startRow();
    }

    private void startRow() {
        Arrays.fill(currentDimensions, -1);
        Arrays.fill(currentAttributes, 0);
        currentValue = Double.NaN;
        rowHasProblem = false;
    }

    /**
     * The cube of all rows.
     *
     * @throws CubeException if anything is wrong; it names row and column of up to {@value #MAX_PROBLEMS} problems
     */
    public Cube build() {
        failIfWrong();
        int[][] ranks = new int[dimensionTexts.length][];
        Dictionary[] dictionaries = new Dictionary[dimensionTexts.length];
        for (int d = 0; d < ranks.length; d++) {
            Comparator<String> order = order(structure.dimensions().get(d));
            ranks[d] = dimensionTexts[d].ranks(order);
            dictionaries[d] = new Dictionary(dimensionTexts[d].sorted(order));
        }
        CubeSorter sorter = new CubeSorter(dimensionColumns, ranks, rows);
        int @Nullable [] order = sorter.permutation();
        int[] seriesStarts = seriesStarts(sorter, order);
        failIfWrong();
        Columns columns = new CubeAssembly(structure, ranks, order, seriesStarts, rows)
                .assemble(dictionaries, attributeTexts, dimensionColumns, attributeColumns, values, this::problemAt);
        collectDatasetAttributes();
        failIfWrong();
        return new Cube(structure, columns, Map.of(), Slice.WHOLE).withDatasetAttributes(datasetAttributes);
    }

    private static Comparator<String> order(Dimension dimension) {
        return dimension.role() == Dimension.Role.TIME ? BY_TIME : Comparator.naturalOrder();
    }

    private void failIfWrong() {
        if (problemCount > 0) {
            problems.sort(Comparator.comparingLong(Problem::row));
            throw new CubeException(problems, problemCount);
        }
    }

    /** Where each series starts in canonical order; notes rows with equal keys. */
    private int[] seriesStarts(CubeSorter sorter, int @Nullable [] order) {
        int[] starts = new int[Math.max(16, rows / 8)];
        int series = 0;
        int keyDimensions = structure.timePosition();
        for (int i = 0; i < rows; i++) {
            int row = order == null ? i : order[i];
            int before = i == 0 ? -1 : order == null ? i - 1 : order[i - 1];
            if (i == 0 || sorter.compare(before, row, keyDimensions) != 0) {
                starts = series == starts.length ? Arrays.copyOf(starts, series * 2) : starts;
                starts[series++] = i;
            } else if (sorter.compare(before, row, keyDimensions + 1) == 0) {
                problemAt(
                        Problem.Kind.DUPLICATE_KEY,
                        row + 2L,
                        "",
                        "the key " + key(row) + " stands already in row " + (before + 2L));
            }
        }
        starts = Arrays.copyOf(starts, series + 1);
        starts[series] = rows;
        return starts;
    }

    private String key(int row) {
        StringBuilder key = new StringBuilder();
        for (int d = 0; d < dimensionColumns.length; d++) {
            key.append(d == 0 ? "" : ".").append(dimensionTexts[d].text(dimensionColumns[d].get(row)));
        }
        return key.toString();
    }

    private void collectDatasetAttributes() {
        for (int a = 0; a < attributeColumns.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            if (attribute.level() != Attribute.Level.DATASET) {
                continue;
            }
            for (int row = 1; row < rows; row++) {
                if (attributeColumns[a].get(row) != attributeColumns[a].get(0)) {
                    problemAt(
                            Problem.Kind.INCONSISTENT,
                            row + 2L,
                            attribute.id(),
                            "an attribute of the data set must be the same in every row");
                    break;
                }
            }
            if (rows > 0 && attributeColumns[a].get(0) != 0) {
                datasetAttributes.putIfAbsent(attribute.id(), attributeTexts[a].text(attributeColumns[a].get(0)));
            }
        }
    }
}
