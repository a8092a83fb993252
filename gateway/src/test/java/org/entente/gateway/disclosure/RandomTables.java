package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.entente.gateway.disclosure.BenchmarkTables.Given;

/** Generated tables with hierarchies, overlapping groupings and many small counts. */
final class RandomTables {

    private RandomTables() {}

    static Given of(long seed) {
        Random random = new Random(seed);
        List<String> regions = codes("r", 3 + random.nextInt(4));
        List<Dimension.Sum> sums = new ArrayList<>();
        int cut = 1 + random.nextInt(regions.size() - 1);
        sums.add(new Dimension.Sum("R1", regions.subList(0, cut), Additivity.EXACT));
        sums.add(new Dimension.Sum("R2", regions.subList(cut, regions.size()), Additivity.EXACT));
        sums.add(new Dimension.Sum("R", List.of("R1", "R2"), Additivity.EXACT));
        if (random.nextBoolean()) {
            // A grouping across the hierarchy.
            List<String> coast =
                    regions.stream().filter(r -> random.nextBoolean()).toList();
            if (!coast.isEmpty() && coast.size() < regions.size()) {
                sums.add(new Dimension.Sum("coast", coast, Additivity.EXACT));
                sums.add(new Dimension.Sum(
                        "inland",
                        regions.stream().filter(r -> !coast.contains(r)).toList(),
                        Additivity.EXACT));
            }
        }
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(Dimension.of("region", sums));
        dimensions.add(Dimension.flat("sex", "T", Additivity.EXACT));
        boolean third = random.nextInt(4) == 0;
        if (third) {
            dimensions.add(Dimension.flat("age", "all", Additivity.EXACT));
        }
        List<CountTable.Row> rows = new ArrayList<>();
        double sparse = 0.1 + 0.3 * random.nextDouble();
        for (String region : regions) {
            for (String sex : codes("s", 2 + random.nextInt(1))) {
                for (String age : third ? codes("a", 2) : List.of("")) {
                    long count = random.nextDouble() < sparse
                            ? 0
                            : random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 3 + random.nextInt(60);
                    rows.add(new CountTable.Row(
                            third ? List.of(region, sex, age) : List.of(region, sex), count, rows.size() + 2));
                }
            }
        }
        CountTable table = BenchmarkTables.totalled(
                new CountTable(dimensions.stream().map(Dimension::column).toList(), rows), dimensions);
        Rules.Zeros zeros = random.nextBoolean() ? Rules.Zeros.SHOWN : Rules.Zeros.PROTECTED;
        return new Given(table, Specification.of(dimensions, "n", Rules.strict(3 + random.nextInt(3), zeros)));
    }

    private static List<String> codes(String prefix, int count) {
        List<String> codes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            codes.add(prefix + i);
        }
        return codes;
    }
}
