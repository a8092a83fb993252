package org.entente.gateway.sdmx;

import java.time.Instant;
import java.util.function.Supplier;
import org.entente.gateway.statistics.ObservationCursor;
import org.jspecify.annotations.Nullable;

/**
 * Observations of one message that belong together.
 *
 * @param action what the receiver is to do with them
 * @param observations a fresh cursor at each call, always over the same observations; some formats read them twice
 * @param validFrom since when these were the figures, for a message with history, or null
 * @param validTo until when, exclusive, or null if they still are
 */
public record DataSet(
        Action action,
        Supplier<ObservationCursor> observations,
        @Nullable Instant validFrom,
        @Nullable Instant validTo) {

    /** What a data set is for (SDMX 3.1: Information and Append are no longer used). */
    public enum Action {
        /** These are the figures now. Formats before 3.1 call it information if the message deletes nothing. */
        REPLACE,
        /** These figures are no more; only their keys are written. */
        DELETE
    }

    /** The figures as they are. */
    public static DataSet replace(Supplier<ObservationCursor> observations) {
        return new DataSet(Action.REPLACE, observations, null, null);
    }

    /** Figures that are no more. */
    public static DataSet delete(Supplier<ObservationCursor> observations) {
        return new DataSet(Action.DELETE, observations, null, null);
    }

    /** Figures as they were for a time. */
    public static DataSet valid(
            Supplier<ObservationCursor> observations, @Nullable Instant from, @Nullable Instant to) {
        return new DataSet(Action.REPLACE, observations, from, to);
    }

    /** What is written of these observations: of deleted ones the key alone. */
    Projection projection(Projection wanted) {
        return action == Action.DELETE ? Projection.KEYS : wanted;
    }
}
