package org.entente.gateway.disclosure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.entente.gateway.disclosure.Dimension.Sum;
import org.entente.gateway.testing.SharedMaterial;

/** Tables with known results and real tables, read from the shared folder. */
final class BenchmarkTables {

    private BenchmarkTables() {}

    /** A table with its declaration. */
    record Given(CountTable table, Specification spec) {
        Given with(Rules rules) {
            return new Given(table, spec.with(rules));
        }

        Universe universe() {
            return Universe.of(Grid.of(table, spec), spec.rules(), new java.util.BitSet());
        }

        List<String> columns() {
            return table.columns();
        }
    }

    /** Rows of a file as maps by header. */
    static List<Map<String, String>> rows(String file) throws IOException {
        Path path = SharedMaterial.locate(file);
        List<String> lines = Files.readAllLines(path);
        String[] header = lines.getFirst().split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    static CountTable table(List<Map<String, String>> rows, String count, List<String> columns) {
        List<CountTable.Row> out = new ArrayList<>();
        int line = 1;
        for (Map<String, String> row : rows) {
            out.add(new CountTable.Row(
                    columns.stream().map(row::get).toList(), (long) Double.parseDouble(row.get(count)), ++line));
        }
        return new CountTable(columns, out);
    }

    static List<Sum> hierarchy(String file) throws IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (Map<String, String> row : rows(file)) {
            parts.computeIfAbsent(row.get("parent"), p -> new ArrayList<>()).add(row.get("child"));
        }
        return parts.entrySet().stream()
                .map(e -> new Sum(e.getKey(), e.getValue(), Additivity.EXACT))
                .toList();
    }

    static Sum sum(String total, String... parts) {
        return new Sum(total, List.of(parts), Additivity.EXACT);
    }

    /** A table of finest cells with every total that the sums imply. */
    static CountTable totalled(CountTable inner, List<Dimension> dimensions) {
        Map<List<String>, Long> counts =
                new TreeMap<>((a, b) -> Arrays.compare(a.toArray(new String[0]), b.toArray(new String[0])));
        inner.rows().forEach(row -> counts.merge(row.codes(), row.count(), Long::sum));
        for (int d = 0; d < dimensions.size(); d++) {
            int at = d;
            java.util.Set<String> used = new java.util.TreeSet<>();
            counts.keySet().forEach(key -> used.add(key.get(at)));
            List<Sum> open = new ArrayList<>(dimensions.get(d).sumsOver(used));
            java.util.Set<String> done = new java.util.HashSet<>(used);
            while (!open.isEmpty()) {
                Sum next = open.stream()
                        .filter(s -> s.parts().stream()
                                .allMatch(p -> done.contains(p)
                                        || open.stream()
                                                .noneMatch(o -> o.total().equals(p))))
                        .findFirst()
                        .orElseThrow();
                open.remove(next);
                if (done.add(next.total())) {
                    Map<List<String>, Long> more = new TreeMap<>();
                    more = new LinkedHashMap<>();
                    for (Map.Entry<List<String>, Long> entry : counts.entrySet()) {
                        if (next.parts().contains(entry.getKey().get(at))) {
                            List<String> key = new ArrayList<>(entry.getKey());
                            key.set(at, next.total());
                            more.merge(List.copyOf(key), entry.getValue(), Long::sum);
                        }
                    }
                    counts.putAll(more);
                }
            }
        }
        List<CountTable.Row> rows = new ArrayList<>();
        int line = 1;
        for (Map.Entry<List<String>, Long> entry : counts.entrySet()) {
            rows.add(new CountTable.Row(entry.getKey(), entry.getValue(), ++line));
        }
        return new CountTable(inner.columns(), rows);
    }

    static Given vignette() throws IOException {
        List<Dimension> dimensions = List.of(
                Dimension.of("V1", hierarchy("disclosure/sdctable/vignette_V1_hierarchy.csv")),
                Dimension.flat("V2", "Tot", Additivity.EXACT),
                Dimension.flat("V3", "Tot", Additivity.EXACT));
        CountTable table =
                table(rows("disclosure/sdctable/vignette_complete_input.csv"), "Freq", List.of("V1", "V2", "V3"));
        return new Given(table, Specification.of(dimensions, "Freq", Rules.exact(11, Rules.Zeros.PROTECTED)));
    }

    static Given italyPermits(long threshold, Predicate<Map<String, String>> wanted) throws IOException {
        List<Map<String, String>> rows = rows("data/ita_permits_inflow_province.csv");
        Map<String, List<String>> parts = new TreeMap<>();
        Map<String, String> levels = new TreeMap<>();
        rows.forEach(row -> levels.put(row.get("territory_code"), row.get("level")));
        levels.forEach((code, level) -> {
            switch (level) {
                case "PROVINCE" ->
                    parts.computeIfAbsent(code.substring(0, 4), p -> new ArrayList<>())
                            .add(code);
                case "REGION" ->
                    parts.computeIfAbsent(code.substring(0, 3), p -> new ArrayList<>())
                            .add(code);
                case "MACRO_REGION" ->
                    parts.computeIfAbsent("IT", p -> new ArrayList<>()).add(code);
                default -> {
                    // The country and the combined region are totals.
                }
            }
        });
        List<Sum> territory = new ArrayList<>();
        parts.forEach((total, of) -> territory.add(new Sum(total, of, Additivity.EXACT)));
        territory.add(sum("ITDA", "ITD1", "ITD2"));
        List<Dimension> dimensions = List.of(
                Dimension.of("territory_code", territory),
                Dimension.flat("citizenship", "WORLD", Additivity.REMAINDER),
                Dimension.untied("year"),
                Dimension.flat("sex", "T", Additivity.EXACT));
        CountTable table = table(
                rows.stream().filter(wanted).toList(),
                "value",
                List.of("territory_code", "citizenship", "year", "sex"));
        return new Given(table, Specification.of(dimensions, "value", Rules.strict(threshold, Rules.Zeros.SHOWN)));
    }
}
