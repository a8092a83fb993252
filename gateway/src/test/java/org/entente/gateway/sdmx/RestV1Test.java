package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestV1Test {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What sdmx-dl, rsdmx, sdmx1 and .Stat clients send.
                "/dataflow/all/all/latest||/structure/dataflow/*/*/~|",
                "/dataflow/all/all/latest/||/structure/dataflow/*/*/~|",
                "/dataflow/AG/ID/latest|references=all|/structure/dataflow/AG/ID/~|references=all",
                "/datastructure/AG/ID/1.0|references=children|/structure/datastructure/AG/ID/1.0|references=children",
                "/codelist/AG/ID||/structure/codelist/AG/ID/~|",
                "/codelist/AG/ID/latest/A+B||/structure/codelist/AG/ID/~/A,B|",
                "/conceptscheme||/structure/conceptscheme/*/*/~|",
                "/structure/AG||/structure/*/AG/*/~|",
                "/contentconstraint/AG/ID/all|detail=allstubs|/structure/dataconstraint/AG/ID/*|detail=allstubs",
                "/data/AG,ID,1.0/A.B.C/all||/data/dataflow/AG/ID/1.0/A.B.C|",
                "/data/AG%2CID%2C1.0/A..C/all|detail=full|/data/dataflow/AG/ID/1.0/A.*.C|",
                "/data/ID/.DE..CB......|startPeriod=2022|/data/dataflow/*/ID/~/*.DE.*.CB.*.*.*.*.*.*|"
                        + "c%5BTIME_PERIOD%5D=ge:2022",
                "/data/AG,ID,latest/all/all/|startPeriod=2020&endPeriod=2023|/data/dataflow/AG/ID/~/*|"
                        + "c%5BTIME_PERIOD%5D=ge:2020%2Ble:2023",
                "/data/AG,ID/A+B.C+D||/data/dataflow/AG/ID/~/A.C,A.D,B.C,B.D|",
                "/data/ID|detail=dataonly|/data/dataflow/*/ID/~/*|attributes=none",
                "/data/ID|detail=serieskeysonly|/data/dataflow/*/ID/~/*|attributes=none&measures=none",
                "/data/ID|detail=nodata|/data/dataflow/*/ID/~/*|measures=none",
                "/data/ID|firstNObservations=1&format=csv|/data/dataflow/*/ID/~/*|firstNObservations=1&format=csv",
                "/availableconstraint/AG,ID,1.0/A.B/all/SEX|mode=available|/availability/dataflow/AG/ID/1.0/A.B/SEX|"
                        + "mode=available",
                "/availableconstraint/ID|references=all|/availability/dataflow/*/ID/~/*|references=all",
            })
    void anAddressOfVersion1AsksTheSameInVersion2(String path, String query, String newPath, String newQuery) {
        RestV1 translated = RestV1.translate(path, query);

        assertEquals(newPath, translated.rawPath());
        assertEquals(newQuery == null ? "" : newQuery, translated.rawQuery());
    }

    @Test
    void whatComesOutIsReadAsVersion2() {
        RestV1 data = RestV1.translate("/data/XY,DF_SMALL/AA+BB.K1", "startPeriod=2019&endPeriod=2020");
        BoundQuery bound = DataQuery.parse(data.rawPath(), data.rawQuery())
                .bind(SmallStructure.dataflow().structure());

        assertEquals(
                Set.of("AA", "BB"),
                Objects.requireNonNull(bound.asked().get("WHO")).named());
        assertEquals(1, bound.time().windows().size());
        assertEquals(
                "2020-12-31", String.valueOf(bound.time().windows().getFirst().to()), "the end is included whole");

        RestV1 flows = RestV1.translate("/dataflow/all/all/latest", "references=contentconstraint");
        assertEquals(
                Set.of(ArtefactType.DATACONSTRAINT),
                StructureQuery.parse(flows.rawPath(), flows.rawQuery())
                        .references()
                        .types());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/|",
                "/table/AG|",
                "/data|",
                "/data/A,B,C,D|",
                "/data/ID/A/all/x|",
                "/data/ID|detail=some",
                "/data/ID|c[SEX]=F",
                "/dataflow/AG/ID/1.0/a/b|",
                "/dataflow|startPeriod=2020"
            })
    void whatIsNotVersion1IsMalformed(String text) {
        String[] parts = text.split("\\|", -1);
        EntenteException refused = assertThrows(EntenteException.class, () -> RestV1.translate(parts[0], parts[1]));

        assertEquals(ErrorCode.QUERY_MALFORMED, refused.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/hierarchicalcodelist/AG", "/process", "/structureset", "/data/ID/all/ISTAT", "/schema/a/b"})
    void whatIsNeverHeldIsNotImplemented(String path) {
        EntenteException refused = assertThrows(EntenteException.class, () -> RestV1.translate(path, null));

        assertEquals(ErrorCode.NOT_IMPLEMENTED, refused.code());
    }
}
