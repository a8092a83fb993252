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
 * Reads SDMX-CSV 2.0 strictly: every column is known, every code is in its list, every row has all cells. Either all of it
 * becomes a cube or nothing, and then every mistake is named by row and column.
 *
 * <p>The separator is the character after the first header term (field guide, design principles); columns after the first
 * two may stand in any order. Values that are withheld or missing are {@code NaN}.
 */
public final class CsvReader {

    /** Most observations in one file. */
    public static final int DEFAULT_MAX_ROWS = 20_000_000;

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final Dataflow dataflow;
    private final Structure structure;
    private final CsvTokens tokens;
    private final CubeBuilder builder;
    private final int maxRows;
    private final Consumer<CubeBuilder> rowCheck;
    private final List<Column> columns = new ArrayList<>();
    private boolean stop;

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

        Column(String name) {
            this.name = name;
            this.dimension = structure.dimensionPosition(name);
            this.attribute = structure.attributePosition(name);
            this.measure = name.equals(structure.measure().id());
            this.numbers = new CellNumbers(text -> switch (name) {
                case "STRUCTURE" -> text.equals("dataflow") || text.equals("datastructure") ? 0 : CellNumbers.REFUSED;
                case "STRUCTURE_ID" ->
                    text.equals(dataflow.id().toString())
                                    || text.equals(structure.id().toString())
                            ? 0
                            : CellNumbers.REFUSED;
                case "ACTION" -> text.equals("I") || text.equals("A") || text.equals("R") ? 0 : CellNumbers.REFUSED;
                default ->
                    dimension >= 0
                            ? builder.dimensionNumber(dimension, text)
                            : builder.attributeNumber(attribute, text);
            });
        }

        void take() {
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
                Component component = dimension >= 0
                        ? structure.dimensions().get(dimension)
                        : structure.attributes().get(attribute);
                builder.problem(Kind.CODE_UNKNOWN, name, CubeBuilder.notAdmitted(component, text));
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
            } else if (NUMBER.matcher(text).matches()) {
                builder.value(Double.parseDouble(text));
            } else {
                builder.problem(Kind.MALFORMED, name, "'" + shortened(text) + "' is not a number");
            }
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
            case "STRUCTURE_ID" -> dataflow.id() + " or " + structure.id();
            default -> "I, A or R";
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

    private void header() throws IOException {
        List<String> names = headerCells();
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (names.size() < 2
                || !names.get(0).equals("STRUCTURE")
                || !names.get(1).equals("STRUCTURE_ID")) {
            problems.add(headerProblem("", "the header must begin with STRUCTURE and STRUCTURE_ID"));
        }
        for (String name : names) {
            boolean known = name.startsWith("STRUCTURE")
                    || name.equals("ACTION")
                    || structure.dimensionPosition(name) >= 0
                    || structure.attributePosition(name) >= 0
                    || name.equals(structure.measure().id());
            if (!known) {
                problems.add(headerProblem(name, "the column is no component of " + structure.id()));
            } else if (!seen.add(name)) {
                problems.add(headerProblem(name, "the column stands there twice"));
            }
        }
        for (Component component : structure.components()) {
            boolean needed = !(component instanceof Component.Attribute attribute)
                    || (attribute.mandatory() && attribute.level() != Component.Attribute.Level.DATASET);
            if (needed && !seen.contains(component.id())) {
                problems.add(new Problem(Kind.MISSING, 1, component.id(), "the column is missing"));
            }
        }
        if (!problems.isEmpty()) {
            throw new CubeException(problems, problems.size());
        }
        names.forEach(name -> columns.add(new Column(name)));
    }

    private static Problem headerProblem(String column, String detail) {
        return new Problem(Kind.MALFORMED, 1, column, detail);
    }

    /** The header's names; finds the separator on the way. */
    private List<String> headerCells() throws IOException {
        StringBuilder first = new StringBuilder();
        if (tokens.peek() == 0xEF) {
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
        if (!first.toString().equals("STRUCTURE") || ",;\t|".indexOf(separator) < 0) {
            throw new CubeException(
                    List.of(headerProblem("", "the file must begin with the header STRUCTURE and a separator")), 1);
        }
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
