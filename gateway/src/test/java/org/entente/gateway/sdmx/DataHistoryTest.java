package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataHistoryTest {

    private static final Structure STRUCTURE = SmallStructure.dataflow().structure();

    private static Dissemination state(String day, String... rows) {
        CubeBuilder builder = Cube.builder(STRUCTURE);
        for (String row : rows) {
            String[] parts = row.split(" ");
            SmallStructure.row(builder, "AA", parts[0], "x", parts[1], Double.parseDouble(parts[2]), parts[3]);
        }
        return new Dissemination(Instant.parse(day + "T00:00:00Z"), builder.build());
    }

    /** The second corrects one figure and adds one, the third withdraws one and flags another. */
    private static final List<Dissemination> STATES = List.of(
            state("2024-01-01", "K1 2019 1 ok", "K1 2020 2 ok", "K2 2020 3 ok"),
            state("2025-01-01", "K1 2019 1 ok", "K1 2020 20 ok", "K1 2021 4 ok", "K2 2020 3 ok"),
            state("2026-01-01", "K1 2019 1 gone", "K1 2020 20 ok", "K1 2021 4 ok"));

    private static String shown(DataHistory.Change change) {
        StringBuilder text = new StringBuilder(change.deleted() ? "-" : "+");
        ObservationCursor cursor = change.cube().cursor();
        while (cursor.next()) {
            text.append(text.length() > 1 ? "," : "")
                    .append(cursor.dimensionText(1))
                    .append('.')
                    .append(cursor.dimensionText(3))
                    .append('=')
                    .append((int) cursor.value());
        }
        Instant at = change.deleted() ? change.validTo() : change.validFrom();
        return text + "@" + String.valueOf(at).substring(0, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|+K1.2019=1,K1.2020=20,K1.2021=4@2026",
                "asOf=2024-06-01|+K1.2019=1,K1.2020=2,K2.2020=3@2024",
                "asOf=2025-01-01T00:00:00Z|+K1.2019=1,K1.2020=20,K1.2021=4,K2.2020=3@2025",
                "asOf=2023-01-01|",
                "updatedAfter=2025-06-01|-K2.2020=3@2026 +K1.2019=1@2026",
                "updatedAfter=2024-06-01|-K2.2020=3@2026 +K1.2019=1,K1.2020=20,K1.2021=4@2026",
                "updatedAfter=2024-06-01&asOf=2025-06-01|+K1.2020=20,K1.2021=4@2025",
                "updatedAfter=2026-06-01|",
                "updatedAfter=2020-01-01|+K1.2019=1,K1.2020=20,K1.2021=4@2026",
                "includeHistory=true|+K1.2019=1,K1.2020=2,K2.2020=3@2024 +K1.2020=20,K1.2021=4@2025 -K2.2020=3@2026"
                        + " +K1.2019=1@2026",
                "includeHistory=true&updatedAfter=2025-06-01|-K2.2020=3@2026 +K1.2019=1@2026",
                "includeHistory=true&asOf=2025-06-01|+K1.2019=1,K1.2020=2,K2.2020=3@2024 +K1.2020=20,K1.2021=4@2025",
                "includeHistory=true&c[KIND]=K2|+K2.2020=3@2024 -K2.2020=3@2026",
                "lastNObservations=1&asOf=2025-06-01|+K1.2021=4,K2.2020=3@2025",
                "lastNObservations=1&updatedAfter=2024-06-01&asOf=2025-06-01|+K1.2021=4@2025",
            })
    void aQueryAboutTimeIsAnsweredFromTheStates(String parameters, String expected) {
        BoundQuery bound = DataQuery.parse("/data", parameters).bindWithHistory(STRUCTURE);

        List<String> shown = new DataHistory(bound, STATES)
                .changes().stream().map(DataHistoryTest::shown).toList();

        assertEquals(expected == null ? List.of() : List.of(expected.split(" ")), shown);
    }
}
