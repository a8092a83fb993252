package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;

/**
 * SDMX-JSON 2.0.0 and 2.1.0 data messages: groups of observations over time or over another dimension, or a flat list. The
 * first pass over the data finds the codes that occur, the second writes, so memory does not grow with the number of
 * observations.
 */
final class JsonDataWriter {

    /** The schema of 2.0.0, which error messages name too. */
    static final String SCHEMA = JsonVersion.V2_0.schema();

    private static final byte[] WITHHELD = ascii("\"NaN\"");

    private final DataMessage message;
    private final JsonVersion version;
    private final Structure structure;
    private final ByteSink sink;
    private final List<Filled> filled = new ArrayList<>();

    /** A data set that has observations, with the codes that occur in it. */
    private record Filled(Arrangement arrangement, Usage usage) {}

    JsonDataWriter(DataMessage message, JsonVersion version, OutputStream out) {
        this.message = message;
        this.version = version;
        this.structure = message.dataflow().structure();
        this.sink = new ByteSink(out);
        for (DataSet set : message.sets()) {
            Usage usage = Usage.of(set.observations().get());
            if (usage.observations() > 0) {
                Arrangement arrangement =
                        new Arrangement(structure, set, message.projection(), message.dimensionAtObservation());
                arrangement.leaveOutUnused(usage);
                filled.add(new Filled(arrangement, usage));
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void write() throws IOException {
        JsonShape shape = new JsonShape(message);
        sink.write(version == JsonVersion.V2_1 ? "{\"$schema\":\"" + version.schema() + "\",\"meta\":" : "{\"meta\":");
        sink.write(Json.bytes(meta(shape)));
        sink.write(",\"data\":{\"structures\":[");
        for (int i = 0; i < filled.size(); i++) {
            sink.write(i == 0 ? "" : ",");
            sink.write(Json.bytes(
                    shape.structure(filled.get(i).arrangement(), filled.get(i).usage(), i)));
        }
        sink.write("],\"dataSets\":[");
        for (int i = 0; i < filled.size(); i++) {
            sink.write(i == 0 ? "" : ",");
            dataSet(filled.get(i), i);
        }
        sink.write("]}}");
        sink.flush();
    }

    private Map<String, Object> meta(JsonShape shape) {
        Map<String, Object> meta = message.header().meta(version.schema());
        if (version == JsonVersion.V2_1) {
            meta.remove("schema");
        }
        meta.put("contentLanguages", shape.languages());
        return meta;
    }

    private String action(DataSet set) {
        return switch (set.action()) {
            case DELETE -> "Delete";
            case REPLACE -> {
                if (version == JsonVersion.V2_0) {
                    yield message.deletes() ? "Replace" : "Information";
                }
                // Field guide 2.1: what shows some columns only cannot stand for the whole observation.
                yield message.projection().equals(Projection.all(structure)) ? "Replace" : "Merge";
            }
        };
    }

    private void dataSet(Filled data, int index) throws IOException {
        DataSet set = data.arrangement().set();
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("structure", index);
        head.put("action", action(set));
        if (set.validFrom() != null) {
            head.put("validFrom", set.validFrom().toString());
        }
        if (set.validTo() != null) {
            head.put("validTo", set.validTo().toString());
        }
        head.put("links", JsonShape.links(message.dataflow()));
        byte[] start = Json.bytes(head);
        sink.write(java.util.Arrays.copyOf(start, start.length - 1));
        Rows rows = new Rows(data);
        rows.datasetAttributes();
        sink.write(data.arrangement().flat() ? ",\"observations\":{" : ",\"series\":{");
        rows.write();
        sink.write("}}");
    }

    /** The observations of one data set. */
    private final class Rows {
        private final Arrangement arrangement;
        private final ObservationCursor cursor;

        /** For each dimension and dictionary number the place among the values that occur, as JSON text. */
        private final byte[][][] dimensions;

        /** The same for attributes; an absent one is {@code null}. */
        private final byte[][][] attributes;

        Rows(Filled data) {
            this.arrangement = data.arrangement();
            this.cursor = arrangement.cursor();
            this.dimensions = new byte[structure.dimensions().size()][][];
            for (int d = 0; d < dimensions.length; d++) {
                dimensions[d] = places(data.usage().dimension(d), false);
            }
            this.attributes = new byte[structure.attributes().size()][][];
            for (int a = 0; a < attributes.length; a++) {
                attributes[a] = places(data.usage().attribute(a), true);
            }
        }

        private static byte[][] places(boolean[] used, boolean zeroIsNull) {
            byte[][] places = new byte[used.length][];
            int place = 0;
            for (int i = 0; i < used.length; i++) {
                boolean absent = zeroIsNull && i == 0;
                places[i] = ascii(absent ? "null" : String.valueOf(place));
                place += used[i] && !absent ? 1 : 0;
            }
            return places;
        }

        void datasetAttributes() throws IOException {
            ObservationCursor first = arrangement.set().observations().get();
            first.next();
            sink.write(",\"attributes\":");
            attributes(arrangement.ofDataset(), first);
        }

        private void attributes(List<Integer> positions, ObservationCursor at) throws IOException {
            sink.write("[");
            for (int i = 0; i < positions.size(); i++) {
                sink.write(i == 0 ? "" : ",");
                sink.write(attributes[positions.get(i)][at.attribute(positions.get(i))]);
            }
            sink.write("]");
        }

        void write() throws IOException {
            boolean keysAlone = arrangement.projection().keysOnly()
                    && !arrangement.flat()
                    && arrangement.set().action() != DataSet.Action.DELETE;
            boolean open = false;
            RowTails tails = tails();
            int longest = 96 + 12 * dimensions.length + tails.longest();
            while (cursor.next()) {
                boolean first = cursor.firstOfSeries();
                if (!arrangement.flat() && first) {
                    sink.write(open ? "}}," : "");
                    series();
                }
                if (keysAlone) {
                    open = true;
                    continue;
                }
                sink.room(longest);
                if (open && (arrangement.flat() || !first)) {
                    sink.raw(',');
                }
                observation();
                tails.write(sink, cursor);
                open = true;
            }
            sink.write(open && !arrangement.flat() ? "}}" : "");
        }

        private void series() throws IOException {
            sink.write("\"");
            int[] key = arrangement.key();
            for (int i = 0; i < key.length; i++) {
                sink.write(i == 0 ? "" : ":");
                sink.write(dimensions[key[i]][cursor.dimension(key[i])]);
            }
            sink.write("\":{\"attributes\":");
            attributes(arrangement.ofSeries(), cursor);
            sink.write(",\"observations\":{");
        }

        private void observation() {
            sink.raw('"');
            if (arrangement.flat()) {
                for (int d = 0; d < dimensions.length; d++) {
                    if (d > 0) {
                        sink.raw(':');
                    }
                    sink.raw(dimensions[d][cursor.dimension(d)]);
                }
            } else {
                int d = arrangement.observationDimension();
                sink.raw(dimensions[d][cursor.dimension(d)]);
            }
            sink.raw('"');
            sink.raw(':');
            sink.raw('[');
            if (arrangement.projection().measure()) {
                double value = cursor.value();
                if (Double.isNaN(value)) {
                    sink.raw(WITHHELD);
                } else {
                    sink.number(value);
                }
            }
        }

        private RowTails tails() {
            List<Integer> shown = arrangement.ofObservation();
            byte[][][] texts = shown.stream().map(a -> attributes[a]).toArray(byte[][][]::new);
            byte[][] between = new byte[texts.length + 1][];
            for (int i = 0; i < texts.length; i++) {
                between[i] = ascii(i > 0 || arrangement.projection().measure() ? "," : "");
            }
            between[texts.length] = ascii("]");
            RowTails tails = new RowTails(
                    texts, shown.stream().mapToInt(Integer::intValue).toArray());
            tails.between(between);
            return tails;
        }
    }
}
