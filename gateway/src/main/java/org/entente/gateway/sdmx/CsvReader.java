package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Problem.Kind;
import org.entente.gateway.statistics.Structure;

/**
 * Reads SDMX-CSV 1.0, 2.0 and 2.1 strictly: every column is known, every code is in its list, every row has all cells. Either
 * all of it becomes a cube or nothing, and then every mistake is named by row and column.
 *
 * <p>The separator is the character after the first header term (field guide, design principles); columns after those that
 * name the structure may stand in any order. Values that are withheld or missing are {@code NaN}. Labels and keys that were
 * asked for are read over: names beside codes, and in columns of their own. Where semicolons separate, a comma is a decimal
 * mark, and the apostrophe that keeps a spreadsheet from taking a text for a formula is taken off.
 */
public final class CsvReader {

    /** Most observations in one file. */
    public static final int DEFAULT_MAX_ROWS = 20_000_000;

    private static final Set<String> STANDARD = Set.of("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "ACTION");

    /** Columns that repeat what others say. */
    private static final Set<String> IGNORED = Set.of("STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final Dataflow dataflow;
    private final Structure structure;
    private final CsvTokens tokens;
    private final CubeBuilder builder;
    private final int maxRows;
    private final Consumer<CubeBuilder> rowCheck;
    private final List<Column> columns = new ArrayList<>();
    private boolean stop;

    /** Whether the file is CSV 1.0. */
    private boolean old;

    /** Whether the file was made for a spreadsheet: byte order mark and semicolons. */
    private boolean forSpreadsheet;

    private boolean semicolons;

    private CsvReader(InputStream in, Dataflow dataflow, int maxRows, Consumer<CubeBuilder> rowCheck) {
        this.dataflow = dataflow;
        this.structure = dataflow.structure();
        this.tokens = new CsvTokens(in);
        this.builder = Cube.builder(structure);
        this.maxRows = maxRows;
        this.rowCheck = rowCheck;
    }

    /**
     * Reads a whole file.
     *
     * @throws CubeException naming row and column of what is wrong
     * @throws IOException if the stream fails
     */
    public static Cube read(InputStream in, Dataflow dataflow) throws IOException {
        return read(in, dataflow, DEFAULT_MAX_ROWS);
    }

    /** As {@link #read(InputStream, Dataflow)} with another limit of observations. */
    public static Cube read(InputStream in, Dataflow dataflow, int maxRows) throws IOException {
        return read(in, dataflow, maxRows, row -> {});
    }

    /**
     * As {@link #read(InputStream, Dataflow)} with a further check of each row that was read whole.
     *
     * @param rowCheck is given the builder with the row in it and notes problems there
     */
    public static Cube read(InputStream in, Dataflow dataflow, int maxRows, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        return new CsvReader(in, dataflow, maxRows, rowCheck).read();
    }

    /** What a column holds and what is done with its cells. */
    private final class Column {
        private final String name;
        private final int dimension;
        private final int attribute;
        private final boolean measure;
        private final CellNumbers numbers;

        private final boolean ignored;
        private final boolean labelled;

        /**
         * @param name of the component or of the standard's column
         * @param labelled whether names stand beside codes
         * @param ignored whether the cells say what other columns say already
         */
        Column(String name, boolean labelled, boolean ignored) {
            this.name = name;
            this.labelled = labelled;
            this.ignored = ignored;
            this.dimension = structure.dimensionPosition(name);
            this.attribute = structure.attributePosition(name);
            this.measure = isMeasure(name);
            this.numbers = new CellNumbers(this::number);
        }

        private int number(String cell) {
            String text = plain(cell);
            return switch (name) {
                case "STRUCTURE" -> text.equals("dataflow") || text.equals("datastructure") ? 0 : CellNumbers.REFUSED;
                case "STRUCTURE_ID", "DATAFLOW" -> {
                    String id = text.contains(": ") ? text.substring(0, text.indexOf(": ")) : text;
                    boolean own = id.equals(dataflow.id().toString())
                            || id.equals(structure.id().toString());
                    yield own ? 0 : CellNumbers.REFUSED;
                }
                case "ACTION" -> "IARM".contains(text) && text.length() == 1 ? 0 : CellNumbers.REFUSED;
                default ->
                    dimension >= 0
                            ? builder.dimensionNumber(dimension, text)
                            : builder.attributeNumber(attribute, text);
            };
        }

        /** The code alone, and what the office wrote without what was put before it for a spreadsheet. */
        private String plain(String cell) {
            String text = forSpreadsheet ? CsvGuard.unguarded(cell) : cell;
            if (labelled
                    && (dimension >= 0 || attribute >= 0)
                    && component().representation().codelist().isPresent()) {
                int end = text.indexOf(": ");
                return end < 0 ? text : text.substring(0, end);
            }
            return text;
        }

        private Component component() {
            return dimension >= 0
                    ? structure.dimensions().get(dimension)
                    : structure.attributes().get(attribute);
        }

        void take() {
            if (ignored) {
                return;
            }
            if (!tokens.fault().isEmpty()) {
                builder.problem(Kind.MALFORMED, name, tokens.fault());
            }
            if (measure) {
                value();
                return;
            }
            int number = numbers.number(tokens.cell(), tokens.length());
            if (number == CellNumbers.REFUSED) {
                refuse();
            }
            if (dimension >= 0) {
                builder.dimension(dimension, Math.max(number, 0));
            } else if (attribute >= 0) {
                builder.attribute(attribute, Math.max(number, 0));
            }
        }

        private void refuse() {
            String text = CellNumbers.text(tokens.cell(), tokens.length());
            if (text == null) {
                builder.problem(Kind.MALFORMED, name, "the cell is not UTF-8");
            } else if (dimension >= 0 || attribute >= 0) {
                builder.problem(Kind.CODE_UNKNOWN, name, CubeBuilder.notAdmitted(component(), plain(text)));
            } else {
                builder.problem(Kind.MALFORMED, name, "'" + shortened(text) + "' is not " + expected(name));
            }
        }

        private void value() {
            double value = quickNumber();
            if (!Double.isNaN(value)) {
                builder.value(value);
                return;
            }
            String text = CellNumbers.text(tokens.cell(), tokens.length());
            if (text == null || text.isEmpty()) {
                builder.problem(Kind.MISSING, name, "the value is missing; a withheld or missing value is written NaN");
            } else if (text.equals("NaN")) {
                builder.value(Double.NaN);
            } else if (NUMBER.matcher(decimal(text)).matches()) {
                builder.value(Double.parseDouble(decimal(text)));
            } else {
                builder.problem(Kind.MALFORMED, name, "'" + shortened(text) + "' is not a number");
            }
        }

        private String decimal(String text) {
            return semicolons ? text.replace(',', '.') : text;
        }

        /** The number if the cell is up to 15 digits, else NaN. */
        private double quickNumber() {
            byte[] cell = tokens.cell();
            int length = tokens.length();
            if (length == 0 || length > 15) {
                return Double.NaN;
            }
            long number = 0;
            for (int i = 0; i < length; i++) {
                int digit = cell[i] - '0';
                if (digit < 0 || digit > 9) {
                    return Double.NaN;
                }
                number = number * 10 + digit;
            }
            return number;
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private String expected(String column) {
        return switch (column) {
            case "STRUCTURE" -> "dataflow or datastructure";
            case "STRUCTURE_ID", "DATAFLOW" -> dataflow.id() + " or " + structure.id();
            default -> "I, A, M or R";
        };
    }

    private Cube read() throws IOException {
        header();
        int rows = 0;
        while (!stop && tokens.peek() >= 0) {
            if (++rows > maxRows) {
                builder.problem(Kind.MALFORMED, "", "the file has more than " + maxRows + " observations");
                break;
            }
            row();
            stop |= builder.problemCount() >= CubeBuilder.MAX_PROBLEMS;
        }
        return builder.build();
    }

    private void row() throws IOException {
        int cells = 0;
        CsvTokens.End end;
        do {
            end = tokens.next();
            if (cells < columns.size()) {
                columns.get(cells).take();
            }
            cells++;
        } while (end == CsvTokens.End.CELL);
        if (cells != columns.size()) {
            builder.malformedRow("the row has " + cells + " cells, the header has " + columns.size());
        } else {
            if (builder.rowIsSound()) {
                rowCheck.accept(builder);
            }
            builder.add();
        }
    }

    private boolean isMeasure(String name) {
        return name.equals(structure.measure().id()) || (old && name.equals(DataSchema.MEASURE_2_1));
    }

    private void header() throws IOException {
        List<String> names = headerCells();
        old = names.getFirst().equals("DATAFLOW");
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (!old && (names.size() < 2 || !names.get(1).equals("STRUCTURE_ID"))) {
            problems.add(headerProblem("", "the header must begin with STRUCTURE and STRUCTURE_ID"));
        }
        boolean named = names.contains("STRUCTURE_NAME");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int end = name.indexOf(": ");
            Column column = new Column(end < 0 ? name : name.substring(0, end), end >= 0, IGNORED.contains(name));
            columns.add(column);
            boolean component = column.dimension >= 0 || column.attribute >= 0 || column.measure;
            if (!component && !STANDARD.contains(column.name) && !column.ignored) {
                problems.add(headerProblem(name, "the column is no component of " + structure.id()));
            } else if (!seen.add(column.name)) {
                problems.add(headerProblem(name, "the column stands there twice"));
            }
            if (named && component && i + 1 < names.size()) {
                columns.add(new Column(names.get(++i), false, true));
            }
        }
        for (Component component : structure.components()) {
            boolean needed = !(component instanceof Component.Attribute attribute)
                    || (attribute.mandatory() && attribute.level() != Component.Attribute.Level.DATASET);
            boolean there = columns.stream()
                    .anyMatch(column -> column.measure
                            ? component instanceof Component.Measure
                            : !column.ignored && column.name.equals(component.id()));
            if (needed && !there) {
                problems.add(new Problem(Kind.MISSING, 1, component.id(), "the column is missing"));
            }
        }
        if (!problems.isEmpty()) {
            throw new CubeException(problems, problems.size());
        }
    }

    private static Problem headerProblem(String column, String detail) {
        return new Problem(Kind.MALFORMED, 1, column, detail);
    }

    /** The header's names; finds the separator on the way. */
    private List<String> headerCells() throws IOException {
        StringBuilder first = new StringBuilder();
        boolean marked = tokens.peek() == 0xEF;
        if (marked) {
            tokens.take();
            boolean mark = tokens.take() == 0xBB && tokens.take() == 0xBF;
            if (!mark) {
                throw new CubeException(List.of(headerProblem("", "the file is not UTF-8")), 1);
            }
        }
        boolean quoted = tokens.peek() == '"' && tokens.take() == '"';
        while (Character.isLetter(tokens.peek()) && first.length() < 20) {
            first.append((char) tokens.take());
        }
        if (quoted && tokens.take() != '"') {
            first.setLength(0);
        }
        List<String> names = new ArrayList<>();
        names.add(first.toString());
        int separator = tokens.take();
        boolean known = first.toString().equals("STRUCTURE") || first.toString().equals("DATAFLOW");
        if (!known || separator < 0 || ",;\t|".indexOf(separator) < 0) {
            throw new CubeException(
                    List.of(headerProblem(
                            "", "the file must begin with the header STRUCTURE or DATAFLOW and a separator")),
                    1);
        }
        semicolons = separator == ';';
        forSpreadsheet = marked && semicolons;
        tokens.separator((byte) separator);
        CsvTokens.End end;
        do {
            end = tokens.next();
            String name = CellNumbers.text(tokens.cell(), tokens.length());
            if (name == null || !tokens.fault().isEmpty() || names.size() > 1000) {
                throw new CubeException(List.of(headerProblem("", "the header cannot be read")), 1);
            }
            names.add(name);
        } while (end == CsvTokens.End.CELL);
        return names;
    }
}
