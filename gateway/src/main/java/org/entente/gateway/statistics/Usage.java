package org.entente.gateway.statistics;

import java.util.Arrays;

/** Which dictionary entries a run of observations really uses; a slice must not show the names of the rest. */
public final class Usage {

    private final boolean[][] dimensions;
    private final boolean[][] attributes;

    private final long observations;

    private Usage(boolean[][] dimensions, boolean[][] attributes, long observations) {
        this.dimensions = dimensions;
        this.attributes = attributes;
        this.observations = observations;
    }

    /** Reads the cursor to its end. */
    public static Usage of(ObservationCursor cursor) {
        int dimensionCount = cursor.structure().dimensions().size();
        int attributeCount = cursor.structure().attributes().size();
        boolean[][] dimensions = new boolean[dimensionCount][];
        boolean[][] attributes = new boolean[attributeCount][];
        Arrays.setAll(dimensions, d -> new boolean[cursor.dimensionTexts(d).size()]);
        Arrays.setAll(attributes, a -> new boolean[cursor.attributeTexts(a).size()]);
        int time = dimensionCount - 1;
        long observations = 0;
        while (cursor.next()) {
            observations++;
            if (cursor.firstOfSeries()) {
                for (int d = 0; d < time; d++) {
                    dimensions[d][cursor.dimension(d)] = true;
                }
            }
            dimensions[time][cursor.dimension(time)] = true;
            for (int a = 0; a < attributeCount; a++) {
                attributes[a][cursor.attribute(a)] = true;
            }
        }
        return new Usage(dimensions, attributes, observations);
    }

    /** By number in the dimension's dictionary. */
    public boolean[] dimension(int position) {
        return dimensions[position].clone();
    }

    /** By number in the attribute's dictionary; number 0 is "absent somewhere". */
    public boolean[] attribute(int position) {
        return attributes[position].clone();
    }

    /** How many observations there were. */
    public long observations() {
        return observations;
    }
}
