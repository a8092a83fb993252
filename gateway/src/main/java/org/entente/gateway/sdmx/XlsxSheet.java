package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sheet that is written row by row, cells from left to right. */
final class XlsxSheet {

    /** Most notes on a sheet; each is a drawing that is kept until the sheet ends. */
    static final int MAX_NOTES = 2_000;

    private static final byte[] ROW_END = ascii("</row>\n");
    private static final byte[] TEXT_START = ascii("\" t=\"s\"><v>");
    private static final byte[] NUMBER_START = ascii("\"><v>");
    private static final byte[] CELL_END = ascii("</v></c>");
    private static final byte[] EMPTY = ascii("\"/>");

    /** Longest list of values that a validation holds itself. */
    private static final int MAX_OFFERED = 255;

    private final XlsxFile file;
    private final String name;
    private final int number;
    private final List<Note> notes = new ArrayList<>();
    private byte[][] columns = new byte[0][];
    private byte[][] styles = new byte[0][];
    private @Nullable ByteSink sink;
    private int row;
    private boolean open;
    private String filter = "";
    private boolean locked;
    private boolean hidden;
    private final List<String> validations = new ArrayList<>();

    private record Note(int row, int column, String text) {}

    /**
     * How a sheet is shown.
     *
     * @param frozenRows rows at the top that stay when one scrolls
     * @param frozenColumns columns at the left that stay
     * @param widths of the first columns, in characters; a column of width 0 is hidden
     */
    record View(int frozenRows, int frozenColumns, int[] widths) {
        static View of(int frozenRows, int... widths) {
            return new View(frozenRows, 0, widths);
        }
    }

    XlsxSheet(XlsxFile file, String name, int number) {
        this.file = file;
        this.name = name;
        this.number = number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String name() {
        return name;
    }

    int number() {
        return number;
    }

    /** Whether the sheet is kept from people's eyes. */
    boolean isHidden() {
        return hidden;
    }

    /** Keeps the sheet from people's eyes; only a program shows it again. */
    void hide() {
        hidden = true;
    }

    /** Locks every cell that has no style of an input. There is no password: what comes back is checked anyway. */
    void lock() {
        locked = true;
    }

    /** Offers these values in the cells of a column, and refuses others (ECMA-376 part 1, 18.3.1.32). */
    void offer(int column, int firstRow, int lastRow, List<String> values) {
        String list = String.join(",", values);
        if (list.length() <= MAX_OFFERED) {
            validations.add("<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\""
                    + cell(column, firstRow) + ":" + cell(column, lastRow) + "\"><formula1>\"" + Xml.escaped(list)
                    + "\"</formula1></dataValidation>");
        }
    }

    /** Refuses everything but numbers from 0 up in the cells of a column. */
    void offerNumbers(int column, int firstRow, int lastRow) {
        validations.add("<dataValidation type=\"decimal\" operator=\"greaterThanOrEqual\" allowBlank=\"1\""
                + " showErrorMessage=\"1\" sqref=\"" + cell(column, firstRow) + ":" + cell(column, lastRow)
                + "\"><formula1>0</formula1></dataValidation>");
    }

    /** An empty cell that has a look. */
    void empty(int column, XlsxStyle style) throws IOException {
        start(column, style, EMPTY);
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }

    /** How many notes still fit. */
    int notesLeft() {
        return MAX_NOTES - notes.size();
    }

    private ByteSink sink() {
        if (sink == null) {
            throw new IllegalStateException("the sheet " + name + " is not open");
        }
        return sink;
    }

    void begin(OutputStream entry, View view) throws IOException {
        ByteSink out = new ByteSink(entry);
        sink = out;
        styles = new byte[XlsxStyle.values().length][];
        for (XlsxStyle style : XlsxStyle.values()) {
            styles[style.ordinal()] = ascii("\" s=\"" + style.ordinal());
        }
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
                + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">");
        if (view.frozenRows() > 0 || view.frozenColumns() > 0) {
            String pane =
                    view.frozenColumns() == 0 ? "bottomLeft" : view.frozenRows() == 0 ? "topRight" : "bottomRight";
            out.write("<sheetViews><sheetView workbookViewId=\"0\"><pane"
                    + (view.frozenColumns() > 0 ? " xSplit=\"" + view.frozenColumns() + "\"" : "")
                    + (view.frozenRows() > 0 ? " ySplit=\"" + view.frozenRows() + "\"" : "")
                    + " topLeftCell=\"" + cell(view.frozenColumns(), view.frozenRows() + 1) + "\" activePane=\"" + pane
                    + "\" state=\"frozen\"/></sheetView></sheetViews>");
        }
        if (view.widths().length > 0) {
            out.write("<cols>");
            for (int c = 0; c < view.widths().length; c++) {
                out.write("<col min=\"" + (c + 1) + "\" max=\"" + (c + 1) + "\" width=\"" + view.widths()[c]
                        + "\" customWidth=\"1\"" + (view.widths()[c] == 0 ? " hidden=\"1\"" : "") + "/>");
            }
            out.write("</cols>");
        }
        out.write("<sheetData>\n");
    }

    /** The number of the last row that was begun, from 1. */
    int row() {
        return row;
    }

    boolean isFull() {
        return row >= XlsxFile.MAX_ROWS;
    }

    void nextRow() throws IOException {
        endRow();
        row++;
        sink().write("<row r=\"" + row + "\">");
        open = true;
    }

    private void endRow() throws IOException {
        if (open) {
            sink().write(ROW_END);
            open = false;
        }
    }

    void text(int column, String text, XlsxStyle style) throws IOException {
        if (!text.isEmpty()) {
            text(column, file.text(text), style);
        }
    }

    /** A text by its number in the file. */
    void text(int column, int textNumber, XlsxStyle style) throws IOException {
        start(column, style, TEXT_START);
        sink().number(textNumber);
        sink().raw(CELL_END);
    }

    void number(int column, double value, XlsxStyle style) throws IOException {
        start(column, style, NUMBER_START);
        sink().number(value);
        sink().raw(CELL_END);
    }

    private static final byte[] CELL = ascii("<c r=\"");

    private void start(int column, XlsxStyle style, byte[] then) throws IOException {
        ByteSink out = sink();
        out.room(160);
        out.raw(CELL);
        out.raw(letters(column));
        out.number(row);
        if (style != XlsxStyle.PLAIN) {
            out.raw(styles[style.ordinal()]);
        }
        out.raw(then);
    }

    /** Puts a note on a cell of the current row, if there is room for one. */
    void note(int column, String text) {
        if (notesLeft() > 0) {
            notes.add(new Note(row, column, text));
        }
    }

    /** Offers to filter by the columns of the first row. */
    void filter(int columnCount) {
        filter = "A1:" + cell(columnCount - 1, Math.max(row, 1));
    }

    void finish() throws IOException {
        endRow();
        ByteSink out = sink();
        out.write("</sheetData>");
        if (locked) {
            out.write("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>");
        }
        if (!filter.isEmpty()) {
            out.write("<autoFilter ref=\"" + filter + "\"/>");
        }
        if (!validations.isEmpty()) {
            out.write("<dataValidations count=\"" + validations.size() + "\">" + String.join("", validations)
                    + "</dataValidations>");
        }
        if (hasNotes()) {
            out.write("<legacyDrawing r:id=\"rId1\"/>");
        }
        out.write("</worksheet>");
        out.flush();
        sink = null;
        file.end();
        if (hasNotes()) {
            notes();
        }
    }

    /** Notes are two parts: their texts, and the boxes in which they are shown. */
    private void notes() throws IOException {
        StringBuilder comments = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                + "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors>"
                + "<author>Entente</author></authors><commentList>");
        StringBuilder boxes = new StringBuilder("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\""
                + " xmlns:o=\"urn:schemas-microsoft-com:office:office\""
                + " xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"note\""
                + " coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"/>");
        for (Note note : notes) {
            comments.append("<comment ref=\"" + cell(note.column(), note.row()) + "\" authorId=\"0\"><text>"
                    + "<t xml:space=\"preserve\">" + XlsxFile.escaped(note.text()) + "</t></text></comment>");
            boxes.append("<v:shape type=\"#note\" style=\"position:absolute;width:144pt;height:48pt;visibility:hidden\""
                    + " fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><x:ClientData ObjectType=\"Note\">"
                    + "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>"
                    + (note.row() - 1) + "</x:Row><x:Column>" + note.column()
                    + "</x:Column></x:ClientData></v:shape>");
        }
        file.write("xl/comments" + number + ".xml", comments + "</commentList></comments>");
        file.write("xl/drawings/notes" + number + ".vml", boxes + "</xml>");
        file.write(
                "xl/worksheets/_rels/sheet" + number + ".xml.rels",
                XlsxFile.relations(XlsxFile.relation(1, "vmlDrawing", "../drawings/notes" + number + ".vml")
                        + XlsxFile.relation(2, "comments", "../comments" + number + ".xml")));
    }

    private byte[] letters(int column) {
        if (column >= columns.length) {
            byte[][] more = new byte[Math.max(64, column * 2)][];
            for (int c = 0; c < more.length; c++) {
                more[c] = ascii(columnName(c));
            }
            columns = more;
        }
        return columns[column];
    }

    private static String cell(int column, int row) {
        return columnName(column) + row;
    }

    /** A, B ... Z, AA ... for 0, 1 ... */
    static String columnName(int column) {
        StringBuilder name = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            name.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return name.toString();
    }
}
