package org.entente.gateway.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by key. The series of a cube are sorted by key, so their order is the index: dimension after dimension, the stretches with an
 * admitted code are found by galloping and everything between them is skipped. A narrow slice looks at few series however many there are, and
 * the index takes no memory.
 */
final class SeriesFinder {
    /** Below this it is cheaper to look at every series. */
    private static final int FEW = 32;

    private final Columns columns;
    private final @Nullable BitSet[] admitted;
    private final List<List<@Nullable BitSet[]>> anyOf;
    private final int keyCount;

    /** Number of dimensions up to the last one with a condition. */
    private final int depth;

    private int[] ranges = new int[16];
    private int size;

    private SeriesFinder(Columns columns, @Nullable BitSet[] admitted, List<List<@Nullable BitSet[]>> anyOf) {
        this.columns = columns;
        this.keyCount = columns.keys().length;
        this.anyOf =
                anyOf.stream().filter(alternatives -> alternatives.size() != 1).toList();
        this.admitted = Arrays.copyOf(admitted, keyCount);
        for (List<@Nullable BitSet[]> alternatives : anyOf) {
            narrowToUnion(alternatives);
        }
        int last = 0;
        for (int d = 0; d < keyCount; d++) {
            BitSet mask = this.admitted[d];
            if (mask != null && mask.cardinality() == columns.dimensionTexts()[d].size()) {
                this.admitted[d] = null;
            }
            last = this.admitted[d] == null ? last : d + 1;
        }
        this.depth = last;
    }

    /**
     * The wanted series.
     *
     * @param within stretches to look in, or null for all series
     * @param admitted per dimension, or null for any code
     * @param anyOf of each list at least one alternative must match
     * @return stretches {@code from, to, from, to, ...} in ascending order, ends exclusive; null for all series
     */
    static int @Nullable [] find(
            Columns columns,
            int @Nullable [] within,
            @Nullable BitSet[] admitted,
            List<List<@Nullable BitSet[]>> anyOf) {
        SeriesFinder finder = new SeriesFinder(columns, admitted, anyOf);
        if (finder.depth == 0 && finder.anyOf.isEmpty()) {
            return within;
        }
        int[] stretches = within == null ? new int[] {0, columns.seriesCount()} : within;
        for (int i = 0; i < stretches.length; i += 2) {
            finder.descend(0, stretches[i], stretches[i + 1]);
        }
        return Arrays.copyOf(finder.ranges, finder.size);
    }

    /** What every one of the alternatives excludes is excluded. */
    private void narrowToUnion(List<@Nullable BitSet[]> alternatives) {
        for (int d = 0; d < keyCount; d++) {
            BitSet union = new BitSet();
            boolean open = false;
            for (@Nullable BitSet[] alternative : alternatives) {
                BitSet mask = alternative[d];
                open |= mask == null;
                if (mask != null) {
                    union.or(mask);
                }
            }
            if (!open) {
                BitSet before = admitted[d];
                if (before != null) {
                    union.and(before);
                }
                admitted[d] = union;
            }
        }
    }

    /** Series from..to-1 are alike in the dimensions before this one, or were not looked at yet. */
    private void descend(int dimension, int from, int to) {
        if (dimension == depth) {
            take(from, to);
            return;
        }
        if (to - from <= FEW) {
            for (int s = from; s < to; s++) {
                if (matches(admitted, s, dimension, depth)) {
                    take(s, s + 1);
                }
            }
            return;
        }
        BitSet mask = admitted[dimension];
        IntColumn column = columns.keys()[dimension];
        int at = from;
        while (at < to) {
            int code = column.get(at);
            if (mask == null || mask.get(code)) {
                int end = firstAtLeast(column, code + 1, at, to);
                descend(dimension + 1, at, end);
                at = end;
            } else {
                int next = mask.nextSetBit(code + 1);
                at = next < 0 ? to : firstAtLeast(column, next, at, to);
            }
        }
    }

    /** The first series from {@code from} on whose code is not below; steps double, then halve. */
    private static int firstAtLeast(IntColumn column, int code, int from, int to) {
        int low = from;
        int step = 1;
        while (low + step < to && column.get(low + step) < code) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(to, low + step);
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (column.get(middle) < code) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private void take(int from, int to) {
        if (anyOf.isEmpty()) {
            append(from, to);
            return;
        }
        for (int s = from; s < to; s++) {
            if (matchesAll(s)) {
                append(s, s + 1);
            }
        }
    }

    private void append(int from, int to) {
        if (size > 0 && ranges[size - 1] == from) {
            ranges[size - 1] = to;
            return;
        }
        if (size == ranges.length) {
            ranges = Arrays.copyOf(ranges, size * 2);
        }
        ranges[size++] = from;
        ranges[size++] = to;
    }

    private boolean matchesAll(int series) {
        for (List<@Nullable BitSet[]> alternatives : anyOf) {
            boolean one = false;
            for (@Nullable BitSet[] alternative : alternatives) {
                one |= matches(alternative, series, 0, keyCount);
            }
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(@Nullable BitSet[] masks, int series, int from, int to) {
        for (int d = from; d < to; d++) {
            BitSet mask = masks[d];
            if (mask != null && !mask.get(columns.keys()[d].get(series))) {
                return false;
            }
        }
        return true;
    }
}
