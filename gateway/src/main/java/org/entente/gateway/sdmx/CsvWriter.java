package org.entente.gateway.sdmx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/**
 * SDMX-CSV 2.0.0 (data message field guide): STRUCTURE, STRUCTURE_ID, ACTION, dimensions, measure, attributes in the
 * structure's order; RFC 4180 quoting; a withheld or missing value is {@code NaN}, since an empty one breaks clients.
 *
 * <p>Every cell is rendered once per dictionary entry. What does not change within a series is put together once per
 * series, so that a row costs a few copies of bytes.
 */
final class CsvWriter {

    private static final byte[] NAN = {'N', 'a', 'N'};
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Structure structure;
    private final Projection projection;
    private final ObservationCursor cursor;
    private final ByteSink sink;
    private final byte[] rowStart;
    private final byte[][][] dimensionCells;
    private final byte[][][] attributeCells;
    private final List<Attribute> attributes = new ArrayList<>();

    /** Positions of the attributes whose cells differ within a series. */
    private final int[] varying;

    private int longestRow;

    CsvWriter(DataMessage message, OutputStream out) {
        this.structure = message.dataflow().structure();
        this.projection = message.projection();
        this.cursor = message.observations().get();
        this.sink = new ByteSink(out);
        this.rowStart = ("dataflow," + message.dataflow().id() + ",I").getBytes(StandardCharsets.UTF_8);
        this.dimensionCells = new byte[structure.dimensions().size()][][];
        for (int d = 0; d < dimensionCells.length; d++) {
            dimensionCells[d] = cells(cursor.dimensionTexts(d));
        }
        this.attributeCells = new byte[structure.attributes().size()][][];
        List<Integer> varyingPositions = new ArrayList<>();
        for (int a = 0; a < attributeCells.length; a++) {
            Attribute attribute = structure.attributes().get(a);
            if (projection.attributes().contains(attribute.id())) {
                attributes.add(attribute);
                attributeCells[a] = cells(cursor.attributeTexts(a));
                if (attribute.level() == Attribute.Level.OBSERVATION && cursor.constantAttribute(a) < 0) {
                    varyingPositions.add(a);
                }
            }
        }
        this.varying = varyingPositions.stream().mapToInt(Integer::intValue).toArray();
    }

    void write() throws IOException {
        header();
        if (projection.keysOnly()) {
            keys();
        } else {
            rows();
        }
        sink.flush();
    }

    private void header() throws IOException {
        sink.write("STRUCTURE,STRUCTURE_ID,ACTION");
        int shown = projection.keysOnly() ? structure.timePosition() : dimensionCells.length;
        for (int d = 0; d < shown; d++) {
            sink.write("," + structure.dimensions().get(d).id());
        }
        if (projection.measure()) {
            sink.write("," + structure.measure().id());
        }
        for (Attribute attribute : attributes) {
            sink.write("," + attribute.id());
        }
        sink.write(LINE_END);
    }

    private void keys() throws IOException {
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                sink.write(seriesStart());
                sink.write(LINE_END);
            }
        }
    }

    private void rows() throws IOException {
        int time = structure.timePosition();
        byte[][] timeCells = dimensionCells[time];
        boolean measure = projection.measure();
        byte[] start = rowStart;
        byte[][] between = {};
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                start = seriesStart();
                between = seriesParts();
                longestRow = longestRow(start, between, timeCells);
            }
            sink.room(longestRow);
            sink.raw(start);
            sink.raw(timeCells[cursor.dimension(time)]);
            if (measure) {
                value(cursor.value());
            }
            for (int i = 0; i < varying.length; i++) {
                sink.raw(between[i]);
                sink.raw(attributeCells[varying[i]][cursor.attribute(varying[i])]);
            }
            sink.raw(between[varying.length]);
        }
    }

    private void value(double value) {
        sink.raw(',');
        if (Double.isNaN(value)) {
            sink.raw(NAN);
        } else {
            sink.number(value);
        }
    }

    /** The row up to the time period. */
    private byte[] seriesStart() {
        ByteArrayOutputStream start = new ByteArrayOutputStream(128);
        start.writeBytes(rowStart);
        for (int d = 0; d < structure.timePosition(); d++) {
            start.writeBytes(dimensionCells[d][cursor.dimension(d)]);
        }
        return start.toByteArray();
    }

    /** What stands after the value, cut where an attribute varies within the series; the last part ends the line. */
    private byte[][] seriesParts() {
        byte[][] parts = new byte[varying.length + 1][];
        ByteArrayOutputStream part = new ByteArrayOutputStream(128);
        int next = 0;
        for (int a = 0; a < attributeCells.length; a++) {
            if (!projection.attributes().contains(structure.attributes().get(a).id())) {
                continue;
            }
            if (next < varying.length && varying[next] == a) {
                parts[next++] = part.toByteArray();
                part.reset();
            } else {
                part.writeBytes(attributeCells[a][cursor.attribute(a)]);
            }
        }
        part.writeBytes(LINE_END);
        parts[next] = part.toByteArray();
        return parts;
    }

    private int longestRow(byte[] start, byte[][] between, byte[][] timeCells) {
        int longest = start.length + longest(timeCells) + 32;
        for (byte[] part : between) {
            longest += part.length;
        }
        for (int a : varying) {
            longest += longest(attributeCells[a]);
        }
        return longest;
    }

    private static int longest(byte[][] cells) {
        int longest = 0;
        for (byte[] cell : cells) {
            longest = Math.max(longest, cell.length);
        }
        return longest;
    }

    /** Each text as a cell with the separator before it. */
    private static byte[][] cells(Dictionary texts) {
        byte[][] cells = new byte[texts.size()][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = ("," + quoted(texts.text(i))).getBytes(StandardCharsets.UTF_8);
        }
        return cells;
    }

    /** RFC 4180 section 2, rules 6 and 7. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
