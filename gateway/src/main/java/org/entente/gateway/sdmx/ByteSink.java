package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte buffer in front of a stream, for writers that make no string per cell. */
final class ByteSink {

    private static final long LARGEST_EXACT = 1L << 53;
    private static final byte[] NAN = {'N', 'a', 'N'};

    /** The two digits of every number below 100. */
    private static final byte[] PAIRS = pairs();

    private final OutputStream out;
    private byte[] buffer = new byte[1 << 16];
    private int position;

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    ByteSink(OutputStream out) {
        this.out = out;
    }

    /** Makes sure that so many bytes fit, so that the following calls need no check of their own. */
    void room(int bytes) throws IOException {
        if (buffer.length - position < bytes) {
            drain();
            if (buffer.length < bytes) {
                buffer = new byte[bytes];
            }
        }
    }

    /** Appends bytes; the room was made. */
    void raw(byte[] bytes, int from, int length) {
        System.arraycopy(bytes, from, buffer, position, length);
        position += length;
    }

    /** Appends bytes; the room was made. */
    void raw(byte[] bytes) {
        raw(bytes, 0, bytes.length);
    }

    /** Appends one byte; the room was made. */
    void raw(char ascii) {
        buffer[position++] = (byte) ascii;
    }

    /** Appends bytes of any length. */
    void write(byte[] bytes) throws IOException {
        if (bytes.length > buffer.length) {
            drain();
            out.write(bytes);
        } else {
            room(bytes.length);
            raw(bytes);
        }
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends a finite number: whole ones without a point, others in the shortest decimal form that reads back as the
     * same double. Room of 32 bytes was made.
     */
    void number(double value) {
        long whole = (long) value;
        if (whole == value && whole < LARGEST_EXACT && whole > -LARGEST_EXACT) {
            whole(whole);
        } else {
            raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Appends a number as SDMX-CSV has it: {@code NaN} if there is none. Room of 32 bytes was made. */
    void value(double value, char decimal) {
        if (Double.isNaN(value)) {
            raw(NAN);
            return;
        }
        int start = position;
        number(value);
        if (decimal != '.') {
            for (int i = start; i < position; i++) {
                buffer[i] = buffer[i] == '.' ? (byte) decimal : buffer[i];
            }
        }
    }

    private void whole(long value) {
        if (value < 0) {
            buffer[position++] = '-';
            value = -value;
        }
        int begin = position;
        int at = begin + digits(value);
        position = at;
        // Most figures fit an int, whose division is several times as fast.
        while (value > Integer.MAX_VALUE) {
            int pair = (int) (value % 100) * 2;
            value /= 100;
            buffer[--at] = PAIRS[pair + 1];
            buffer[--at] = PAIRS[pair];
        }
        int rest = (int) value;
        while (rest >= 10) {
            int pair = rest % 100 * 2;
            rest /= 100;
            buffer[--at] = PAIRS[pair + 1];
            buffer[--at] = PAIRS[pair];
        }
        if (at > begin) {
            buffer[at - 1] = (byte) ('0' + rest);
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    private void drain() throws IOException {
        out.write(buffer, 0, position);
        position = 0;
    }

    void flush() throws IOException {
        drain();
        out.flush();
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOf(buffer, position), StandardCharsets.UTF_8);
    }
}
