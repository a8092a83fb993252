package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureQueryTest {

    private final Dataflow flow = SmallStructure.dataflow();

    private StructureMessage select(String path, String query) {
        return StructureQuery.parse(path, query).select(List.of(flow));
    }

    /** Numbers of dataflows, structures, code lists, concept schemes, and of these as stubs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/structure/dataflow||1 0 0 0 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0/||1 0 0 0 0",
                "/structure/dataflow/*/*/+||1 0 0 0 0",
                "/structure/dataflow/*/*/%2B||1 0 0 0 0",
                "/structure/dataflow/XY/OTHER||0 0 0 0 0",
                "/structure/dataflow/XY/DF_SMALL/2.0.0||0 0 0 0 0",
                "/structure/*||1 1 3 1 0",
                "/structure||1 1 3 1 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=children|1 1 0 0 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=descendants|1 1 3 1 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=all|1 1 3 1 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=all&detail=referencepartial|1 1 3 1 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=codelist|1 0 3 0 0",
                "/structure/dataflow/XY/DF_SMALL/1.0.0|references=parents|1 0 0 0 0",
                "/structure/dataflow|detail=allcompletestubs|1 0 0 0 1",
                "/structure/dataflow|detail=referencestubs&references=children|1 1 0 0 1",
                "/structure/datastructure/XY/DSD_SMALL/1.2.0|references=children|0 1 3 1 0",
                "/structure/datastructure/XY/DSD_SMALL/1.2.0|references=parents|1 1 0 0 0",
                "/structure/datastructure/XY/DSD_SMALL/1.2.0|references=parentsandsiblings|1 1 0 0 0",
                "/structure/datastructure/XY/DSD_SMALL/1+.0.0|references=all|1 1 3 1 0",
                "/structure/codelist/XY/CL_KIND/~/*|detail=full&references=none|0 0 1 0 0",
                "/structure/codelist/XY/CL_KIND|references=parents|0 1 1 0 0",
                "/structure/codelist/XY/CL_KIND|references=parentsandsiblings|0 1 3 1 0",
                "/structure/codelist/XY/CL_KIND|references=ancestors|1 1 1 0 0",
                "/structure/conceptscheme/XY/CS_SMALL/1.0.0||0 0 0 1 0",
            })
    void aQueryBringsTheArtefactsAndWhatComesAlong(String path, String query, String expected) {
        StructureMessage message = select(path, query == null ? "" : query);
        assertEquals(
                expected,
                message.dataflows().size() + " " + message.structures().size() + " "
                        + message.codelists().size() + " "
                        + message.conceptSchemes().size() + " "
                        + message.stubs().size());
        assertEquals(expected.startsWith("0 0 0 0"), message.isEmpty());
    }

    @Test
    void singleCodesMakeAPartialList() {
        StructureMessage.Codes codes = select("/structure/codelist/XY/CL_KIND/1.0/K2,_T", "")
                .codelists()
                .getFirst();
        assertEquals(List.of("K2", "_T"), codes.codes().stream().map(Code::id).toList());
        assertTrue(codes.isPartial());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/dataflow|",
                "/structure/dataflow/XY/DF/1.0.0/a/b|",
                "/structure/dataflow/X Y|",
                "/structure/dataflow|detail=some",
                "/structure/dataflow|references=friends",
                "/structure/dataflow|colour=red",
                "/structure/dataflow/XY/DF/%|"
            })
    void anythingElseIsMalformed(String text) {
        String[] parts = text.split("\\|", -1);
        EntenteException refused = assertThrows(EntenteException.class, () -> StructureQuery.parse(parts[0], parts[1]));
        assertEquals(ErrorCode.QUERY_MALFORMED, refused.code());
    }

    @Test
    void typesThatAreNotHeldAreNotImplemented() {
        EntenteException refused =
                assertThrows(EntenteException.class, () -> StructureQuery.parse("/structure/categoryscheme/XY", null));
        assertEquals(ErrorCode.NOT_IMPLEMENTED, refused.code());
    }
}
