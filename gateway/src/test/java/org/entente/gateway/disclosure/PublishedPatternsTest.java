package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.disclosure.BenchmarkTables.Given;
import org.junit.jupiter.api.Test;

/** Further patterns that packages publish, widths of intervals, and the same pattern whichever solver runs. */
class PublishedPatternsTest {
    private static final int TABLES = 60;
    private final DisclosureControl control = DisclosureControl.create();

    private static CountTable published(List<Map<String, String>> rows) {
        List<CountTable.Row> out = new ArrayList<>();
        for (Map<String, String> row : rows) {
            boolean shown = Objects.requireNonNull(row.get("sdcStatus")).equals("s");
            out.add(new CountTable.Row(
                    List.of(row.get("region"), row.get("gender")),
                    shown ? Long.parseLong(row.get("Freq")) : CountTable.WITHHELD,
                    out.size() + 2));
        }
        return new CountTable(List.of("region", "gender"), out);
    }

    @Test
    void ofMicrodata1NoMoreIsLostThanByTheOptimumAndEveryPublishedPatternHolds() throws IOException {
        Specification spec = Specification.of(
                List.of(
                        Dimension.flat("region", "total", Additivity.EXACT),
                        Dimension.flat("gender", "total", Additivity.EXACT)),
                "Freq",
                Rules.exact(3, Rules.Zeros.SHOWN));
        long least = Long.MAX_VALUE;
        CountTable truth = null;
        for (String method : List.of("GAUSS", "HITAS", "HYPERCUBE", "OPT", "SIMPLEHEURISTIC")) {
            List<Map<String, String>> rows =
                    BenchmarkTables.rows("disclosure/sdctable/microdata1_A_female_" + method + ".csv");
            AuditReport report = control.audit(published(rows), spec, List.of(), null);
            assertTrue(report.safe(), () -> method + report.exposures());
            least = Math.min(
                    least,
                    rows.stream()
                            .filter(row -> !Objects.requireNonNull(row.get("sdcStatus"))
                                    .equals("s"))
                            .mapToLong(row -> Long.parseLong(row.get("Freq")))
                            .sum());
            truth = BenchmarkTables.table(rows, "Freq", List.of("region", "gender"));
        }
        assertEquals(42, least);
        ProtectedTable ours = control.protect(Objects.requireNonNull(truth), spec, List.of());
        assertTrue(ours.report().safe());
        assertEquals(4, ours.report().withheld());
        assertTrue(ours.report().peopleWithheld() <= least, () -> ours.report().toString());
    }

    /** GaussSuppression's rangeMin = 5 of table z2: no interval of a small cell is narrower than five. */
    @Test
    void aWidthIsLeftToWhoeverAttacks() throws IOException {
        List<Map<String, String>> rows = BenchmarkTables.rows("disclosure/gausssuppression/z2_maxN3_rangeMin5.csv");
        List<Dimension> dimensions = List.of(
                Dimension.of(
                        "region", BenchmarkTables.hierarchy("disclosure/gausssuppression/z2_region_hierarchy.csv")),
                Dimension.flat("hovedint", "Total", Additivity.EXACT));
        CountTable table = BenchmarkTables.table(rows, "ant", List.of("region", "hovedint"));
        Rules wide = new Rules(4, Rules.Zeros.PROTECTED, 5, true, 0, false);
        Given given = new Given(table, Specification.of(dimensions, "ant", wide));
        ProtectedTable result = control.protect(table, given.spec(), List.of());
        assertTrue(result.report().safe(), () -> result.report().beyondHelp().toString());
        Attacker attacker = new Attacker(result.asSeen(), given.spec());
        Map<List<String>, Long> truth = new HashMap<>();
        table.rows().forEach(row -> truth.put(row.codes(), row.count()));
        int attacked = 0;
        for (ProtectedTable.Cell cell : result.cells()) {
            if (cell.withheld() && wide.primary(Objects.requireNonNull(truth.get(cell.codes())))) {
                Attacker.Guess guess = attacker.attack(cell.codes(), null, 0);
                assertTrue(guess.greatest() - guess.least() >= 5, () -> cell.codes() + " is " + guess);
                attacked++;
            }
        }
        assertEquals(
                rows.stream()
                        .filter(row ->
                                Objects.requireNonNull(row.get("primary")).equals("TRUE"))
                        .count(),
                attacked);
        ProtectedTable narrow =
                control.protect(table, given.spec().with(Rules.strict(4, Rules.Zeros.PROTECTED)), List.of());
        assertTrue(narrow.report().withheld() <= result.report().withheld());
    }

    /** Half a person is no person: a fraction leaves room where whole numbers leave none. */
    @Test
    void whatIsOpenOnlyToFractionsIsExactInWholeNumbers() {
        // Twice a, b or c, which are equal, and d are 4, and nobody is hidden where nobody is: from 1 to 1.5 there is
        // one whole number.
        List<Dimension> dimensions = List.of(Dimension.of(
                "part",
                List.of(
                        BenchmarkTables.sum("abd", "a", "b", "d"),
                        BenchmarkTables.sum("bcd", "b", "c", "d"),
                        BenchmarkTables.sum("acd", "a", "c", "d"))));
        Specification spec = Specification.of(dimensions, "n", Rules.strict(3, Rules.Zeros.SHOWN));
        List<CountTable.Row> rows = new ArrayList<>();
        Map.of("a", -1L, "b", -1L, "c", -1L, "d", -1L, "abd", 4L, "bcd", 4L, "acd", 4L)
                .forEach((code, n) -> rows.add(new CountTable.Row(List.of(code), n, rows.size() + 2)));
        CountTable table = new CountTable(List.of("part"), rows);
        AuditReport report = control.audit(table, spec, List.of(), null);
        Map<List<String>, String> found = new HashMap<>();
        report.exposures().forEach(one -> found.put(one.codes(), one.reason()));
        for (String code : List.of("a", "b", "c")) {
            assertEquals("A reader can compute it exactly: 1.", found.get(List.of(code)), found.toString());
        }
        assertEquals("A reader can compute it exactly: 2.", found.get(List.of("d")), found.toString());
    }

    @Test
    void thePatternIsTheSameWhicheverSolverRuns() throws IOException {
        DisclosureControl orTools = new DisclosureControl(new Solvers(OrToolsSolver::new));
        DisclosureControl ojAlgo = new DisclosureControl(new Solvers(OjAlgoSolver::new));
        List<Given> all = new ArrayList<>();
        all.add(BenchmarkTables.vignette());
        for (long seed = 50_000; seed < 50_000 + TABLES; seed++) {
            all.add(RandomTables.of(seed));
        }
        for (Given given : all) {
            ProtectedTable one = orTools.protect(given.table(), given.spec(), List.of());
            ProtectedTable other = ojAlgo.protect(given.table(), given.spec(), List.of());
            assertEquals(one.report().safe(), other.report().safe());
            assertEquals(one.patternDigest(), other.patternDigest());
        }
    }
}
