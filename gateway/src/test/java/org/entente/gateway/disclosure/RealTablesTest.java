package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.disclosure.BenchmarkTables.Given;
import org.junit.jupiter.api.Test;

/** Real tables. */
class RealTablesTest {

    @Test
    void smallCellsOfUnDesaForItalyAreReportedAsAlreadyPublic() throws IOException {
        List<Map<String, String>> rows = BenchmarkTables.rows("data/undesa_ims2020_od_sex.csv").stream()
                .filter(row -> Objects.requireNonNull(row.get("destination")).equals("ITA"))
                .toList();
        CountTable table = BenchmarkTables.table(rows, "value", List.of("origin", "year", "sex"));
        Specification spec = Specification.of(
                List.of(Dimension.untied("origin"), Dimension.untied("year"), Dimension.untied("sex")),
                "value",
                Rules.strict(5, Rules.Zeros.SHOWN));
        ProtectedTable result = DisclosureControl.create().protect(table, spec, List.of(table));
        assertEquals(172, result.report().alreadyPublic().size());
        assertEquals(0, result.report().withheld());
        assertTrue(result.report().safe());
    }

    @Test
    void theNorthWestOfItalyInOneYearIsProtectedTheSameEveryTime() throws IOException {
        Given given = BenchmarkTables.italyPermits(
                5,
                row -> Objects.requireNonNull(row.get("year")).equals("2020")
                        && Objects.requireNonNull(row.get("territory_code")).startsWith("ITC"));
        ProtectedTable result = DisclosureControl.create().protect(given.table(), given.spec(), List.of());
        assertTrue(result.report().safe(), () -> result.report().beyondHelp().toString());
        assertEquals(
                result.patternDigest(),
                DisclosureControl.create()
                        .protect(given.table(), given.spec(), List.of())
                        .patternDigest());
    }

    /** 24,107 rows of all years, two in five of the cells from 1 to 4; with the one-person attacker. */
    @Test
    void theWholeOfItalysPermitsIsProtectedAndProvedWithThresholdsThreeFiveAndTen() throws IOException {
        long before = 0;
        for (int threshold : new int[] {3, 5, 10}) {
            Given given = BenchmarkTables.italyPermits(threshold, row -> true);
            assertEquals(24_107, given.table().rows().size());
            ProtectedTable result = DisclosureControl.create().protect(given.table(), given.spec(), List.of());
            assertTrue(
                    result.report().safe(), () -> result.report().beyondHelp().toString());
            assertTrue(result.cells().stream()
                    .noneMatch(cell -> !cell.withheld() && cell.count() > 0 && cell.count() < threshold));
            assertTrue(result.report().withheld() > before, "a stricter rule withholds more");
            before = result.report().withheld();
        }
    }

    /** The pattern is chosen with OR-Tools; ojAlgo proves it from the protected table alone, and an attacker with a model of his own tries every small cell. */
    @Test
    void aSolverThatDidNotChooseThePatternOfARegionProvesItAndAnAttackerWithAModelOfHisOwnLearnsNothing()
            throws IOException {
        Given given = BenchmarkTables.italyPermits(
                5,
                row -> Objects.requireNonNull(row.get("year")).equals("2020")
                        && Objects.requireNonNull(row.get("territory_code")).startsWith("ITC2"));
        ProtectedTable result = DisclosureControl.create().protect(given.table(), given.spec(), List.of());
        assertTrue(result.report().safe() && result.report().withheld() > 0);
        AuditReport report = new DisclosureControl(new Solvers(OjAlgoSolver::new))
                .audit(result.asSeen(), given.spec(), List.of(), given.table());
        assertEquals(new OjAlgoSolver().name(), report.solver());
        assertTrue(report.safe(), () -> report.exposures().toString());
        Map<List<String>, Long> counted = Rate.published(given.table());
        Attacker attacker = new Attacker(result.asSeen(), given.spec());
        for (ProtectedTable.Cell cell : result.cells()) {
            Long count = counted.get(cell.codes());
            if (cell.withheld() && count != null && given.spec().rules().primary(count)) {
                Attacker.Guess guess = attacker.attack(cell.codes(), null, 0);
                assertTrue(!guess.exact() && guess.greatest() >= 5, () -> cell.codes() + " is " + guess);
            }
        }
    }

    @Test
    void italysImmigrationWhoseSumsDoNotQuiteAddIsProtectedWithTheDifferencesLeftAsTheyAre() throws IOException {
        List<Map<String, String>> rows = BenchmarkTables.rows("data/ita_immigration_citizenship_sex_age.csv").stream()
                .filter(row -> Objects.requireNonNull(row.get("year")).equals("2020")
                        && Objects.requireNonNull(row.get("is_country")).equals("Y"))
                .toList();
        CountTable table = BenchmarkTables.table(rows, "value", List.of("citizenship", "sex", "age"));
        // ISTAT's sums over sex and over age are one person short in a few places.
        Additivity loose = Additivity.within(1);
        Specification spec = Specification.of(
                List.of(
                        Dimension.untied("citizenship"),
                        Dimension.flat("sex", "T", loose),
                        Dimension.flat("age", "TOTAL", loose)),
                "value",
                Rules.strict(5, Rules.Zeros.SHOWN));
        DisclosureControl control = DisclosureControl.create();
        ProtectedTable result = control.protect(table, spec, List.of());
        assertTrue(result.report().safe(), () -> result.report().beyondHelp().toString());
        Map<List<String>, Long> counted = Rate.published(table);
        result.cells().stream()
                .filter(cell -> !cell.withheld())
                .forEach(cell ->
                        assertEquals(counted.get(cell.codes()), cell.count(), () -> cell.codes() + " was repaired"));
        assertTrue(result.cells().stream()
                .filter(cell -> cell.count() != CountTable.WITHHELD)
                .noneMatch(cell -> cell.count() > 0 && cell.count() < 5));
        AuditReport audit = control.audit(result.asSeen(), spec, List.of(), table);
        assertTrue(audit.safe(), () -> audit.exposures().toString());
    }
}
