package org.entente.gateway.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;

/** The demonstration's figures beside the source that they are from. */
class DemoFiguresTest {
    private static final Map<String, String> SEXES = Map.of("T", "_T", "F", "F", "M", "M");

    @Test
    void theOriginsOfTheEmiratesAddUpToTheTotalsThatTheSourcePublishes() throws IOException {
        Map<String, Double> published = new TreeMap<>();
        for (String line : Files.readAllLines(SharedMaterial.locate("data/undesa_ims2020_destination_totals.csv"))) {
            String[] cells = line.split(",");
            if (cells[0].equals("ARE") && cells[3].equals("MIGRANT_STOCK")) {
                published.put(cells[1] + " " + SEXES.get(cells[2]), Double.valueOf(cells[4]));
            }
        }
        assertEquals(21, published.size(), "seven years by sex");

        Map<String, Double> totals = new TreeMap<>();
        Map<String, Double> sums = new TreeMap<>();
        emirates().values("TIME_PERIOD", "SEX", "COUNTERPART_AREA").forEach((key, value) -> {
            int last = key.lastIndexOf(' ');
            boolean total = key.substring(last + 1).equals("_T");
            (total ? totals : sums).merge(key.substring(0, last), value, Double::sum);
        });
        assertEquals(published, totals);
        assertEquals(published, sums);
    }

    private static CsvTable emirates() throws IOException {
        try (InputStream in = DemoFiguresTest.class.getResourceAsStream("/demo/are-undesa-2020.csv")) {
            return CsvTable.parse(java.util.Objects.requireNonNull(in).readAllBytes());
        }
    }
}
