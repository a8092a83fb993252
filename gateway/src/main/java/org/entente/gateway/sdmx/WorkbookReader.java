package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/** Reads our own workbooks back: the sheets Data, whose header has the ids of components, and Proof. */
public final class WorkbookReader {

    private WorkbookReader() {}

    /**
     * What a workbook holds.
     *
     * @param cube the figures of the sheet Data; data set attributes are those of its columns
     * @param proof the rows of the sheet Proof; empty if there is none
     */
    public record Content(Cube cube, List<WorkbookPages.Row> proof) {

        /** The values of the proof rows of that name. */
        public List<String> proof(String name) {
            return proof.stream()
                    .filter(row -> row.name().equals(name))
                    .map(WorkbookPages.Row::value)
                    .toList();
        }
    }

    /**
     * Reads figures and proof.
     *
     * @throws CubeException naming what is wrong
     */
    public static Content read(InputStream in, Dataflow dataflow, ReadLimits limits) throws IOException {
        XlsxBook book = new XlsxBook(new LimitedInput(in, limits.bytes(), "the file"), limits);
        List<WorkbookPages.Row> proof = new ArrayList<>();
        if (book.sheets().contains(WorkbookWriter.PROOF)) {
            book.rows(WorkbookWriter.PROOF, (number, cells) -> {
                String name = text(cells, 0);
                if (!name.isEmpty()) {
                    proof.add(new WorkbookPages.Row(name, text(cells, 1)));
                }
                return proof.size() < 10_000;
            });
        }
        return new Content(cube(book, dataflow, limits, row -> {}), List.copyOf(proof));
    }

    static Cube read(InputStream in, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        return cube(new XlsxBook(in, limits), dataflow, limits, rowCheck);
    }

    private static Cube cube(XlsxBook book, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        if (!book.sheets().contains(WorkbookWriter.DATA)) {
            throw Refusal.malformed("the workbook has no sheet " + WorkbookWriter.DATA
                    + "; a table of another shape is read with a mapping");
        }
        RowFiller rows = new RowFiller(dataflow, limits, rowCheck);
        List<Integer> header = new ArrayList<>();
        for (String sheet : book.sheets()) {
            if (sheet.equals(WorkbookWriter.DATA) || sheet.matches(WorkbookWriter.DATA + " [0-9]+")) {
                book.rows(sheet, (number, cells) -> {
                    if (number == 1) {
                        header.clear();
                        header.addAll(header(cells, rows));
                    } else if (!isEmpty(cells)) {
                        row(cells, header, rows);
                    }
                    return !rows.hopeless();
                });
            }
        }
        return rows.build();
    }

    private static String text(List<@Nullable String> cells, int column) {
        String text = column < cells.size() ? cells.get(column) : null;
        return text == null ? "" : text;
    }

    private static boolean isEmpty(List<@Nullable String> cells) {
        for (String cell : cells) {
            if (cell != null && !cell.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The place of each column; -1 for the names beside codes. */
    private static List<Integer> header(List<@Nullable String> cells, RowFiller rows) {
        List<Integer> places = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            int place = rows.place(text(cells, c));
            boolean beside = c > 0 && places.get(c - 1) >= 0;
            if (place < 0 && !beside) {
                throw Refusal.malformed(
                        1,
                        Refusal.shortened(text(cells, c)),
                        "the column is no component of " + rows.structure().id());
            }
            if (place >= 0 && places.contains(place)) {
                throw Refusal.malformed(1, text(cells, c), "the column stands there twice");
            }
            places.add(place);
        }
        for (Component component : rows.structure().components()) {
            boolean needed = !(component instanceof Component.Attribute);
            if (needed && !places.contains(rows.place(component.id()))) {
                throw Refusal.malformed(1, component.id(), "the column is missing");
            }
        }
        return places;
    }

    private static void row(List<@Nullable String> cells, List<Integer> header, RowFiller rows) {
        for (int c = 0; c < header.size(); c++) {
            int place = header.get(c);
            String text = text(cells, c);
            if (place < 0) {
                continue;
            }
            if (rows.isMeasure(place)) {
                rows.value(text);
            } else if (!text.isEmpty() || place < rows.structure().dimensions().size()) {
                rows.ofRow(place, rows.number(place, text));
            }
        }
        rows.endRow();
    }
}
