package org.entente.gateway.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CubeTest {

    private final Structure structure = SmallStructure.dataflow().structure();

    private Cube sample() {
        CubeBuilder builder = Cube.builder(structure);
        SmallStructure.row(builder, "BB", "K1", "p", "2021", 4, "ok");
        SmallStructure.row(builder, "AA", "K2", "p", "2020", 2.5, "ok");
        SmallStructure.row(builder, "AA", "K1", "p", "2021", Double.NaN, "gone");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 1, "ok");
        SmallStructure.row(builder, "AA", "K1", "p", "2020-Q1", 7, "ok");
        return builder.build();
    }

    @Test
    void observationsStandInCanonicalOrderHoweverTheyCame() {
        assertEquals(
                List.of(
                        "AA.K1.p.2020-Q1.=7.0|ok|||",
                        "AA.K1.p.2020.=1.0|ok|||",
                        "AA.K1.p.2021.=NaN|gone|||",
                        "AA.K2.p.2020.=2.5|ok|||",
                        "BB.K1.p.2021.=4.0|ok|||"),
                SmallStructure.lines(sample()));
        assertEquals(5, sample().observationCount());
        assertEquals(3, sample().seriesCount());
    }

    @Test
    void aSecondRowWithTheSameKeyIsNamedWithBothRows() {
        CubeBuilder builder = Cube.builder(structure);
        SmallStructure.row(builder, "BB", "K1", "p", "2021", 4, "ok");
        SmallStructure.row(builder, "AA", "K1", "p", "2021", 1, "ok");
        SmallStructure.row(builder, "BB", "K1", "p", "2021", 5, "ok");
        CubeException refused = assertThrows(CubeException.class, builder::build);
        Problem problem = refused.problems().getFirst();
        assertEquals(Problem.Kind.DUPLICATE_KEY, problem.kind());
        assertEquals(4, problem.row());
        assertTrue(problem.detail().contains("BB.K1.p.2021") && problem.detail().contains("row 2"), problem.detail());
    }

    @Test
    void everyUnknownCodeIsNamedByRowAndColumn() {
        CubeBuilder builder = Cube.builder(structure);
        SmallStructure.row(builder, "AA", "K1", "p", "2021", 4, "ok");
        SmallStructure.row(builder, "ZZ", "K1", "p", "20x1", 4, "what");
        CubeException refused = assertThrows(CubeException.class, builder::build);
        assertEquals(
                List.of("WHO", "TIME_PERIOD", "MARK"),
                refused.problems().stream().map(Problem::column).toList());
        assertTrue(refused.problems().stream().allMatch(p -> p.row() == 3 && p.kind() == Problem.Kind.CODE_UNKNOWN));
    }

    @Test
    void aMissingDimensionOrMandatoryAttributeIsRefused() {
        CubeBuilder builder = Cube.builder(structure);
        builder.dimension("WHO", "AA")
                .dimension("KIND", "K1")
                .dimension("PART", "p")
                .value(1);
        builder.add();
        CubeException refused = assertThrows(CubeException.class, builder::build);
        assertEquals(
                List.of("TIME_PERIOD", "MARK"),
                refused.problems().stream().map(Problem::column).toList());
    }

    @Test
    void aSeriesAttributeThatChangesWithinItsSeriesIsRefused() {
        CubeBuilder builder = Cube.builder(structure);
        builder.attribute("SOURCE", "one");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 1, "ok");
        builder.attribute("SOURCE", "two");
        SmallStructure.row(builder, "AA", "K1", "p", "2021", 1, "ok");
        CubeException refused = assertThrows(CubeException.class, builder::build);
        assertEquals(Problem.Kind.INCONSISTENT, refused.problems().getFirst().kind());
        assertEquals("SOURCE", refused.problems().getFirst().column());
        assertEquals(3, refused.problems().getFirst().row());
    }

    @Test
    void aDataSetAttributeMustBeTheSameInEveryRow() {
        CubeBuilder builder = Cube.builder(structure);
        builder.attribute("UNDER", "x");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 1, "ok");
        SmallStructure.row(builder, "AA", "K1", "p", "2021", 1, "ok");
        assertEquals(
                "UNDER",
                assertThrows(CubeException.class, builder::build)
                        .problems()
                        .getFirst()
                        .column());
    }

    @Test
    void infiniteValuesAreRefused() {
        CubeBuilder builder = Cube.builder(structure);
        SmallStructure.row(builder, "AA", "K1", "p", "2020", Double.POSITIVE_INFINITY, "ok");
        assertThrows(CubeException.class, builder::build);
    }

    @Test
    void aSliceKeepsCodesWindowsAndAlternatives() {
        Cube cube = sample();
        assertEquals(
                List.of("AA.K2.p.2020.=2.5|ok|||"),
                SmallStructure.lines(cube.slice(CubeSelection.ALL.and("KIND", Set.of("K2", "K3")))));
        assertEquals(
                List.of("AA.K1.p.2021.=NaN|gone|||", "BB.K1.p.2021.=4.0|ok|||"),
                SmallStructure.lines(cube.slice(
                        CubeSelection.ALL.and(TimeWindow.of(TimePeriod.parse("2021"), TimePeriod.parse("2021"))))));
        assertEquals(
                List.of("AA.K2.p.2020.=2.5|ok|||", "BB.K1.p.2021.=4.0|ok|||"),
                SmallStructure.lines(cube.slice(CubeSelection.ALL.andAnyKey(
                        List.of(Map.of("WHO", Set.of("BB")), Map.of("WHO", Set.of("AA"), "KIND", Set.of("K2")))))));
        assertTrue(cube.slice(CubeSelection.ALL.and("WHO", Set.of("CC"))).isEmpty());
        assertTrue(cube.slice(CubeSelection.ALL.andAnyKey(List.of())).isEmpty());
    }

    @Test
    void slicesOfSlicesNarrowFurther() {
        Cube slice = sample().slice(CubeSelection.ALL.and("WHO", Set.of("AA")))
                .slice(CubeSelection.ALL.and("KIND", Set.of("K1")));
        assertEquals(3, slice.observationCount());
        assertEquals(
                2, slice.slice(CubeSelection.ALL.andText("MARK", "ok"::equals)).observationCount());
        assertEquals(1, slice.slice(CubeSelection.ALL.andValue(v -> v > 5)).observationCount());
        assertThrows(
                IllegalStateException.class,
                () -> slice.slice(CubeSelection.ALL.ends(1, 0)).slice(CubeSelection.ALL));
    }

    @Test
    void firstAndLastOfASeriesAreTakenAfterEverythingElse() {
        Cube cube = sample();
        assertEquals(
                List.of("AA.K1.p.2021.=NaN|gone|||", "AA.K2.p.2020.=2.5|ok|||", "BB.K1.p.2021.=4.0|ok|||"),
                SmallStructure.lines(cube.slice(CubeSelection.ALL.ends(0, 1))));
        assertEquals(
                List.of("AA.K1.p.2020-Q1.=7.0|ok|||", "AA.K1.p.2021.=NaN|gone|||"),
                SmallStructure.lines(cube.slice(CubeSelection.ALL
                        .and("WHO", Set.of("AA"))
                        .and("KIND", Set.of("K1"))
                        .ends(1, 1))));
    }

    @Test
    void aSliceHasTheDigestOfTheSameContentBuiltAnew() {
        Cube slice = sample().slice(CubeSelection.ALL.and("WHO", Set.of("AA")));
        assertArrayEquals(CubeCodec.copy(slice).digest(), slice.digest());
        assertFalse(Arrays.equals(slice.digest(), sample().digest()));
    }

    /** The canonical form is part of signed records: this figure may never change. */
    @Test
    void theDigestOfAKnownCubeIsKnown() {
        assertEquals(
                "53d803b6c8509662d4bb9c6ba5a5f5c08a7688a068c7e8bc33fae1a84cf3e39a",
                HexFormat.of()
                        .formatHex(sample().withDatasetAttributes(Map.of("UNDER", "a-1"))
                                .digest()));
    }

    @Test
    void whatIsStoredReadsBackTheSame() throws IOException {
        Cube cube = sample().withDatasetAttributes(Map.of("UNDER", "agreement 1"));
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        CubeCodec.write(cube, stored);
        Cube read = CubeCodec.read(structure, new ByteArrayInputStream(stored.toByteArray()));
        assertArrayEquals(cube.digest(), read.digest());
        assertEquals(SmallStructure.lines(cube), SmallStructure.lines(read));
    }

    @Test
    void aViewIsStoredWithoutWhatLiesOutsideIt() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        CubeCodec.write(sample().slice(CubeSelection.ALL.and("WHO", Set.of("AA"))), stored);
        assertFalse(
                stored.toString(java.nio.charset.StandardCharsets.ISO_8859_1).contains("BB"));
    }

    @Test
    void brokenStoredCubesAreRefusedWhole() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        CubeCodec.write(sample(), stored);
        byte[] bytes = stored.toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> CubeCodec.read(structure, new ByteArrayInputStream(cut)));
        }
    }

    @Test
    void dataSetAttributesOfOtherKindsAreRefused() {
        Cube cube = sample();
        assertThrows(IllegalArgumentException.class, () -> cube.withDatasetAttributes(Map.of("MARK", "ok")));
        assertThrows(IllegalArgumentException.class, () -> cube.withDatasetAttributes(Map.of("UNDER", "a\nb")));
    }

    @Test
    void emptyCubesWork() {
        Cube empty = Cube.builder(structure).build();
        assertTrue(empty.isEmpty());
        assertEquals(0, empty.observationCount());
        assertEquals(32, empty.digest().length);
    }
}
