package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import javax.xml.validation.Schema;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

class DataSchemaTest {

    private static final Dataflow SMALL = SmallStructure.dataflow();

    private static String message(MlVersion version, DataSchema schema, String rows) {
        return message(version, schema, "", rows);
    }

    private static String message(MlVersion version, DataSchema schema, String onDataSet, String rows) {
        String usage = version == MlVersion.V3_0
                ? "<c:StructureUsage>" + SMALL.id().urn("datastructure.Dataflow") + "</c:StructureUsage>"
                : "<c:StructureUsage><Ref agencyID=\"XY\" id=\"DF_SMALL\" version=\"1.0.0\"/></c:StructureUsage>";
        String scope = version == MlVersion.V2_1 ? " ss:dataScope=\"Dataflow\"" : "";
        return "<m:StructureSpecificData xmlns:m=\"" + version.namespace("message") + "\" xmlns:c=\""
                + version.namespace("common") + "\" xmlns:ss=\"" + version.namespace("data/structurespecific")
                + "\" xmlns:ns1=\"" + schema.namespace()
                + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + "<m:Header><m:ID>a</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00Z</m:Prepared>"
                + "<m:Sender id=\"ITA\"/>" + (version == MlVersion.V3_0 ? "<m:Receiver id=\"MDA\"/>" : "")
                + "<m:Structure structureID=\"s\" namespace=\"" + schema.namespace()
                + "\" dimensionAtObservation=\"" + schema.dimensionAtObservation() + "\">" + usage
                + "</m:Structure></m:Header>"
                + "<m:DataSet xsi:type=\"ns1:DataSetType\" ss:structureRef=\"s\"" + scope + onDataSet + ">" + rows
                + "</m:DataSet></m:StructureSpecificData>";
    }

    private static boolean accepts(Schema schema, String message) {
        try {
            OfficialSchemas.assertValidXml(schema, message.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (AssertionError e) {
            assertTrue(e.getCause() instanceof SAXException, e::getMessage);
            return false;
        }
    }

    private static String measure(MlVersion version) {
        return version == MlVersion.V2_1 ? DataSchema.MEASURE_2_1 : "FIGURE";
    }

    @ParameterizedTest
    @EnumSource
    void aTimeSeriesHasItsKeyOnTheSeriesAndTimeOnTheObservation(MlVersion version) throws SAXException {
        DataSchema generated = DataSchema.of(SMALL, "TIME_PERIOD");
        Schema schema = OfficialSchemas.xml(version, generated.xsd(version));
        String value = measure(version);
        String series = "<Series WHO=\"AA\" KIND=\"K1\" PART=\"p\" SOURCE=\"office\"><Obs TIME_PERIOD=\"2020\" " + value
                + "=\"12\" MARK=\"ok\"/><Obs TIME_PERIOD=\"2021-Q1\" " + value + "=\"NaN\" MARK=\"gone\"/></Series>";

        assertTrue(accepts(schema, message(version, generated, series)));
        assertTrue(accepts(schema, message(version, generated, " UNDER=\"agreement 7\"", series)));
        assertFalse(accepts(schema, message(version, generated, series.replace("K1", "K9"))), "a code of no list");
        assertFalse(accepts(schema, message(version, generated, series.replace(" PART=\"p\"", ""))), "half a key");
        assertFalse(accepts(schema, message(version, generated, series.replace("MARK", "BARK"))), "no such attribute");
        assertFalse(accepts(schema, message(version, generated, series.replace("\"12\"", "\"twelve\""))), "no number");
        assertFalse(accepts(schema, message(version, generated, series.replace("\"2020\"", "\"May\""))), "no period");
    }

    @ParameterizedTest
    @EnumSource
    void acrossAnotherDimensionTimeStandsOnTheSeriesAndItsAttributesOnTheObservation(MlVersion version)
            throws SAXException {
        DataSchema generated = DataSchema.of(SMALL, "KIND");
        Schema schema = OfficialSchemas.xml(version, generated.xsd(version));
        String section = "<Series WHO=\"AA\" PART=\"p\" TIME_PERIOD=\"2020\"><Obs KIND=\"K1\" " + measure(version)
                + "=\"12\" MARK=\"ok\" SOURCE=\"office\"/></Series>";

        assertTrue(accepts(schema, message(version, generated, section)));
        assertFalse(accepts(schema, message(version, generated, section.replace(" TIME_PERIOD=\"2020\"", ""))));
    }

    @ParameterizedTest
    @EnumSource
    void aFlatListHasEveryDimensionOnTheObservationAndNoSeries(MlVersion version) throws SAXException {
        DataSchema generated = DataSchema.of(SMALL, BoundQuery.ALL_DIMENSIONS);
        Schema schema = OfficialSchemas.xml(version, generated.xsd(version));
        String flat = "<Obs WHO=\"AA\" KIND=\"K1\" PART=\"p\" TIME_PERIOD=\"2020\" " + measure(version)
                + "=\"12\" MARK=\"ok\" SOURCE=\"office\"/>";

        assertTrue(accepts(schema, message(version, generated, flat)));
        assertFalse(accepts(schema, message(version, generated, "<Series WHO=\"AA\" KIND=\"K1\" PART=\"p\"/>")));
    }

    @Test
    void attributesOfTheDataSetMayAlsoStandApartIn30() throws SAXException {
        DataSchema generated = DataSchema.of(SMALL, "TIME_PERIOD");
        Schema schema = OfficialSchemas.xml(MlVersion.V3_0, generated.xsd(MlVersion.V3_0));

        assertTrue(accepts(schema, message(MlVersion.V3_0, generated, "<Atts UNDER=\"agreement 7\"/>")));
        assertFalse(accepts(schema, message(MlVersion.V3_0, generated, "<Atts MARK=\"ok\"/>")));
    }

    @Test
    void codesThatTheContextLeavesOutAreLeftOut() throws SAXException {
        DataSchema generated = new DataSchema(
                SMALL.id(),
                "datastructure.Dataflow",
                SMALL.structure(),
                "TIME_PERIOD",
                Map.of("KIND", Set.of("K2", "_T")));
        Schema schema = OfficialSchemas.xml(MlVersion.V3_0, generated.xsd(MlVersion.V3_0));
        String series = "<Series WHO=\"AA\" KIND=\"K2\" PART=\"p\"/>";

        assertTrue(accepts(schema, message(MlVersion.V3_0, generated, series)));
        assertFalse(accepts(schema, message(MlVersion.V3_0, generated, series.replace("K2", "K1"))));
    }

    @ParameterizedTest
    @CsvSource({"V2_1,TIME_PERIOD", "V2_1,AllDimensions", "V3_0,TIME_PERIOD", "V3_0,SEX", "V3_0,AllDimensions"})
    void theDiasporaStructureHasASchemaOfItsOwn(MlVersion version, String dimension) throws SAXException {
        DataSchema generated = DataSchema.of(DiasporaStructure.load(), dimension);

        OfficialSchemas.xml(version, generated.xsd(version));
        assertEquals(
                "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ENTENTE:DF_DIASPORA(1.0.0):ObsLevelDim:"
                        + dimension,
                generated.namespace());
        String text = new String(generated.xsd(version), StandardCharsets.UTF_8);
        assertTrue(text.contains("https://registry.sdmx.org/schemas/"), "imports the official schemas");
    }

    @Test
    void aDimensionThatTheStructureLacksIsNamed() {
        EntenteException refusal = assertThrows(EntenteException.class, () -> DataSchema.of(SMALL, "SEX"));

        assertEquals(ErrorCode.QUERY_UNFIT, refusal.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[A-Z]{2} true",
                "[^\\p{Cc}]* true",
                "_T|_U|[A-Z]{2}[A-Z0-9-]{1,8} true",
                "^A$ false",
                "(?=A).* false",
                "A*? false",
                "A++ false",
                "\\bA false"
            })
    void onlyExpressionsThatXmlSchemaReadsGoIntoSchemas(String expression, boolean expected) {
        assertEquals(expected, XmlTypes.isSchemaPattern(expression));
    }
}
