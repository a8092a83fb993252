package org.entente.gateway.exchange;

import java.util.SortedMap;
import java.util.SortedSet;
import org.entente.agreements.decision.Period;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for when a holding came in, and whether that covers a later question.
 *
 * @param dimensions selected codes by dimension; a dimension without one was asked for whole
 */
public record HeldSelection(SortedMap<String, Selection> dimensions, TimeSelection time) {

    /** Whether everything that the question selects was selected here too. */
    boolean covers(HeldSelection question) {
        return dimensions.entrySet().stream()
                        .allMatch(held ->
                                covers(held.getValue(), question.dimensions.getOrDefault(held.getKey(), Selection.ALL)))
                && covers(time, question.time);
    }

    private static boolean covers(Selection held, Selection asked) {
        return switch (held) {
            case Selection.All all -> true;
            case Selection.Codes codes ->
                asked instanceof Selection.Codes wanted && codes.codes().containsAll(wanted.codes());
        };
    }

    private static boolean covers(TimeSelection held, TimeSelection asked) {
        return switch (held) {
            case TimeSelection.All all -> true;
            case TimeSelection.Range range ->
                switch (asked) {
                    case TimeSelection.All all -> false;
                    case TimeSelection.Range inner -> contains(range, inner);
                    case TimeSelection.Periods periods -> contains(range, periods.periods());
                };
            case TimeSelection.Periods periods ->
                asked instanceof TimeSelection.Periods wanted
                        && periods.periods().containsAll(wanted.periods());
        };
    }

    private static boolean contains(TimeSelection.Range outer, TimeSelection.Range inner) {
        boolean beginsInside = outer.from() == null
                || (inner.from() != null && !first(inner.from()).isBefore(first(outer.from())));
        boolean endsInside =
                outer.to() == null || (inner.to() != null && !last(inner.to()).isAfter(last(outer.to())));
        return beginsInside && endsInside;
    }

    private static boolean contains(TimeSelection.Range outer, SortedSet<String> periods) {
        return periods.stream().allMatch(p -> contains(outer, new TimeSelection.Range(p, p)));
    }

    private static java.time.LocalDate first(@Nullable String period) {
        return Period.parse(java.util.Objects.requireNonNull(period)).first();
    }

    private static java.time.LocalDate last(@Nullable String period) {
        return Period.parse(java.util.Objects.requireNonNull(period)).last();
    }
}
