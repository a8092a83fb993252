package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.comparison.SideFigure;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.DiasporaStructure;
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
        List<Source> sources = new ArrayList<>();
        for (String id : List.of("s1", "s2")) {
            sources.add(new Source(
                    id,
                    "ITA",
                    "STOCK",
                    Source.Assurance.SIGNED,
                    "exchange",
                    "agreement",
                    "leg",
                    null,
                    "2021-01-01T00:00:00Z",
                    false,
                    "content",
                    1,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    null));
        }
        Profile profile = new Profile(
                Profile.FORMAT,
                "ADD",
                new TreeMap<>(Map.of("en", "Test")),
                1,
                "2021-01-01T00:00:00Z",
                "TEST/1/digest",
                "round",
                2021,
                "agreement",
                "1.0.0",
                List.of(),
                sources,
                List.of(),
                List.of(),
                List.of(),
                pairs,
                null,
                List.of());
        Programme programme = new Programme(
                Programme.FORMAT,
                "TEST",
                1,
                "agreement",
                new TreeMap<>(Map.of("en", "Test")),
                List.of(),
                new Programme.Rounds(List.of(), 0, 24, 30),
                1,
                3,
                10,
                "1.0.0",
                List.of(),
                null,
                List.of());
        ProfileEdition edition = new ProfileEdition(
                "TEST", 1, new UUID(0, 1), "digest", java.time.Instant.EPOCH, new UUID(0, 2), java.time.Instant.EPOCH);
        SiteTexts say = SiteTexts.in("en");
        return new PairSections(new EditionReading(
                new PublicEdition(edition, profile, List.of(), new TreeSet<>(), false),
                programme,
                table -> DiasporaStructure.load().structure(),
                new Names(say, AreaCodes.load(), null),
                new Reader(say, false),
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
