package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Heading;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Metadata structures and metadataflows in structure messages. */
class ReportStructuresTest {

    static final Metadataflow ESMS = ReportHeadings.load();

    /** A small structure of somebody's own: a coded heading, and one below another. */
    static Metadataflow own() {
        ArtefactId scheme = new ArtefactId("RCP", "CS_NOTES", "1.0.0");
        Codelist frequencies = new Codelist(
                new ArtefactId("RCP", "CL_OFTEN", "1.0.0"),
                LocalName.en("How often"),
                List.of(
                        new Code("YEARLY", LocalName.en("Yearly"), null),
                        new Code("RARELY", LocalName.en("Rarely"), null)));
        Heading often = new Heading("OFTEN", concept("OFTEN", scheme), false, false, frequencies, List.of());
        Heading law = new Heading("LAW", concept("LAW", scheme), false, false, null, List.of());
        Heading why = new Heading("WHY", concept("WHY", scheme), true, false, null, List.of(law));
        return new Metadataflow(
                new ArtefactId("RCP", "MDF_NOTES", "1.1.0"),
                LocalName.en("Notes"),
                new MetadataStructure(
                        new ArtefactId("RCP", "MSD_NOTES", "1.0.0"), LocalName.en("Notes"), List.of(why, often)),
                List.of("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ENTENTE:*(1.0.0)"));
    }

    private static Concept concept(String id, ArtefactId scheme) {
        return new Concept(id, LocalName.en("Name of " + id), LocalName.en("About " + id), scheme);
    }

    private static Catalogue catalogue() {
        return new Catalogue(
                "XY", List.of(), List.of(), List.of(new Artefact.ReportFlow(ESMS), new Artefact.ReportFlow(own())));
    }

    private static StructureMessage query(String path, String query) {
        return StructureQuery.parse("/structure" + path, query).select(catalogue());
    }

    @ParameterizedTest
    @EnumSource
    void theyAreValidInEveryFormat(StructureFormat format) {
        for (String detail : List.of("full", "allstubs")) {
            StructureMessagesTest.assertValid(
                    format,
                    format.bytes(
                            query("/metadataflow", "references=all&detail=" + detail),
                            StructureMessagesTest.HEADER,
                            Languages.ANY));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBack(StructureFormat format) throws IOException {
        byte[] message = format.bytes(
                query("/metadataflow/RCP", "references=descendants"), StructureMessagesTest.HEADER, Languages.ANY);

        List<Metadataflow> read = StructureReader.readAll(new ByteArrayInputStream(message), Map.of())
                .metadataflows();

        assertEquals(1, read.size());
        assertEquals(own().id(), read.getFirst().id());
        Map<String, Heading> headings = read.getFirst().structure().byPath();
        assertEquals(List.of("WHY", "WHY.LAW", "OFTEN"), List.copyOf(headings.keySet()));
        Heading often = Objects.requireNonNull(headings.get("OFTEN"));
        assertEquals(2, Objects.requireNonNull(often.codes()).codes().size());
        assertFalse(often.required());
        assertTrue(Objects.requireNonNull(headings.get("WHY")).required());
        assertEquals("Name of OFTEN", often.concept().name().in("en"));
    }

    @Test
    void referencesLeadFromTheFlowToTheConcepts() {
        StructureMessage children = query("/metadatastructure/RCP/MSD_NOTES", "references=children");
        assertEquals(1, children.ofType(ArtefactType.CODELIST).size());
        assertEquals(1, children.ofType(ArtefactType.CONCEPTSCHEME).size());
        assertEquals(0, children.ofType(ArtefactType.METADATAFLOW).size());
        StructureMessage parents = query("/metadatastructure/ENTENTE/MSD_ESMS", "references=parents");
        assertEquals(1, parents.ofType(ArtefactType.METADATAFLOW).size());
    }

    @Test
    void theHeadingsThatShipAreThoseOfEsms() throws IOException {
        try (InputStream in = Objects.requireNonNull(ReportHeadings.class.getResourceAsStream("esms.json"))) {
            OfficialSchemas.assertValidJson("2.0.0", "structure", in.readAllBytes());
        }
        assertEquals(
                List.of(
                        "CONTACT",
                        "META_UPDATE",
                        "STAT_PRES",
                        "UNIT_MEASURE",
                        "REF_PERIOD",
                        "INST_MANDATE",
                        "CONF",
                        "REL_POLICY",
                        "FREQ_DISS",
                        "ACCESSIBILITY_CLARITY",
                        "QUALITY_MGMNT",
                        "RELEVANCE",
                        "ACCURACY",
                        "TIMELINESS_PUNCT",
                        "COHER_COMPAR",
                        "COST_BURDEN",
                        "DATA_REV",
                        "STAT_PROCESS",
                        "COMMENT_DSET"),
                ESMS.structure().headings().stream().map(Heading::id).toList());
    }

    @Test
    void aFlowSaysWhatItsReportsMayBeAbout() {
        assertTrue(ESMS.admits(new ArtefactId("XY", "DF", "2.0.0")));
        assertTrue(own().admits(new ArtefactId("ENTENTE", "DF_DIASPORA", "1.0.0")));
        assertFalse(own().admits(new ArtefactId("XY", "DF_DIASPORA", "1.0.0")));
    }

    @Test
    void aStructureWithoutItsCodeListIsRefusedByName() {
        String message = """
                {"data":{"metadataStructures":[{"id":"M","agencyID":"XY","version":"1.0.0","metadataStructureComponents":
                {"metadataAttributeList":{"metadataAttributes":[{"id":"OFTEN",
                "conceptIdentity":"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=XY:CS(1.0.0).OFTEN",
                "localRepresentation":{"enumeration":"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=XY:CL(1.0.0)"}}]}}}]}}
                """;
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> StructureReader.readAll(
                        new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)), Map.of()));
        assertEquals(ErrorCode.FILE_UNUSABLE, refused.code());
        assertTrue(refused.detail().contains("the code list of OFTEN"), refused.detail());
    }
}
