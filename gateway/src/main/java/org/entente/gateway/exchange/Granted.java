package org.entente.gateway.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.agreements.decision.Slice;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.statistics.TimeWindow;

/** Cuts from a cube exactly what a permit grants. */
final class Granted {
    private Granted() {}

    /** The cells of the cube that lie in the slice. */
    static Cube of(Cube cube, Slice slice) {
        Map<String, Set<String>> codes = new HashMap<>(slice.codes());
        CubeSelection selection = CubeSelection.ALL
                .and(codes)
                .and(new TimeWindow(slice.from().value(), slice.to().value()));
        if (!slice.periods().isEmpty()) {
            selection = selection.andAnyOf(slice.periods().stream()
                    .map(TimePeriod::parse)
                    .map(period -> TimeWindow.of(period, period))
                    .toList());
        }
        Cube granted = cube.slice(selection);
        for (List<String> crossing : slice.neverCross()) {
            List<Map<String, Set<String>>> uncrossed = uncrossed(crossing, slice);
            granted = granted.slice(
                    uncrossed.isEmpty()
                            // No dimension has a total to fall back on, so every cell is crossed.
                            ? CubeSelection.ALL.and(crossing.getFirst(), Set.of())
                            : CubeSelection.ALL.andAnyKey(uncrossed));
        }
        return granted;
    }

    /** How many of the granted cells stand on the page that a query asks for. */
    static long onPage(Cube granted, BoundQuery query) {
        long behind = Math.max(0, granted.observationCount() - query.query().offset());
        long limit = query.query().limit();
        return limit < 0 ? behind : Math.min(limit, behind);
    }

    /** A cell is not crossed if at least one of the dimensions is at its total. */
    private static List<Map<String, Set<String>>> uncrossed(List<String> crossing, Slice slice) {
        return crossing.stream()
                .filter(slice.totals()::containsKey)
                .map(dimension -> Map.of(dimension, Set.of(slice.totals().get(dimension))))
                .collect(Collectors.toList());
    }
}
