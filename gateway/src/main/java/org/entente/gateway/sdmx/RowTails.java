package org.entente.gateway.sdmx;

import java.util.Arrays;
import org.entente.gateway.statistics.ObservationCursor;
import org.jspecify.annotations.Nullable;

/**
 * What stands after the value in a row. Few combinations of statuses occur, and what stands between them seldom changes from
 * one series to the next, so each combination is put together once and then copied as a whole.
 */
final class RowTails {

    private static final int MAX_COMBINATIONS = 4096;

    private final byte[][][] texts;
    private final int[] attributes;
    private final int combinations;
    private final byte[] open;
    private final byte[] close;
    private final byte[] end;
    private byte[][] between = {{}};
    private byte[] @Nullable [] whole = new byte[0] @Nullable [];

    /**
     * @param texts per varying attribute its cells by number
     * @param attributes the varying attributes' positions
     */
    RowTails(byte[][][] texts, int[] attributes) {
        this(texts, attributes, new byte[0], new byte[0], new byte[0]);
    }

    /**
     * @param open what stands before a tail that is not empty
     * @param close what stands after a tail that is not empty
     * @param end what stands at the end of every row
     */
    RowTails(byte[][][] texts, int[] attributes, byte[] open, byte[] close, byte[] end) {
        this.texts = texts;
        this.open = open;
        this.close = close;
        this.end = end;
        this.attributes = attributes;
        long product = 1;
        for (byte[][] cells : texts) {
            product = Math.min(product * cells.length, MAX_COMBINATIONS + 1L);
        }
        this.combinations = (int) product;
    }

    /** Sets what stands between the attributes from now on; one more than there are attributes. */
    void between(byte[][] parts) {
        between = parts;
        whole = combinations <= MAX_COMBINATIONS ? new byte[combinations] @Nullable [] : new byte[0] @Nullable [];
    }

    /** The most bytes that a tail can have. */
    int longest() {
        int longest = open.length + close.length + end.length;
        for (byte[] part : between) {
            longest += part.length;
        }
        for (byte[][] cells : texts) {
            int cell = 0;
            for (byte[] text : cells) {
                cell = Math.max(cell, text.length);
            }
            longest += cell;
        }
        return longest;
    }

    /** Appends the tail of the current observation; the room was made. */
    void write(ByteSink sink, ObservationCursor cursor) {
        if (whole.length == 0) {
            sink.raw(assemble(cursor));
            return;
        }
        int combination = 0;
        for (int i = 0; i < attributes.length; i++) {
            combination = combination * texts[i].length + cursor.attribute(attributes[i]);
        }
        byte[] tail = whole[combination];
        if (tail == null) {
            tail = assemble(cursor);
            whole[combination] = tail;
        }
        sink.raw(tail);
    }

    private byte[] assemble(ObservationCursor cursor) {
        byte[] tail = between[0];
        for (int i = 0; i < attributes.length; i++) {
            tail = joined(joined(tail, texts[i][cursor.attribute(attributes[i])]), between[i + 1]);
        }
        return tail.length == 0 ? end : joined(joined(joined(open, tail), close), end);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
