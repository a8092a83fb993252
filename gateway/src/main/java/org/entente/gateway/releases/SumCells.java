package org.entente.gateway.releases;

import java.util.Arrays;

/** Totals and sums of parts by cell, in primitive arrays: a release has millions of them. */
final class SumCells {

    private static final long FREE = -1;

    private long[] keys = filled(1 << 10);
    private double[] totals = new double[1 << 10];
    private double[] sums = new double[1 << 10];
    private int[] parts = new int[1 << 10];

    /** Bit 0: the total was seen. Bit 1: the total or a part is withheld. */
    private byte[] flags = new byte[1 << 10];

    private int size;

    private static long[] filled(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, FREE);
        return keys;
    }

    void total(long key, double value) {
        int at = place(key);
        totals[at] = value;
        flags[at] |= (byte) (Double.isNaN(value) ? 3 : 1);
    }

    void part(long key, double value) {
        int at = place(key);
        parts[at]++;
        if (Double.isNaN(value)) {
            flags[at] |= 2;
        } else {
            sums[at] += value;
        }
    }

    /** The place of a key that is there. */
    int find(long key) {
        return slot(keys, key);
    }

    boolean hasTotal(int at) {
        return (flags[at] & 1) != 0;
    }

    /** Whether something of the sum is withheld. */
    boolean isOpen(int at) {
        return (flags[at] & 2) != 0;
    }

    double total(int at) {
        return totals[at];
    }

    double sum(int at) {
        return sums[at];
    }

    int parts(int at) {
        return parts[at];
    }

    long[] sortedKeys() {
        long[] sorted = Arrays.stream(keys).filter(key -> key != FREE).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private int place(long key) {
        int at = slot(keys, key);
        if (keys[at] == FREE) {
            if (++size * 2 > keys.length) {
                grow();
                at = slot(keys, key);
            }
            keys[at] = key;
        }
        return at;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int length = keys.length * 2;
        long[] newKeys = filled(length);
        double[] newTotals = new double[length];
        double[] newSums = new double[length];
        int[] newParts = new int[length];
        byte[] newFlags = new byte[length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                int slot = slot(newKeys, keys[i]);
                newKeys[slot] = keys[i];
                newTotals[slot] = totals[i];
                newSums[slot] = sums[i];
                newParts[slot] = parts[i];
                newFlags[slot] = flags[i];
            }
        }
        keys = newKeys;
        totals = newTotals;
        sums = newSums;
        parts = newParts;
        flags = newFlags;
    }
}
