package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.entente.gateway.sdmx.CollectionForm.Fault;
import org.entente.gateway.sdmx.CollectionForm.Finding;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.testing.FilledForm;
import org.entente.gateway.testing.LibreOffice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sheet of the table STOCK is the second one; its 15 codes stand in A to O, its labels in P and Q, then period, figure, status, X, comment in R to V. */
class CollectionFormTest {
    private static final int STOCK = 2;
    private static final int FIRST = 9;

    private final Dataflow flow = DiasporaStructure.load();

    private CollectionForm form(String round) {
        List<List<String>> keys = new ArrayList<>();
        for (String counterpart : List.of("IN", "PH")) {
            for (String sex : List.of("F", "M", "_T")) {
                keys.add(flow.structure().keyDimensions().stream()
                        .map(dimension -> code(dimension, counterpart, sex))
                        .toList());
            }
        }
        return new CollectionForm(
                "Stock 2020: QAT",
                new TreeMap<>(Map.of("form", "entente-form/1", "round", round, "party", "QAT")),
                Instant.parse("2021-02-01T10:00:00Z"),
                List.of(new CollectionForm.Sheet(
                        "STOCK", "Foreign citizens", flow, keys, List.of("2019", "2020", "2021"), "2020")));
    }

    private static String code(Dimension dimension, String counterpart, String sex) {
        return switch (dimension.role()) {
            case FREQUENCY -> "A";
            case REPORTING_AREA -> "QA";
            case COUNTERPART_AREA -> counterpart;
            case COUNTERPART_BASIS -> "CT";
            case INDICATOR -> "STOCK_IN";
            case UNIT -> "PS";
            case TIME -> throw new IllegalArgumentException();
            case REPORTING_REGION, COUNTERPART_REGION -> "_T";
            case BREAKDOWN -> dimension.id().equals("SEX") ? sex : "_T";
        };
    }

    private static byte[] written(CollectionForm form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            form.write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private FilledForm filled() {
        return FilledForm.of(written(form("r1")))
                .text(STOCK, "R2", "01")
                .number(STOCK, "S" + FIRST, "12.5")
                .number(STOCK, "S" + (FIRST + 1), "100")
                .text(STOCK, "U" + (FIRST + 1), "X")
                .text(STOCK, "R" + (FIRST + 2), "2019")
                .number(STOCK, "S" + (FIRST + 2), "7")
                .text(STOCK, "T" + (FIRST + 2), "E")
                .text(STOCK, "T" + (FIRST + 3), "Q");
    }

    private List<Finding> findings(Consumer<FilledForm> change) throws IOException {
        FilledForm form = filled();
        change.accept(form);
        CollectionForm.Answer answer = form("r1").read(new ByteArrayInputStream(form.bytes()));
        assertEquals(List.of(), answer.sheets());
        return answer.findings();
    }

    private void refused(String why, byte[] workbook) {
        CubeException refused =
                assertThrows(CubeException.class, () -> form("r1").read(new ByteArrayInputStream(workbook)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(why), message);
    }

    @Test
    void whatIsFilledInComesBackWithStatusSumsAndWhatIsNotOfficialMarked() throws IOException {
        CollectionForm.Answer answer = form("r1")
                .read(new ByteArrayInputStream(filled().text(STOCK, "R2", "").bytes()));
        assertEquals(List.of(), answer.findings());
        CollectionForm.Filled stock = answer.sheets().getFirst();
        assertEquals(3, stock.figures());
        assertEquals(1, stock.withheld());
        assertEquals(1, stock.unofficial());
        assertEquals(119.5, stock.total());
        List<String> rows = new ArrayList<>();
        ObservationCursor cursor = stock.cube().cursor();
        int sex = flow.structure().dimensionPosition("SEX");
        int area = flow.structure().dimensionPosition("COUNTERPART_AREA");
        int status = flow.structure().attributePosition("OBS_STATUS");
        while (cursor.next()) {
            rows.add(cursor.dimensionText(area) + " " + cursor.dimensionText(sex) + " "
                    + cursor.dimensionText(flow.structure().timePosition()) + " " + cursor.value() + " "
                    + cursor.attributeText(status));
        }
        assertEquals(List.of("IN F 2020 12.5 A", "IN M 2020 100.0 I", "IN _T 2019 7.0 E", "PH F 2020 NaN Q"), rows);
    }

    @Test
    void equalFormsHaveEqualBytesAndLockAllButTheCellsToBeFilledIn() {
        assertArrayEquals(written(form("r1")), written(form("r1")));
        FilledForm form = FilledForm.of(written(form("r1")));
        String sheet = form.xml("xl/worksheets/sheet2.xml");
        assertTrue(sheet.contains("<sheetProtection sheet=\"1\""));
        assertTrue(sheet.contains("<col min=\"1\" max=\"1\" width=\"0\" customWidth=\"1\" hidden=\"1\"/>"));
        assertTrue(sheet.contains("<formula1>\"2019,2020,2021\"</formula1>"));
        assertTrue(form.xml("xl/styles.xml").contains("applyProtection=\"1\"><protection locked=\"0\"/>"));
        assertTrue(form.xml("xl/workbook.xml").contains("name=\"Form\" state=\"veryHidden\""));
    }

    @Test
    void everyWrongCellIsNamedByRowAndColumn() throws IOException {
        assertEquals(
                List.of(
                        "9 S FORMULA",
                        "9 R PERIOD",
                        "10 S FIGURE",
                        "11 T STATUS",
                        "12 S FIGURE",
                        "13 U STATUS",
                        "14 T STATUS"),
                findings(form -> form.formula(STOCK, "S9", "1+1", "2")
                                .text(STOCK, "R9", "1999")
                                .text(STOCK, "S10", "many")
                                .text(STOCK, "T11", "Z")
                                .number(STOCK, "S12", "3")
                                .number(STOCK, "S13", "3")
                                .text(STOCK, "U13", "perhaps")
                                .text(STOCK, "T14", "A"))
                        .stream()
                        .filter(finding -> !finding.column().equals("") && finding.row() > 2)
                        .map(finding -> finding.row() + " " + finding.column() + " " + finding.fault())
                        .toList());
    }

    @Test
    void aLockedCodeThatWasChangedIsFoundAndSoIsOneThatDoesNotExist() throws IOException {
        // The counterpart area is the fourth code.
        Finding changed = findings(form -> form.text(STOCK, "D" + FIRST, "QA")).stream()
                .filter(finding -> finding.row() == FIRST)
                .findFirst()
                .orElseThrow();
        assertEquals(Fault.CODE_CHANGED, changed.fault());
        assertEquals("D", changed.column());
        Finding unknown = findings(form -> form.text(STOCK, "D" + FIRST, "XX9")).stream()
                .filter(finding -> finding.row() == FIRST)
                .findFirst()
                .orElseThrow();
        assertEquals(Fault.CODE_UNKNOWN, unknown.fault());
        Finding twice = findings(form -> form.text(STOCK, "D" + (FIRST + 3), "IN")).stream()
                .filter(finding -> finding.row() == FIRST + 3)
                .findFirst()
                .orElseThrow();
        assertEquals(Fault.ROW_TWICE, twice.fault());
        assertTrue(findings(form -> form.text(STOCK, "A8", "KEY")).stream()
                .anyMatch(finding -> finding.fault() == Fault.SHAPE));
        assertTrue(findings(form -> form.text(STOCK, "R2", "no such source")).stream()
                .anyMatch(finding -> finding.fault() == Fault.CODE_UNKNOWN && finding.row() == 2));
    }

    @Test
    void anotherRoundsFormAndABombAreRefused() throws IOException {
        refused("another form: its round is r2", written(form("r2")));
        refused("no form of this kind", new FormlessWorkbook().bytes());
        refused(
                "times its size",
                filled().add("xl/media/big.bin", new byte[64 << 20]).bytes());
        refused("", new byte[] {1, 2, 3});
    }

    /** A workbook of figures. */
    private static final class FormlessWorkbook {
        byte[] bytes() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            XlsxFile file = new XlsxFile(out);
            XlsxSheet sheet = file.sheet("STOCK", XlsxSheet.View.of(0));
            sheet.nextRow();
            sheet.text(0, "a", XlsxStyle.PLAIN);
            sheet.finish();
            file.finish("t", Instant.EPOCH);
            return out.toByteArray();
        }
    }

    @Test
    void aFormThatLibreOfficeHasSavedComesBackTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("form.xlsx");
        Files.write(file, filled().text(STOCK, "R2", "").bytes());
        byte[] again = LibreOffice.savedAgain(file, folder);
        CollectionForm.Answer answer = form("r1").read(new ByteArrayInputStream(again));
        assertEquals(List.of(), answer.findings());
        assertEquals(119.5, answer.sheets().getFirst().total());
        assertTrue(FilledForm.of(again).xml("xl/worksheets/sheet2.xml").contains("sheetProtection"));
    }
}
