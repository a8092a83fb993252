package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.entente.gateway.access.AccessKeys;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.NodeJs;
import org.entente.gateway.testing.Program;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libraries with which web pages read SDMX, sdmx-rest (addresses) and sdmx-json-parser (answers), against a live node over HTTPS with
 * an access key: they read a partner's figures as the partner released them.
 */
class NpmClientsTest {
    private static final Map<String, String> SEXES = Map.of("Female", "F", "Male", "M", "Total", "_T");

    @TempDir
    private Path folder;

    @Test
    void webPagesReadAPartnersFiguresThroughOnesOwnNode() throws Exception {
        try (Corridor corridor = Corridor.open(plan -> plan.property("entente.staff.tls", true), Map.of())) {
            TestNode node = corridor.phl();
            String key = node.bean(AccessKeys.class)
                    .add("analyst", "web page", 1, null)
                    .text();
            Program.Result run = NodeJs.run(
                    "read.js", List.of(node.staff().toString(), "analyst", key), node.tlsCertificate(), folder);

            assertEquals(0, run.status(), run.errors());
            JsonNode read = new ObjectMapper().readTree(run.lines().getLast());
            assertTrue(texts(read.get("flows")).contains("DF_DIASPORA"), read.toString());
            assertTrue(texts(read.get("codes")).containsAll(SEXES.values()), read.toString());
            assertEquals(1, read.get("dataSets").asInt());
            assertEquals(
                    List.of("F", "M", "_T"),
                    texts(read.get("available")).stream().sorted().toList());
            Map<String, Double> released = ReleasedStock.figures("PH");
            assertEquals(released, figures(read.get("figures")));
            assertEquals(released, figures(read.get("flat")));
            Map<String, Double> since2015 = released.entrySet().stream()
                    .filter(figure -> Integer.parseInt(figure.getKey().split(" ")[1]) >= 2015)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            assertEquals(since2015, figures(read.get("since2015")));
            assertEquals(since2015, figures(read.get("version1")));
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Key and period as in the release; the parser gives the names of sexes. */
    private static Map<String, Double> figures(JsonNode rows) {
        Map<String, Double> figures = new TreeMap<>();
        for (JsonNode row : rows) {
            assertEquals("Philippines", row.get("COUNTERPART_AREA").asText());
            String key = "A5.IT._T.PH._T.CB." + SEXES.get(row.get("SEX").asText()) + "._T._T._T._T._T._T.STOCK_IN.PS "
                    + row.get("TIME_PERIOD").asText().substring(0, 4);
            figures.put(key, row.get("value").asDouble());
        }
        return figures;
    }
}
