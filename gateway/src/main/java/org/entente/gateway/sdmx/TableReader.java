package org.entente.gateway.sdmx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.entente.gateway.statistics.AreaCrosswalk;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Problem.Kind;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/**
 * Reads an office's own table, from a workbook or a text file, through a {@link TableMapping}. Problems name the table's own
 * row; a figure that is not there makes no observation, since the data set declares what an absent cell means.
 */
public final class TableReader {

    private final TableMapping mapping;
    private final RowFiller rows;
    private final AreaCrosswalk crosswalk = AreaCrosswalk.load();
    private final List<Source> keys = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final int time;
    private int[] tableRows = new int[256];
    private int made;

    /** A column that says a dimension or attribute. */
    private record Source(int column, int place, TableMapping.Column rule, String header) {}

    /** A column with figures; of a wide table each stands for a code. */
    private record Figure(int column, int place, String code) {}

    private TableReader(TableMapping mapping, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck) {
        mapping.check(dataflow.structure());
        this.mapping = mapping;
        this.rows = new RowFiller(dataflow, limits, rowCheck);
        this.time = dataflow.structure().timePosition();
    }

    /**
     * Reads a whole table.
     *
     * @throws CubeException naming row and column of what is wrong
     * @throws org.entente.gateway.base.EntenteException {@code mapping-invalid} if the mapping does not fit the structure
     */
    public static Cube read(
            InputStream in, TableMapping mapping, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        return new TableReader(mapping, dataflow, limits, rowCheck).read(in, limits);
    }

    private Cube read(InputStream in, ReadLimits limits) throws IOException {
        PushbackInputStream start = new PushbackInputStream(new LimitedInput(in, limits.bytes(), "the file"), 1 << 10);
        int[] header = {0};
        XlsxBook.RowTaker taker = (number, cells) -> {
            int wanted =
                    mapping.table().headerRow() == null ? 1 : mapping.table().headerRow();
            if (number == wanted) {
                header(cells, number);
                header[0] = number;
            } else if (number > wanted && header[0] == 0) {
                throw Refusal.malformed(wanted, "", "the row of the header is empty");
            } else if (number > wanted) {
                row(number, cells);
            }
            return !rows.hopeless();
        };
        if (DataReader.kind(start) == DataReader.Kind.WORKBOOK) {
            XlsxBook book = new XlsxBook(start, limits);
            String sheet = mapping.table().sheet();
            book.rows(sheet == null ? book.sheets().getFirst() : sheet, taker);
        } else {
            text(start, taker);
        }
        if (header[0] == 0) {
            throw Refusal.malformed("the table has no header row");
        }
        return build();
    }

    private void text(InputStream in, XlsxBook.RowTaker taker) throws IOException {
        InputStream utf8 = in;
        String charset = mapping.table().charset();
        if (charset != null) {
            try {
                utf8 = new ByteArrayInputStream(
                        new String(in.readAllBytes(), Charset.forName(charset)).getBytes(StandardCharsets.UTF_8));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw TableMapping.invalid("nobody knows the charset " + Refusal.shortened(charset));
            }
        }
        PushbackInputStream start = new PushbackInputStream(utf8, 1 << 13);
        byte[] begin = start.readNBytes(1 << 13);
        int mark = begin.length >= 3 && (begin[0] & 0xFF) == 0xEF && (begin[1] & 0xFF) == 0xBB ? 3 : 0;
        start.unread(begin, mark, begin.length - mark);
        CsvTokens tokens = new CsvTokens(start);
        tokens.separator(separator(begin));
        List<@Nullable String> cells = new ArrayList<>();
        for (int number = 1; tokens.peek() >= 0; number++) {
            cells.clear();
            CsvTokens.End end;
            do {
                end = tokens.next();
                String text = CellNumbers.text(tokens.cell(), tokens.length());
                if (text == null || !tokens.fault().isEmpty()) {
                    throw Refusal.malformed(
                            number,
                            "column " + (cells.size() + 1),
                            text == null
                                    ? "the cell is not UTF-8; the mapping can name another charset"
                                    : tokens.fault());
                }
                if (cells.size() >= XlsxFile.MAX_COLUMNS) {
                    throw Refusal.malformed(number, "", "the row has more than " + XlsxFile.MAX_COLUMNS + " cells");
                }
                cells.add(text.isEmpty() ? null : text);
            } while (end == CsvTokens.End.CELL);
            if (!taker.row(number, cells)) {
                return;
            }
        }
    }

    private byte separator(byte[] begin) {
        String named = mapping.table().separator();
        if (named != null) {
            if (named.length() != 1 || named.charAt(0) > 126) {
                throw TableMapping.invalid("a separator is one character");
            }
            return (byte) named.charAt(0);
        }
        String lines = new String(begin, StandardCharsets.ISO_8859_1);
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = lines.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return (byte) best;
    }

    private void header(List<@Nullable String> cells, int row) {
        TreeMap<String, Integer> found = new TreeMap<>();
        for (int c = 0; c < cells.size(); c++) {
            String header =
                    cells.get(c) == null ? "" : String.valueOf(cells.get(c)).trim();
            if (!header.isEmpty()
                    && found.put(header, c) != null
                    && mapping.columns().containsKey(header)) {
                throw Refusal.malformed(row, header, "the column stands there twice");
            }
        }
        for (Map.Entry<String, TableMapping.Column> entry : mapping.columns().entrySet()) {
            Integer column = found.get(entry.getKey());
            if (column == null) {
                throw Refusal.malformed(row, entry.getKey(), "the column is missing");
            }
            int place = rows.place(entry.getValue().to());
            if (rows.isMeasure(place)) {
                figures.add(new Figure(column, -1, ""));
            } else {
                keys.add(new Source(column, place, entry.getValue(), entry.getKey()));
            }
        }
        TableMapping.Wide wide = mapping.wide();
        if (wide != null) {
            wide(wide, found, row);
        }
    }

    private void wide(TableMapping.Wide wide, TreeMap<String, Integer> found, int row) {
        int place = rows.place(wide.to());
        if (wide.columns().isEmpty()) {
            found.forEach((header, column) -> {
                boolean code = rows.structure()
                        .dimensions()
                        .get(place)
                        .representation()
                        .accepts(header);
                if (code && !mapping.columns().containsKey(header)) {
                    figures.add(new Figure(column, place, header));
                }
            });
            if (figures.isEmpty()) {
                throw Refusal.malformed(row, wide.to(), "no column is headed by a value of " + wide.to());
            }
            return;
        }
        wide.columns().forEach((header, code) -> {
            Integer column = found.get(header);
            if (column == null) {
                throw Refusal.malformed(row, header, "the column is missing");
            }
            figures.add(new Figure(column, place, code));
        });
    }

    private static String text(List<@Nullable String> cells, int column) {
        String text = column < cells.size() ? cells.get(column) : null;
        return text == null ? "" : text.trim();
    }

    private void row(int number, List<@Nullable String> cells) {
        for (Figure figure : figures) {
            String value = text(cells, figure.column());
            if (!value.isEmpty()) {
                observation(number, cells, figure, value);
            }
        }
    }

    private void observation(int number, List<@Nullable String> cells, Figure figure, String value) {
        tableRows = made == tableRows.length ? Arrays.copyOf(tableRows, made * 2) : tableRows;
        tableRows[made++] = number;
        mapping.constants().forEach((component, text) -> set(rows.place(component), text));
        if (figure.place() >= 0) {
            set(figure.place(), figure.code());
        }
        String period = period(cells, figure);
        for (Source source : keys) {
            String code = code(source, text(cells, source.column()), period);
            if (code != null && (!code.isEmpty() || rows.isDimension(source.place()))) {
                set(source.place(), code);
            }
        }
        Map<String, String> said = mapping.markers().get(value);
        if (said != null) {
            said.forEach((component, text) -> set(rows.place(component), text));
            rows.value(Double.NaN);
        } else {
            rows.value(number(value));
        }
        rows.endRow();
    }

    private void set(int place, String text) {
        if (place >= 0 && !rows.isMeasure(place)) {
            rows.ofRow(place, rows.number(place, text));
        }
    }

    private String period(List<@Nullable String> cells, Figure figure) {
        if (figure.place() == time) {
            return figure.code();
        }
        for (Source source : keys) {
            if (source.place() == time) {
                String text = text(cells, source.column());
                return source.rule().codes().getOrDefault(text, text);
            }
        }
        return mapping.constants().getOrDefault(rows.structure().time().id(), "");
    }

    /** The code that an office's code means, or null after noting why it means none. */
    private @Nullable String code(Source source, String text, String period) {
        String listed = source.rule().codes().get(text);
        if (listed != null) {
            return listed;
        }
        if (source.rule().listedOnly()) {
            return refuse(source, "'" + Refusal.shortened(text) + "' is not in the mapping's list");
        }
        String scheme = source.rule().scheme();
        if (scheme == null) {
            return text;
        }
        TimePeriod at = TimePeriod.tryParse(period).orElse(null);
        if (at == null) {
            return refuse(source, "the code cannot be resolved: '" + Refusal.shortened(period) + "' is no time period");
        }
        return switch (crosswalk.meaning(scheme, text, at)) {
            case AreaCrosswalk.Meaning.Area area -> area.code();
            case AreaCrosswalk.Meaning.None none -> refuse(source, none.why());
        };
    }

    private @Nullable String refuse(Source source, String why) {
        rows.problem(Kind.CODE_UNKNOWN, source.header(), why);
        return null;
    }

    private String number(String text) {
        String thousands = mapping.table().thousands();
        String decimal = mapping.table().decimal();
        String plain = thousands == null || thousands.isEmpty() ? text : text.replace(thousands, "");
        return decimal == null || decimal.isEmpty() ? plain : plain.replace(decimal, ".");
    }

    /** The cube; problems of observations become problems of the table's rows. */
    private Cube build() {
        try {
            return rows.build();
        } catch (CubeException e) {
            throw new CubeException(
                    e.problems().stream()
                            .map(problem -> new Problem(
                                    problem.kind(), tableRow(problem.row()), problem.column(), problem.detail()))
                            .toList(),
                    e.total());
        }
    }

    private long tableRow(long builderRow) {
        int made = (int) Math.min(builderRow - 2, this.made - 1);
        return made < 0 ? builderRow : tableRows[made];
    }
}
