package org.entente.gateway.sdmx;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.statistics.Usage;

/**
 * Which data there are: the answer to an {@link AvailabilityQuery}.
 *
 * @param dataflow about which flow
 * @param values by dimension id, in the structure's order of no importance; time is in it as periods
 * @param seriesCount how many series the query finds
 * @param observationCount how many observations the query finds
 */
public record Availability(
        Dataflow dataflow, SortedMap<String, SortedSet<String>> values, long seriesCount, long observationCount) {

    /** Whether the query finds nothing. */
    public boolean isEmpty() {
        return observationCount == 0 && values.values().stream().allMatch(SortedSet::isEmpty);
    }

    /**
     * Looks what there is.
     *
     * @param cubes all that is at hand, each following the dataflow's structure; a cell that is in two counts twice
     * @throws org.entente.gateway.base.EntenteException if the query does not fit the structure
     */
    public static Availability of(AvailabilityQuery query, Dataflow dataflow, List<Cube> cubes) {
        Structure structure = dataflow.structure();
        List<Dimension> dimensions = query.dimensions(structure);
        BoundQuery exact = query.data().bind(structure);
        SortedMap<String, SortedSet<String>> values = new TreeMap<>();
        for (Dimension dimension : dimensions) {
            values.put(dimension.id(), new TreeSet<>(order(structure, dimension)));
        }
        long series = 0;
        long observations = 0;
        for (Cube cube : cubes) {
            Cube found = cube.slice(exact.selection());
            series += found.seriesCount();
            observations += found.observationCount();
            if (!query.stillAvailable()) {
                collect(found, dimensions, values);
            }
        }
        if (query.stillAvailable()) {
            for (Dimension dimension : dimensions) {
                BoundQuery open = query.data()
                        .without(structure, structure.dimensionPosition(dimension.id()))
                        .bind(structure);
                cubes.forEach(cube -> collect(cube.slice(open.selection()), List.of(dimension), values));
            }
        }
        return new Availability(dataflow, values, series, observations);
    }

    private static Comparator<String> order(Structure structure, Dimension dimension) {
        return dimension == structure.time() ? Comparator.comparing(TimePeriod::parse) : Comparator.naturalOrder();
    }

    private static void collect(Cube cube, List<Dimension> dimensions, SortedMap<String, SortedSet<String>> values) {
        ObservationCursor cursor = cube.cursor();
        Usage usage = Usage.of(cursor);
        for (Dimension dimension : dimensions) {
            int position = cube.structure().dimensionPosition(dimension.id());
            boolean[] used = usage.dimension(position);
            SortedSet<String> found = Objects.requireNonNull(values.get(dimension.id()));
            for (int i = 0; i < used.length; i++) {
                if (used[i]) {
                    found.add(cursor.dimensionTexts(position).text(i));
                }
            }
        }
    }
}
