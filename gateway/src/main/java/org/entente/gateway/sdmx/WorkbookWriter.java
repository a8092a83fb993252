package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.DataOptions.Labels;
import org.entente.gateway.sdmx.WorkbookPages.ProofRows;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/**
 * A workbook of figures: the sheet {@code Table} for people, {@code Data} with one row for each observation (continued on
 * {@code Data 2} and so on where a sheet is full), {@code About} and {@code Proof}. The header of Data has the ids of the
 * components, so that the workbook can be read back and checked; a withheld value is an empty cell there.
 */
final class WorkbookWriter {

    /** The sheet with one row for each observation. */
    static final String DATA = "Data";

    /** The sheet that says where the figures came from. */
    static final String PROOF = "Proof";

    private static final int ABOUT_NAME = 28;
    private static final int ABOUT_VALUE = 100;

    private final DataMessage message;
    private final Structure structure;
    private final XlsxFile file;
    private final Labelled labelled;

    /** @throws EntenteException {@code not-implemented} if the message has several states or deletions */
    WorkbookWriter(DataMessage message, OutputStream out) {
        if (message.sets().size() != 1 || message.deletes()) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "A workbook shows one state of the figures; CSV and JSON show changes");
        }
        this.message = message;
        this.structure = message.dataflow().structure();
        this.file = new XlsxFile(out);
        this.labelled = new Labelled(message.options().languages());
    }

    void write() throws IOException {
        WorkbookPages pages = message.workbook();
        String title = pages == null || pages.title().isBlank()
                ? message.options().languages().pick(message.dataflow().name())
                : pages.title();
        new WorkbookTable(message, file, labelled, title).write();
        data();
        about(pages);
        proof(pages);
        file.finish(title, message.header().prepared());
    }

    private void about(@org.jspecify.annotations.Nullable WorkbookPages pages) throws IOException {
        XlsxSheet sheet = file.sheet("About", XlsxSheet.View.of(0, ABOUT_NAME, ABOUT_VALUE));
        if (pages != null) {
            for (WorkbookPages.Row row : pages.about()) {
                pair(sheet, row.name(), row.value());
            }
        }
        pair(sheet, "Dataflow", message.dataflow().id().toString());
        pair(sheet, "Structure", structure.id().toString());
        pair(sheet, "Prepared", message.header().prepared().toString());
        pair(sheet, "Sender", message.header().sender());
        sheet.nextRow();
        for (Component component : structure.components()) {
            String name = labelled.name(component);
            String description =
                    message.options().languages().pick(component.concept().description());
            pair(sheet, component.id(), description.startsWith(name) ? description : name + ". " + description);
        }
        sheet.finish();
    }

    private void proof(@org.jspecify.annotations.Nullable WorkbookPages pages) throws IOException {
        XlsxSheet sheet = file.sheet(PROOF, XlsxSheet.View.of(0, ABOUT_NAME, ABOUT_VALUE));
        pair(sheet, ProofRows.STRUCTURE, structure.id().toString());
        if (pages != null) {
            for (WorkbookPages.Row row : pages.proof()) {
                pair(sheet, row.name(), row.value());
            }
        }
        sheet.finish();
    }

    private static void pair(XlsxSheet sheet, String name, String value) throws IOException {
        sheet.nextRow();
        sheet.text(0, name, XlsxStyle.HEADER);
        sheet.text(1, value, XlsxStyle.TEXT);
    }

    private void data() throws IOException {
        ObservationCursor cursor = message.observations().get();
        boolean names = message.options().labels(Labels.ID) != Labels.ID;
        int[][] dimensions = new int[structure.dimensions().size()][];
        int[][] dimensionNames = new int[dimensions.length][];
        for (int d = 0; d < dimensions.length; d++) {
            Component dimension = structure.dimensions().get(d);
            dimensions[d] = numbers(cursor.dimensionTexts(d));
            dimensionNames[d] = names ? nameNumbers(dimension, cursor.dimensionTexts(d)) : new int[0];
        }
        int[][] attributes = new int[structure.attributes().size()][];
        int[][] attributeNames = new int[attributes.length][];
        for (int a = 0; a < attributes.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            if (message.projection().attributes().contains(attribute.id())) {
                attributes[a] = numbers(cursor.attributeTexts(a));
                attributeNames[a] = names ? nameNumbers(attribute, cursor.attributeTexts(a)) : new int[0];
            }
        }
        int part = 1;
        XlsxSheet sheet = dataSheet(part, names);
        int columns = dataHeader(sheet, names);
        while (cursor.next()) {
            if (sheet.isFull()) {
                sheet.filter(columns);
                sheet.finish();
                sheet = dataSheet(++part, names);
                dataHeader(sheet, names);
            }
            sheet.nextRow();
            int column = 0;
            for (int d = 0; d < dimensions.length; d++) {
                column = cells(sheet, column, cursor.dimension(d), dimensions[d], dimensionNames[d]);
            }
            if (message.projection().measure()) {
                double value = cursor.value();
                if (!Double.isNaN(value)) {
                    sheet.number(column, value, XlsxStyle.PLAIN);
                }
                column++;
            }
            for (int a = 0; a < attributes.length; a++) {
                if (attributes[a] != null) {
                    column = cells(sheet, column, cursor.attribute(a), attributes[a], attributeNames[a]);
                }
            }
        }
        sheet.filter(columns);
        sheet.finish();
    }

    private static int cells(XlsxSheet sheet, int column, int number, int[] texts, int[] names) throws IOException {
        int next = column;
        if (texts[number] >= 0) {
            sheet.text(next, texts[number], XlsxStyle.PLAIN);
        }
        next++;
        if (names.length > 0) {
            if (names[number] >= 0) {
                sheet.text(next, names[number], XlsxStyle.PLAIN);
            }
            next++;
        }
        return next;
    }

    private XlsxSheet dataSheet(int part, boolean names) throws IOException {
        int[] widths = new int[(structure.components().size()) * (names ? 2 : 1)];
        java.util.Arrays.fill(widths, 14);
        return file.sheet(part == 1 ? DATA : DATA + " " + part, new XlsxSheet.View(1, 0, widths));
    }

    /** Ids of the components, each with its name after it if names are shown; how many columns there are. */
    private int dataHeader(XlsxSheet sheet, boolean names) throws IOException {
        sheet.nextRow();
        int column = 0;
        for (Dimension dimension : structure.dimensions()) {
            column = header(sheet, column, dimension, names);
        }
        if (message.projection().measure()) {
            column = header(sheet, column, structure.measure(), false);
        }
        for (Attribute attribute : structure.attributes()) {
            if (message.projection().attributes().contains(attribute.id())) {
                column = header(sheet, column, attribute, names);
            }
        }
        return column;
    }

    private int header(XlsxSheet sheet, int column, Component component, boolean names) throws IOException {
        sheet.text(column, component.id(), XlsxStyle.HEADER);
        if (names) {
            sheet.text(column + 1, labelled.name(component), XlsxStyle.HEADER);
        }
        return column + (names ? 2 : 1);
    }

    private int[] numbers(Dictionary texts) {
        int[] numbers = new int[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = texts.text(i).isEmpty() ? -1 : file.text(texts.text(i));
        }
        return numbers;
    }

    private int[] nameNumbers(Component component, Dictionary texts) {
        int[] numbers = new int[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            String name = labelled.name(component, texts.text(i));
            numbers[i] = name.isEmpty() ? -1 : file.text(name);
        }
        return numbers;
    }
}
