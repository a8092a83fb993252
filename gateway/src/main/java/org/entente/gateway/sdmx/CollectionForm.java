package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * A workbook that is handed out to be filled in: for each table a sheet with one row for each series key, whose codes are locked, and cells
 * for period, figure, status and comment. What comes back is held against the form again, since a locked cell only keeps the honest from
 * mistakes.
 *
 * @param title of the workbook
 * @param marks by which the form is known when it comes back, on a hidden sheet
 * @param made when it was made
 */
public record CollectionForm(String title, SortedMap<String, String> marks, Instant made, List<Sheet> sheets) {

    /** Most rows of a sheet. */
    public static final int MAX_ROWS = 50_000;

    /** How much of a workbook that comes back is read: 32 MiB, 256 MiB unpacked. */
    public static final ReadLimits LIMITS =
            new ReadLimits(32L << 20, MAX_ROWS, 256L << 20, ReadLimits.DEFAULT.ratio(), 500_000, 32);

    public CollectionForm {
        marks = new TreeMap<>(marks);
        sheets = List.copyOf(sheets);
    }

    /**
     * One table.
     *
     * @param id of the table, and name of its sheet
     * @param title in words
     * @param dataflow that the figures are of
     * @param keys the series keys in order; each has a code for every key dimension of the structure, in the structure's order
     * @param periods that a figure may be of
     * @param period that is written in already
     */
    public record Sheet(
            String id, String title, Dataflow dataflow, List<List<String>> keys, List<String> periods, String period) {
        public Sheet {
            keys = List.copyOf(keys);
            periods = List.copyOf(periods);
            if (keys.size() > MAX_ROWS) {
                throw new IllegalArgumentException("a sheet has at most " + MAX_ROWS + " rows");
            }
        }

        /** The attributes of a series that the sheet asks for once: what holds of the whole table. */
        List<Attribute> questions() {
            return dataflow.structure().attributes().stream()
                    .filter(attribute -> attribute.level() == Attribute.Level.SERIES)
                    .filter(attribute -> switch (attribute.role()) {
                        case UNIT_MULTIPLIER, DECIMALS -> false;
                        default -> true;
                    })
                    .toList();
        }
    }

    /** What is wrong with a cell that came back. */
    public enum Fault {
        /** A code that the structure does not have. */
        CODE_UNKNOWN,
        /** A code of the structure that does not stand there in the form that was handed out. */
        CODE_CHANGED,
        /** A row that stands twice. */
        ROW_TWICE,
        /** A formula, which says something else on another machine. */
        FORMULA,
        /** A figure that is no number, or stands beside a status that has none. */
        FIGURE,
        /** A status that a figure cannot have. */
        STATUS,
        /** A period that was not asked for. */
        PERIOD,
        /** The header or a sheet is not that of the form. */
        SHAPE
    }

    /**
     * Something that is wrong.
     *
     * @param row as the program shows it, from 1; 0 for the sheet as a whole
     * @param column letters as the program shows them; empty for the row as a whole
     */
    public record Finding(String sheet, int row, String column, Fault fault, String detail) {}

    /**
     * A sheet that came back and holds.
     *
     * @param cube the figures
     * @param figures how many numbers there are
     * @param withheld how many cells the member withholds
     * @param unofficial how many figures are not from its official source
     * @param total the sum of all numbers, for checking only
     */
    public record Filled(String id, Cube cube, long figures, long withheld, long unofficial, double total) {}

    /**
     * What came back.
     *
     * @param findings all that is wrong; if there is any, there are no figures
     */
    public record Answer(List<Filled> sheets, List<Finding> findings) {
        public Answer {
            sheets = List.copyOf(sheets);
            findings = List.copyOf(findings);
        }
    }

    /** Writes the workbook; equal forms give equal bytes. The stream is flushed, not closed. */
    public void write(OutputStream out) throws IOException {
        new CollectionFormWriter(this).write(out);
    }

    /**
     * Reads a workbook that came back.
     *
     * @throws CubeException if it cannot be read at all, breaks a limit, or is another form than this one
     */
    public Answer read(InputStream in) throws IOException {
        return new CollectionFormReader(this).read(in);
    }

    /** A component's code with its name, for people. */
    static String named(Component component, String code) {
        return component
                .representation()
                .codelist()
                .flatMap(list -> list.code(code))
                .map(known -> known.name().in("en"))
                .orElse(code);
    }

    /** The columns of a sheet, from left to right: the hidden codes, then what people see. */
    record Columns(int codes, List<Integer> shown) {

        /** Shows the dimensions that vary, and the first of them all if none does. */
        static Columns of(Sheet sheet) {
            int codes = sheet.dataflow().structure().keyDimensions().size();
            List<Integer> varying = java.util.stream.IntStream.range(0, codes)
                    .filter(d -> sheet.keys().stream()
                                    .map(key -> key.get(d))
                                    .distinct()
                                    .count()
                            > 1)
                    .boxed()
                    .toList();
            return new Columns(codes, varying.isEmpty() ? List.of(0) : varying);
        }

        int label(int index) {
            return codes + index;
        }

        int period() {
            return codes + shown.size();
        }

        int figure() {
            return period() + 1;
        }

        int status() {
            return period() + 2;
        }

        int unofficial() {
            return period() + 3;
        }

        int comment() {
            return period() + 4;
        }
    }

    /** The hidden sheet. */
    static final String MARKS = "Form";

    /** In the column of figures that are not from the official source. */
    static final String UNOFFICIAL = "X";

    /** Statuses that a figure may have; nothing is a normal value. */
    static final List<String> WITH_FIGURE = List.of("A", "B", "D", "E", "P", "U", "V");

    /** Statuses without a figure: withheld, not collected, cannot exist. */
    static final List<String> WITHOUT_FIGURE = List.of("Q", "L", "M");

    /** A value imputed or taken from elsewhere by who receives it, so not the member's official source. */
    static final String IMPUTED = "I";

    static @Nullable String cell(List<@Nullable String> cells, int column) {
        return column < cells.size() ? cells.get(column) : null;
    }
}
