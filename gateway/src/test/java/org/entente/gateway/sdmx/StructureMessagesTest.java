package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.validation.Schema;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.LocalName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** Structure messages follow the official schemas; {@link StructureProperties} does the same for generated queries. */
class StructureMessagesTest {

    static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00.123Z"), "ITA");
    private static @Nullable Schema ml21;
    private static @Nullable Schema ml30;

    /** Checks a message with the official schema of its format. */
    static void assertValid(StructureFormat format, byte[] message) {
        try {
            switch (format) {
                case JSON_2_0, JSON_2_1 -> OfficialSchemas.assertValidJson(format.version(), "structure", message);
                case ML_2_1 -> OfficialSchemas.assertValidXml(schema21(), message);
                case ML_3_0 -> OfficialSchemas.assertValidXml(schema30(), message);
            }
        } catch (IOException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static synchronized Schema schema21() throws SAXException {
        if (ml21 == null) {
            ml21 = OfficialSchemas.xml(MlVersion.V2_1);
        }
        return ml21;
    }

    private static synchronized Schema schema30() throws SAXException {
        if (ml30 == null) {
            ml30 = OfficialSchemas.xml(MlVersion.V3_0);
        }
        return ml30;
    }

    private static byte[] write(StructureFormat format, String query) {
        StructureMessage message = StructureQuery.parse(
                        "/structure" + query.split("\\?")[0], query.contains("?") ? query.split("\\?")[1] : null)
                .select(SampleCatalogue.catalogue());
        return format.bytes(message, HEADER, Languages.ANY);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeOfArtefactIsValid(StructureFormat format) {
        assertValid(format, write(format, ""));
        assertValid(format, write(format, "?detail=allstubs"));
        assertValid(format, write(format, "/codelist/XY/CL_KIND/*/K1,K2"));
    }

    @ParameterizedTest
    @EnumSource
    void theDiasporaStructureIsValid(StructureFormat format) {
        assertValid(format, format.bytes(StructureMessage.all(DiasporaStructure.load()), HEADER, Languages.ANY));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAvailableIsValid(StructureFormat format) {
        Artefact.Constraint constraint = new Artefact.Constraint(
                new ArtefactId("XY", "CR_A_DF_PART", "2.1.0"),
                LocalName.en("What there is"),
                new Artefact.Ref(ArtefactType.DATAFLOW, SampleCatalogue.part().id()),
                SampleCatalogue.part().structure(),
                SampleCatalogue.part().region(),
                new Availability(
                        SampleCatalogue.part(),
                        new TreeMap<>(Map.of(
                                "KIND",
                                new java.util.TreeSet<>(List.of("K1")),
                                "TIME_PERIOD",
                                new java.util.TreeSet<>(List.of("2020", "2021-Q1")))),
                        3,
                        7));
        byte[] message = format.bytes(StructureMessage.full(List.of(constraint)), HEADER, Languages.ANY);

        assertValid(format, message);
        String text = new String(message, StandardCharsets.UTF_8);
        assertTrue(text.contains("2021-Q1") && text.contains("K1"), text);
        assertEquals(format == StructureFormat.JSON_2_1, text.contains("\"availabilityConstraints\""));
        assertTrue(text.contains(format == StructureFormat.JSON_2_1 ? "\"obsCount\":7" : "obs_count"), text);
    }

    @Test
    void aQueryWithoutReferencesBringsNoOtherArtefact() {
        String text = new String(write(StructureFormat.ML_2_1, "/dataflow/XY/DF_PART"), StandardCharsets.UTF_8);

        assertTrue(
                text.lastIndexOf("<Ref ") == text.indexOf("<Ref "), "the last reference is the one to the structure");
        assertTrue(text.contains("class=\"DataStructure\""), text);
        assertFalse(text.contains("Codelist"), text);
    }

    @Test
    void categoriesStandWithinOneAnother() throws IOException {
        JsonNode scheme = OfficialSchemas.assertValidJson(
                        "2.1.0", "structure", write(StructureFormat.JSON_2_1, "/categoryscheme/XY/CS_TABLES"))
                .at("/data/categorySchemes/0/categories");
        assertEquals(2, scheme.size());
        JsonNode first = scheme.at("/1/categories/0/categories/0");
        assertEquals("FIRST", first.get("id").asText());
        assertEquals(
                "urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=XY:CS_TABLES(1.0.0).FLOWS.IN.FIRST",
                first.at("/links/0/urn").asText());
        for (StructureFormat format : List.of(StructureFormat.ML_2_1, StructureFormat.ML_3_0)) {
            byte[] message = write(format, "/categoryscheme/XY/CS_TABLES/*/FLOWS.IN?references=all");
            assertValid(format, message);
            String text = new String(message, StandardCharsets.UTF_8);
            assertTrue(text.contains("CS_TABLES(1.0.0).FLOWS.IN\""), text);
            assertFalse(text.contains("FIRST") || text.contains("Category id=\"STOCKS\""), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theShippedTopicsAreValidAndHoldEveryShippedFlow(StructureFormat format) {
        List<Dataflow> shipped = DiasporaStructure.flows(DiasporaStructure.load());
        List<Artefact> topics = MigrationTopics.of(shipped);
        Artefact.Scheme scheme = (Artefact.Scheme) topics.getFirst();
        assertEquals(
                shipped.stream().map(Dataflow::id).toList(),
                topics.stream()
                        .skip(1)
                        .map(one -> ((Artefact.Categorisation) one).source().id())
                        .toList());
        for (Artefact one : topics.subList(1, topics.size())) {
            String category = ((Artefact.Categorisation) one).category();
            assertTrue(scheme.itemIds().contains(category), category);
            assertEquals(one.id().id().equals("CAT_DF_DIASPORA"), !category.contains("."), one + " in " + category);
        }
        Catalogue catalogue = new Catalogue("ENTENTE", shipped, List.of(), topics);
        for (String path : List.of("/categoryscheme", "/categorisation", "/dataflow/ENTENTE/DF_PERMITS")) {
            for (String references : List.of("none", "parents", "children", "descendants", "ancestors", "all")) {
                StructureMessage message = StructureQuery.parse("/structure" + path, "references=" + references)
                        .select(catalogue);
                assertValid(format, format.bytes(message, HEADER, Languages.ANY));
            }
        }
    }

    @Test
    void aMappingShowsWhatItMaps() throws IOException {
        for (StructureFormat format :
                List.of(StructureFormat.JSON_2_0, StructureFormat.JSON_2_1, StructureFormat.ML_3_0)) {
            for (String detail : List.of("full", "allstubs", "allcompletestubs")) {
                byte[] message = write(format, "/structuremap?references=representationmap&detail=" + detail);
                assertValid(format, message);
                String text = new String(message, StandardCharsets.UTF_8);
                assertTrue(text.contains("MAP_TABLE") && text.contains("MAP_KIND"), text);
                assertEquals(detail.equals("full"), text.contains("first kind"), text);
            }
        }
        String xml = new String(write(StructureFormat.ML_3_0, "/structuremap"), StandardCharsets.UTF_8);
        assertTrue(xml.contains("RepresentationMap=XY:MAP_KIND(1.0.0)"), xml);
        assertTrue(xml.contains("Art &amp; Weise"), xml);
    }

    @Test
    void namesAreShownInTheLanguageAskedFor() throws IOException {
        TreeMap<String, String> names = new TreeMap<>(Map.of("en", "Sex", "fr", "Sexe", "it", "Sesso"));
        Artefact.Scheme scheme = new Artefact.Scheme(
                ArtefactType.CATEGORYSCHEME,
                new ArtefactId("XY", "CS", "1.0.0"),
                new LocalName(names),
                List.of(new Artefact.Item("A", new LocalName(names))),
                false);
        byte[] message = StructureFormat.JSON_2_1.bytes(
                StructureMessage.full(List.of(scheme)), HEADER, Languages.of("de, fr-CH;q=0.8, it;q=0.5", null));

        JsonNode shown =
                OfficialSchemas.assertValidJson("2.1.0", "structure", message).at("/data/categorySchemes/0");
        assertEquals("Sexe", shown.get("name").asText());
        assertEquals(1, shown.get("names").size(), "filtering keeps it alone: fr does not match fr-CH");
        assertEquals("Sesso", shown.get("names").get("it").asText());
        assertEquals("Sex", Languages.of("xx", null).pick(new LocalName(names)));
        assertEquals("Sesso", Languages.of("fr", "it").pick(new LocalName(names)), "the parameter wins");
    }

    @Test
    void rolesAreTold() throws IOException {
        JsonNode message = OfficialSchemas.assertValidJson(
                "2.0.0", "structure", write(StructureFormat.JSON_2_0, "/datastructure"));

        JsonNode who = message.at("/data/dataStructures/0/dataStructureComponents/dimensionList/dimensions/0");
        assertEquals("WHO", who.get("id").asText());
        assertEquals("REPORTING_AREA", who.at("/annotations/0/title").asText());
    }
}
