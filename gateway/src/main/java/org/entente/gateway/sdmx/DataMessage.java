package org.entente.gateway.sdmx;

import java.util.function.Supplier;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.ObservationCursor;

/**
 * Data ready to be written.
 *
 * @param dataflow the flow they belong to
 * @param observations a fresh cursor at each call, always over the same observations; some formats read them twice
 * @param projection which columns
 * @param dimensionAtObservation a dimension id or {@link BoundQuery#ALL_DIMENSIONS}
 * @param header of formats that have one
 */
public record DataMessage(
        Dataflow dataflow,
        Supplier<ObservationCursor> observations,
        Projection projection,
        String dimensionAtObservation,
        MessageHeader header) {

    /** The answer to a query out of a cube. */
    public static DataMessage of(Dataflow dataflow, Cube cube, BoundQuery query, MessageHeader header) {
        return new DataMessage(
                dataflow, () -> query.cursor(cube), query.projection(), query.dimensionAtObservation(), header);
    }

    /** A whole cube with all columns. */
    public static DataMessage of(Dataflow dataflow, Cube cube, MessageHeader header) {
        return new DataMessage(
                dataflow,
                cube::cursor,
                Projection.all(dataflow.structure()),
                dataflow.structure().time().id(),
                header);
    }
}
