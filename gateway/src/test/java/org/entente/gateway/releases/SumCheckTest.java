package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.entente.gateway.releases.SumRule.Additivity;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SumCheckTest {

    private final Structure structure = SmallStructure.dataflow().structure();
    private final CubeBuilder builder = Cube.builder(structure);

    private void cell(String who, String kind, String when, double figure) {
        SmallStructure.row(builder, who, kind, "p", when, figure, "ok");
    }

    private List<SumDifference> differences(@Nullable List<String> parts, AbsentCells absent) {
        SumRule rule = new SumRule("KIND", "_T", parts, Additivity.EXACT, null);
        return new SumCheck(builder.build(), rule, absent).differences();
    }

    @Test
    void partsThatEqualTheirTotalPass() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "K1", "2020", 3);
        cell("AA", "K2", "2020", 4);
        cell("BB", "_T", "2020", 1);
        cell("BB", "K2", "2020", 1);
        assertEquals(List.of(), differences(null, AbsentCells.ZERO));
    }

    @Test
    void aDifferenceIsNamedByItsCell() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "_T", "2021", 7);
        cell("AA", "K1", "2020", 3);
        cell("AA", "K1", "2021", 7);
        assertEquals(List.of(new SumDifference("KIND", "AA._T.p.2020", 7, 3)), differences(null, AbsentCells.ZERO));
    }

    @Test
    void withheldCellsSettleNothing() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "K1", "2020", Double.NaN);
        cell("BB", "_T", "2020", Double.NaN);
        cell("BB", "K1", "2020", 5);
        assertEquals(List.of(), differences(null, AbsentCells.ZERO));
    }

    @Test
    void aMissingPartIsZeroOnlyIfTheDatasetSaysSo() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "K1", "2020", 3);
        cell("BB", "K2", "2020", 3);
        assertEquals(1, differences(null, AbsentCells.ZERO).size());
    }

    @Test
    void aMissingPartThatWasNotCountedSettlesNothing() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "K1", "2020", 3);
        cell("BB", "K2", "2020", 3);
        assertEquals(List.of(), differences(null, AbsentCells.NOT_COLLECTED));
    }

    @Test
    void onlyTheNamedPartsCount() {
        cell("AA", "_T", "2020", 7);
        cell("AA", "K1", "2020", 3);
        cell("AA", "K2", "2020", 4);
        cell("AA", "K3", "2020", 100);
        assertEquals(List.of(), differences(List.of("K1", "K2"), AbsentCells.NOT_COLLECTED));
    }

    @Test
    void aTotalWithoutAnyPartDiffersIfAbsentCellsAreZero() {
        cell("AA", "_T", "2020", 7);
        assertEquals(List.of(new SumDifference("KIND", "AA._T.p.2020", 7, 0)), differences(null, AbsentCells.ZERO));
    }

    @Test
    void partsWithoutATotalAreNotJudged() {
        cell("AA", "K1", "2020", 3);
        assertEquals(List.of(), differences(null, AbsentCells.ZERO));
    }

    @Test
    void sumsOfFractionsMayRound() {
        cell("AA", "_T", "2020", 0.3);
        cell("AA", "K1", "2020", 0.1);
        cell("AA", "K2", "2020", 0.2);
        assertEquals(List.of(), differences(null, AbsentCells.ZERO));
    }

    @Test
    void manyCellsKeepTheirSums() {
        for (String who : List.of("AA", "BB", "CC")) {
            for (int year = 1000; year < 4000; year++) {
                cell(who, "_T", "" + year, year == 1500 ? 4 : 3);
                cell(who, "K1", "" + year, 1);
                cell(who, "K2", "" + year, 2);
            }
        }
        assertEquals(
                List.of("AA._T.p.1500", "BB._T.p.1500", "CC._T.p.1500"),
                differences(null, AbsentCells.ZERO).stream()
                        .map(SumDifference::cell)
                        .toList());
    }
}
