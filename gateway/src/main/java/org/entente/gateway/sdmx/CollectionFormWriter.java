package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.entente.gateway.sdmx.CollectionForm.Columns;
import org.entente.gateway.sdmx.CollectionForm.Sheet;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;

/** Writes a form as a workbook: sheets are protected without a password, and cells to be filled in are not. */
final class CollectionFormWriter {
    private static final int WIDE = 34;
    private static final int NARROW = 14;

    private final CollectionForm form;

    CollectionFormWriter(CollectionForm form) {
        this.form = form;
    }

    void write(OutputStream out) throws IOException {
        XlsxFile file = new XlsxFile(out);
        instructions(file);
        for (Sheet sheet : form.sheets()) {
            table(file, sheet);
        }
        XlsxSheet marks = file.sheet(CollectionForm.MARKS, XlsxSheet.View.of(0, WIDE, WIDE));
        marks.hide();
        marks.lock();
        for (Map.Entry<String, String> mark : form.marks().entrySet()) {
            marks.nextRow();
            marks.text(0, mark.getKey(), XlsxStyle.PLAIN);
            marks.text(1, mark.getValue(), XlsxStyle.PLAIN);
        }
        marks.finish();
        file.finish(form.title(), form.made());
    }

    private void instructions(XlsxFile file) throws IOException {
        XlsxSheet sheet = file.sheet("Read me", XlsxSheet.View.of(0, 110));
        sheet.lock();
        line(sheet, form.title(), XlsxStyle.TITLE);
        for (String text : List.of(
                "Fill in the yellow cells of the sheets that follow. Everything else is locked and must come back as it is.",
                "A row without figure and status says nothing. Write numbers, no formulas: a formula is refused.",
                "Status: A normal, B break in the series, D other definition, E estimated, P provisional, U unreliable,"
                        + " V unvalidated; without a figure Q withheld, L not collected, M cannot exist. Nothing means A.",
                "Write X under 'Not official' where the figure is not from your country's official source. It is then"
                        + " published as one that was taken from elsewhere (status I).",
                "At the head of each sheet, say what holds of the whole table: source, residence rule, reference day.",
                "After the upload you are shown the sum of each sheet. Your figures count only when you have confirmed"
                        + " these sums.")) {
            line(sheet, text, XlsxStyle.TEXT);
        }
        sheet.finish();
    }

    private static void line(XlsxSheet sheet, String text, XlsxStyle style) throws IOException {
        sheet.nextRow();
        sheet.text(0, text, style);
    }

    private void table(XlsxFile file, Sheet table) throws IOException {
        Columns columns = Columns.of(table);
        List<Attribute> questions = table.questions();
        int[] widths = new int[columns.comment() + 1];
        Arrays.fill(widths, columns.codes(), columns.period(), WIDE);
        Arrays.fill(widths, columns.period(), columns.comment(), NARROW);
        widths[columns.comment()] = WIDE;
        XlsxSheet sheet = file.sheet(table.id(), new XlsxSheet.View(questions.size() + 2, 0, widths));
        sheet.lock();
        sheet.nextRow();
        sheet.text(columns.label(0), table.title(), XlsxStyle.TITLE);
        for (Attribute question : questions) {
            sheet.nextRow();
            sheet.text(0, question.id(), XlsxStyle.PLAIN);
            sheet.text(columns.label(0), question.concept().name().in("en"), XlsxStyle.HEADER);
            sheet.empty(columns.period(), XlsxStyle.INPUT_TEXT);
            offer(sheet, question, columns.period());
        }
        header(sheet, table, columns);
        rows(sheet, table, columns);
        sheet.finish();
    }

    private static void offer(XlsxSheet sheet, Component question, int column) {
        question.representation()
                .codelist()
                .ifPresent(list -> sheet.offer(
                        column,
                        sheet.row(),
                        sheet.row(),
                        list.codes().stream().map(Code::id).toList()));
    }

    private static void header(XlsxSheet sheet, Sheet table, Columns columns) throws IOException {
        List<Dimension> dimensions = table.dataflow().structure().keyDimensions();
        sheet.nextRow();
        for (int d = 0; d < dimensions.size(); d++) {
            sheet.text(d, dimensions.get(d).id(), XlsxStyle.HEADER);
        }
        for (int shown = 0; shown < columns.shown().size(); shown++) {
            Dimension dimension = dimensions.get(columns.shown().get(shown));
            sheet.text(columns.label(shown), dimension.concept().name().in("en"), XlsxStyle.HEADER);
        }
        sheet.text(columns.period(), "Period", XlsxStyle.HEADER);
        sheet.text(columns.figure(), "Figure", XlsxStyle.HEADER);
        sheet.text(columns.status(), "Status", XlsxStyle.HEADER);
        sheet.text(columns.unofficial(), "Not official", XlsxStyle.HEADER);
        sheet.text(columns.comment(), "Comment", XlsxStyle.HEADER);
    }

    private static void rows(XlsxSheet sheet, Sheet table, Columns columns) throws IOException {
        List<Dimension> dimensions = table.dataflow().structure().keyDimensions();
        int first = sheet.row() + 1;
        for (List<String> key : table.keys()) {
            sheet.nextRow();
            for (int d = 0; d < key.size(); d++) {
                sheet.text(d, key.get(d), XlsxStyle.PLAIN);
            }
            for (int shown = 0; shown < columns.shown().size(); shown++) {
                int d = columns.shown().get(shown);
                sheet.text(columns.label(shown), CollectionForm.named(dimensions.get(d), key.get(d)), XlsxStyle.PLAIN);
            }
            sheet.text(columns.period(), table.period(), XlsxStyle.INPUT_TEXT);
            sheet.empty(columns.figure(), XlsxStyle.INPUT);
            sheet.empty(columns.status(), XlsxStyle.INPUT_TEXT);
            sheet.empty(columns.unofficial(), XlsxStyle.INPUT_TEXT);
            sheet.empty(columns.comment(), XlsxStyle.INPUT_TEXT);
        }
        int last = Math.max(first, sheet.row());
        List<String> statuses = new ArrayList<>(CollectionForm.WITH_FIGURE);
        statuses.addAll(CollectionForm.WITHOUT_FIGURE);
        sheet.offer(columns.period(), first, last, table.periods());
        sheet.offerNumbers(columns.figure(), first, last);
        sheet.offer(columns.status(), first, last, statuses);
        sheet.offer(columns.unofficial(), first, last, List.of(CollectionForm.UNOFFICIAL));
    }
}
