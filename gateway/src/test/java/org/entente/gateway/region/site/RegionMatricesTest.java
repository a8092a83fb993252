package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.profile.PublicEdition;
import org.junit.jupiter.api.Test;

/** Internal migration and corridors by regions on a page, without nodes. */
class RegionMatricesTest {
    private static final FigureConcept MOVES = new FigureConcept("INTERNAL", "PR", "PS", "", "", "");

    private static GroupTables.Given line(String party, String counterpart, Map<String, String> key, double value) {
        return new GroupTables.Given(
                TestEdition.source("s1", party, "MOVES"),
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
        EditionReading reading = TestEdition.of(2020, List.of(), List.of(), mostRows);
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
