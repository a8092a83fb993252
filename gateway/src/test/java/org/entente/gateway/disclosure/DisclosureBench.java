package org.entente.gateway.disclosure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.entente.gateway.disclosure.BenchmarkTables.Given;

/** How long protection and its proof take, on the published vignette, on Italy's permits and on 100,000 cells. */
public final class DisclosureBench {

    private static final int WARM = 20;

    private DisclosureBench() {}

    /** The figures by name; those of real tables only where the shared folder is at hand. */
    public static Map<String, Double> run() throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        DisclosureControl control = DisclosureControl.create();
        Given vignette = BenchmarkTables.vignette();
        ProtectedTable result = control.protect(vignette.table(), vignette.spec(), List.of());
        for (int i = 0; i < WARM; i++) {
            result = control.protect(vignette.table(), vignette.spec(), List.of());
        }
        long begin = System.nanoTime();
        result = control.protect(vignette.table(), vignette.spec(), List.of());
        figures.put("disclosure.vignetteMillis", (System.nanoTime() - begin) / 1e6);
        figures.put("disclosure.vignetteWithheldSum", (double) result.report().peopleWithheld());
        italy(figures);
        begin = System.nanoTime();
        Given large = large();
        ProtectedTable wide = control.protect(large.table(), large.spec(), List.of());
        figures.put("disclosure.cells100kSeconds", (System.nanoTime() - begin) / 1e9);
        figures.put("disclosure.cells100kSafe", wide.report().safe() ? 1.0 : 0.0);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        figures.put("disclosure.heapMegabytes", (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        return figures;
    }

    /** The whole table at each threshold; the time of threshold 5 is the figure. */
    private static void italy(Map<String, Double> figures) throws IOException {
        for (int threshold : new int[] {3, 5, 10}) {
            Given given = BenchmarkTables.italyPermits(threshold, row -> true);
            long begin = System.nanoTime();
            Universe universe = Universe.of(
                    Grid.of(given.table(), given.spec()), given.spec().rules(), new BitSet());
            Protector protector = new Protector(universe, given.spec(), Solvers.best());
            BitSet withheld = protector.protect().withheld();
            long chosen = System.nanoTime();
            Audit.Result audit = protector.audit(withheld);
            long end = System.nanoTime();
            String name = "disclosure.italy" + (threshold == 5 ? "" : "Threshold" + threshold);
            figures.put(name + "Seconds", (end - begin) / 1e9);
            figures.put(name + "Safe", audit.safe() ? 1.0 : 0.0);
            figures.put(name + "WithheldCells", (double) withheld.cardinality());
            if (threshold == 5) {
                figures.put("disclosure.auditLpPerSecond", audit.programs() * 1e9 / (end - chosen));
            }
        }
    }

    /** Ten years of 40 regions in 4 groups, 60 citizenships and the sexes: 108,000 cells and more. */
    private static Given large() {
        Random random = new Random(1);
        List<Dimension.Sum> regions = new ArrayList<>();
        List<String> finest = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            List<String> of = new ArrayList<>();
            for (int r = 0; r < 10; r++) {
                of.add("r" + g + r);
            }
            finest.addAll(of);
            regions.add(new Dimension.Sum("R" + g, of, Additivity.EXACT));
        }
        regions.add(new Dimension.Sum("R", List.of("R0", "R1", "R2", "R3"), Additivity.EXACT));
        List<Dimension> dimensions = List.of(
                Dimension.of("region", regions),
                Dimension.flat("citizenship", "all", Additivity.EXACT),
                Dimension.untied("year"),
                Dimension.flat("sex", "T", Additivity.EXACT));
        List<CountTable.Row> rows = new ArrayList<>();
        for (String region : finest) {
            for (int c = 0; c < 60; c++) {
                double mean = Math.exp(1 + 4 * random.nextDouble());
                for (int year = 2014; year < 2024; year++) {
                    for (String sex : List.of("F", "M")) {
                        long count = (long) (-mean * Math.log(1 - random.nextDouble()));
                        rows.add(new CountTable.Row(List.of(region, "c" + c, "" + year, sex), count, rows.size() + 2));
                    }
                }
            }
        }
        CountTable table = BenchmarkTables.totalled(
                new CountTable(List.of("region", "citizenship", "year", "sex"), rows), dimensions);
        return new Given(table, Specification.of(dimensions, "n", Rules.strict(5, Rules.Zeros.SHOWN)));
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        run().forEach((name, figure) -> System.out.printf("%s %.1f%n", name, figure));
    }
}
