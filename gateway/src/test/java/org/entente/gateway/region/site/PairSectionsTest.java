package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.comparison.SideFigure;
import org.junit.jupiter.api.Test;

/** Two sources of one state on a page, without nodes. */
class PairSectionsTest {
    private static final FigureConcept YEAR_END = concept("M12", "--12-31");

    private static FigureConcept concept(String rule, String day) {
        return new FigureConcept("STOCK_IN", "CT", "PS", rule, "END", day);
    }

    private static SideFigure figure(String source, FigureConcept concept, double value, String organisation) {
        return new SideFigure("ITA", source, concept, "2021", value, "A", organisation);
    }

    private static PairSections sections(SideFigure... figures) {
        List<NationalPair> pairs = NationalPair.of("ITA", "PHL", List.of(figures), ComparabilityTable.load("1.0.0"));
        return new PairSections(TestEdition.of(
                2021,
                List.of(TestEdition.source("s1", "ITA", "STOCK"), TestEdition.source("s2", "ITA", "STOCK")),
                pairs,
                EditionReading.MOST_ROWS));
    }

    @Test
    void twoSourcesThatCountAlikeStandSideBySideWithTheirRatioAndTheReasons() {
        Section section = sections(
                        figure("s1", YEAR_END, 100, "Register"), figure("s2", concept("M12", "--10-01"), 120, "Census"))
                .national()
                .orElseThrow();
        List<String> cells = section.tables().getFirst().rows().getFirst().cells().stream()
                .map(cell -> cell.text()
                        + cell.links().stream().map(SiteTable.Link::text).reduce("", String::concat))
                .toList();
        assertEquals(section.tables().getFirst().columns().size(), cells.size());
        assertTrue(cells.containsAll(List.of("100", "120", "20", "1.2")), cells.toString());
        assertTrue(cells.get(3).endsWith("Register") && cells.get(5).endsWith("Census"), cells.toString());
    }

    @Test
    void figuresOfDifferentDefinitionsAreNotPutBesideEachOther() {
        assertTrue(
                sections(figure("s1", YEAR_END, 100, "Register"), figure("s2", concept("M6", "--12-31"), 120, "Survey"))
                        .national()
                        .isEmpty());
    }
}
