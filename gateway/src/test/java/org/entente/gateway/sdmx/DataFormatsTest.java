package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.validation.Schema;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** The shapes that the standard's field guides and schemas ask for. */
class DataFormatsTest {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");

    private final Dataflow flow = SmallStructure.dataflow();

    private Cube sample() {
        CubeBuilder builder = Cube.builder(flow.structure()).datasetAttribute("UNDER", "a & b");
        for (String kind : List.of("K1", "K2")) {
            builder.attribute("SOURCE", "office").attribute("REMARK", kind.equals("K1") ? "=1+1" : "");
            SmallStructure.row(builder, "AA", kind, "p", "2020", kind.equals("K1") ? 12 : 2.5, "ok");
            builder.attribute("SOURCE", "office");
            SmallStructure.row(builder, "AA", kind, "p", "2021-07", Double.NaN, "gone");
        }
        return builder.build();
    }

    private DataMessage message() {
        return DataMessage.of(flow, sample(), HEADER);
    }

    private static String text(DataFormat format, DataMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(message, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DataOptions options(String labels, String time, String keys) {
        return DataOptions.of(Map.of("labels", labels, "timeFormat", time, "keys", keys), Languages.ENGLISH);
    }

    @Test
    void csv21SaysReplaceAndCsv10HasOneColumnAhead() throws IOException {
        assertTrue(text(DataFormat.CSV_2_1, message()).contains("dataflow,XY:DF_SMALL(1.0.0),R,AA,K1,p,2020,12,ok,"));
        assertTrue(text(DataFormat.CSV_2_0, message()).contains("dataflow,XY:DF_SMALL(1.0.0),I,AA,K1,p,2020,12,ok,"));
        String old = text(DataFormat.CSV_1_0, message());
        assertTrue(old.startsWith("DATAFLOW,WHO,KIND,PART,TIME_PERIOD,OBS_VALUE,MARK,SOURCE,REMARK,UNDER\r\n"), old);
        assertTrue(old.contains("\r\nXY:DF_SMALL(1.0.0),AA,K1,p,2020,12,ok,office,=1+1,a & b\r\n"), old);
    }

    @Test
    void namesStandInColumnsOfTheirOwnOrBesideTheCode() throws IOException {
        String names = text(DataFormat.CSV_2_0, message().withOptions(options("name", "original", "none")));
        assertTrue(
                names.startsWith(
                        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,WHO,The WHO,KIND,The KIND,PART,The PART,"),
                names);
        assertTrue(names.contains("dataflow,XY:DF_SMALL(1.0.0),Small,I,AA,Name of AA,K1,Name of K1,p,,2020,,12,,ok,"));
        String both = text(DataFormat.CSV_2_0, message().withOptions(options("both", "original", "none")));
        assertTrue(both.startsWith("STRUCTURE,STRUCTURE_ID,ACTION,WHO: The WHO,KIND: The KIND,"), both);
        assertTrue(both.contains("dataflow,XY:DF_SMALL(1.0.0): Small,I,AA: Name of AA,K1: Name of K1,p,2020,12,"));
    }

    @Test
    void keysAreAddedAndPeriodsBroughtToOneGranularity() throws IOException {
        String csv = text(DataFormat.CSV_2_1, message().withOptions(options("id", "normalized", "both")));
        assertTrue(csv.startsWith("STRUCTURE,STRUCTURE_ID,ACTION,SERIES_KEY,OBS_KEY,WHO,"), csv);
        assertTrue(csv.contains(",R,AA.K1.p,AA.K1.p.2020,AA,K1,p,2020-01,12,"), csv);
        assertTrue(csv.contains(",R,AA.K1.p,AA.K1.p.2021-07,AA,K1,p,2021-07,NaN,"), csv);
    }

    @Test
    void csvForExcelHasAMarkSemicolonsCommasAndNoFormula() throws IOException {
        String csv = text(DataFormat.EXCEL_CSV, message());
        assertTrue(csv.startsWith("\uFEFFSTRUCTURE;STRUCTURE_ID;ACTION;WHO: The WHO;"), csv);
        assertTrue(csv.contains(";K2: Name of K2;p;2020;2,5;ok: Name of ok;"), csv);
        assertTrue(csv.contains(";'=1+1;"), csv);
    }

    @Test
    void whatWasDeletedComesFirstWithItsKeyAlone() throws IOException {
        Cube cube = sample();
        Cube gone = cube.slice(CubeSelection.ALL.andValue(Double::isNaN));
        DataMessage changes = message().withSets(List.of(DataSet.delete(gone::cursor), DataSet.replace(cube::cursor)));

        String csv = text(DataFormat.CSV_2_1, changes);
        assertTrue(csv.contains("dataflow,XY:DF_SMALL(1.0.0),D,AA,K1,p,2021-07,,,,,\r\n"), csv);
        assertTrue(csv.indexOf(",D,AA") < csv.indexOf(",R,AA"), csv);
        assertTrue(text(DataFormat.CSV_2_0, changes).contains(",R,AA,"), "information would be wrong beside deletions");
        String json = text(DataFormat.JSON_2_1, changes);
        assertTrue(json.contains("\"action\":\"Delete\"") && json.contains("\"observations\":{\"0\":[]}"), json);
        assertTrue(text(DataFormat.ML_3_0, changes).contains("<Obs TIME_PERIOD=\"2021-07\"/>"));
        EntenteException refused = assertThrows(EntenteException.class, () -> text(DataFormat.CSV_1_0, changes));
        assertEquals(ErrorCode.NOT_IMPLEMENTED, refused.code());
    }

    @Test
    void earlierStatesSayWhenTheyWereValid() throws IOException {
        Instant change = Instant.parse("2026-01-01T00:00:00Z");
        Cube cube = sample();
        DataMessage history = message()
                .withSets(
                        List.of(DataSet.valid(cube::cursor, null, change), DataSet.valid(cube::cursor, change, null)));

        assertTrue(text(DataFormat.CSV_2_1, history).contains(",2026-01-01T00:00:00Z,\r\n"));
        OfficialSchemas.assertValidJson(
                "2.1.0", "data", text(DataFormat.JSON_2_1, history).getBytes(StandardCharsets.UTF_8));
        assertTrue(text(DataFormat.JSON_2_1, history).contains("\"validTo\":\"2026-01-01T00:00:00Z\""));
        assertTrue(text(DataFormat.GENERIC_2_1, history).contains(" validFromDate=\"2026-01-01T00:00:00Z\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIME_PERIOD", "KIND", "WHO", "AllDimensions"})
    void everyArrangementIsValidAgainstTheOfficialSchemas(String dimension) throws IOException, SAXException {
        DataMessage message = message().withDimensionAtObservation(dimension);
        for (String version : List.of("2.0.0", "2.1.0")) {
            DataFormat json = version.equals("2.0.0") ? DataFormat.JSON_2_0 : DataFormat.JSON_2_1;
            OfficialSchemas.assertValidJson(version, "data", text(json, message).getBytes(StandardCharsets.UTF_8));
        }
        for (MlVersion version : MlVersion.values()) {
            Schema schema =
                    OfficialSchemas.xml(version, DataSchema.of(flow, dimension).xsd(version));
            DataFormat format = version == MlVersion.V3_0 ? DataFormat.ML_3_0 : DataFormat.SPECIFIC_2_1;
            OfficialSchemas.assertValidXml(schema, text(format, message).getBytes(StandardCharsets.UTF_8));
            if (version == MlVersion.V2_1) {
                OfficialSchemas.assertValidXml(
                        schema, text(DataFormat.GENERIC_2_1, message).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void acrossAnotherDimensionItsCodesStandTogether() throws IOException {
        String xml = text(DataFormat.ML_3_0, message().withDimensionAtObservation("KIND"));
        assertTrue(
                xml.contains("<Series WHO=\"AA\" PART=\"p\" TIME_PERIOD=\"2020\">\n"
                        + "<Obs KIND=\"K1\" FIGURE=\"12\" MARK=\"ok\" SOURCE=\"office\" REMARK=\"=1+1\"/>\n"
                        + "<Obs KIND=\"K2\" FIGURE=\"2.5\" MARK=\"ok\" SOURCE=\"office\"/>\n</Series>"),
                xml);
    }

    @ParameterizedTest
    @CsvSource({"GENERIC_SERIES_2_1", "SPECIFIC_SERIES_2_1"})
    void messagesOfTimeSeriesHoldNothingElse(DataFormat format) throws IOException, SAXException {
        String xml = text(format, message());
        assertTrue(xml.contains("TimeSeriesData "), xml);
        if (format == DataFormat.GENERIC_SERIES_2_1) {
            OfficialSchemas.assertValidXml(OfficialSchemas.xml(MlVersion.V2_1), xml.getBytes(StandardCharsets.UTF_8));
        }
        assertThrows(EntenteException.class, () -> text(format, message().withDimensionAtObservation("KIND")));
    }

    @Test
    void theKeysOfSeriesAloneHaveNoObservations() throws IOException {
        BoundQuery query =
                DataQuery.parse("/data", "attributes=none&measures=none").bind(flow.structure());
        DataMessage keys = DataMessage.of(flow, sample(), query, HEADER);
        assertTrue(text(DataFormat.ML_3_0, keys).contains("<Series WHO=\"AA\" KIND=\"K1\" PART=\"p\"/>"));
        String json = text(DataFormat.JSON_2_1, keys);
        assertTrue(json.contains("\"series\":{\"0:0:0\":{\"attributes\":[],\"observations\":{}},"), json);
    }

    @Test
    void namesComeInTheLanguageThatIsWantedMost() {
        var name = new org.entente.gateway.statistics.LocalName(
                new java.util.TreeMap<>(Map.of("en", "Women", "it", "Donne", "fr", "Femmes")));
        assertEquals("Donne", Languages.accepted("it-CH, fr;q=0.5").pick(name));
        assertEquals("Femmes", Languages.accepted("ro, fr;q=0.5, en;q=0.1").pick(name));
        assertEquals("Women", Languages.accepted("tl").pick(name));
        assertEquals("Women", Languages.accepted(";;;").pick(name));
    }
}
