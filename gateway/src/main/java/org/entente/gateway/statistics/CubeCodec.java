package org.entente.gateway.statistics;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.statistics.Component.Attribute;

/**
 * Storage form of a cube: its columns as they are, for compression by the caller. The form is private to the gateway and
 * carries a version; what is stable is {@link Cube#digest()}, which whoever loads a cube compares.
 */
public final class CubeCodec {

    private static final int MAGIC = 0x454E4301;
    private static final int MAX_TEXT = 1 << 20;

    private CubeCodec() {}

    /** Writes a cube; a view is first made whole so that nothing outside it is written. */
    public static void write(Cube cube, OutputStream out) throws IOException {
        Cube whole = cube.isWhole() ? cube : copy(cube);
        Columns columns = whole.columns();
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(MAGIC);
        text(data, whole.structure().id().toString());
        data.writeInt(whole.datasetAttributes().size());
        for (Map.Entry<String, String> entry : whole.datasetAttributes().entrySet()) {
            text(data, entry.getKey());
            text(data, entry.getValue());
        }
        dictionaries(data, columns.dimensionTexts());
        dictionaries(data, columns.attributeTexts());
        data.writeInt(columns.seriesCount());
        data.writeInt(columns.observationCount());
        int[] lengths = new int[columns.seriesCount()];
        for (int s = 0; s < lengths.length; s++) {
            lengths[s] = columns.seriesStarts()[s + 1] - columns.seriesStarts()[s];
        }
        column(data, IntColumn.of(lengths));
        for (IntColumn key : columns.keys()) {
            column(data, key);
        }
        column(data, columns.times());
        for (IntColumn attribute : columns.attributes()) {
            column(data, attribute);
        }
        values(data, columns.values());
        data.flush();
    }

    /** The cube's observations in storage of their own. */
    public static Cube copy(Cube cube) {
        CubeBuilder builder = Cube.builder(cube.structure());
        ObservationCursor cursor = cube.cursor();
        int dimensions = cube.structure().dimensions().size();
        int attributes = cube.structure().attributes().size();
        while (cursor.next()) {
            for (int d = 0; d < dimensions; d++) {
                builder.dimension(d, builder.dimensionNumber(d, cursor.dimensionText(d)));
            }
            for (int a = 0; a < attributes; a++) {
                builder.attribute(a, builder.attributeNumber(a, cursor.attributeText(a)));
            }
            builder.value(cursor.value()).add();
        }
        return builder.build().withDatasetAttributes(cube.datasetAttributes());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes are not a cube of this structure; no partial cube is returned
     */
    public static Cube read(Structure structure, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        require(data.readInt() == MAGIC, "not a stored cube of this version");
        String stored = text(data);
        require(stored.equals(structure.id().toString()), "stored under structure " + stored);
        Map<String, String> datasetAttributes = new TreeMap<>();
        for (int i = bounded(data.readInt(), structure.attributes().size()); i > 0; i--) {
            String id = text(data);
            datasetAttributes.put(id, text(data));
        }
        Dictionary[] dimensionTexts = dictionaries(data, structure.dimensions().size());
        Dictionary[] attributeTexts = dictionaries(data, structure.attributes().size());
        int series = bounded(data.readInt(), Integer.MAX_VALUE);
        int observations = bounded(data.readInt(), Integer.MAX_VALUE);
        int[] starts = starts(data, series, observations);
        int time = structure.timePosition();
        IntColumn[] keys = new IntColumn[time];
        for (int d = 0; d < time; d++) {
            keys[d] = column(data, series, dimensionTexts[d].size());
        }
        IntColumn times = column(data, observations, dimensionTexts[time].size());
        IntColumn[] attributes = new IntColumn[structure.attributes().size()];
        boolean[] seriesAttribute = new boolean[attributes.length];
        for (int a = 0; a < attributes.length; a++) {
            seriesAttribute[a] = structure.attributes().get(a).level() == Attribute.Level.SERIES;
            attributes[a] = column(data, seriesAttribute[a] ? series : observations, attributeTexts[a].size());
        }
        List<TimePeriod> periods = new ArrayList<>();
        for (int i = 0; i < dimensionTexts[time].size(); i++) {
            periods.add(TimePeriod.tryParse(dimensionTexts[time].text(i))
                    .orElseThrow(() -> new IOException("a stored period is not a period")));
        }
        Columns columns = new Columns(
                dimensionTexts,
                attributeTexts,
                keys,
                starts,
                times,
                values(data, observations),
                attributes,
                seriesAttribute,
                List.copyOf(periods));
        return new Cube(structure, columns, datasetAttributes, Slice.WHOLE);
    }

    private static int[] starts(DataInputStream data, int series, int observations) throws IOException {
        IntColumn lengths = column(data, series, Integer.MAX_VALUE);
        int[] starts = new int[series + 1];
        long end = 0;
        for (int s = 0; s < series; s++) {
            end += lengths.get(s);
            require(lengths.get(s) > 0 && end <= observations, "series do not fit the observations");
            starts[s + 1] = (int) end;
        }
        require(end == observations, "series do not cover the observations");
        return starts;
    }

    static long heapBytes(Columns columns) {
        long bytes = 8L * columns.observationCount() + 4L * columns.seriesStarts().length;
        for (IntColumn key : columns.keys()) {
            bytes += key.heapBytes();
        }
        bytes += columns.times().heapBytes();
        for (IntColumn attribute : columns.attributes()) {
            bytes += attribute.heapBytes();
        }
        for (Dictionary[] dictionaries : List.of(columns.dimensionTexts(), columns.attributeTexts())) {
            for (Dictionary dictionary : dictionaries) {
                for (int i = 0; i < dictionary.size(); i++) {
                    bytes += 120L + dictionary.text(i).length();
                }
            }
        }
        return bytes;
    }

    private static void dictionaries(DataOutputStream data, Dictionary[] dictionaries) throws IOException {
        for (Dictionary dictionary : dictionaries) {
            data.writeInt(dictionary.size());
            for (int i = 0; i < dictionary.size(); i++) {
                text(data, dictionary.text(i));
            }
        }
    }

    private static Dictionary[] dictionaries(DataInputStream data, int count) throws IOException {
        Dictionary[] dictionaries = new Dictionary[count];
        for (int d = 0; d < count; d++) {
            List<String> texts = new ArrayList<>();
            for (int i = bounded(data.readInt(), Integer.MAX_VALUE); i > 0; i--) {
                texts.add(text(data));
            }
            dictionaries[d] = new Dictionary(texts.toArray(new String[0]));
        }
        return dictionaries;
    }

    private static void column(DataOutputStream data, IntColumn column) throws IOException {
        byte[] bytes = column.toBytes();
        data.writeByte(column.width());
        data.write(bytes);
    }

    private static IntColumn column(DataInputStream data, int size, int limit) throws IOException {
        int width = data.readUnsignedByte();
        require(width == 0 || width == 1 || width == 2 || width == 4, "unknown column width");
        byte[] bytes = exactly(data, width == 0 ? 4L : (long) width * size);
        IntColumn column = IntColumn.fromBytes(width, bytes, size);
        for (int i = 0; i < (width == 0 ? Math.min(size, 1) : size); i++) {
            require(column.get(i) >= 0 && column.get(i) < limit, "a number outside its dictionary");
        }
        return column;
    }

    private static void values(DataOutputStream data, double[] values) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        for (double value : values) {
            chunk.putDouble(value);
            if (!chunk.hasRemaining()) {
                data.write(chunk.array());
                chunk.clear();
            }
        }
        data.write(chunk.array(), 0, chunk.position());
    }

    private static double[] values(DataInputStream data, int count) throws IOException {
        double[] values = new double[0];
        int read = 0;
        // Grown as bytes arrive, so that a false count cannot claim memory.
        while (read < count) {
            int part = Math.min(count - read, 1 << 16);
            byte[] bytes = exactly(data, 8L * part);
            values = Arrays.copyOf(values, Math.min(count, Math.max(read + part, values.length * 2)));
            ByteBuffer.wrap(bytes).asDoubleBuffer().get(values, read, part);
            read += part;
        }
        return Arrays.copyOf(values, count);
    }

    private static byte[] exactly(DataInputStream data, long count) throws IOException {
        require(count <= Integer.MAX_VALUE - 8, "a column is too long");
        byte[] bytes = data.readNBytes((int) count);
        require(bytes.length == count, "the stored cube ends too early");
        return bytes;
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        data.writeInt(utf8.length);
        data.write(utf8);
    }

    private static String text(DataInputStream data) throws IOException {
        return new String(exactly(data, bounded(data.readInt(), MAX_TEXT)), StandardCharsets.UTF_8);
    }

    private static int bounded(int count, int limit) throws IOException {
        require(count >= 0 && count <= limit, "a count is out of bounds");
        return count;
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
