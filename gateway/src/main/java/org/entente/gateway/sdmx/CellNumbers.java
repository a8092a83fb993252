package org.entente.gateway.sdmx;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Remembers the number of each distinct cell of a column, so that only new texts become strings. */
final class CellNumbers {

    /** What a text that was found not admissible has. */
    static final int REFUSED = -1;

    private static final int MAX_REMEMBERED = 1 << 20;

    private final ToIntFunction<String> numbering;
    private byte[] @Nullable [] keys = new byte[64] @Nullable [];
    private int[] numbers = new int[64];
    private int size;
    private byte[] last = {};
    private int lastNumber = Integer.MIN_VALUE;

    /** @param numbering gives a text its number, or {@link #REFUSED} */
    CellNumbers(ToIntFunction<String> numbering) {
        this.numbering = numbering;
    }

    /**
     * The cell's number, or {@link #REFUSED}.
     */
    int number(byte[] cell, int length) {
        if (lastNumber != Integer.MIN_VALUE && Arrays.equals(last, 0, last.length, cell, 0, length)) {
            return lastNumber;
        }
        int slot = slot(cell, length);
        byte[] key = keys[slot];
        if (key == null) {
            key = Arrays.copyOf(cell, length);
            int number = numberOf(key);
            if (size < MAX_REMEMBERED) {
                keys[slot] = key;
                numbers[slot] = number;
                if (++size * 2 > keys.length) {
                    grow();
                }
            }
            last = key;
            lastNumber = number;
            return number;
        }
        last = key;
        lastNumber = numbers[slot];
        return lastNumber;
    }

    private int numberOf(byte[] cell) {
        String text = text(cell, cell.length);
        return text == null ? REFUSED : numbering.applyAsInt(text);
    }

    /** The cell as text, or null if it is not UTF-8. */
    static @Nullable String text(byte[] cell, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(cell, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private int slot(byte[] cell, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + cell[i];
        }
        hash ^= hash >>> 15;
        int mask = keys.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            byte[] key = keys[slot];
            if (key == null || Arrays.equals(key, 0, key.length, cell, 0, length)) {
                return slot;
            }
        }
    }

    private void grow() {
        byte[] @Nullable [] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new byte[oldKeys.length * 2] @Nullable [];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            byte[] key = oldKeys[i];
            if (key != null) {
                int slot = slot(key, key.length);
                keys[slot] = key;
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
