package org.entente.gateway.disclosure;

import java.util.Arrays;

/** A map from non-negative longs to non-negative ints, open addressing; about 24 bytes an entry. */
final class LongIndex {
    private static final int LEAST = 16;

    private long[] keys;
    private int[] values;
    private int size;

    LongIndex(int expected) {
        int capacity = Math.max(LEAST, Integer.highestOneBit(Math.max(expected, 1)) * 4);
        keys = new long[capacity];
        Arrays.fill(keys, -1);
        values = new int[capacity];
    }

    /** The value, or -1. */
    int get(long key) {
        int at = slot(key);
        return keys[at] == key ? values[at] : -1;
    }

    /** Sets the value unless there is one; the value there was, or -1. */
    int putIfAbsent(long key, int value) {
        int at = slot(key);
        if (keys[at] == key) {
            return values[at];
        }
        keys[at] = key;
        values[at] = value;
        if (++size * 2 > keys.length) {
            grow();
        }
        return -1;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int at = (int) (mixed >>> 32) & mask;
        while (keys[at] != -1 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        Arrays.fill(keys, -1);
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != -1) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
