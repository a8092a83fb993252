package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.Problem.Kind;
import org.jspecify.annotations.Nullable;

/** One data set of an SDMX-JSON message. */
final class JsonDataSetReader {

    private final JsonParser parser;
    private final List<JsonLayout> layouts;
    private final RowFiller rows;
    private JsonLayout layout;

    JsonDataSetReader(JsonParser parser, List<JsonLayout> layouts, RowFiller rows) {
        if (layouts.isEmpty()) {
            throw Refusal.malformed("the data set has no structure");
        }
        this.parser = parser;
        this.layouts = layouts;
        this.rows = rows;
        this.layout = layouts.getFirst();
    }

    /** What is done with a value at an index of an array. */
    @FunctionalInterface
    private interface Taker {
        void take(JsonLayout.Part part, int number, @Nullable String text);
    }

    /** Reads the data set whose start is current. */
    void dataSet() throws IOException {
        rows.beginSeries();
        boolean structured = layouts.size() == 1;
        List<Map.Entry<String, TokenBuffer>> kept = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME && !rows.hopeless()) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("structure")) {
                structure(parser.getValueAsInt(-1));
                structured = true;
            } else if (name.equals("action")) {
                if ("Delete".equals(JsonReader.text(parser))) {
                    JsonReader.deletion(rows);
                }
            } else if (structured || !isContent(name)) {
                content(name, parser);
            } else {
                // Which of several structures it is of is not said yet.
                TokenBuffer buffer = new TokenBuffer(parser);
                buffer.copyCurrentStructure(parser);
                kept.add(Map.entry(name, buffer));
            }
        }
        for (Map.Entry<String, TokenBuffer> entry : kept) {
            try (JsonParser replay = entry.getValue().asParser(parser.getCodec())) {
                replay.nextToken();
                content(entry.getKey(), replay);
            }
        }
    }

    private void structure(int index) {
        if (index < 0 || index >= layouts.size()) {
            throw Refusal.malformed("the data set is of structure " + index + ", which the message does not have");
        }
        layout = layouts.get(index);
    }

    private static boolean isContent(String name) {
        return switch (name) {
            case "attributes", "dimensionGroupAttributes", "series", "observations" -> true;
            default -> false;
        };
    }

    private void content(String name, JsonParser in) throws IOException {
        switch (name) {
            case "attributes" ->
                array(in, layout.datasetAttributes(), (part, number, text) -> {
                    if (part.place() >= rows.structure().dimensions().size() && text != null) {
                        rows.ofDataset(part.place(), text);
                    }
                });
            case "dimensionGroupAttributes" -> groups(in);
            case "series" -> series(in);
            case "observations" -> {
                rows.beginSeries();
                datasetKey();
                observations(in);
            }
            default -> in.skipChildren();
        }
    }

    /** Dimensions that have one code in the whole data set. */
    private void datasetKey() {
        for (JsonLayout.Part part : layout.datasetKey()) {
            if (part.place() >= 0 && part.texts().length == 1) {
                rows.ofSeries(part.place(), part.number(rows, 0));
            }
        }
    }

    private void groups(JsonParser in) throws IOException {
        List<JsonLayout.Part> dimensions = new ArrayList<>(layout.datasetKey());
        dimensions.addAll(layout.seriesKey());
        dimensions.addAll(layout.observationKey());
        require(in, JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String[] places = in.currentName().split(":", -1);
            Map<Integer, Integer> key = new HashMap<>();
            for (int i = 0; i < places.length && i < dimensions.size(); i++) {
                if (!places[i].isEmpty()
                        && !places[i].equals("~")
                        && dimensions.get(i).place() >= 0) {
                    key.put(dimensions.get(i).place(), dimensions.get(i).number(rows, index(places[i])));
                }
            }
            in.nextToken();
            Map<Integer, Integer> attributes = new HashMap<>();
            array(in, layout.groupAttributes(), (part, number, text) -> {
                if (part.place() >= 0 && text != null && !rows.isMeasure(part.place())) {
                    attributes.put(part.place(), number >= 0 ? number : rows.number(part.place(), text));
                }
            });
            rows.ofPartialKey(key, attributes);
        }
    }

    private void series(JsonParser in) throws IOException {
        require(in, JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME && !rows.hopeless()) {
            rows.beginSeries();
            datasetKey();
            key(in.currentName(), layout.seriesKey(), true);
            in.nextToken();
            require(in, JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME && !rows.hopeless()) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "attributes" ->
                        array(in, layout.seriesAttributes(), (part, number, text) -> {
                            if (part.place() >= 0 && text != null && !rows.isMeasure(part.place())) {
                                rows.ofSeries(part.place(), number >= 0 ? number : rows.number(part.place(), text));
                            }
                        });
                    case "observations" -> observations(in);
                    default -> in.skipChildren();
                }
            }
        }
        rows.beginSeries();
    }

    private void key(String text, List<JsonLayout.Part> parts, boolean ofSeries) {
        int part = 0;
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf(':', from);
            end = end < 0 ? text.length() : end;
            if (part >= parts.size()) {
                rows.problem(Kind.MALFORMED, "", "the key " + Refusal.shortened(text) + " has too many parts");
                return;
            }
            JsonLayout.Part dimension = parts.get(part++);
            if (dimension.place() >= 0) {
                int number = dimension.number(rows, index(text, from, end));
                if (ofSeries) {
                    rows.ofSeries(dimension.place(), number);
                } else {
                    rows.ofRow(dimension.place(), number);
                }
            }
            from = end + 1;
        }
    }

    private static int index(String text) {
        return index(text, 0, text.length());
    }

    /** The number written there, or -1 if there is none. */
    private static int index(String text, int from, int end) {
        if (from == end || end - from > 9) {
            return -1;
        }
        int index = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return index;
    }

    private void observations(JsonParser in) throws IOException {
        require(in, JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME && !rows.hopeless()) {
            key(in.currentName(), layout.observationKey(), false);
            in.nextToken();
            require(in, JsonToken.START_ARRAY);
            int index = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                observationValue(in, index++);
            }
            rows.endRow();
        }
    }

    private void observationValue(JsonParser in, int index) throws IOException {
        int measures = layout.measures().size();
        if (index < measures) {
            JsonLayout.Part part = layout.measures().get(index);
            if (in.currentToken() == JsonToken.VALUE_NUMBER_INT || in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                double value = in.getDoubleValue();
                if (rows.isMeasure(part.place())) {
                    rows.value(value);
                }
            } else {
                String text = JsonReader.text(in);
                if (rows.isMeasure(part.place())) {
                    rows.value(text == null ? "" : text);
                }
            }
            return;
        }
        if (index - measures >= layout.observationAttributes().size()) {
            rows.problem(Kind.MALFORMED, "", "an observation has more values than the structure has components");
            in.skipChildren();
            return;
        }
        JsonLayout.Part part = layout.observationAttributes().get(index - measures);
        value(in, part, (p, number, text) -> {
            if (p.place() >= 0 && text != null && !rows.isMeasure(p.place())) {
                rows.ofRow(p.place(), number >= 0 ? number : rows.number(p.place(), text));
            }
        });
    }

    private void array(JsonParser in, List<JsonLayout.Part> parts, Taker taker) throws IOException {
        require(in, JsonToken.START_ARRAY);
        int index = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == null) {
                throw Refusal.malformed("the file ends within an array");
            }
            if (index < parts.size()) {
                value(in, parts.get(index++), taker);
            } else {
                in.skipChildren();
            }
        }
    }

    /** A value by its number where the component lists values, else as it stands. */
    private void value(JsonParser in, JsonLayout.Part part, Taker taker) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT && part.texts().length > 0 && part.place() >= 0) {
            int index = in.getIntValue();
            int number = rows.isMeasure(part.place()) ? 0 : part.number(rows, index);
            taker.take(part, number, index < 0 || index >= part.texts().length ? null : part.texts()[index]);
        } else {
            taker.take(part, -1, JsonReader.text(in));
        }
    }

    private static void require(JsonParser in, JsonToken token) {
        if (in.currentToken() != token) {
            throw Refusal.malformed("the message has another shape than SDMX-JSON says (line "
                    + in.currentLocation().getLineNr() + ")");
        }
    }
}
