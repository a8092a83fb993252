package org.entente.gateway.statistics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.entente.gateway.statistics.Component.Attribute;

/**
 * SHA-256 over a cube's canonical form. Numbers are big-endian; a text is its UTF-8 length in 4 bytes and its bytes; an
 * absent attribute is the empty text.
 *
 * <pre>
 * text "entente-cube/1", text structure (AGENCY:ID(VERSION)),
 * int number of data set attributes present, then for each by id: text id, text value,
 * for each series in canonical order:
 *   byte 1, text of each key dimension, text of each series attribute in the structure's order,
 *   for each observation: byte 2, text period, 8 bytes IEEE 754 value (one NaN, no negative zero),
 *     text of each observation attribute in the structure's order
 * byte 0
 * </pre>
 */
final class CubeDigest {

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private CubeDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] of(Cube cube) {
        return new CubeDigest().digest(cube);
    }

    private byte[] digest(Cube cube) {
        text("entente-cube/1");
        text(cube.structure().id().toString());
        room(4).putInt(cube.datasetAttributes().size());
        for (Map.Entry<String, String> entry : cube.datasetAttributes().entrySet()) {
            text(entry.getKey());
            text(entry.getValue());
        }
        observations(cube);
        room(1).put((byte) 0);
        flush();
        return digest.digest();
    }

    private void observations(Cube cube) {
        Structure structure = cube.structure();
        ObservationCursor cursor = cube.cursor();
        int time = structure.timePosition();
        byte[][][] keys = new byte[time + 1][][];
        for (int d = 0; d <= time; d++) {
            keys[d] = texts(cursor.dimensionTexts(d));
        }
        int[] ofSeries = positions(structure, Attribute.Level.SERIES);
        int[] ofObservation = positions(structure, Attribute.Level.OBSERVATION);
        byte[][][] attributes = new byte[structure.attributes().size()][][];
        for (int a = 0; a < attributes.length; a++) {
            attributes[a] = texts(cursor.attributeTexts(a));
        }
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                room(1).put((byte) 1);
                for (int d = 0; d < time; d++) {
                    bytes(keys[d][cursor.dimension(d)]);
                }
                for (int a : ofSeries) {
                    bytes(attributes[a][cursor.attribute(a)]);
                }
            }
            room(1).put((byte) 2);
            bytes(keys[time][cursor.dimension(time)]);
            room(8).putLong(Double.doubleToLongBits(cursor.value()));
            for (int a : ofObservation) {
                bytes(attributes[a][cursor.attribute(a)]);
            }
        }
    }

    private static int[] positions(Structure structure, Attribute.Level level) {
        return java.util.stream.IntStream.range(0, structure.attributes().size())
                .filter(a -> structure.attributes().get(a).level() == level)
                .toArray();
    }

    /** Every text of the dictionary in its canonical form. */
    private static byte[][] texts(Dictionary dictionary) {
        byte[][] texts = new byte[dictionary.size()][];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = canonical(dictionary.text(i));
        }
        return texts;
    }

    private static byte[] canonical(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    private void text(String text) {
        bytes(canonical(text));
    }

    private void bytes(byte[] bytes) {
        if (bytes.length > buffer.capacity()) {
            flush();
            digest.update(bytes);
        } else {
            room(bytes.length).put(bytes);
        }
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
