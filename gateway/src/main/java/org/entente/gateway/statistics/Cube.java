package org.entente.gateway.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.statistics.Component.Attribute;

/**
 * An immutable set of observations that follow one structure, stored by column and held once however often it is sliced.
 *
 * <p>Canonical order: by the dimensions in the structure's order, codes compared as text, periods as time.
 */
public final class Cube {

    private final Structure structure;
    private final Columns columns;
    private final SortedMap<String, String> datasetAttributes;
    private final Slice slice;

    Cube(Structure structure, Columns columns, Map<String, String> datasetAttributes, Slice slice) {
        this.structure = structure;
        this.columns = columns;
        this.datasetAttributes = Collections.unmodifiableSortedMap(new TreeMap<>(datasetAttributes));
        this.slice = slice;
    }

    /** Starts a cube. */
    public static CubeBuilder builder(Structure structure) {
        return new CubeBuilder(structure);
    }

    public Structure structure() {
        return structure;
    }

    /** The attributes of the data set as a whole, by id; absent ones are not in the map. */
    public SortedMap<String, String> datasetAttributes() {
        return datasetAttributes;
    }

    /**
     * The same observations with other data set attributes, sharing all storage.
     *
     * @throws IllegalArgumentException if an id is no data set attribute of the structure or a value is not admitted
     */
    public Cube withDatasetAttributes(Map<String, String> attributes) {
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            int position = structure.attributePosition(entry.getKey());
            Attribute attribute = position < 0 ? null : structure.attributes().get(position);
            if (attribute == null
                    || attribute.level() != Attribute.Level.DATASET
                    || !attribute.representation().accepts(entry.getValue())) {
                throw new IllegalArgumentException("'" + entry.getValue() + "' cannot be the data set attribute "
                        + entry.getKey() + " of " + structure);
            }
        }
        return new Cube(structure, columns, attributes, slice);
    }

    /** A view of the wanted observations; storage is shared, nothing is copied but a list of series. */
    public Cube slice(CubeSelection selection) {
        CubeSelection decided = selection.onDataset(structure, datasetAttributes);
        return new Cube(structure, columns, datasetAttributes, slice.narrow(structure, columns, decided));
    }

    /** A new cursor over all observations in canonical order. */
    public ObservationCursor cursor() {
        return new CubeCursor(structure, columns, datasetAttributes, slice);
    }

    public long observationCount() {
        return slice.observationCount(columns);
    }

    public long seriesCount() {
        long count = 0;
        ObservationCursor cursor = cursor();
        while (cursor.next()) {
            count += cursor.firstOfSeries() ? 1 : 0;
        }
        return count;
    }

    public boolean isEmpty() {
        return !cursor().next();
    }

    /** The codes that occur in a dimension, sorted by text. */
    public SortedSet<String> codes(String dimension) {
        int position = structure.dimensionPosition(dimension);
        Dictionary texts = columns.dimensionTexts()[position];
        boolean[] used = Usage.of(cursor()).dimension(position);
        SortedSet<String> codes = new TreeSet<>();
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                codes.add(texts.text(i));
            }
        }
        return codes;
    }

    /** SHA-256 over the canonical form described at {@link CubeDigest}; equal content has equal digests everywhere. */
    public byte[] digest() {
        return CubeDigest.of(this);
    }

    /** Heap bytes of the columns, to within a few per cent; views report the storage they share. */
    public long heapBytes() {
        return CubeCodec.heapBytes(columns);
    }

    Columns columns() {
        return columns;
    }

    /** A new walk over the wanted series and observations. */
    SliceRows rows() {
        return new SliceRows(columns, slice);
    }

    boolean isWhole() {
        return slice.isWhole();
    }
}
