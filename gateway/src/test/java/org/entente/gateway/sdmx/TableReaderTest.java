package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReaderTest {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");

    /** What every table of the office leaves unsaid. */
    private static final String CONSTANTS = """
            "FREQ": "A", "REF_AREA": "IT", "REF_REGION": "_T", "COUNTERPART_REGION": "_T", "ORIGIN_BASIS": "CT",
            "AGE": "_T", "EDUCATION_LEV": "_T", "OCCUPATION": "_T", "DURATION": "_T", "REASON": "_T", "STAY": "_T",
            "INDICATOR": "STOCK_IN", "UNIT_MEASURE": "PS", "UNIT_MULT": "0\"""";

    private static final String LONG = """
            {"id": "OFFICE", "version": "1.0.0", "name": "Stock by citizenship",
             "table": {"decimal": ",", "thousands": "."},
             "columns": {
               "Paese": {"to": "COUNTERPART_AREA", "scheme": "ISO3", "codes": {"TOTALE": "_T"}},
               "Sesso": {"to": "SEX", "codes": {"Maschi": "M", "Femmine": "F", "Totale": "_T"}, "only": true},
               "Anno": {"to": "TIME_PERIOD"},
               "Valore": {"to": "OBS_VALUE"}},
             "constants": {%s, "OBS_STATUS": "A"},
             "markers": {"..": {"OBS_STATUS": "Q", "CONF_STATUS": "C"}}}""".formatted(CONSTANTS);

    private static final String WIDE = """
            {"id": "OFFICE_WIDE", "version": "1.0.0",
             "table": {"sheet": "Tavola 1", "headerRow": 3},
             "columns": {"Country": {"to": "COUNTERPART_AREA", "scheme": "ISO3"}, "Sex": {"to": "SEX"}},
             "constants": {%s, "OBS_STATUS": "A"},
             "wide": {"to": "TIME_PERIOD"}}""".formatted(CONSTANTS);

    private final Dataflow flow = DiasporaStructure.load();

    private Cube read(String mapping, byte[] table) throws IOException {
        return TableReader.read(
                new ByteArrayInputStream(table),
                TableMapping.parse(mapping.getBytes(StandardCharsets.UTF_8)),
                flow,
                ReadLimits.DEFAULT,
                row -> {});
    }

    private Cube read(String mapping, String table) throws IOException {
        return read(mapping, table.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> figures(Cube cube) {
        List<String> figures = new java.util.ArrayList<>();
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            figures.add(cursor.dimensionText(3) + " " + cursor.dimensionText(6) + " " + cursor.dimensionText(15) + " "
                    + cursor.value() + " " + cursor.attributeText(8));
        }
        return figures;
    }

    @Test
    void columnsBecomeDimensionsAndCodesAreTranslated() throws IOException {
        Cube cube = read(
                LONG,
                "Paese;Sesso;Anno;Valore;Nota\nPHL;Maschi;2020;1.234,5;x\nSUN;Femmine;1990;7;\nTOTALE;Totale;2020;..;\n"
                        + "PHL;Femmine;2021;;\n");
        assertEquals(List.of("PH M 2020 1234.5 A", "SU F 1990 7.0 A", "_T _T 2020 NaN Q"), figures(cube));
    }

    @Test
    void yearsAsColumnsOfAWorkbookBecomePeriods() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Note");
            sheet.value(0, 0, "nothing here");
            Worksheet table = workbook.newWorksheet("Tavola 1");
            table.value(0, 0, "A title");
            table.value(2, 0, "Country");
            table.value(2, 1, "Sex");
            table.value(2, 2, 2020);
            table.value(2, 3, 2021);
            table.value(2, 4, "Change");
            table.value(3, 0, "PHL");
            table.value(3, 1, "F");
            table.value(3, 2, 12);
            table.value(3, 3, 13.5);
            table.value(3, 4, 1.5);
            table.value(4, 0, "MDA");
            table.value(4, 1, "M");
            table.value(4, 3, 8);
        }
        assertEquals(
                List.of("MD M 2021 8.0 A", "PH F 2020 12.0 A", "PH F 2021 13.5 A"),
                figures(read(WIDE, out.toByteArray())));
    }

    @Test
    void anOfficesCharsetIsItsOwn() throws IOException {
        String mapping = LONG.replace("\"decimal\"", "\"charset\": \"windows-1252\", \"decimal\"")
                .replace("Paese", "Citt\u00e0");
        String table = "Citt\u00e0;Sesso;Anno;Valore\nPHL;Maschi;2020;1\n";
        assertEquals(
                List.of("PH M 2020 1.0 A"), figures(read(mapping, table.getBytes(Charset.forName("windows-1252")))));
        CubeException refusal = assertThrows(
                CubeException.class,
                () -> read(LONG.replace("Paese", "Citt\u00e0"), table.getBytes(Charset.forName("windows-1252"))));
        assertTrue(String.valueOf(refusal.getMessage()).contains("charset"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XYZ;Maschi;2020;1|3|Paese|is no ISO3 code",
                "SUN;Maschi;2005;1|3|Paese|means nothing in 2005",
                "YUG;Maschi;1990;1|3|Paese|no more",
                "PHL;Altri;2020;1|3|Sesso|not in the mapping",
                "PHL;Maschi;MMXX;1|3|Paese|no time period",
                "PHL;Maschi;2020;many|3|OBS_VALUE|is not a number",
                "PHL;Maschi;2019;1|3||stands already in row 2",
            })
    void mistakesNameTheTablesOwnRow(String line, long row, String column, String detail) {
        CubeException refusal = assertThrows(
                CubeException.class, () -> read(LONG, "Paese;Sesso;Anno;Valore\nPHL;Maschi;2019;5\n" + line + "\n"));
        Problem problem = refusal.problems().getFirst();
        assertEquals(row, problem.row(), problem::toString);
        assertEquals(column == null ? "" : column, problem.column(), problem::toString);
        if (column != null) {
            assertTrue(problem.detail().contains(detail), problem::toString);
        }
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        CubeException refusal =
                assertThrows(CubeException.class, () -> read(LONG, "Paese;Sesso;Valore\nPHL;Maschi;1\n"));
        assertEquals("Anno", refusal.problems().getFirst().column());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"to\": \"SEX\"|\"to\": \"GENDER\"|no component GENDER",
                "\"to\": \"SEX\"|\"to\": \"AGE\"|said twice",
                "\"OBS_STATUS\": \"A\"}|\"COMMENT_OBS\": \"\"}|OBS_STATUS",
                "\"Maschi\": \"M\"|\"Maschi\": \"X\"|no value of SEX",
                "\"ISO3\"|\"FIFA\"|none of EUROSTAT",
                "1.0.0|one|three numbers",
                "\"table\"|\"tabel\"|tabel",
            })
    void aMappingThatCannotWorkIsRefused(String what, String by, String why) {
        EntenteException refusal =
                assertThrows(EntenteException.class, () -> read(LONG.replace(what, by), "Paese;Sesso;Anno;Valore\n"));
        assertEquals(ErrorCode.MAPPING_INVALID, refusal.code());
        assertTrue(refusal.detail().contains(why), refusal.detail());
    }

    @Test
    void aMappingIsKeptAsSdmxAndReadBackTheSame() throws IOException {
        for (String text : List.of(
                LONG,
                WIDE,
                WIDE.replace(
                        "{\"to\": \"TIME_PERIOD\"}", "{\"to\": \"TIME_PERIOD\", \"columns\": {\"Y1\": \"2020\"}}"))) {
            String named = text.replaceFirst(
                    "\\{", "{\"structure\": \"" + flow.structure().id() + "\",");
            TableMapping mapping = TableMapping.parse(named.getBytes(StandardCharsets.UTF_8));
            byte[] message = mapping.message(flow.structure(), HEADER);
            OfficialSchemas.assertValidJson("2.0.0", "structure", message);
            assertEquals(mapping, TableMapping.parse(message));
        }
    }

    @Test
    void theSameFiguresHaveTheSameDigestHoweverTheyCame() throws IOException {
        String csv = "Paese;Sesso;Anno;Valore\nPHL;Maschi;2020;5\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Cube cube = read(LONG, csv);
        DataFormat.CSV_2_0.write(DataMessage.of(flow, cube, HEADER), out);
        assertArrayEquals(
                cube.digest(),
                DataReader.read(new ByteArrayInputStream(out.toByteArray()), flow)
                        .digest());
    }
}
