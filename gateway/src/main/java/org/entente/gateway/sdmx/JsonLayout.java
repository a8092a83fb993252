package org.entente.gateway.sdmx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.statistics.Problem.Kind;
import org.jspecify.annotations.Nullable;

/** What the numbers of one SDMX-JSON structure mean: components by level, each with its values. */
final class JsonLayout {

    /**
     * A component of one level.
     *
     * @param place in the row, or -1 if our structure has no such component
     * @param id as written
     * @param texts its values by number; null for a value without one; empty if values stand in the data themselves
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(int place, String id, @Nullable String[] texts, int[] numbers) {
        private static final int UNKNOWN = -2;

        /** The row's number of the value with that index; noted as a problem if there is none. */
        int number(RowFiller rows, int index) {
            if (index < 0 || index >= texts.length) {
                rows.problem(Kind.MALFORMED, id, "there is no value number " + index);
                return 0;
            }
            if (numbers[index] == UNKNOWN) {
                String text = texts[index];
                numbers[index] = text != null ? rows.tryNumber(place, text) : rows.isDimension(place) ? -1 : 0;
            }
            if (numbers[index] < 0) {
                rows.refuse(place, String.valueOf(texts[index]));
                return 0;
            }
            return numbers[index];
        }
    }

    private final RowFiller rows;
    private final List<Part> datasetKey;
    private final List<Part> seriesKey;
    private final List<Part> observationKey;
    private final List<Part> datasetAttributes;
    private final List<Part> groupAttributes;
    private final List<Part> seriesAttributes;
    private final List<Part> observationAttributes;
    private final List<Part> measures;

    JsonLayout(JsonNode structure, RowFiller rows) {
        this.rows = rows;
        this.datasetKey = parts(structure.path("dimensions").path("dataSet"));
        this.seriesKey = parts(structure.path("dimensions").path("series"));
        this.observationKey = parts(structure.path("dimensions").path("observation"));
        this.datasetAttributes = parts(structure.path("attributes").path("dataSet"));
        this.groupAttributes = parts(structure.path("attributes").path("dimensionGroup"));
        this.seriesAttributes = parts(structure.path("attributes").path("series"));
        this.observationAttributes = parts(structure.path("attributes").path("observation"));
        this.measures = parts(structure.path("measures").path("observation"));
    }

    private List<Part> parts(JsonNode components) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode component : components) {
            String id = component.path("id").asText("");
            int place = rows.place(id);
            if (place < 0) {
                rows.problem(
                        Kind.MALFORMED,
                        Refusal.shortened(id),
                        "is no component of " + rows.structure().id());
            }
            @Nullable
            String[] texts = new @Nullable String[component.path("values").size()];
            int[] numbers = new int[texts.length];
            for (int i = 0; i < texts.length; i++) {
                JsonNode value = component.path("values").get(i);
                JsonNode text = value.has("id") ? value.get("id") : value.get("value");
                texts[i] = text == null || !text.isValueNode() || text.isNull() ? null : text.asText();
                numbers[i] = Part.UNKNOWN;
            }
            parts.add(new Part(place, id, texts, numbers));
        }
        return parts;
    }

    List<Part> datasetKey() {
        return datasetKey;
    }

    List<Part> seriesKey() {
        return seriesKey;
    }

    List<Part> observationKey() {
        return observationKey;
    }

    List<Part> datasetAttributes() {
        return datasetAttributes;
    }

    List<Part> groupAttributes() {
        return groupAttributes;
    }

    List<Part> seriesAttributes() {
        return seriesAttributes;
    }

    List<Part> observationAttributes() {
        return observationAttributes;
    }

    List<Part> measures() {
        return measures;
    }
}
