package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;

/**
 * How the components of a data set stand in a message: which dimensions make the key of a group of observations, which one
 * stands at the observation, and at what level each attribute is written. Everything that is attached to the series over
 * time goes down to the observation when another dimension, or none, is left out of the group's key.
 */
final class Arrangement {

    private final Structure structure;
    private final DataSet set;
    private final int observationDimension;
    private final int[] key;
    private final List<Integer> ofDataset = new ArrayList<>();
    private final List<Integer> ofSeries = new ArrayList<>();
    private final List<Integer> ofObservation = new ArrayList<>();
    private final Projection projection;

    /** @param dimensionAtObservation a dimension id or {@link BoundQuery#ALL_DIMENSIONS} */
    Arrangement(Structure structure, DataSet set, Projection wanted, String dimensionAtObservation) {
        this.structure = structure;
        this.set = set;
        this.projection = set.projection(wanted);
        this.observationDimension = dimensionAtObservation.equals(BoundQuery.ALL_DIMENSIONS)
                ? -1
                : structure.dimensionPosition(dimensionAtObservation);
        this.key = IntStream.range(0, structure.dimensions().size())
                .filter(d -> d != observationDimension)
                .toArray();
        Set<String> shown = projection.attributes();
        for (int a = 0; a < structure.attributes().size(); a++) {
            Attribute attribute = structure.attributes().get(a);
            if (!shown.contains(attribute.id())) {
                continue;
            }
            switch (attribute.level()) {
                case DATASET -> ofDataset.add(a);
                case SERIES -> (overTime() ? ofSeries : ofObservation).add(a);
                case OBSERVATION -> ofObservation.add(a);
            }
        }
    }

    /**
     * Leaves out attributes that nothing in the data set has. Where a message lists each attribute with its values, readers such as
     * sdmx-json-parser take it for granted that there are some, and the schema of SDMX-JSON allows no empty list.
     */
    void leaveOutUnused(Usage usage) {
        for (List<Integer> level : List.of(ofDataset, ofSeries, ofObservation)) {
            level.removeIf(a -> !isUsed(usage.attribute(a)));
        }
    }

    /** Number 0 stands for no value. */
    private static boolean isUsed(boolean[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i]) {
                return true;
            }
        }
        return false;
    }

    DataSet set() {
        return set;
    }

    Projection projection() {
        return projection;
    }

    /** Whether observations stand in a flat list, each with its whole key. */
    boolean flat() {
        return observationDimension < 0;
    }

    /** Whether groups are time series. */
    boolean overTime() {
        return observationDimension == structure.timePosition();
    }

    /** The dimension at the observation, or -1. */
    int observationDimension() {
        return observationDimension;
    }

    /** The dimensions of the group's key, or of the whole key if the list is flat. */
    int[] key() {
        return key.clone();
    }

    List<Integer> ofDataset() {
        return List.copyOf(ofDataset);
    }

    List<Integer> ofSeries() {
        return List.copyOf(ofSeries);
    }

    List<Integer> ofObservation() {
        return List.copyOf(ofObservation);
    }

    /** A fresh cursor in which each group's observations stand together. */
    ObservationCursor cursor() {
        return flat() || overTime()
                ? set.observations().get()
                : new CrossSectionCursor(set.observations(), observationDimension);
    }
}
