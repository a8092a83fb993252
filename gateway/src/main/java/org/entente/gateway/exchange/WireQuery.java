package org.entente.gateway.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * Between a staff query, the agreement's terms and the query that goes to a partner. What goes to a partner is only which cells are wanted; which
 * columns, pages or formats a member of staff wants of them is the asking node's own affair.
 */
final class WireQuery {
    /** Path of data queries on the node listener. */
    static final String BASE = "/sdmx/v2";

    private WireQuery() {}

    /** A data query's path from {@code /data} on, whatever base address it was sent to. */
    static String below(String rawPath) {
        int data = rawPath.indexOf(BASE + "/data/");
        if (data < 0) {
            throw new EntenteException(ErrorCode.QUERY_MALFORMED, "The path " + rawPath + " is no data query.");
        }
        return rawPath.substring(data + BASE.length());
    }

    /** What a query selects, by dimension. A dimension that is asked as a whole, with or without named codes beside, is absent. */
    static HeldSelection selection(BoundQuery query) {
        SortedMap<String, Selection> codes = new TreeMap<>();
        query.asked().forEach((dimension, asked) -> {
            if (!asked.whole()) {
                codes.put(dimension, Selection.of(asked.named()));
            }
        });
        return new HeldSelection(codes, time(query.time()));
    }

    /**
     * The codes that a query names although it also asks for the whole dimension, as alternative keys can. They must be judged by
     * name too; empty if there are none.
     */
    static SortedMap<String, Selection> namedBesideWhole(BoundQuery query) {
        SortedMap<String, Selection> named = new TreeMap<>();
        query.asked().forEach((dimension, asked) -> {
            if (asked.whole() && !asked.named().isEmpty()) {
                named.put(dimension, Selection.of(asked.named()));
            }
        });
        return named;
    }

    private static TimeSelection time(BoundQuery.AskedTime asked) {
        if (asked.whole()) {
            return TimeSelection.ALL;
        }
        if (!asked.named().isEmpty()) {
            return TimeSelection.periods(asked.named().toArray(String[]::new));
        }
        String from = null;
        String to = null;
        boolean openFrom = false;
        boolean openTo = false;
        for (TimeWindow window : asked.windows()) {
            openFrom |= window.from() == null;
            openTo |= window.to() == null;
            from = earlier(from, window.from());
            to = later(to, window.to());
        }
        return TimeSelection.range(openFrom ? null : from, openTo ? null : to);
    }

    private static @Nullable String earlier(@Nullable String known, java.time.@Nullable LocalDate day) {
        return day == null || (known != null && known.compareTo(day.toString()) <= 0) ? known : day.toString();
    }

    private static @Nullable String later(@Nullable String known, java.time.@Nullable LocalDate day) {
        return day == null || (known != null && known.compareTo(day.toString()) >= 0) ? known : day.toString();
    }

    /**
     * Path and query for a partner, below its base address. One form for one selection, so that equal questions are equal requests.
     *
     * @param leg the leg asked under, or null to ask without one
     */
    static String pathAndQuery(Structure structure, String provider, @Nullable Leg leg, HeldSelection selection) {
        List<String> key = new ArrayList<>();
        List<String> filters = new ArrayList<>();
        for (Dimension dimension : structure.keyDimensions()) {
            Selection asked = selection.dimensions().getOrDefault(dimension.id(), Selection.ALL);
            if (asked instanceof Selection.Codes codes && codes.codes().size() == 1) {
                key.add(codes.codes().getFirst());
                continue;
            }
            key.add("*");
            if (asked instanceof Selection.Codes codes) {
                filters.add(filter(dimension.id(), String.join(",", codes.codes())));
            }
        }
        timeFilter(selection.time())
                .ifPresent(value -> filters.add(filter(structure.time().id(), value)));
        String path = BASE + "/data/provisionagreement/" + provider + "/"
                + (leg == null ? "*/*" : leg.id() + "/" + leg.version()) + "/" + String.join(".", key);
        return filters.isEmpty() ? path : path + "?" + String.join("&", filters);
    }

    private static java.util.Optional<String> timeFilter(TimeSelection time) {
        return switch (time) {
            case TimeSelection.All all -> java.util.Optional.empty();
            case TimeSelection.Periods periods -> java.util.Optional.of(String.join(",", periods.periods()));
            case TimeSelection.Range range -> {
                List<String> bounds = new ArrayList<>();
                if (range.from() != null) {
                    bounds.add("ge:" + range.from());
                }
                if (range.to() != null) {
                    bounds.add("le:" + range.to());
                }
                yield java.util.Optional.of(String.join("+", bounds)).filter(text -> !text.isEmpty());
            }
        };
    }

    private static String filter(String component, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%2B", "+");
        return "c%5B" + component + "%5D=" + encoded;
    }
}
