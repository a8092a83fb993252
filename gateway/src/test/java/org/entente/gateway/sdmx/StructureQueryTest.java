package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureQueryTest {

    private static final Catalogue CATALOGUE = SampleCatalogue.catalogue();

    private static StructureMessage select(String path, String query) {
        return StructureQuery.parse(path, query).select(CATALOGUE);
    }

    /** Types with their counts and, in brackets, how many are stubs. */
    private static String counts(StructureMessage message) {
        return java.util.Arrays.stream(ArtefactType.values())
                .filter(type -> !message.ofType(type).isEmpty())
                .map(type -> {
                    List<StructureMessage.Shown> shown = message.ofType(type);
                    long stubs = shown.stream()
                            .filter(StructureMessage.Shown::isStub)
                            .count();
                    return type.path() + " " + shown.size() + (stubs == 0 ? "" : "(" + stubs + ")");
                })
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/structure/dataflow||dataflow 2",
                "/structure/dataflow/XY/DF_SMALL/1.0.0/||dataflow 1",
                "/structure/dataflow/*/*/+||dataflow 2",
                "/structure/dataflow/*/*/%2B||dataflow 2",
                "/structure/dataflow/XY/OTHER||",
                "/structure/dataflow/XY/DF_SMALL/2.0.0||",
                "/structure/*/XY/DSD_SMALL||datastructure 1",
                "/structure/all/XY/DF_SMALL||dataflow 1",
                "/structure/dataflow/XY,AB/DF_SMALL,DF_PART/1.0.0,2+.0.0||dataflow 2",
                "/structure||dataflow 2, datastructure 1, codelist 3, conceptscheme 1, agencyscheme 1,"
                        + " dataproviderscheme 1, dataconsumerscheme 1, provisionagreement 1, dataconstraint 2,"
                        + " categoryscheme 1, categorisation 1, representationmap 2, structuremap 1",
                "/structure/dataflow/XY/DF_PART|references=none|dataflow 1",
                "/structure/dataflow/XY/DF_PART|references=children|dataflow 1, datastructure 1, agencyscheme 1",
                "/structure/dataflow/XY/DF_PART|references=parents|dataflow 1, provisionagreement 1,"
                        + " dataconstraint 1, categorisation 1",
                "/structure/dataflow/XY/DF_PART|references=parentsandsiblings|dataflow 1, agencyscheme 1,"
                        + " dataproviderscheme 1, provisionagreement 1, dataconstraint 1, categoryscheme 1,"
                        + " categorisation 1",
                "/structure/dataflow/XY/DF_PART|references=ancestors|dataflow 1, provisionagreement 1,"
                        + " dataconstraint 2, categorisation 1",
                "/structure/dataflow/XY/DF_PART|references=descendants|dataflow 1, datastructure 1, codelist 3,"
                        + " conceptscheme 1, agencyscheme 1",
                "/structure/dataflow/XY/DF_PART|references=all|dataflow 1, datastructure 1, codelist 3, conceptscheme 1,"
                        + " agencyscheme 1, dataproviderscheme 1, provisionagreement 1, dataconstraint 1,"
                        + " categoryscheme 1, categorisation 1",
                "/structure/dataflow/XY/DF_PART|references=codelist|dataflow 1, codelist 3",
                "/structure/dataflow/XY/DF_PART|references=codelist,dataconstraint|dataflow 1, codelist 3,"
                        + " dataconstraint 2",
                "/structure/dataflow/XY/DF_PART|references=process|dataflow 1",
                "/structure/dataflow|detail=allcompletestubs|dataflow 2(2)",
                "/structure/dataflow|detail=allstubs|dataflow 2(2)",
                "/structure/dataflow|detail=raw|dataflow 2",
                "/structure/dataflow|detail=referencestubs&references=children|dataflow 2, datastructure 1(1),"
                        + " agencyscheme 1(1)",
                "/structure/datastructure/XY/DSD_SMALL/1.2.0|references=children|datastructure 1, codelist 3,"
                        + " conceptscheme 1, agencyscheme 1",
                "/structure/datastructure/XY/DSD_SMALL/1.2.0|references=parents|dataflow 2, datastructure 1, structuremap 1",
                "/structure/datastructure/XY/DSD_SMALL/1+.0.0|references=dataflow|dataflow 2, datastructure 1",
                "/structure/codelist/XY/CL_KIND/~/*|detail=full&references=none|codelist 1",
                "/structure/codelist/XY/CL_KIND|references=parents|datastructure 1, codelist 1, representationmap 1",
                "/structure/codelist/XY/CL_KIND|references=parentsandsiblings|datastructure 1, codelist 3,"
                        + " conceptscheme 1, agencyscheme 1, representationmap 1",
                "/structure/conceptscheme/XY/CS_SMALL/1.0.0||conceptscheme 1",
                "/structure/provisionagreement/ITA|references=children|dataflow 1, agencyscheme 1, dataproviderscheme 1,"
                        + " provisionagreement 1",
                "/structure/provisionagreement/ITA/LEG_1|references=dataconstraint|provisionagreement 1,"
                        + " dataconstraint 1",
                "/structure/dataconstraint/*/*|references=parents|dataconstraint 2",
                "/structure/categoryscheme/XY/CS_TABLES/~/STOCKS|references=categorisation|categoryscheme 1,"
                        + " categorisation 1",
                "/structure/categoryscheme/XY/CS_TABLES|references=parents|categoryscheme 1, categorisation 1",
                "/structure/categoryscheme/XY/CS_TABLES|references=children|agencyscheme 1, categoryscheme 1",
                "/structure/categoryscheme/XY/CS_TABLES|references=parentsandsiblings|dataflow 1, agencyscheme 1,"
                        + " categoryscheme 1, categorisation 1",
                "/structure/categorisation|references=children|dataflow 1, agencyscheme 1, categoryscheme 1,"
                        + " categorisation 1",
                "/structure/categorisation|references=parents|categorisation 1",
                "/structure/categorisation|references=descendants|dataflow 1, datastructure 1, codelist 3,"
                        + " conceptscheme 1, agencyscheme 1, categoryscheme 1, categorisation 1",
                "/structure/structuremap|references=children|datastructure 1, agencyscheme 1, representationmap 1,"
                        + " structuremap 1",
                "/structure/structuremap/XY/MAP_TABLE/1.0.0|references=representationmap|representationmap 1,"
                        + " structuremap 1",
                "/structure/representationmap|references=parents|representationmap 2, structuremap 1",
                "/structure/representationmap|detail=allstubs|representationmap 2(2)",
                "/structure/agencyscheme||agencyscheme 1",
            })
    void aQueryBringsTheArtefactsAndWhatComesAlong(String path, String query, String expected) {
        StructureMessage message = select(path, query == null ? "" : query);

        assertEquals(expected == null ? "" : expected, counts(message));
        assertEquals(expected == null, message.isEmpty());
    }

    @Test
    void singleItemsMakeAPartialScheme() {
        Artefact.Codes codes = (Artefact.Codes) select("/structure/codelist/XY/CL_KIND/1.0/K2,_T", "")
                .shown()
                .getFirst()
                .artefact();
        assertEquals(List.of("K2", "_T"), codes.itemIds());
        assertTrue(codes.isPartial());
        Artefact.Concepts concepts = (Artefact.Concepts) select("/structure/conceptscheme/*/*/*/WHO", "")
                .shown()
                .getFirst()
                .artefact();
        assertEquals(List.of("WHO"), concepts.itemIds());
        Artefact.Scheme categories = (Artefact.Scheme) select("/structure/categoryscheme/*/*/*/FLOWS.IN", "")
                .shown()
                .getFirst()
                .artefact();
        assertEquals(List.of("FLOWS", "FLOWS.IN"), categories.itemIds(), "with what it stands below");
        assertTrue(categories.isPartial());
        assertTrue(concepts.isPartial());
        assertTrue(select("/structure/codelist/XY/CL_KIND/1.0/K9", "").isEmpty(), "no such item");
    }

    @Test
    void partialListsHoldTheCodesThatTheConstraintsLeave() {
        StructureMessage part =
                select("/structure/dataflow/XY/DF_PART", "references=descendants&detail=referencepartial");
        assertEquals(Set.of("K1", "K2"), codes(part, "CL_KIND"));
        assertEquals(Set.of("AA", "BB", "CC"), codes(part, "CL_PLACE"));

        StructureMessage leg =
                select("/structure/provisionagreement/ITA/LEG_1", "references=all&detail=referencepartial");
        assertEquals(Set.of("K1"), codes(leg, "CL_KIND"));
        assertEquals(Set.of("AA"), codes(leg, "CL_PLACE"));

        StructureMessage both = select("/structure/dataflow/*/*", "references=descendants&detail=referencepartial");
        assertEquals(Set.of("K1", "K2", "K3", "_T"), codes(both, "CL_KIND"), "one flow is not confined");
    }

    @Test
    void partialSchemesNameOnlyWhoIsInTheMessage() {
        Dataflow diaspora = DiasporaStructure.load();
        Catalogue all =
                new Catalogue("ENTENTE", java.util.List.of(diaspora, SmallStructure.dataflow()), List.of(), List.of());
        StructureMessage message = StructureQuery.parse(
                        "/structure/dataflow/XY/DF_SMALL", "references=all&detail=referencepartial")
                .select(all);
        Artefact agencies = message.ofType(ArtefactType.AGENCYSCHEME).getFirst().artefact();

        assertEquals(List.of("SDMX", "XY"), agencies.itemIds(), "SDMX maintains the scheme itself");
        assertTrue(((Artefact.Scheme) agencies).isPartial());
        assertFalse(all.ofType(ArtefactType.AGENCYSCHEME).isEmpty());
    }

    private static Set<String> codes(StructureMessage message, String list) {
        return message.ofType(ArtefactType.CODELIST).stream()
                .map(StructureMessage.Shown::artefact)
                .filter(artefact -> artefact.id().id().equals(list))
                .flatMap(artefact -> artefact.itemIds().stream())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/dataflow|",
                "/structure/dataflow/XY/DF/1.0.0/a/b|",
                "/structure/dataflow/XY/DF/1.0.0/a|",
                "/structure/dataflow/X Y|",
                "/structure/table|",
                "/structure/dataflow|detail=some",
                "/structure/dataflow|references=friends",
                "/structure/dataflow|references=",
                "/structure/dataflow|colour=red",
                "/structure/dataflow/XY/DF/%|",
                "/structure/dataflow/XY/DF/1.0.0|detail=full&detail=full"
            })
    void anythingElseIsMalformed(String text) {
        String[] parts = text.split("\\|", -1);
        EntenteException refused = assertThrows(EntenteException.class, () -> StructureQuery.parse(parts[0], parts[1]));
        assertEquals(ErrorCode.QUERY_MALFORMED, refused.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/structure/valuelist/XY|",
                "/structure/process|",
                "/structure/hierarchy/XY/M/1.0|",
                "/structure/dataflow|asOf=2020-01-01"
            })
    void whatIsNeverHeldIsNotImplemented(String text) {
        String[] parts = text.split("\\|", -1);
        EntenteException refused = assertThrows(EntenteException.class, () -> StructureQuery.parse(parts[0], parts[1]));
        assertEquals(ErrorCode.NOT_IMPLEMENTED, refused.code());
    }

    /** The examples of the standard's page on structure queries. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/structure/datastructure/ECB/ECB_EXR1/1.0.0|references=children&detail=referencepartial",
                "/structure/datastructure/ECB/ECB_EXR1/+|",
                "/structure/datastructure/ECB|references=dataflow",
                "/structure/codelist|detail=allstubs",
                "/structure/all/ECB|detail=allstubs",
                "/structure/categoryscheme/ECB/DOMAINS/+/PRICES|references=categorisation",
                "/structure/codelist/BIS,ECB/CL_FREQ|",
                "/structure/dataflow/AG/ID/1.0/|detail=referencepartial&references=parentsandsiblings"
            })
    void theStandardsExamplesAreRead(String text) {
        String[] parts = text.split("\\|", -1);

        assertFalse(StructureQuery.parse(parts[0], parts[1]).types().isEmpty());
    }
}
