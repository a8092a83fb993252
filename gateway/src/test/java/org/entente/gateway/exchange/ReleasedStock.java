package org.entente.gateway.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The figures that ITA released in a {@link org.entente.gateway.testing.Corridor}, read from the office's own file without any of our
 * readers: key of the series with dots, period, and the value as it is written there.
 */
final class ReleasedStock {
    /** The column after the last dimension of a series' key. */
    private static final int TIME = 18;

    private static final int FIRST_DIMENSION = 3;

    private ReleasedStock() {}

    /** All of them, or those of one area of origin. */
    static Map<String, Double> figures(String counterpart) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        try (InputStream in =
                Objects.requireNonNull(ReleasedStock.class.getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        List<String> cells = List.of(line.split(",", TIME + 3));
                        String key = String.join(".", cells.subList(FIRST_DIMENSION, TIME));
                        if (key.startsWith("A5.IT._T." + counterpart)) {
                            figures.put(key + " " + cells.get(TIME), Double.valueOf(cells.get(TIME + 1)));
                        }
                    });
        }
        return figures;
    }
}
