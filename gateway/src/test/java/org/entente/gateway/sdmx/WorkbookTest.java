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
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.LibreOffice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");
    private static final WorkbookPages PAGES = new WorkbookPages(
            "Filipinos in Italy",
            List.of(new WorkbookPages.Row("Concept", "Usual residents by country of birth")),
            List.of(
                    new WorkbookPages.Row(WorkbookPages.ProofRows.EXCHANGE, "0190-aa"),
                    new WorkbookPages.Row(WorkbookPages.ProofRows.CUBE_DIGEST, "abc")));

    private final Dataflow flow = DiasporaStructure.load();

    private Cube cube(String... years) {
        CubeBuilder builder = Cube.builder(flow.structure());
        double value = 1000;
        for (String sex : List.of("_T", "M", "F")) {
            for (String area : List.of("PH", "MD")) {
                for (String year : years) {
                    builder.dimension("FREQ", "A")
                            .dimension("REF_AREA", "IT")
                            .dimension("COUNTERPART_AREA", area)
                            .dimension("ORIGIN_BASIS", "CB")
                            .dimension("SEX", sex)
                            .dimension("INDICATOR", "STOCK_IN")
                            .dimension("UNIT_MEASURE", "PS")
                            .dimension("TIME_PERIOD", year);
                    for (String whole : List.of(
                            "REF_REGION",
                            "COUNTERPART_REGION",
                            "AGE",
                            "EDUCATION_LEV",
                            "OCCUPATION",
                            "DURATION",
                            "REASON",
                            "STAY")) {
                        builder.dimension(whole, "_T");
                    }
                    boolean withheld = sex.equals("F") && area.equals("MD");
                    builder.attribute("UNIT_MULT", "0")
                            .attribute("OBS_STATUS", withheld ? "Q" : "A")
                            .attribute("CONF_STATUS", withheld ? "C" : "F")
                            .attribute("COMMENT_OBS", "=HYPERLINK(\"http://a\") _x0041_")
                            .value(withheld ? Double.NaN : value++ + (area.equals("PH") ? 0.5 : 0))
                            .add();
                }
            }
        }
        return builder.build();
    }

    private byte[] written(Cube cube) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.XLSX.write(DataMessage.of(flow, cube, HEADER).withWorkbook(PAGES), out);
        return out.toByteArray();
    }

    private static List<String> table(byte[] workbook, String sheet) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook));
                Stream<Row> rows = book.findSheet(sheet).orElseThrow().openStream()) {
            return rows.map(row -> {
                        StringBuilder line = new StringBuilder();
                        for (Cell cell : row) {
                            line.append(cell == null ? "" : cell.getRawValue()).append('|');
                        }
                        return line.toString();
                    })
                    .toList();
        }
    }

    @Test
    void periodsAreTheColumnsAndWhatDoesNotVaryIsSaidOnce() throws IOException {
        List<String> lines = table(written(cube("2020", "2021")), "Table");

        assertEquals("Filipinos in Italy|", lines.getFirst());
        assertTrue(lines.contains("Reporting area|Italy|"), lines::toString);
        int header = lines.indexOf("Counterpart area|Sex|2020|2021|");
        assertTrue(header > 0, lines::toString);
        assertTrue(lines.get(header + 1).matches(".*Moldova.*\\|Female\\|Q\\|Q\\|"), lines.get(header + 1));
        assertEquals("Philippines|Total|1000.5|1001.5|", lines.get(header + 6));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("Q: ")), "a legend of the statuses");
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("Age|")),
                "further breakdowns that do not vary stand below");
    }

    @Test
    void withOnePeriodTheLastBreakdownGivesTheColumns() throws IOException {
        List<String> lines = table(written(cube("2020")), "Table");

        assertTrue(lines.contains("Time period|2020|"), lines::toString);
        assertTrue(lines.contains("Counterpart area|Female|Male|Total|"), lines::toString);
        assertTrue(lines.contains("Philippines|1004.5|1002.5|1000.5|"), lines::toString);
    }

    @Test
    void aboutAndProofSayWhatTheyAreGiven() throws IOException {
        byte[] workbook = written(cube("2020"));

        assertEquals(
                "Concept|Usual residents by country of birth|",
                table(workbook, "About").getFirst());
        assertTrue(table(workbook, "Proof").contains("exchange|0190-aa|"));
        assertTrue(table(workbook, "Proof").contains("structure|ENTENTE:DSD_DIASPORA(1.0.0)|"));
    }

    @Test
    void equalInputGivesEqualBytes() throws IOException {
        assertArrayEquals(written(cube("2020", "2021")), written(cube("2020", "2021")));
    }

    @Test
    void aTextThatLooksLikeAFormulaStaysText() throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(written(cube("2020"))));
                Stream<Row> rows = book.findSheet("Data").orElseThrow().openStream()) {
            rows.forEach(row -> row.forEach(cell -> {
                if (cell != null) {
                    assertTrue(cell.getFormula() == null || cell.getFormula().isEmpty(), cell::toString);
                }
            }));
        }
    }

    @Test
    void deletionsAreNoWorkbook() {
        DataMessage message = DataMessage.of(flow, cube("2020"), HEADER);
        DataMessage changes = message.withSets(
                List.of(DataSet.delete(message.observations()), DataSet.replace(message.observations())));
        assertThrows(EntenteException.class, () -> DataFormat.XLSX.write(changes, new ByteArrayOutputStream()));
    }

    @Test
    void columnsAreNamedAsSpreadsheetsDo() {
        assertEquals("XFD", XlsxSheet.columnName(XlsxFile.MAX_COLUMNS - 1));
        assertEquals("AA", XlsxSheet.columnName(26));
    }

    @Test
    void libreOfficeReadsTheSameCells(@TempDir Path folder) throws IOException, InterruptedException {
        Path workbook = folder.resolve("figures.xlsx");
        Cube cube = cube("2020", "2021");
        Files.write(workbook, written(cube));
        String csv = LibreOffice.sheetAsCsv(workbook, 2, folder);

        String[] lines = csv.split("\n");
        assertTrue(lines[0].startsWith("\uFEFFFREQ,REF_AREA,") || lines[0].startsWith("FREQ,REF_AREA,"), lines[0]);
        assertEquals(cube.observationCount(), lines.length - 1);
        assertTrue(csv.contains("A,IT,_T,PH,_T,CB,_T,_T,_T,_T,_T,_T,_T,STOCK_IN,PS,2020,1000.5,0,"), csv);
        assertTrue(csv.contains("\"=HYPERLINK(\"\"http://a\"\") _x0041_\""), csv);
    }
}
