package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small count rounding against the published results of the package that the method comes from. */
class RoundingTest {
    private static final String FOLDER = "disclosure/smallcountrounding/";

    @Test
    void theEuropeanTableIsRoundedAsWellAsPublished() throws IOException {
        List<Dimension> dimensions = List.of(
                Dimension.of(
                        "geo",
                        List.of(
                                BenchmarkTables.sum("EU", "Portugal", "Spain"),
                                BenchmarkTables.sum("nonEU", "Iceland"),
                                BenchmarkTables.sum("Total", "EU", "nonEU"))),
                Dimension.flat("year", "Total", Additivity.EXACT));
        CountTable table = BenchmarkTables.totalled(
                BenchmarkTables.table(BenchmarkTables.rows(FOLDER + "e6_input.csv"), "freq", List.of("geo", "year")),
                dimensions);
        Result ours = round(table, dimensions, 5);
        assertTrue(ours.largest() <= 3, () -> "largest difference " + ours.largest());
        assertTrue(ours.utility() >= 0.79137, () -> "utility " + ours.utility());
    }

    @Test
    void theNorwegianTableStraysNoFurtherThanPublished() throws IOException {
        List<Dimension> dimensions = List.of(
                Dimension.of(
                        "region", BenchmarkTables.hierarchy("disclosure/gausssuppression/z2_region_hierarchy.csv")),
                Dimension.flat("hovedint", "Total", Additivity.EXACT));
        CountTable table = BenchmarkTables.totalled(
                BenchmarkTables.table(
                        BenchmarkTables.rows(FOLDER + "z2_input.csv"), "ant", List.of("region", "hovedint")),
                dimensions);
        for (Map.Entry<Integer, Long> published : Map.of(3, 2L, 5, 3L).entrySet()) {
            Result ours = round(table, dimensions, published.getKey());
            assertEquals(100, ours.cells());
            assertTrue(
                    ours.largest() <= published.getValue(),
                    () -> "base " + published.getKey() + ": largest difference " + ours.largest());
        }
    }

    private record Result(int cells, long largest, double utility) {}

    private static Result round(CountTable table, List<Dimension> dimensions, int base) {
        Specification spec = new Specification(
                dimensions,
                "n",
                List.of(),
                Rules.strict(base, Rules.Zeros.PROTECTED),
                Specification.Absent.ZERO,
                new Specification.Method(Specification.Method.Kind.ROUND_SMALL_COUNTS, base),
                List.of(),
                "");
        ProtectedTable result = DisclosureControl.create().protect(table, spec, List.of());
        Map<List<String>, Long> truth = new java.util.HashMap<>();
        table.rows().forEach(row -> truth.put(row.codes(), row.count()));
        long largest = 0;
        double distance = 0;
        double sum = 0;
        for (ProtectedTable.Cell cell : result.cells()) {
            long before = truth.getOrDefault(cell.codes(), 0L);
            largest = Math.max(largest, Math.abs(cell.count() - before));
            distance += Math.pow(Math.sqrt(before) - Math.sqrt(cell.count()), 2) / 2;
            sum += before;
        }
        // One less the Hellinger distance in its greatest possible terms.
        return new Result(result.cells().size(), largest, 1 - Math.sqrt(distance) / Math.sqrt(sum));
    }
}
