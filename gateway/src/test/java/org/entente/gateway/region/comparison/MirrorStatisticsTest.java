package org.entente.gateway.region.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.entente.gateway.testing.SharedMaterial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MirrorStatisticsTest {
    private static final ComparabilityTable TABLE = ComparabilityTable.load(ComparabilityTable.NEWEST);

    private static FigureConcept concept(String indicator, String basis, String rule) {
        return new FigureConcept(indicator, basis, "PS", rule, "PERIOD", "");
    }

    private static SideFigure side(String party, FigureConcept concept, String period, @Nullable Double value) {
        return new SideFigure(party, "s1", concept, period, value, "A", "Office of " + party);
    }

    @Test
    void departuresByNextResidenceMirrorArrivalsByPreviousResidence() {
        Comparison comparison = TABLE.oppositeSides(concept("OUTFLOW", "NR", "PERM"), concept("INFLOW", "PR", "M12"));
        assertEquals(Relation.MIRROR_PAIR, comparison.relation());
        List<String> reasons =
                comparison.reasons().stream().map(Comparison.Reason::code).toList();
        assertTrue(reasons.containsAll(List.of("departures-undercounted", "residence-rule")), reasons.toString());
    }

    @Test
    void arrivalsByCitizenshipAreNoMirrorOfDeparturesByNextResidence() {
        Comparison comparison = TABLE.oppositeSides(concept("OUTFLOW", "NR", ""), concept("INFLOW", "CT", ""));
        assertEquals(Relation.DIFFERENT, comparison.relation());
        assertEquals("concepts", comparison.reasons().getFirst().code());
    }

    @Test
    void aPairTheWrongWayRoundIsNone() {
        assertEquals(
                Relation.DIFFERENT,
                TABLE.oppositeSides(concept("INFLOW", "PR", ""), concept("OUTFLOW", "NR", ""))
                        .relation());
    }

    @Test
    void birthAndCitizenshipNeverStandInOneColumn() {
        FigureConcept birth = new FigureConcept("STOCK_IN", "CB", "PS", "", "POINT", "--07-01");
        FigureConcept citizenship = new FigureConcept("STOCK_IN", "CT", "PS", "", "POINT", "--01-01");
        assertEquals(Relation.DIFFERENT, TABLE.sameSide(birth, citizenship).relation());
        FigureConcept january = new FigureConcept("STOCK_IN", "CB", "PS", "", "POINT", "--01-01");
        Comparison days = TABLE.sameSide(birth, january);
        assertEquals(Relation.SAME, days.relation());
        assertEquals(
                List.of("reference-date"),
                days.reasons().stream().map(Comparison.Reason::code).toList());
        FigureConcept sixMonths = new FigureConcept("STOCK_IN", "CB", "PS", "M6", "POINT", "");
        FigureConcept twelveMonths = new FigureConcept("STOCK_IN", "CB", "PS", "M12", "POINT", "");
        assertEquals(Relation.DIFFERENT, TABLE.sameSide(sixMonths, twelveMonths).relation());
    }

    @Test
    void aWithheldFigureGivesNoAsymmetryAndNobodyAtTheOriginNoRatio() {
        FigureConcept out = concept("OUTFLOW", "NR", "");
        FigureConcept in = concept("INFLOW", "PR", "");
        List<Corridor> withheld = Corridor.pairs(
                "PHL", "ITA", List.of(side("PHL", out, "2020", null)), List.of(side("ITA", in, "2020", 5.0)), TABLE);
        assertEquals(1, withheld.size());
        assertNull(withheld.getFirst().asymmetry());
        Asymmetry nobody = Asymmetry.of(0, 10, TABLE);
        assertNull(nobody.ratio());
        assertEquals(2, nobody.relative());
        assertEquals(0, Asymmetry.of(0, 0, TABLE).relative());
        List<Corridor> otherYears = Corridor.sideBySide(
                "PHL", "ITA", List.of(side("PHL", out, "2019", 1.0)), List.of(side("ITA", in, "2020", 5.0)), TABLE);
        assertTrue(otherYears.isEmpty());
    }

    /** The corridor of the workshop: registered departures of the Philippines beside Italy's arrivals by citizenship. */
    @Test
    void filipinosToItalyStandSideBySideOnlyOnRequestWithTheKnownRatios() throws IOException {
        List<String> lines = Files.readAllLines(SharedMaterial.locate("data/mirror_phl_ita_flows.csv"));
        Map<String, Double> ratios = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells[3].isEmpty() || cells[4].isEmpty()) {
                continue;
            }
            List<SideFigure> origin =
                    List.of(side("PHL", concept("OUTFLOW", "NR", "PERM"), cells[2], Double.valueOf(cells[3])));
            List<SideFigure> destination =
                    List.of(side("ITA", concept("INFLOW", "CT", "M12"), cells[2], Double.valueOf(cells[4])));
            assertTrue(Corridor.pairs("PHL", "ITA", origin, destination, TABLE).isEmpty());
            Corridor corridor = Corridor.sideBySide("PHL", "ITA", origin, destination, TABLE)
                    .getFirst();
            assertEquals(Relation.DIFFERENT, corridor.relation());
            Asymmetry asymmetry = Objects.requireNonNull(corridor.asymmetry(), line);
            double ratio = Objects.requireNonNull(asymmetry.ratio(), line);
            assertEquals(Double.parseDouble(cells[6]), ratio, 0.0006, line);
            assertEquals(Double.parseDouble(cells[7]), asymmetry.relative(), 0.0006, line);
            ratios.put(cells[2], ratio);
        }
        assertEquals(37, ratios.getOrDefault("1999", 0.0), 0.5);
        assertEquals(1.3, ratios.getOrDefault("2016", 0.0), 0.05);
        assertEquals(6.4, ratios.getOrDefault("2020", 0.0), 0.05);
    }

    @Test
    void twoNationalSourcesOfOneIndicatorAreComparedLikeACorridor() {
        FigureConcept concept = new FigureConcept("STOCK_IN", "CT", "PS", "M12", "END", "--12-31");
        FigureConcept census = new FigureConcept("STOCK_IN", "CT", "PS", "M12", "END", "--10-01");
        FigureConcept births = new FigureConcept("STOCK_IN", "CB", "PS", "M12", "END", "--12-31");
        SideFigure register = new SideFigure("ITA", "s1", concept, "2021", 100.0, "A", "Register");
        List<NationalPair> pairs = NationalPair.of(
                "ITA",
                "PHL",
                List.of(
                        register,
                        new SideFigure("ITA", "s2", census, "2021", 120.0, "A", "Census"),
                        new SideFigure("ITA", "s2", births, "2021", 200.0, "A", "Census"),
                        new SideFigure("ITA", "s2", census, "2011", 90.0, "A", "Census"),
                        new SideFigure("ITA", "s1", concept, "2020", 95.0, "A", "Register")),
                TABLE);
        assertEquals(1, pairs.size());
        NationalPair pair = pairs.getFirst();
        assertEquals(Relation.SAME, pair.relation());
        assertEquals("Census", pair.other().organisation());
        assertEquals(1.2, Objects.requireNonNull(pair.asymmetry()).ratio());
        assertEquals(
                List.of("reference-date"),
                pair.reasons().stream().map(Comparison.Reason::code).toList());
        SideFigure sixMonths = new SideFigure(
                "ITA", "s2", new FigureConcept("STOCK_IN", "CT", "PS", "M6", "END", ""), "2021", null, "Q", "Survey");
        NationalPair other = NationalPair.of("ITA", "PHL", List.of(register, sixMonths), TABLE)
                .getFirst();
        assertEquals(Relation.DIFFERENT, other.relation());
        assertNull(other.asymmetry());
    }

    @Test
    void aVersionThatIsNotThereIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ComparabilityTable.load("0.0.0"));
        assertThrows(IllegalArgumentException.class, () -> ComparabilityTable.load("../1.0.0"));
    }
}
