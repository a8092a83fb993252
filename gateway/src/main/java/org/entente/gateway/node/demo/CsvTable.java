package org.entente.gateway.node.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An SDMX-CSV answer as a person with a spreadsheet sees it: read without the gateway's own reader, to check it from outside. */
final class CsvTable {
    private final List<String> header;
    private final List<List<String>> rows;

    private CsvTable(List<String> header, List<List<String>> rows) {
        this.header = header;
        this.rows = rows;
    }

    static CsvTable parse(byte[] csv) {
        List<List<String>> lines = new String(csv, StandardCharsets.UTF_8)
                .lines()
                .map(line -> Arrays.asList(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)))
                .collect(Collectors.toList());
        return new CsvTable(lines.getFirst(), lines.subList(1, lines.size()));
    }

    int rows() {
        return rows.size();
    }

    /** The values by the codes of some dimensions, joined by blanks. */
    Map<String, Double> values(String... dimensions) {
        Map<String, Double> values = new TreeMap<>();
        for (List<String> row : rows) {
            String key = Arrays.stream(dimensions).map(d -> cell(row, d)).collect(Collectors.joining(" "));
            values.put(key, Double.valueOf(cell(row, "OBS_VALUE")));
        }
        return values;
    }

    CsvTable where(String column, String value) {
        return new CsvTable(
                header,
                rows.stream().filter(row -> cell(row, column).equals(value)).toList());
    }

    private String cell(List<String> row, String column) {
        return row.get(header.indexOf(column));
    }
}
