package org.entente.gateway.sdmx;

import java.util.List;
import java.util.function.Supplier;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.ObservationCursor;
import org.jspecify.annotations.Nullable;

/**
 * Data ready to be written.
 *
 * @param dataflow the flow they belong to
 * @param sets what is written, in this order; one for a plain answer
 * @param projection which columns
 * @param dimensionAtObservation a dimension id or {@link BoundQuery#ALL_DIMENSIONS}
 * @param header of formats that have one
 * @param options how labels, time and keys are shown
 * @param workbook what a workbook says besides the figures, or null
 */
public record DataMessage(
        Dataflow dataflow,
        List<DataSet> sets,
        Projection projection,
        String dimensionAtObservation,
        MessageHeader header,
        DataOptions options,
        @Nullable WorkbookPages workbook) {

    public DataMessage {
        sets = List.copyOf(sets);
    }

    /** A message of one plain data set. */
    public DataMessage(
            Dataflow dataflow,
            Supplier<ObservationCursor> observations,
            Projection projection,
            String dimensionAtObservation,
            MessageHeader header) {
        this(
                dataflow,
                List.of(DataSet.replace(observations)),
                projection,
                dimensionAtObservation,
                header,
                DataOptions.DEFAULT,
                null);
    }

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

    /** The same with other data sets: deletions before replacements, or several states of one flow. */
    public DataMessage withSets(List<DataSet> others) {
        return new DataMessage(dataflow, others, projection, dimensionAtObservation, header, options, workbook);
    }

    /** The same, shown in another way. */
    public DataMessage withOptions(DataOptions others) {
        return new DataMessage(dataflow, sets, projection, dimensionAtObservation, header, others, workbook);
    }

    /** The same with what the sheets About and Proof of a workbook say. */
    public DataMessage withWorkbook(WorkbookPages pages) {
        return new DataMessage(dataflow, sets, projection, dimensionAtObservation, header, options, pages);
    }

    /** The same with another dimension at the observation. */
    public DataMessage withDimensionAtObservation(String dimension) {
        return new DataMessage(dataflow, sets, projection, dimension, header, options, workbook);
    }

    /** A fresh cursor over the first data set. */
    public Supplier<ObservationCursor> observations() {
        return sets.getFirst().observations();
    }

    /** Whether anything is deleted, so that the actions of the sets must be told apart. */
    boolean deletes() {
        return sets.stream().anyMatch(set -> set.action() == DataSet.Action.DELETE);
    }

    /** Whether the sets are states of different times. */
    boolean hasHistory() {
        return sets.stream().anyMatch(set -> set.validFrom() != null || set.validTo() != null);
    }
}
