package org.entente.gateway.sdmx;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimeWindow;

/**
 * A data query that fits a structure.
 *
 * @param query as written
 * @param structure which it fits
 * @param selection which observations; paging is not part of it
 * @param asked per key dimension what was asked by name and what as a whole
 * @param time what was asked of time
 * @param projection which columns
 * @param dimensionAtObservation the dimension that varies within a series, or {@code AllDimensions}
 * @param order in which order, keywords resolved
 */
public record BoundQuery(
        DataQuery query,
        Structure structure,
        CubeSelection selection,
        SortedMap<String, Asked> asked,
        AskedTime time,
        Projection projection,
        String dimensionAtObservation,
        SortOrder order) {

    /** The value of {@code dimensionAtObservation} that asks for a flat list. */
    public static final String ALL_DIMENSIONS = "AllDimensions";

    /**
     * What a query asks of one dimension. A decision refuses codes that are outside the agreement if they were asked by
     * name, and gives the allowed ones if the dimension was asked as a whole.
     *
     * @param named codes that stand in the query
     * @param whole whether the dimension is also asked as a whole: by {@code *}, by being left out or by an operator
     */
    public record Asked(SortedSet<String> named, boolean whole) {}

    /**
     * What a query asks of time.
     *
     * @param windows the days asked for, at least one
     * @param named the periods that stand in the query, if it names periods and nothing else, else empty
     */
    public record AskedTime(List<TimeWindow> windows, SortedSet<String> named) {

        /** Whether no period is excluded. */
        public boolean whole() {
            return windows.contains(TimeWindow.ALL);
        }
    }

    /** The wanted observations of a cube that follows the structure, in the wanted order, with paging. */
    public ObservationCursor cursor(Cube cube) {
        return paged(cube.slice(selection).cursor());
    }

    /** The wanted page, in the wanted order, of observations that are selected already. */
    public ObservationCursor paged(ObservationCursor cursor) {
        return stretch(cursor, query.offset(), query.limit());
    }

    /** Whether there are observations behind the wanted page, of those that are selected already. */
    public boolean goesOn(ObservationCursor cursor) {
        return query.limit() > 0 && new PagedCursor(cursor, NextPage.end(query), 1).next();
    }

    /**
     * A stretch of observations that are selected already, in the wanted order.
     *
     * @param count most observations, or negative for all
     */
    ObservationCursor stretch(ObservationCursor cursor, long from, long count) {
        ObservationCursor ordered = ordered(cursor);
        return from == 0 && count < 0 ? ordered : new PagedCursor(ordered, from, count);
    }

    private ObservationCursor ordered(ObservationCursor cursor) {
        return order.by().isEmpty()
                ? cursor
                : new SortedCursor(cursor, order, !dimensionAtObservation.equals(ALL_DIMENSIONS));
    }

    /** The same query, asking something else of the dimensions. */
    public BoundQuery withAsked(SortedMap<String, Asked> others) {
        return new BoundQuery(query, structure, selection, others, time, projection, dimensionAtObservation, order);
    }
}
