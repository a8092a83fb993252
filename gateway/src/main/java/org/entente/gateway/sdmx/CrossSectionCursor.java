package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The same observations with another dimension varying fastest, so that all with otherwise equal keys, time included, stand
 * together. One cursor for each code of that dimension reads the source, and the smallest key of all goes first: time grows
 * with the number of codes, memory does not grow with the number of observations.
 */
final class CrossSectionCursor implements ObservationCursor {

    private final int fast;
    private final PriorityQueue<Lane> lanes;
    private final ObservationCursor shape;
    private @Nullable Lane current;
    private boolean first;
    private int[] lastKey = {};

    /**
     * @param source a fresh cursor at each call
     * @param fast the dimension, a key dimension
     */
    CrossSectionCursor(Supplier<ObservationCursor> source, int fast) {
        this.fast = fast;
        this.shape = source.get();
        boolean[] used = Usage.of(source.get()).dimension(fast);
        List<Lane> open = new ArrayList<>();
        for (int code = 0; code < used.length; code++) {
            if (used[code]) {
                Lane lane = new Lane(source.get(), fast, code);
                if (lane.advance()) {
                    open.add(lane);
                }
            }
        }
        this.lanes = new PriorityQueue<>(Math.max(1, open.size()), Comparator.naturalOrder());
        lanes.addAll(open);
    }

    /** The observations of one code. */
    private static final class Lane implements Comparable<Lane> {
        private final ObservationCursor cursor;
        private final int fast;
        private final int code;
        private final int[] key;

        Lane(ObservationCursor cursor, int fast, int code) {
            this.cursor = cursor;
            this.fast = fast;
            this.code = code;
            this.key = new int[cursor.structure().dimensions().size()];
        }

        boolean advance() {
            while (cursor.next()) {
                if (cursor.dimension(fast) == code) {
                    for (int d = 0; d < key.length; d++) {
                        key[d] = d == fast ? 0 : cursor.dimension(d);
                    }
                    return true;
                }
            }
            return false;
        }

        @Override
        public int compareTo(Lane other) {
            int keys = java.util.Arrays.compare(key, other.key);
            return keys != 0 ? keys : Integer.compare(code, other.code);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private Lane lane() {
        if (current == null) {
            throw new IllegalStateException("the cursor stands at no observation");
        }
        return current;
    }

    @Override
    public boolean next() {
        if (current != null && current.advance()) {
            lanes.add(current);
        }
        current = lanes.poll();
        if (current == null) {
            return false;
        }
        first = lastKey.length == 0 || !java.util.Arrays.equals(lastKey, current.key);
        if (first) {
            lastKey = current.key.clone();
        }
        return true;
    }

    @Override
    public boolean firstOfSeries() {
        return first;
    }

    @Override
    public Structure structure() {
        return shape.structure();
    }

    @Override
    public Dictionary dimensionTexts(int dimension) {
        return shape.dimensionTexts(dimension);
    }

    @Override
    public Dictionary attributeTexts(int attribute) {
        return shape.attributeTexts(attribute);
    }

    @Override
    public int constantAttribute(int attribute) {
        return shape.constantAttribute(attribute);
    }

    @Override
    public int dimension(int dimension) {
        return dimension == fast ? lane().code : lane().key[dimension];
    }

    @Override
    public int attribute(int attribute) {
        return lane().cursor.attribute(attribute);
    }

    @Override
    public double value() {
        return lane().cursor.value();
    }
}
