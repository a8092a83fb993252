package org.entente.gateway.statistics;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An interval of days; a period is in it if it lies in it whole.
 *
 * @param from first day, or null for no lower end
 * @param to last day, inclusive, or null for no upper end
 */
public record TimeWindow(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** All time. */
    public static final TimeWindow ALL = new TimeWindow(null, null);

    /** From the first day of one period to the last day of another. */
    public static TimeWindow of(TimePeriod first, TimePeriod last) {
        return new TimeWindow(first.start(), last.end());
    }

    public boolean contains(TimePeriod period) {
        return (from == null || !period.start().isBefore(from))
                && (to == null || !period.end().isAfter(to));
    }

    /** What both hold, or empty if nothing can lie in both. */
    public Optional<TimeWindow> and(TimeWindow other) {
        LocalDate later = from == null || (other.from != null && other.from.isAfter(from)) ? other.from : from;
        LocalDate earlier = to == null || (other.to != null && other.to.isBefore(to)) ? other.to : to;
        if (later != null && earlier != null && later.isAfter(earlier)) {
            return Optional.empty();
        }
        return Optional.of(new TimeWindow(later, earlier));
    }
}
