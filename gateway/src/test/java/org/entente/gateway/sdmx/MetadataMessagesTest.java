package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.MetadataSet.Reported;
import org.entente.gateway.statistics.Metadataflow;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** Reports about data: how a statistician writes them, how they are queried and in which formats they are shown. */
class MetadataMessagesTest {

    private static final Metadataflow ESMS = ReportHeadings.load();
    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");
    private static final String REPORT = """
            # what the office says
            CONTACT_ORGANISATION: Istat
            CONTACT.CONTACT_EMAIL: migration@example.org
            DATA_DESCR:
              en: "Stocks; by \\"country\\" of birth"
              it: |
                Stranieri residenti
                per paese
            STAT_POP: Usual residents
            REF_PERIOD: 1 January
            SOURCE_TYPE: Population register
            COVERAGE_ERR: Departures are registered late
            """;

    private static List<Reported> read(String text, Metadataflow flow) {
        return MetadataFile.read(text.getBytes(StandardCharsets.UTF_8), flow, "en");
    }

    private static String refused(String text, Metadataflow flow) {
        EntenteException refused = assertThrows(EntenteException.class, () -> read(text, flow));
        assertEquals(ErrorCode.METADATA_INVALID, refused.code());
        return refused.detail();
    }

    private static MetadataSet set(String agency, String id, String version, String dataflow) {
        return new MetadataSet(
                new ArtefactId(agency, id, version),
                new LocalName(new TreeMap<>(Map.of("en", "Migrants", "it", "Migranti"))),
                ESMS.id(),
                List.of("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ENTENTE:" + dataflow + "(1.0.0)"),
                read(REPORT, ESMS));
    }

    private static MetadataSet stock() {
        return set("ITA", "STOCK", "1.1.0", "DF_DIASPORA");
    }

    @Test
    void aFileIsHeadingsWithTexts() {
        List<Reported> headings = read(REPORT, ESMS);

        assertEquals(
                List.of("CONTACT", "STAT_PRES", "REF_PERIOD", "ACCURACY", "STAT_PROCESS"),
                headings.stream().map(Reported::id).toList());
        Reported description = headings.get(1).headings().getFirst();
        assertEquals("Stranieri residenti\nper paese", description.value("it"));
        assertEquals("Stocks; by \"country\" of birth", description.value("fr"), "no French text, so the English one");
        assertEquals("Description des données", description.name().in("fr"));
        assertEquals("", headings.get(3).value("en"));
        assertEquals(
                "COVERAGE_ERR",
                headings.get(3).headings().getFirst().headings().getFirst().id());
    }

    @Test
    void jsonIsTheSame() {
        String json = """
                {
                \t"CONTACT_ORGANISATION": "Istat", "DATA_DESCR": {"en": "Stocks"}, "STAT_POP": "Residents",
                \t"REF_PERIOD": 2024, "SOURCE_TYPE": "Register"
                }
                """;
        assertEquals(
                "2024",
                read(json, ESMS).stream()
                        .filter(one -> one.id().equals("REF_PERIOD"))
                        .findFirst()
                        .orElseThrow()
                        .value("en"));
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsLine() {
        String detail = refused("""
                CONTACT_ORGANISATION: Istat
                COLOUR: red
                STAT_PRES: figures
                DATA_DESCR:
                  en:
                  English: x
                REF_PERIOD: [1, 2]
                """, ESMS);
        assertTrue(detail.contains("line 2: 'COLOUR' is no heading of ENTENTE:MSD_ESMS(1.0.0)"), detail);
        assertTrue(detail.contains("line 3: STAT_PRES has no text of its own"), detail);
        assertTrue(detail.contains("line 5: DATA_DESCR says nothing"), detail);
        assertTrue(detail.contains("line 6: DATA_DESCR: 'English' is no language tag"), detail);
        assertTrue(detail.contains("line 7: REF_PERIOD is neither a text"), detail);
    }

    @Test
    void whatIsRequiredAndMissingIsNamed() {
        String detail = refused("CONTACT_NAME: Anna\n", ESMS);
        assertTrue(detail.contains("CONTACT.CONTACT_ORGANISATION (Contact organisation) is required"), detail);
        assertTrue(detail.contains("STAT_PRES.DATA_DESCR"), detail);
        assertTrue(detail.contains("REF_PERIOD"), detail);
        assertTrue(!detail.contains("STAT_PRES (") && !detail.contains("CONF_POLICY"), detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OFTEN: SOMETIMES|line 1: OFTEN: 'SOMETIMES' is no code of RCP:CL_OFTEN(1.0.0)",
                "OFTEN: {en: YEARLY}|takes a code",
                "WHY: a\\nWHY: b|line 2",
                "WHY: a\\nLAW: b\\nWHY.LAW: c|stands there twice",
                "WHY: &a text\\nLAW: *a|LAW says nothing",
                "- WHY|no list of headings",
                "WHY: [|line ",
                "WHY: a\\n---\\nWHY: b|there is more",
            })
    void anOwnStructureIsHeldAgainstToo(String text, String expected) {
        String detail = refused(text.replace("\\n", "\n"), ReportStructuresTest.own());
        assertTrue(detail.contains(expected), detail);
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreValidInEveryFormat(MetadataFormat format) throws IOException, SAXException {
        MetadataSet coded = new MetadataSet(
                new ArtefactId("RCP", "NOTES$1", "2.1.0"),
                LocalName.en("Notes"),
                ReportStructuresTest.own().id(),
                List.of("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ENTENTE:DF_DIASPORA(1.0.0)"),
                read("WHY: The law\nLAW: No. 5\nOFTEN: YEARLY\n", ReportStructuresTest.own()));
        for (boolean stubs : new boolean[] {false, true}) {
            byte[] message = format.bytes(List.of(stock(), coded), stubs, HEADER, Languages.ANY);
            switch (format) {
                case JSON_2_0, JSON_2_1 -> OfficialSchemas.assertValidJson(format.version(), "metadata", message);
                case ML_3_0 -> OfficialSchemas.assertValidXml(OfficialSchemas.xml(MlVersion.V3_0), message);
                case CSV_1_0, CSV_2_0, CSV_2_1 ->
                    assertEquals(3, new String(message, StandardCharsets.UTF_8).split("\r\n").length);
            }
        }
    }

    @Test
    void csvHasAColumnForEachHeadingWithItsLanguages() {
        String csv = new String(
                MetadataFormat.CSV_2_0.bytes(List.of(stock()), false, HEADER, Languages.ANY), StandardCharsets.UTF_8);
        assertTrue(csv.startsWith("MDSTRUCTURE[;],MDSTRUCTURE_ID,METADATASET_ID,ACTION,TARGET_TYPES,TARGET_IDS,"
                + "CONTACT.CONTACT_ORGANISATION[en],CONTACT.CONTACT_EMAIL[en],STAT_PRES.DATA_DESCR[en;it],"));
        assertTrue(
                csv.contains(
                        "\r\nmetadataflow,ENTENTE:MDF_ESMS(1.0.0),ITA:STOCK(1.1.0),I,dataflow,"
                                + "ENTENTE:DF_DIASPORA(1.0.0),en:Istat,en:migration@example.org,"
                                + "\"en:\"\"Stocks; by \"\"\"\"country\"\"\"\" of birth\"\";it:\"\"Stranieri residenti\nper paese\"\"\","),
                csv);
    }

    @Test
    void aDocumentIsReadBackAsItWas() throws IOException {
        byte[] document = MetadataDocument.write(stock(), HEADER);

        JsonNode set =
                OfficialSchemas.assertValidJson("2.0.0", "metadata", document).at("/data/metadataSets/0");
        assertEquals("Istat", set.at("/attributes/0/attributes/0/value/en").asText());
        assertEquals(stock(), MetadataDocument.read(document));
    }

    @Test
    void theOfficialSampleIsRead() throws IOException {
        byte[] sample = Files.readAllBytes(SharedMaterial.locate(
                "standards/sdmx/samples/json/2.0.0/metadata-message/samples/constructed-sample.json"));
        EntenteException several = assertThrows(EntenteException.class, () -> MetadataDocument.read(sample));
        assertTrue(several.detail().contains("exactly one"), several.detail());
        assertThrows(
                EntenteException.class,
                () -> MetadataDocument.read("{\"data\":{\"metadataSets\":[{}]}}".getBytes(StandardCharsets.UTF_8)));
        assertThrows(EntenteException.class, () -> MetadataDocument.read("[".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "/metadata/metadataset/ITA/STOCK/*,2",
        "/metadata/metadataset/ITA/STOCK/1.1.0,1",
        "/metadata/metadataset/ITA/STOCK,1",
        "/metadata/metadataset/ITA,2",
        "/metadata/metadataset/ITA/FLOW/~,1",
        "/metadata/metadataset/PHL/*/+,1",
        "/metadata/metadataflow/ENTENTE/MDF_ESMS/~,3",
        "/metadata/metadataflow/ENTENTE/MDF_ESMS/1.0.0/PHL,1",
        "/metadata/metadataflow/ENTENTE/OTHER/*,0",
        "/metadata/structure/dataflow/ENTENTE/DF_DIASPORA/1.0.0,2",
        "/metadata/structure/dataflow/ENTENTE/DF_FLOWS,1",
        "/metadata/structure/*/ENTENTE/*/*,3",
        "/metadata/structure/codelist/*/*/*,0",
        "/metadata/structure/process/*/*/*,0",
    })
    void reportsAreFoundByWhatTheyAreAboutByFlowAndByThemselves(String path, int found) {
        List<MetadataSet> held = List.of(
                set("ITA", "STOCK", "1.1.0", "DF_DIASPORA"),
                set("ITA", "STOCK", "2.1.0", "DF_DIASPORA"),
                set("ITA", "FLOW", "1.1.0", "DF_FLOWS"),
                set("PHL", "ABROAD", "1.1.0", "DF_DIASPORA"));
        assertEquals(found, MetadataQuery.parse(path, null).select(held).size());
    }

    @ParameterizedTest
    @CsvSource({
        "/metadata,,QUERY_MALFORMED",
        "/metadata/colour/A,,QUERY_MALFORMED",
        "/metadata/structure/colour,,QUERY_MALFORMED",
        "/metadata/metadataset/A/B/1.0.0/C,,QUERY_MALFORMED",
        "/metadata/metadataflow,detail=some,QUERY_MALFORMED",
        "/metadata/metadataflow,asOf=2026-01-01T00:00:00Z,NOT_IMPLEMENTED",
    })
    void whatIsNoQueryIsRefused(String path, String query, ErrorCode code) {
        assertEquals(
                code,
                assertThrows(EntenteException.class, () -> MetadataQuery.parse(path, query))
                        .code());
    }
}
