package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.DiasporaStructure;
import org.junit.jupiter.api.Test;

/** Internal migration and corridors by regions on a page, without nodes. */
class RegionMatricesTest {
    private static final FigureConcept MOVES = new FigureConcept("INTERNAL", "PR", "PS", "", "", "");

    private static GroupTables.Given line(String party, String counterpart, Map<String, String> key, double value) {
        Source source = new Source(
                "s1",
                party,
                "MOVES",
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
                null);
        return new GroupTables.Given(
                source,
                new PublicEdition.Line(
                        MOVES,
                        counterpart,
                        new TreeMap<>(key),
                        new TreeSet<>(),
                        new TreeMap<>(Map.of("2020", new PublicEdition.Cell(value, "A")))));
    }

    private static GroupTables.Given move(String to, String from, double value) {
        return line("MDA", "MD", Map.of("REF_REGION", to, "COUNTERPART_REGION", from), value);
    }

    private static List<SiteTable> matrices(int mostRows, GroupTables.Given... lines) {
        SiteTexts say = SiteTexts.in("en");
        Profile profile = new Profile(
                Profile.FORMAT,
                "ADD",
                new TreeMap<>(Map.of("en", "Test")),
                1,
                "2021-01-01T00:00:00Z",
                "TEST/1/digest",
                "round",
                2020,
                "agreement",
                "1.0.0",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
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
        EditionReading reading = new EditionReading(
                new PublicEdition(edition, profile, List.of(), new TreeSet<>(), false),
                programme,
                table -> DiasporaStructure.load().structure(),
                new Names(say, AreaCodes.load(), null),
                new Reader(say, false),
                mostRows);
        return new RegionMatrices(
                        reading,
                        "MOVES",
                        "g1",
                        List.of(lines),
                        one -> one == null
                                ? SiteTable.Cell.empty()
                                : reading.figure(
                                        one.line()
                                                .cells()
                                                .firstEntry()
                                                .getValue()
                                                .value(),
                                        "A",
                                        one.source().id(),
                                        ""))
                .all();
    }

    private static List<List<String>> numbers(SiteTable table) {
        List<List<String>> rows = new ArrayList<>();
        table.rows()
                .forEach(row -> rows.add(row.cells().stream()
                        .map(cell -> cell.text() + cell.value())
                        .toList()));
        return rows;
    }

    @Test
    void movesWithinAMemberStandInAMatrixOfItsRegions() {
        List<SiteTable> tables =
                matrices(300, move("MD-CU", "MD-BA", 40), move("MD-BA", "MD-CU", 10), move("MD-CU", "MD-CA", 5));
        assertEquals(1, tables.size());
        SiteTable matrix = tables.getFirst();
        assertEquals(
                "Republic of Moldova – Republic of Moldova: Counterpart region in rows, Reporting region in columns",
                matrix.caption());
        assertEquals(
                List.of("Counterpart region", "MD-BA", "MD-CU"),
                matrix.columns().stream().map(SiteTable.Column::text).toList());
        assertEquals(
                List.of(List.of("MD-BA", "", "40"), List.of("MD-CA", "", "5"), List.of("MD-CU", "10", "")),
                numbers(matrix));
    }

    @Test
    void eachCounterpartHasAMatrixOfItsOwnAndOtherBreakdownsHaveNone() {
        List<SiteTable> tables = matrices(
                300,
                move("MD-CU", "MD-BA", 40),
                line("MDA", "IT", Map.of("REF_REGION", "MD-CU", "COUNTERPART_REGION", "IT-25"), 7),
                line("MDA", "IT", Map.of("SEX", "F", "AGE", "Y_LT15"), 3));
        assertEquals(
                List.of("g1-regions-MDA-IT", "g1-regions-MDA-MD"),
                tables.stream().map(SiteTable::id).toList());
    }

    @Test
    void aLongMatrixSaysThatItIsCut() {
        SiteTable matrix = matrices(1, move("MD-CU", "MD-BA", 40), move("MD-CU", "MD-CA", 5))
                .getFirst();
        assertEquals(1, matrix.rows().size());
        assertEquals(1, matrix.notes().size());
    }
}
