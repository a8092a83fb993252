package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataReaderTest {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");
    private static final ReadLimits SMALL = new ReadLimits(1 << 20, 1000, 4 << 20, 100, 1000, 32);

    private final Dataflow flow = SmallStructure.dataflow();

    private Cube sample() {
        CubeBuilder builder = Cube.builder(flow.structure()).datasetAttribute("UNDER", "a & b");
        builder.attribute("SOURCE", "office");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 12, "ok");
        return builder.build();
    }

    private String written(DataFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(DataMessage.of(flow, sample(), HEADER), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Cube read(String text) throws IOException {
        return DataReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), flow, SMALL, row -> {});
    }

    private Problem refused(String text) {
        return assertThrows(CubeException.class, () -> read(text)).problems().getFirst();
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_3_0", "SPECIFIC_2_1", "GENERIC_2_1"})
    void aMistakeIsNamedByObservationComponentAndLine(DataFormat format) throws IOException {
        Problem problem = refused(written(format).replace("\"ok\"", "\"hm\""));
        assertEquals(2, problem.row());
        assertEquals("MARK", problem.column());
        assertEquals(Problem.Kind.CODE_UNKNOWN, problem.kind());
        assertTrue(refused(written(format).replace("SOURCE", "SAUCE")).detail().contains("(line "));
    }

    @Test
    void aMistakeInJsonIsNamedByObservationAndComponent() throws IOException {
        Problem problem = refused(written(DataFormat.JSON_2_1).replace("\"id\":\"ok\"", "\"id\":\"hm\""));
        assertEquals("MARK", problem.column());
        assertEquals(2, problem.row());
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_3_0", "SPECIFIC_2_1", "GENERIC_2_1", "JSON_2_0", "JSON_2_1", "CSV_1_0"})
    void figuresOfAnotherFlowAreRefused(DataFormat format) throws IOException {
        String other = written(format).replace("DF_SMALL", "DF_OTHER").replace("DSD_SMALL", "DSD_OTHER");
        assertThrows(CubeException.class, () -> read(other));
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_3_0", "SPECIFIC_2_1", "GENERIC_2_1", "JSON_2_0", "JSON_2_1"})
    void aDataSetThatDeletesIsRefused(DataFormat format) throws IOException {
        String deleting = written(format)
                .replace("action=\"Information\"", "action=\"Delete\"")
                .replaceAll("\"action\":\"[A-Za-z]+\"", "\"action\":\"Delete\"");
        assertEquals("ACTION", refused(deleting).column());
    }

    @Test
    void dataSetsThatComeBeforeTheirStructuresAreRead() throws IOException {
        String json = written(DataFormat.JSON_2_1);
        int structures = json.indexOf("\"structures\":");
        int sets = json.lastIndexOf(",\"dataSets\":");
        String turned = json.substring(0, structures) + json.substring(sets + 1, json.length() - 2) + ","
                + json.substring(structures, sets) + "}}";
        assertArrayEquals(sample().digest(), read(turned).digest());
    }

    @Test
    void attributesOfGroupsAndPartialKeysCount() throws IOException {
        String generic = written(DataFormat.GENERIC_2_1)
                .replace("<generic:Attributes><generic:Value id=\"SOURCE\" value=\"office\"/></generic:Attributes>", "")
                .replace(
                        "<generic:Series>",
                        "<generic:Group type=\"G\"><generic:GroupKey><generic:Value id=\"WHO\" value=\"AA\"/>"
                                + "</generic:GroupKey><generic:Attributes><generic:Value id=\"SOURCE\" value=\"office\"/>"
                                + "</generic:Attributes></generic:Group><generic:Series>");
        assertArrayEquals(sample().digest(), read(generic).digest());
        String specific = written(DataFormat.ML_3_0)
                .replace(" SOURCE=\"office\"", "")
                .replace("<Series", "<Atts KIND=\"K1\" SOURCE=\"office\"/><Series");
        assertArrayEquals(sample().digest(), read(specific).digest());
    }

    @Test
    void aValueInAnElementOfItsOwnIsReadAndSeveralAreRefused() throws IOException {
        String xml = written(DataFormat.ML_3_0);
        String one = xml.replace(" MARK=\"ok\"/>", "><Comp id=\"MARK\"><Value>ok</Value></Comp></Obs>");
        assertArrayEquals(sample().digest(), read(one).digest());
        Problem problem = refused(
                xml.replace(" MARK=\"ok\"/>", "><Comp id=\"MARK\"><Value>ok</Value><Value>gone</Value></Comp></Obs>"));
        assertEquals("MARK", problem.column());
    }

    @Test
    void documentTypesAndEntitiesAreRefused() throws IOException {
        String xml = written(DataFormat.ML_3_0);
        String laughs = xml.replace(
                        "?>\n",
                        "?>\n<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n")
                .replace("office", "&b;");
        assertThrows(CubeException.class, () -> read(laughs));
        String outside = xml.replace("?>\n", "?>\n<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n")
                .replace("office", "&a;");
        CubeException refusal = assertThrows(CubeException.class, () -> read(outside));
        assertTrue(refusal.getMessage() != null && !refusal.getMessage().contains("root:"));
    }

    @Test
    void deepNestingIsRefused() {
        assertThrows(CubeException.class, () -> read("{\"data\":" + "[".repeat(5_000)));
        assertThrows(
                CubeException.class,
                () -> read("<m:GenericData xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\">"
                        + "<a>".repeat(5_000)));
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsAllRead() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThrows(CubeException.class, () -> DataReader.read(endless, flow, SMALL, row -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<a/>", "{}", "[]", "PK\u0003\u0004", "<?xml version=\"1.0\"?>", "\uFEFF"})
    void whatIsNoFileOfFiguresIsRefused(String text) {
        assertThrows(CubeException.class, () -> read(text));
    }

    @Test
    void aWorkbookThatUnpacksTooFarIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            byte[] zeros = new byte[1 << 16];
            for (int i = 0; i < 50; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        CubeException refusal = assertThrows(
                CubeException.class,
                () -> DataReader.read(new ByteArrayInputStream(out.toByteArray()), flow, SMALL, row -> {}));
        assertTrue(String.valueOf(refusal.getMessage()).contains("100 times"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"A1048577000,is no cell", "XFE1,columns", "ZZZZZZ1,is no cell"})
    void cellsOutsideASheetAreRefused(String reference, String detail) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "xl/workbook.xml", "<workbook><sheets><sheet name=\"Data\" id=\"r1\"/></sheets></workbook>");
            entry(zip, "xl/_rels/workbook.xml.rels", "<r><Relationship Id=\"r1\" Target=\"s.xml\"/></r>");
            entry(zip, "xl/s.xml", "<w><sheetData><row><c r=\"" + reference + "\"><v>1</v></c></row></sheetData></w>");
        }
        CubeException refusal = assertThrows(
                CubeException.class,
                () -> DataReader.read(new ByteArrayInputStream(out.toByteArray()), flow, SMALL, row -> {}));
        assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    void theProofOfAWorkbookIsReadWithItsFigures() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Cube cube = sample();
        String digest = java.util.HexFormat.of().formatHex(cube.digest());
        DataFormat.XLSX.write(
                DataMessage.of(flow, cube, HEADER)
                        .withWorkbook(new WorkbookPages(
                                "t",
                                List.of(),
                                List.of(new WorkbookPages.Row(WorkbookPages.ProofRows.CUBE_DIGEST, digest)))),
                out);
        WorkbookReader.Content content = WorkbookReader.read(new ByteArrayInputStream(out.toByteArray()), flow, SMALL);
        assertEquals(List.of(digest), content.proof(WorkbookPages.ProofRows.CUBE_DIGEST));
        assertArrayEquals(cube.digest(), content.cube().digest());
    }

    /** The official example of 3.0, against a structure put together from the names and values that occur in it. */
    @Test
    void theOfficialSampleOfSimpleAttributesIsRead() throws IOException {
        String xml = Files.readString(
                SharedMaterial.locate("standards/sdmx/samples/ml/3.0/Data - Simple Data Attributes/ECB_EXR.xml"));
        Cube cube = DataReader.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), exchangeRates(), SMALL, row -> {});
        assertEquals(occurrences("<Obs ", xml), cube.observationCount());
        assertEquals(occurrences("<Series ", xml), cube.seriesCount());
        assertTrue(cube.codes("CURRENCY").contains("CAD"));
    }

    /** The official example whose attributes have several values each; our model has room for one, and says so. */
    @Test
    void theOfficialSampleOfComplexAttributesIsReadUpToWhatOurModelHolds() throws IOException {
        String xml = Files.readString(
                SharedMaterial.locate("standards/sdmx/samples/ml/3.0/Data - Complex Data Attributes/ECB_EXR_CA.xml"));
        CubeException refusal = assertThrows(
                CubeException.class,
                () -> DataReader.read(
                        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                        exchangeRates(),
                        SMALL,
                        row -> {}));
        assertEquals(
                new TreeSet<>(List.of("OBS_STATUS", "SOURCE_AGENCY", "SOURCE_PUB", "TITLE")),
                new TreeSet<>(refusal.problems().stream().map(Problem::column).toList()));
    }

    private static int occurrences(String text, String within) {
        Matcher matcher = Pattern.compile(Pattern.quote(text)).matcher(within);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private static Dataflow exchangeRates() {
        Representation text = new Representation.Text("String", Pattern.compile("(?s).*"), 2000);
        List<Dimension> dimensions = new ArrayList<>();
        for (String id : List.of("FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_SUFFIX")) {
            dimensions.add(new Dimension(
                    id,
                    concept(id),
                    text,
                    id.equals("CURRENCY") ? Dimension.Role.REPORTING_AREA : Dimension.Role.BREAKDOWN));
        }
        dimensions.add(
                new Dimension("TIME_PERIOD", concept("TIME_PERIOD"), new Representation.Time(), Dimension.Role.TIME));
        Map<String, Attribute.Level> levels = new TreeMap<>();
        for (String id : List.of(
                "TIME_FORMAT",
                "COLLECTION",
                "DECIMALS",
                "SOURCE_AGENCY",
                "SOURCE_PUB",
                "TITLE",
                "TITLE_COMPL",
                "UNIT",
                "UNIT_MULT")) {
            levels.put(id, Attribute.Level.SERIES);
        }
        levels.put("OBS_STATUS", Attribute.Level.OBSERVATION);
        levels.put("OBS_CONF", Attribute.Level.OBSERVATION);
        List<Attribute> attributes = levels.entrySet().stream()
                .map(entry -> new Attribute(
                        entry.getKey(), concept(entry.getKey()), text, entry.getValue(), false, Attribute.Role.OTHER))
                .toList();
        return new Dataflow(
                new ArtefactId("ECB", "EXR", "1.0"),
                LocalName.en("Exchange rates"),
                new Structure(
                        new ArtefactId("ECB", "ECB_EXR", "1.0"),
                        LocalName.en("Exchange rates"),
                        new ArtefactId("ECB", "CS", "1.0"),
                        dimensions,
                        new Measure("OBS_VALUE", concept("OBS_VALUE"), new Representation.Numeric()),
                        attributes));
    }

    private static Concept concept(String id) {
        return new Concept(id, LocalName.en(id), LocalName.en(id));
    }
}
