package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.disclosure.BenchmarkTables.Given;
import org.junit.jupiter.api.Test;

/** The tables whose results the packages publish. */
class BenchmarkTest {
    private static final String FOLDER = "disclosure/";
    private final DisclosureControl control = DisclosureControl.create();

    @Test
    void underThePackagesModelTheVignetteLosesNoMoreThanTheOptimum() throws IOException {
        Given given = BenchmarkTables.vignette();
        ProtectedTable result = control.protect(given.table(), given.spec(), List.of());
        assertTrue(result.report().safe());
        assertEquals(168, result.report().cells());
        assertTrue(
                result.report().peopleWithheld() <= 484,
                () -> "withheld sum " + result.report().peopleWithheld());
        assertNothingRecovered(given, result, false);
    }

    @Test
    void withInsidersNobodyRecoversASmallCellOfTheVignette() throws IOException {
        Given given = BenchmarkTables.vignette().with(Rules.strict(11, Rules.Zeros.PROTECTED));
        ProtectedTable result = control.protect(given.table(), given.spec(), List.of());
        assertTrue(result.report().safe());
        assertNothingRecovered(given, result, true);
        AuditReport audit = control.audit(result.asSeen(), given.spec(), List.of(), given.table());
        assertTrue(audit.safe(), () -> audit.exposures().toString());
        assertTrue(audit.insiders());
    }

    @Test
    void theLeakyPatternIsFound() throws IOException {
        Given given = BenchmarkTables.vignette();
        List<Map<String, String>> rows = BenchmarkTables.rows(FOLDER + "sdctable/vignette_maxN10_LEAKY_example.csv");
        CountTable leaky = withheld(
                rows,
                "Freq",
                List.of("V1", "V2", "V3"),
                row -> !Objects.requireNonNull(row.get("sdcStatus")).equals("s"));
        AuditReport report = control.audit(leaky, given.spec(), List.of(), null);
        assertFalse(report.safe());
        long exact = report.exposures().stream()
                .filter(e -> e.reason().contains("exactly") || e.reason().contains("equals"))
                .count();
        assertEquals(9, exact, () -> report.exposures().toString());
        Set<List<String>> primary = new HashSet<>();
        rows.stream()
                .filter(row -> Objects.requireNonNull(row.get("sdcStatus")).equals("u"))
                .forEach(row -> primary.add(List.of(row.get("V1"), row.get("V2"), row.get("V3"))));
        assertEquals(
                3,
                report.exposures().stream()
                        .filter(e -> primary.contains(e.codes()))
                        .count());
    }

    @Test
    void thePublishedPatternsOfOthersPassTheExactAudit() throws IOException {
        Given given = BenchmarkTables.vignette();
        for (String method : List.of("OPT", "GAUSS", "HYPERCUBE")) {
            CountTable table = withheld(
                    BenchmarkTables.rows(FOLDER + "sdctable/vignette_maxN10_" + method + ".csv"),
                    "Freq",
                    List.of("V1", "V2", "V3"),
                    row -> !Objects.requireNonNull(row.get("sdcStatus")).equals("s"));
            AuditReport report = control.audit(table, given.spec(), List.of(), null);
            assertTrue(report.safe(), () -> method + report.exposures());
        }
    }

    @Test
    void twoWithheldCellsInEveryLineOfProblemdataAreNotEnough() throws IOException {
        List<Map<String, String>> rows = BenchmarkTables.rows(FOLDER + "sdctable/problemdata_input.csv");
        List<Dimension> dimensions = List.of(
                Dimension.flat("v1_o", "tot", Additivity.EXACT), Dimension.flat("v2_o", "tot", Additivity.EXACT));
        Specification spec = Specification.of(dimensions, "freq", Rules.exact(1, Rules.Zeros.SHOWN));
        CountTable before = withheld(
                rows,
                "freq",
                List.of("v1_o", "v2_o"),
                row -> !Objects.requireNonNull(row.get("sdcStatus")).equals("s"));
        AuditReport report = control.audit(before, spec, List.of(), null);
        assertEquals(
                List.of("w", "b"),
                report.exposures().getFirst().codes(),
                () -> report.exposures().toString());
        assertTrue(report.exposures().getFirst().reason().contains("exactly: 47"));

        CountTable truth = BenchmarkTables.table(rows, "freq", List.of("v1_o", "v2_o"));
        Universe universe = Universe.of(Grid.of(truth, spec), spec.rules(), new BitSet());
        BitSet primary = new BitSet();
        before.rows().stream()
                .filter(row -> row.count() == CountTable.WITHHELD)
                .forEach(row -> primary.set(universe.merged(universe.grid().find(row.codes()))));
        BitSet chosen =
                new Protector(universe, spec, Solvers.best(), primary).protect().withheld();
        assertTrue(chosen.cardinality() <= primary.cardinality() + 1);
        Intervals intervals = new Intervals(universe, chosen, Solver.best());
        Intervals.Interval wb = intervals.of(universe.merged(universe.grid().find(List.of("w", "b"))));
        assertNotNull(wb);
        assertFalse(wb.isExact());
    }

    @Test
    void theHandbooksExampleLiesFromThreeToSix() {
        // Sums 20 and 29 of the rows, 6, 24 and 19 of the columns; what is shown leaves the first cell from 3 to 6.
        List<Dimension> dimensions =
                List.of(Dimension.flat("row", "T", Additivity.EXACT), Dimension.flat("column", "T", Additivity.EXACT));
        Specification spec = Specification.of(dimensions, "n", Rules.exact(1, Rules.Zeros.SHOWN));
        CountTable table = grid(new long[][] {{-1, -1, -1, 7}, {-1, -1, -1, 3}, {3, 3, 4, 10}, {9, 4, 7, 20}});
        Universe universe = Universe.of(Grid.of(table, spec), spec.rules(), new BitSet());
        BitSet withheld = new BitSet();
        for (int c = 0; c < universe.cells(); c++) {
            withheld.set(c, universe.value(c) == CountTable.WITHHELD);
        }
        for (Solver solver : List.of(new OrToolsSolver(), new OjAlgoSolver())) {
            Intervals.Interval first = new Intervals(universe, withheld, solver)
                    .of(universe.merged(universe.grid().find(List.of("1", "1"))));
            assertEquals(new Intervals.Interval(3, 6), first, solver.name());
        }
    }

    @Test
    void theOneWayTablesThatShareCellsAreProtectedTogether() throws IOException {
        List<Dimension> dimensions = List.of(Dimension.of(
                "region",
                List.of(
                        BenchmarkTables.sum("county-1", "A", "B", "I", "J"),
                        BenchmarkTables.sum("county-2", "K", "L", "M", "N"),
                        BenchmarkTables.sum("Total", "county-1", "county-2"),
                        BenchmarkTables.sum("small", "A", "B", "I", "J", "K", "N"),
                        BenchmarkTables.sum("BIG", "L", "M"))));
        CountTable inner = BenchmarkTables.table(
                BenchmarkTables.rows(FOLDER + "sdctable/linked_input.csv"), "n", List.of("region"));
        CountTable table = BenchmarkTables.totalled(inner, dimensions);
        Specification spec = Specification.of(dimensions, "n", Rules.exact(4, Rules.Zeros.SHOWN));
        ProtectedTable result = control.protect(table, spec, List.of());
        assertTrue(result.report().safe());
        assertEquals(6, result.report().withheld());
        assertTrue(result.cells().stream().anyMatch(cell -> cell.codes().equals(List.of("N")) && cell.withheld()));
    }

    @Test
    void theOtherPackagesTablesLoseNoMoreCellsThanTheirs() throws IOException {
        check(
                "ex1_table1_age_geo_maxN1.csv",
                List.of(
                        Dimension.flat("age", "Total", Additivity.EXACT),
                        Dimension.flat("geo", "Total", Additivity.EXACT)),
                List.of("age", "geo"),
                "freq",
                Rules.Zeros.PROTECTED,
                2,
                4);
        check("ex1_table2_age_geo_eu_maxN2.csv", europe(), List.of("age", "geo"), "freq", Rules.Zeros.PROTECTED, 3, 8);
        check(
                "ex1_table4_age_geo_eu_maxN4_zerosNotProtected.csv",
                europe(),
                List.of("age", "geo"),
                "freq",
                Rules.Zeros.SHOWN,
                5,
                10);
        check(
                "z1_2way_maxN3.csv",
                List.of(
                        Dimension.flat("region", "Total", Additivity.EXACT),
                        Dimension.flat("hovedint", "Total", Additivity.EXACT)),
                List.of("region", "hovedint"),
                "ant",
                Rules.Zeros.PROTECTED,
                4,
                6);
        List<Dimension> four = List.of(
                Dimension.of("region", BenchmarkTables.hierarchy(FOLDER + "gausssuppression/z2_region_hierarchy.csv")),
                Dimension.flat("hovedint", "Total", Additivity.EXACT));
        check("z2_4vars_maxN3.csv", four, List.of("region", "hovedint"), "ant", Rules.Zeros.PROTECTED, 4, 29);
        check(
                "z2_4vars_maxN3_zerosNotProtected.csv",
                four,
                List.of("region", "hovedint"),
                "ant",
                Rules.Zeros.SHOWN,
                4,
                24);
    }

    private static List<Dimension> europe() {
        return List.of(
                Dimension.flat("age", "Total", Additivity.EXACT),
                Dimension.of(
                        "geo",
                        List.of(
                                BenchmarkTables.sum("EU", "Spain", "Portugal"),
                                BenchmarkTables.sum("nonEU", "Iceland"),
                                BenchmarkTables.sum("Total", "EU", "nonEU"))));
    }

    private void check(
            String file,
            List<Dimension> dimensions,
            List<String> columns,
            String count,
            Rules.Zeros zeros,
            long threshold,
            int published)
            throws IOException {
        List<Map<String, String>> rows = BenchmarkTables.rows(FOLDER + "gausssuppression/" + file);
        CountTable table = BenchmarkTables.table(rows, count, columns);
        Specification spec = Specification.of(dimensions, count, Rules.exact(threshold, zeros));
        ProtectedTable result = control.protect(table, spec, List.of());
        assertTrue(result.report().safe(), file);
        assertTrue(
                result.report().withheld() <= published,
                () -> file + " " + result.report().withheld() + " cells, " + published + " published");
        Specification strict = spec.with(Rules.strict(threshold, zeros));
        ProtectedTable ours = control.protect(table, strict, List.of());
        assertTrue(ours.report().safe(), () -> file + ours.report().beyondHelp());
        assertNothingRecovered(new Given(table, strict), ours, true);
    }

    private static void assertNothingRecovered(Given given, ProtectedTable result, boolean insiders) {
        Attacker attacker = new Attacker(result.asSeen(), given.spec());
        Map<List<String>, Long> truth = new HashMap<>();
        given.table().rows().forEach(row -> truth.put(row.codes(), row.count()));
        List<List<String>> withheld = result.cells().stream()
                .filter(ProtectedTable.Cell::withheld)
                .map(ProtectedTable.Cell::codes)
                .toList();
        for (List<String> cell : withheld) {
            assertFalse(attacker.attack(cell, null, 0).exact(), () -> "recovered: " + cell);
            if (!insiders || !given.spec().rules().primary(Objects.requireNonNull(truth.get(cell)))) {
                continue;
            }
            for (List<String> own : withheld) {
                if (Objects.requireNonNull(truth.get(own)) == 1 && !AttackTest.samePerson(given, own, cell)) {
                    assertFalse(attacker.attack(cell, own, 1).exact(), () -> own + " recovers " + cell);
                }
            }
        }
    }

    private static CountTable withheld(
            List<Map<String, String>> rows,
            String count,
            List<String> columns,
            java.util.function.Predicate<Map<String, String>> hidden) {
        List<CountTable.Row> out = new ArrayList<>();
        for (Map<String, String> row : rows) {
            out.add(new CountTable.Row(
                    columns.stream().map(row::get).toList(),
                    hidden.test(row) ? CountTable.WITHHELD : Long.parseLong(row.get(count)),
                    out.size() + 2));
        }
        return new CountTable(columns, out);
    }

    private static CountTable grid(long[][] values) {
        List<CountTable.Row> rows = new ArrayList<>();
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < values[r].length; c++) {
                String row = r == values.length - 1 ? "T" : "" + (r + 1);
                String column = c == values[r].length - 1 ? "T" : "" + (c + 1);
                rows.add(new CountTable.Row(List.of(row, column), values[r][c], rows.size() + 2));
            }
        }
        return new CountTable(List.of("row", "column"), rows);
    }
}
