package org.entente.gateway.sdmx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.statistics.Structure;

/** An independent reading of SDMX-JSON data, in the notation of {@link SmallStructure#lines}. */
final class JsonDecoding {

    private final Structure structure;
    private final JsonNode shape;
    private final JsonNode dataSet;
    private final List<String> lines = new ArrayList<>();

    private JsonDecoding(Structure structure, JsonNode message) {
        this.structure = structure;
        this.shape = message.at("/data/structures/0");
        this.dataSet = message.at("/data/dataSets/0");
    }

    static List<String> lines(String json, Structure structure) throws IOException {
        JsonNode message = new ObjectMapper().readTree(json);
        if (message.at("/data/dataSets").isEmpty()) {
            return List.of();
        }
        JsonDecoding decoding = new JsonDecoding(structure, message);
        if (decoding.dataSet.has("observations")) {
            decoding.observations(decoding.dataSet.get("observations"), "", null);
        } else {
            each(
                    decoding.dataSet.get("series"),
                    (key, series) ->
                            decoding.observations(series.get("observations"), key + ":", series.get("attributes")));
        }
        return decoding.lines;
    }

    private interface Each {
        void take(String key, JsonNode value);
    }

    private static void each(JsonNode object, Each each) {
        for (Iterator<Map.Entry<String, JsonNode>> i = object.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = i.next();
            each.take(entry.getKey(), entry.getValue());
        }
    }

    private void observations(
            JsonNode observations, String keyStart, @org.jspecify.annotations.Nullable JsonNode seriesAttributes) {
        List<JsonNode> dimensions = new ArrayList<>();
        shape.at("/dimensions/series").forEach(dimensions::add);
        shape.at("/dimensions/observation").forEach(dimensions::add);
        each(observations, (key, observation) -> {
            StringBuilder line = new StringBuilder();
            String[] places = (keyStart + key).split(":");
            for (int d = 0; d < places.length; d++) {
                JsonNode value = dimensions.get(d).at("/values").get(Integer.parseInt(places[d]));
                line.append((value.has("id") ? value.get("id") : value.get("value")).asText())
                        .append('.');
            }
            JsonNode value = observation.get(0);
            line.append('=').append(value.isTextual() ? Double.NaN : value.doubleValue());
            structure.attributes().forEach(attribute -> {
                String text = value("series", attribute.id(), seriesAttributes, 0)
                        + value("observation", attribute.id(), observation, 1)
                        + value("dataSet", attribute.id(), dataSet.get("attributes"), 0);
                line.append('|').append(text);
            });
            lines.add(line.toString());
        });
    }

    private String value(String level, String id, @org.jspecify.annotations.Nullable JsonNode places, int offset) {
        JsonNode declared = shape.at("/attributes/" + level);
        for (int i = 0; i < declared.size() && places != null; i++) {
            JsonNode place = places.get(i + offset);
            if (declared.get(i).get("id").asText().equals(id) && place != null && !place.isNull()) {
                JsonNode value = declared.get(i).get("values").get(place.intValue());
                return (value.has("id") ? value.get("id") : value.get("value")).asText();
            }
        }
        return "";
    }
}
