package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.statistics.Usage;

/**
 * SDMX-JSON 2.0.0 data message: series over time, or a flat list of observations. The first pass over the data finds the
 * codes that occur, the second writes, so memory does not grow with the number of observations.
 */
final class JsonDataWriter {

    static final String SCHEMA =
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json";

    private static final byte[] WITHHELD = "\"NaN\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final DataMessage message;
    private final Structure structure;
    private final ByteSink sink;
    private final boolean flat;
    private final Usage usage;
    private final ObservationCursor cursor;

    /** For each dimension and dictionary number the place among the values that occur, as JSON text. */
    private final byte[][][] dimensionPlaces;

    /** The same for attributes; an absent one is {@code null}. */
    private final byte[][][] attributePlaces;

    private final List<Integer> ofDataset = new ArrayList<>();
    private final List<Integer> ofSeries = new ArrayList<>();
    private final List<Integer> ofObservation = new ArrayList<>();

    /**
     * @throws EntenteException {@code not-implemented} if another dimension than time is wanted at the observation
     */
    JsonDataWriter(DataMessage message, OutputStream out) {
        this.message = message;
        this.structure = message.dataflow().structure();
        this.sink = new ByteSink(out);
        this.flat = message.dimensionAtObservation().equals(BoundQuery.ALL_DIMENSIONS);
        if (!flat && !message.dimensionAtObservation().equals(structure.time().id())) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED,
                    "SDMX-JSON is offered with " + structure.time().id() + " or AllDimensions at the observation");
        }
        this.usage = Usage.of(message.observations().get());
        this.cursor = message.observations().get();
        this.dimensionPlaces = new byte[structure.dimensions().size()][][];
        for (int d = 0; d < dimensionPlaces.length; d++) {
            dimensionPlaces[d] = places(usage.dimension(d), false);
        }
        this.attributePlaces = new byte[structure.attributes().size()][][];
        for (int a = 0; a < attributePlaces.length; a++) {
            attributePlaces[a] = places(usage.attribute(a), true);
            Attribute attribute = structure.attributes().get(a);
            if (message.projection().attributes().contains(attribute.id())) {
                boolean series = attribute.level() == Attribute.Level.SERIES && !flat;
                (attribute.level() == Attribute.Level.DATASET ? ofDataset : series ? ofSeries : ofObservation).add(a);
            }
        }
    }

    private static byte[][] places(boolean[] used, boolean zeroIsNull) {
        byte[][] places = new byte[used.length][];
        int place = 0;
        for (int i = 0; i < used.length; i++) {
            boolean absent = zeroIsNull && i == 0;
            places[i] = absent ? NULL : String.valueOf(place).getBytes(StandardCharsets.US_ASCII);
            place += used[i] && !absent ? 1 : 0;
        }
        return places;
    }

    void write() throws IOException {
        sink.write("{\"meta\":");
        sink.write(Json.bytes(message.header().meta(SCHEMA)));
        sink.write(",\"data\":{\"structures\":[");
        if (usage.observations() > 0) {
            sink.write(Json.bytes(structureObject()));
            sink.write("],\"dataSets\":[{\"structure\":0,\"action\":\"Information\",\"links\":");
            sink.write(Json.bytes(links()));
            sink.write(",\"attributes\":");
            datasetAttributes();
            sink.write(flat ? ",\"observations\":{" : ",\"series\":{");
            observations();
            sink.write("}}]}}");
        } else {
            sink.write("],\"dataSets\":[]}}");
        }
        sink.flush();
    }

    private void datasetAttributes() throws IOException {
        ObservationCursor first = message.observations().get();
        first.next();
        sink.write("[");
        for (int i = 0; i < ofDataset.size(); i++) {
            int a = ofDataset.get(i);
            sink.write(i == 0 ? "" : ",");
            sink.write(attributePlaces[a][first.attribute(a)]);
        }
        sink.write("]");
    }

    private void observations() throws IOException {
        int time = structure.timePosition();
        boolean open = false;
        while (cursor.next()) {
            sink.room(longestObservation());
            if (flat) {
                sink.raw(open ? ',' : ' ');
                sink.raw('"');
                for (int d = 0; d < time; d++) {
                    sink.raw(dimensionPlaces[d][cursor.dimension(d)]);
                    sink.raw(':');
                }
            } else {
                if (cursor.firstOfSeries()) {
                    if (open) {
                        sink.raw('}');
                        sink.raw('}');
                        sink.raw(',');
                    }
                    seriesStart();
                    sink.room(longestObservation());
                } else {
                    sink.raw(',');
                }
                sink.raw('"');
            }
            observation(time);
            open = true;
        }
        if (open && !flat) {
            sink.write("}}");
        }
    }

    private void observation(int time) {
        sink.raw(dimensionPlaces[time][cursor.dimension(time)]);
        sink.raw('"');
        sink.raw(':');
        sink.raw('[');
        boolean first = true;
        if (message.projection().measure()) {
            value(cursor.value());
            first = false;
        }
        for (int a : ofObservation) {
            if (!first) {
                sink.raw(',');
            }
            sink.raw(attributePlaces[a][cursor.attribute(a)]);
            first = false;
        }
        sink.raw(']');
    }

    private void value(double value) {
        if (Double.isNaN(value)) {
            sink.raw(WITHHELD);
        } else {
            sink.number(value);
        }
    }

    private int longestObservation() {
        return 64 + 12 * (structure.dimensions().size() + structure.attributes().size());
    }

    private void seriesStart() throws IOException {
        StringBuilder start = new StringBuilder("\"");
        for (int d = 0; d < structure.timePosition(); d++) {
            start.append(d == 0 ? "" : ":").append(ascii(dimensionPlaces[d][cursor.dimension(d)]));
        }
        start.append("\":{\"attributes\":[");
        for (int i = 0; i < ofSeries.size(); i++) {
            int a = ofSeries.get(i);
            start.append(i == 0 ? "" : ",").append(ascii(attributePlaces[a][cursor.attribute(a)]));
        }
        sink.write(start.append("],\"observations\":{").toString());
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private List<Map<String, Object>> links() {
        return List.of(
                link("dataflow", message.dataflow().id().urn("datastructure.Dataflow")),
                link("datastructure", structure.id().urn("datastructure.DataStructure")));
    }

    private static Map<String, Object> link(String rel, String urn) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("urn", urn);
        link.put("rel", rel);
        return link;
    }

    private Map<String, Object> structureObject() {
        List<Object> key = new ArrayList<>();
        for (int d = 0; d < structure.timePosition(); d++) {
            key.add(dimensionObject(d));
        }
        Object time = dimensionObject(structure.timePosition());
        Map<String, Object> dimensions = new LinkedHashMap<>();
        dimensions.put("dataSet", List.of());
        dimensions.put("series", flat ? List.of() : key);
        if (flat) {
            key.add(time);
        }
        dimensions.put("observation", flat ? key : List.of(time));
        Map<String, Object> measure = Json.named(
                structure.measure().id(), structure.measure().concept().name());
        measure.put("format", Map.of("dataType", "Double"));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dataSet", attributeObjects(ofDataset));
        attributes.put("dimensionGroup", List.of());
        attributes.put("series", attributeObjects(ofSeries));
        attributes.put("observation", attributeObjects(ofObservation));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", message.dataflow().name().in("en"));
        object.put("names", message.dataflow().name().byLanguage());
        object.put("links", links());
        object.put("dataSets", List.of(0));
        object.put("dimensions", dimensions);
        object.put("measures", Map.of("observation", message.projection().measure() ? List.of(measure) : List.of()));
        object.put("attributes", attributes);
        return object;
    }

    private Map<String, Object> dimensionObject(int position) {
        Dimension dimension = structure.dimensions().get(position);
        Dictionary texts = cursor.dimensionTexts(position);
        boolean[] used = usage.dimension(position);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                values.add(dimensionValue(dimension, texts.text(i)));
            }
        }
        Map<String, Object> object =
                Json.named(dimension.id(), dimension.concept().name());
        object.put("keyPosition", position);
        object.put("roles", List.of(dimension.id()));
        object.put("values", values);
        return object;
    }

    private static Map<String, Object> dimensionValue(Dimension dimension, String text) {
        Map<String, Object> value = codedValue(dimension, text);
        if (dimension.role() == Dimension.Role.TIME) {
            TimePeriod period = TimePeriod.parse(text);
            value.put("start", period.start() + "T00:00:00Z");
            value.put("end", period.end() + "T23:59:59Z");
        }
        return value;
    }

    /** A code with its name; a text without a list stands as its own name. */
    private static Map<String, Object> codedValue(Component component, String text) {
        LocalName name = component
                .representation()
                .codelist()
                .flatMap(list -> list.code(text))
                .map(org.entente.gateway.statistics.Code::name)
                .orElseGet(() -> LocalName.en(text));
        return Json.named(text, name);
    }

    private List<Object> attributeObjects(List<Integer> positions) {
        List<Object> objects = new ArrayList<>();
        for (int a : positions) {
            objects.add(attributeObject(a));
        }
        return objects;
    }

    private Map<String, Object> attributeObject(int position) {
        Attribute attribute = structure.attributes().get(position);
        Dictionary texts = cursor.attributeTexts(position);
        boolean coded = attribute.representation().codelist().isPresent();
        boolean[] used = usage.attribute(position);
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < used.length; i++) {
            if (used[i]) {
                values.add(coded ? codedValue(attribute, texts.text(i)) : Map.of("value", texts.text(i)));
            }
        }
        Map<String, Object> object =
                Json.named(attribute.id(), attribute.concept().name());
        object.put("isMandatory", attribute.mandatory());
        object.put("relationship", relationship(attribute));
        if (!values.isEmpty()) {
            object.put("values", values);
        }
        return object;
    }

    private Map<String, Object> relationship(Attribute attribute) {
        return switch (attribute.level()) {
            case DATASET -> Map.of("dataflow", Map.of());
            case SERIES ->
                Map.of(
                        "dimensions",
                        structure.keyDimensions().stream().map(Dimension::id).toList());
            case OBSERVATION -> Map.of("observation", Map.of());
        };
    }
}
