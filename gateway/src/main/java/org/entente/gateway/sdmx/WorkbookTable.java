package org.entente.gateway.sdmx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;

/**
 * The sheet {@code Table}: what varies goes into rows and columns, what does not is said once. Periods are the columns; if
 * there is only one, the last breakdown that varies is. So every row is a run of observations that the cursor gives together,
 * and no table has to be held in memory. Cells that are withheld or qualified show why, in a note and in the legend below.
 */
final class WorkbookTable {

    private static final int MAX_BREAKDOWN_COLUMNS = 50;
    private static final int LABEL_WIDTH = 30;
    private static final int FIGURE_WIDTH = 13;

    /** CL_OBS_STATUS: a value with nothing to say of it. */
    private static final String NORMAL = "A";

    private final DataMessage message;
    private final XlsxFile file;
    private final Labelled labelled;
    private final String title;
    private final Structure structure;
    private final Usage usage;
    private final ObservationCursor cursor;
    private final int columnDimension;
    private final int[] rowDimensions;

    /** Place of each dictionary number of the column dimension among the columns, or -1. */
    private final int[] places;

    private final int columnCount;
    private final int status;
    private final int confidentiality;
    private final SortedSet<Integer> legend = new TreeSet<>();
    private boolean notesLeftOut;

    WorkbookTable(DataMessage message, XlsxFile file, Labelled labelled, String title) {
        this.message = message;
        this.file = file;
        this.labelled = labelled;
        this.title = title;
        this.structure = message.dataflow().structure();
        this.usage = Usage.of(message.observations().get());
        this.cursor = message.observations().get();
        int time = structure.timePosition();
        List<Integer> varying = new ArrayList<>(
                IntStream.range(0, time).filter(d -> used(d) > 1).boxed().toList());
        boolean byBreakdown = used(time) <= 1 && varying.size() > 1 && used(varying.getLast()) <= MAX_BREAKDOWN_COLUMNS;
        this.columnDimension = byBreakdown ? varying.removeLast() : time;
        this.rowDimensions = varying.stream().mapToInt(Integer::intValue).toArray();
        this.places = places();
        this.columnCount = used(columnDimension);
        this.status = attribute(Attribute.Role.OBSERVATION_STATUS);
        this.confidentiality = attribute(Attribute.Role.CONFIDENTIALITY_STATUS);
    }

    private int used(int dimension) {
        int count = 0;
        for (boolean used : usage.dimension(dimension)) {
            count += used ? 1 : 0;
        }
        return count;
    }

    private int attribute(Attribute.Role role) {
        return structure
                .attribute(role)
                .filter(attribute -> message.projection().attributes().contains(attribute.id()))
                .map(attribute -> structure.attributePosition(attribute.id()))
                .orElse(-1);
    }

    /** Columns stand in the order of their code list, which is the order people know; periods by time. */
    private int[] places() {
        boolean[] used = usage.dimension(columnDimension);
        Dimension dimension = structure.dimensions().get(columnDimension);
        Integer[] order = IntStream.range(0, used.length)
                .filter(i -> used[i])
                .boxed()
                .sorted(Comparator.comparingInt(i -> dimension
                        .representation()
                        .codelist()
                        .map(list -> list.position(
                                cursor.dimensionTexts(columnDimension).text(i)))
                        .orElse(i)))
                .toArray(Integer[]::new);
        int[] found = new int[used.length];
        Arrays.fill(found, -1);
        for (int place = 0; place < order.length; place++) {
            found[order[place]] = place;
        }
        return found;
    }

    void write() throws IOException {
        List<Dimension> above = constants(true);
        int headerRow = 2 + above.size() + (above.isEmpty() ? 0 : 1);
        int[] widths = new int[Math.min(rowDimensions.length + columnCount, XlsxFile.MAX_COLUMNS)];
        Arrays.fill(widths, FIGURE_WIDTH);
        Arrays.fill(widths, 0, Math.min(Math.max(1, rowDimensions.length), widths.length), LABEL_WIDTH);
        XlsxSheet sheet = file.sheet("Table", new XlsxSheet.View(headerRow, Math.min(rowDimensions.length, 4), widths));
        sheet.nextRow();
        sheet.text(0, title, XlsxStyle.TITLE);
        say(sheet, above);
        if (!above.isEmpty()) {
            sheet.nextRow();
        }
        if (rowDimensions.length + columnCount > XlsxFile.MAX_COLUMNS) {
            sheet.nextRow();
            sheet.text(0, "These figures have too many periods for a table; see the sheet Data.", XlsxStyle.QUIET);
        } else if (message.projection().measure()) {
            header(sheet);
            rows(sheet);
            below(sheet);
        }
        sheet.finish();
    }

    /** Dimensions that have one code: those that say what the figures are stand above, further breakdowns below. */
    private List<Dimension> constants(boolean above) {
        List<Dimension> constants = new ArrayList<>();
        for (int d = 0; d < structure.dimensions().size(); d++) {
            Dimension dimension = structure.dimensions().get(d);
            boolean telling = switch (dimension.role()) {
                case REPORTING_AREA, COUNTERPART_AREA, COUNTERPART_BASIS, INDICATOR, UNIT, TIME -> true;
                case FREQUENCY, REPORTING_REGION, COUNTERPART_REGION, BREAKDOWN -> false;
            };
            if (used(d) == 1 && d != columnDimension && telling == above) {
                constants.add(dimension);
            }
        }
        return constants;
    }

    private void say(XlsxSheet sheet, List<Dimension> constants) throws IOException {
        for (Dimension dimension : constants) {
            int d = structure.dimensionPosition(dimension.id());
            boolean[] used = usage.dimension(d);
            int only = 0;
            while (!used[only]) {
                only++;
            }
            sheet.nextRow();
            sheet.text(0, labelled.name(dimension), XlsxStyle.QUIET);
            sheet.text(1, label(d, only), XlsxStyle.PLAIN);
        }
    }

    private String label(int d, int number) {
        String text = cursor.dimensionTexts(d).text(number);
        String name = labelled.name(structure.dimensions().get(d), text);
        return name.isEmpty() ? text : name;
    }

    private void header(XlsxSheet sheet) throws IOException {
        sheet.nextRow();
        for (int i = 0; i < rowDimensions.length; i++) {
            sheet.text(i, labelled.name(structure.dimensions().get(rowDimensions[i])), XlsxStyle.HEADER);
        }
        String[] labels = new String[columnCount];
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                labels[places[i]] = label(columnDimension, i);
            }
        }
        for (int c = 0; c < columnCount; c++) {
            sheet.text(rowDimensions.length + c, labels[c], XlsxStyle.HEADER);
        }
    }

    private void rows(XlsxSheet sheet) throws IOException {
        double[] values = new double[columnCount];
        int[] statuses = new int[columnCount];
        int[] confidential = new int[columnCount];
        boolean[] filled = new boolean[columnCount];
        int[] key = new int[rowDimensions.length];
        boolean any = false;
        while (cursor.next()) {
            if (any && !sameRow(key)) {
                row(sheet, key, values, statuses, confidential, filled);
                Arrays.fill(filled, false);
            }
            for (int i = 0; i < key.length; i++) {
                key[i] = cursor.dimension(rowDimensions[i]);
            }
            any = true;
            int place = places[cursor.dimension(columnDimension)];
            filled[place] = true;
            values[place] = cursor.value();
            statuses[place] = status < 0 ? 0 : cursor.attribute(status);
            confidential[place] = confidentiality < 0 ? 0 : cursor.attribute(confidentiality);
        }
        if (any) {
            row(sheet, key, values, statuses, confidential, filled);
        }
    }

    private boolean sameRow(int[] key) {
        for (int i = 0; i < key.length; i++) {
            if (cursor.dimension(rowDimensions[i]) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private void row(XlsxSheet sheet, int[] key, double[] values, int[] statuses, int[] confidential, boolean[] filled)
            throws IOException {
        // The legend and what else stands below needs some rows too.
        if (sheet.row() > XlsxFile.MAX_ROWS - 500) {
            return;
        }
        sheet.nextRow();
        for (int i = 0; i < key.length; i++) {
            sheet.text(i, label(rowDimensions[i], key[i]), XlsxStyle.PLAIN);
        }
        for (int c = 0; c < columnCount; c++) {
            if (filled[c]) {
                figure(sheet, key.length + c, values[c], statuses[c], confidential[c]);
            }
        }
    }

    private void figure(XlsxSheet sheet, int column, double value, int statusNumber, int confidentialityNumber)
            throws IOException {
        String code = status < 0 ? "" : cursor.attributeTexts(status).text(statusNumber);
        if (Double.isNaN(value)) {
            sheet.text(column, code.isEmpty() ? "NaN" : code, XlsxStyle.WITHHELD);
        } else {
            sheet.number(column, value, value == Math.rint(value) ? XlsxStyle.WHOLE : XlsxStyle.DECIMAL);
        }
        if (code.isEmpty() || code.equals(NORMAL)) {
            return;
        }
        legend.add(statusNumber);
        String note = code + ": " + labelled.name(structure.attributes().get(status), code);
        if (Double.isNaN(value) && confidentiality >= 0 && confidentialityNumber > 0) {
            String secrecy = cursor.attributeTexts(confidentiality).text(confidentialityNumber);
            note += "\n" + secrecy + ": " + labelled.name(structure.attributes().get(confidentiality), secrecy);
        }
        notesLeftOut |= sheet.notesLeft() == 0;
        sheet.note(column, note);
    }

    private void below(XlsxSheet sheet) throws IOException {
        if (usage.observations() > 0 && sheet.row() > XlsxFile.MAX_ROWS - 500) {
            sheet.nextRow();
            sheet.text(0, "The table goes on; the sheet Data has every figure.", XlsxStyle.QUIET);
        }
        sheet.nextRow();
        for (int number : legend) {
            String code = cursor.attributeTexts(status).text(number);
            sheet.nextRow();
            sheet.text(0, code + ": " + labelled.name(structure.attributes().get(status), code), XlsxStyle.QUIET);
        }
        if (notesLeftOut) {
            sheet.nextRow();
            sheet.text(
                    0,
                    "Only the first " + XlsxSheet.MAX_NOTES + " cells have notes; the sheet Data has every status.",
                    XlsxStyle.QUIET);
        }
        say(sheet, constants(false));
    }
}
