package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A workbook of tables for people that are no SDMX data: a sheet for each, its head frozen and filterable. */
public final class TableWorkbook {
    private static final int MAX_NAME = 31;
    private static final int FIRST_WIDTH = 36;
    private static final int WIDTH = 18;

    /** Characters that no sheet's name may have (ECMA-376 part 1, 18.2.19). */
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\[\\]:*?/\\\\']");

    private TableWorkbook() {}

    /**
     * A table.
     *
     * @param name of the sheet; made to fit and unique
     * @param head of the columns
     * @param rows as many cells as columns
     */
    public record Table(String name, List<String> head, List<List<Cell>> rows) {}

    /**
     * A cell.
     *
     * @param number what it holds as a number; null if it holds a text
     */
    public record Cell(String text, @Nullable Double number) {}

    /** Writes it; the stream is flushed, not closed. */
    public static void write(String title, Instant created, List<Table> tables, OutputStream out) throws IOException {
        XlsxFile file = new XlsxFile(out);
        Set<String> names = new HashSet<>();
        for (Table table : tables) {
            int[] widths = new int[table.head().size()];
            java.util.Arrays.fill(widths, WIDTH);
            widths[0] = FIRST_WIDTH;
            XlsxSheet sheet = file.sheet(name(table.name(), names), XlsxSheet.View.of(1, widths));
            sheet.nextRow();
            for (int c = 0; c < table.head().size(); c++) {
                sheet.text(c, table.head().get(c), XlsxStyle.HEADER);
            }
            for (List<Cell> row : table.rows()) {
                if (!sheet.isFull()) {
                    write(sheet, row);
                }
            }
            sheet.filter(table.head().size());
            sheet.finish();
        }
        file.finish(title, created);
    }

    private static void write(XlsxSheet sheet, List<Cell> row) throws IOException {
        sheet.nextRow();
        for (int c = 0; c < row.size(); c++) {
            Double number = row.get(c).number();
            if (number == null) {
                sheet.text(c, row.get(c).text(), XlsxStyle.PLAIN);
            } else {
                sheet.number(c, number, number == Math.rint(number) ? XlsxStyle.WHOLE : XlsxStyle.DECIMAL);
            }
        }
    }

    private static String name(String wanted, Set<String> taken) {
        String base = NOT_IN_NAMES.matcher(wanted).replaceAll(" ").strip();
        for (int number = 1; ; number++) {
            String end = number == 1 ? "" : " " + number;
            String name = base.substring(0, Math.min(base.length(), MAX_NAME - end.length())) + end;
            if (taken.add(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
        }
    }
}
