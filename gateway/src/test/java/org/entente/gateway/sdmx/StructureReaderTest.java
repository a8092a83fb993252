package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureReaderTest {

    private static List<Dataflow> read(byte[] message, Map<String, String> roles) throws IOException {
        return StructureReader.read(new ByteArrayInputStream(message), roles);
    }

    private static void assertSame(Structure expected, Structure found, boolean measureKeepsItsName) {
        assertEquals(expected.id(), found.id());
        assertEquals(
                expected.codelists().stream().map(Codelist::id).toList(),
                found.codelists().stream().map(Codelist::id).toList());
        assertEquals(
                expected.codelists().stream().map(Codelist::codes).toList(),
                found.codelists().stream().map(Codelist::codes).toList());
        for (int i = 0; i < expected.dimensions().size(); i++) {
            Component.Dimension mine = expected.dimensions().get(i);
            Component.Dimension read = found.dimensions().get(i);
            assertEquals(mine.id(), read.id());
            assertEquals(mine.role(), read.role(), mine.id());
            assertEquals(mine.concept().name(), read.concept().name());
            assertEquals(mine.concept().description(), read.concept().description());
        }
        for (int i = 0; i < expected.attributes().size(); i++) {
            Component.Attribute mine = expected.attributes().get(i);
            Component.Attribute read = found.attributes().get(i);
            assertEquals(mine.id(), read.id());
            assertEquals(mine.role(), read.role(), mine.id());
            assertEquals(mine.level(), read.level(), mine.id());
            assertEquals(mine.mandatory(), read.mandatory(), mine.id());
        }
        assertEquals(
                measureKeepsItsName ? expected.measure().id() : "OBS_VALUE",
                found.measure().id());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBack(StructureFormat format) throws IOException {
        for (Dataflow flow : List.of(DiasporaStructure.load(), SmallStructure.dataflow())) {
            byte[] message = format.bytes(StructureMessage.all(flow), StructureMessagesTest.HEADER, Languages.ANY);

            Dataflow found = read(message, Map.of()).getFirst();

            assertEquals(flow.id(), found.id());
            assertEquals(flow.name(), found.name());
            assertSame(flow.structure(), found.structure(), format != StructureFormat.ML_2_1);
        }
    }

    @Test
    void rolesMayBeDeclaredBesideTheMessage() throws IOException {
        String message = new String(
                        StructureFormat.JSON_2_0.bytes(
                                StructureMessage.all(SmallStructure.dataflow()),
                                StructureMessagesTest.HEADER,
                                Languages.ANY),
                        StandardCharsets.UTF_8)
                .replace("ENTENTE_ROLE", "SOMETHING_ELSE");
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);

        EntenteException refused = assertThrows(EntenteException.class, () -> read(bytes, Map.of()));
        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
        assertTrue(refused.detail().contains("REPORTING_AREA"), refused.detail());
        Structure structure = read(bytes, Map.of("WHO", "REPORTING_AREA", "KIND", "INDICATOR"))
                .getFirst()
                .structure();
        assertEquals("WHO", structure.reportingArea().id());
        assertEquals(
                "KIND",
                structure
                        .dimension(Component.Dimension.Role.INDICATOR)
                        .orElseThrow()
                        .id());
        assertThrows(EntenteException.class, () -> read(bytes, Map.of("WHO", "KING")));
    }

    /** The samples are single definitions without their lists, or lists without definitions: what is in them is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "json/2.0.0/structure-message/samples/constructed-sample.json",
                "json/2.1.0/structure-message/samples/constructed-sample.json",
                "ml/3.0/Data Structure Definition/ECB_EXR.xml",
                "ml/3.0/Data - Complex Data Attributes/ECB_EXR_CA_DSD.xml",
                "ml/3.0/Codelist/codelist.xml",
                "ml/3.0/Concept Scheme/conceptscheme.xml",
                "ml/3.0/Dataflow/dataflow.xml"
            })
    void theOfficialSamplesAreRead(String sample) throws IOException {
        byte[] bytes = Files.readAllBytes(SharedMaterial.locate("standards/sdmx/samples/" + sample));

        StructureParts parts =
                bytes[0] == '{' ? JsonStructureReader.read(bytes, 0) : new MlStructureReader().read(bytes, 0);

        assertTrue(
                parts.definitions.size() + parts.codelists.size() + parts.concepts.size() + parts.flows.size() > 0,
                "nothing was found");
        if (sample.contains("DSD") || sample.contains("Definition")) {
            assertTrue(parts.definitions.values().iterator().next().parts().size() > 5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AGENCY,ID",
                "{",
                "{}",
                "{\"data\":{\"dataStructures\":[{\"id\":\"A\"}]}}",
                "{\"data\":{\"dataflows\":[{\"id\":\"A\",\"agencyID\":\"B\",\"name\":\"x\",\"structure\":\"urn\"}]}}",
                "{\"data\":{\"codelists\":[{\"id\":\"A\",\"agencyID\":\"B\",\"codes\":[{\"id\":\"X\"},{\"id\":\"X\"}]}]}}",
                "<a/>",
                "<Structure>",
                "<Structure xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>"
            })
    void anythingElseIsRefused(String text) {
        EntenteException refused =
                assertThrows(EntenteException.class, () -> read(text.getBytes(StandardCharsets.UTF_8), Map.of()));

        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
    }

    private static byte[] topics(StructureFormat format) {
        List<Dataflow> shipped = DiasporaStructure.flows(DiasporaStructure.load());
        return format.bytes(
                StructureMessage.full(MigrationTopics.of(shipped)), StructureMessagesTest.HEADER, Languages.ANY);
    }

    @ParameterizedTest
    @EnumSource
    void topicsAreReadBackAlsoWithoutTheirFlows(StructureFormat format) throws IOException {
        List<Dataflow> shipped = DiasporaStructure.flows(DiasporaStructure.load());
        StructureReader.Read message = StructureReader.readAll(new ByteArrayInputStream(topics(format)), Map.of());

        assertEquals(List.of(), message.dataflows());
        List<Artefact> read = new ArrayList<>(message.categories().schemes());
        read.addAll(message.categories()
                .categorisations(shipped, message.categories().schemes()));
        assertEquals(MigrationTopics.of(shipped), read);
    }

    @Test
    void whereFlowsAreWantedTopicsAloneAreNoAnswer() {
        EntenteException refused =
                assertThrows(EntenteException.class, () -> read(topics(StructureFormat.JSON_2_1), Map.of()));
        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
    }

    @Test
    void aCategorisationOfWhatIsUnknownIsRefusedByName() throws IOException {
        List<Dataflow> shipped = DiasporaStructure.flows(DiasporaStructure.load());
        Categories read = StructureReader.readAll(new ByteArrayInputStream(topics(StructureFormat.ML_2_1)), Map.of())
                .categories();

        for (EntenteException refused : List.of(
                assertThrows(
                        EntenteException.class,
                        () -> read.categorisations(List.of(SmallStructure.dataflow()), read.schemes())),
                assertThrows(EntenteException.class, () -> read.categorisations(shipped, List.of())),
                assertThrows(
                        EntenteException.class,
                        () -> read.categorisations(
                                shipped, List.of(read.schemes().getFirst().only(Set.of())))))) {
            assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
            assertTrue(refused.detail().contains("CAT_DF_DIASPORA"), refused.detail());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"categorySchemes\":[{\"id\":\"A\",\"agencyID\":\"B\",\"categories\":[{\"id\":\"X.Y\"}]}]}}",
                "{\"data\":{\"categorySchemes\":[{\"id\":\"A\",\"agencyID\":\"B\",\"categories\":[{\"id\":\"X\"},{\"id\":\"X\"}]}]}}",
                "{\"data\":{\"categorisations\":[{\"id\":\"A\",\"agencyID\":\"B\"}]}}",
                "<Structure><Structures><Categorisations><Categorisation id='A' agencyID='B'/></Categorisations></Structures></Structure>",
            })
    void topicsThatAreNoneAreRefused(String text) {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> StructureReader.readAll(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of()));
        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Structures", "Categories", "CategoryScheme"})
    void whatIsNestedWithoutEndIsRefused(String element) {
        boolean scheme = element.startsWith("Categor");
        String open = scheme ? "<Category id='A'>" : "<" + element + ">";
        String close = scheme ? "</Category>" : "</" + element + ">";
        int deep = element.equals("CategoryScheme") ? 20 : 100_000;
        String text = "<Structure><Structures><CategorySchemes><CategoryScheme id='C' agencyID='B'>" + open.repeat(deep)
                + close.repeat(deep) + "</CategoryScheme></CategorySchemes></Structures></Structure>";
        String whole = scheme ? text : "<Structure>" + open.repeat(deep) + close.repeat(deep) + "</Structure>";
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> StructureReader.readAll(
                        new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)), Map.of()));
        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        String bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Structure>&b;</Structure>";

        assertThrows(EntenteException.class, () -> read(bomb.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    @Test
    void oversizedMessagesAreRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return length;
            }
        };
        assertThrows(EntenteException.class, () -> StructureReader.read(endless, Map.of()));
    }
}
