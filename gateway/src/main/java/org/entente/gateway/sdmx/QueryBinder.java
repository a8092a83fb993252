package org.entente.gateway.sdmx;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.BoundQuery.Asked;
import org.entente.gateway.sdmx.BoundQuery.AskedTime;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.statistics.TimeWindow;
import org.jspecify.annotations.Nullable;

/** Checks a query's meaning against a structure. */
final class QueryBinder {

    private final DataQuery query;
    private final Structure structure;
    private final Map<String, SortedSet<String>> named = new HashMap<>();
    private final Set<String> keyed = new TreeSet<>();
    private final Set<String> filtered = new TreeSet<>();
    private CubeSelection selection = CubeSelection.ALL;
    private AskedTime time = new AskedTime(List.of(TimeWindow.ALL), new TreeSet<>());

    QueryBinder(DataQuery query, Structure structure) {
        this.query = query;
        this.structure = structure;
    }

    BoundQuery bind() {
        keys();
        query.filters().forEach(this::filter);
        Projection projection = Projection.of(query, structure);
        if (projection.keysOnly()) {
            selection = selection.ends(1, 0);
        } else {
            selection = selection.ends(query.first(), query.last());
        }
        String atObservation = atObservation();
        return new BoundQuery(
                query,
                structure,
                selection,
                asked(),
                time,
                projection,
                atObservation,
                query.sort().on(structure, atObservation));
    }

    private void keys() {
        if (query.keys().isEmpty()) {
            return;
        }
        List<Dimension> dimensions = structure.keyDimensions();
        List<Map<String, Set<String>>> anyOf = new ArrayList<>();
        Set<String> open = new TreeSet<>();
        for (List<String> key : query.keys()) {
            if (key.size() > dimensions.size()) {
                throw unfit("the key has " + key.size() + " parts, " + structure.id() + " has " + dimensions.size()
                        + " dimensions besides time");
            }
            Map<String, Set<String>> codes = new HashMap<>();
            for (int d = 0; d < dimensions.size(); d++) {
                String code = d < key.size() ? key.get(d) : "*";
                if (code.equals("*")) {
                    open.add(dimensions.get(d).id());
                } else {
                    requireAdmitted(dimensions.get(d), code);
                    name(dimensions.get(d).id(), code);
                    codes.put(dimensions.get(d).id(), Set.of(code));
                }
            }
            anyOf.add(codes);
        }
        dimensions.forEach(dimension -> keyed.add(dimension.id()));
        keyed.removeAll(open);
        selection = selection.andAnyKey(anyOf);
    }

    private void name(String dimension, String code) {
        named.computeIfAbsent(dimension, id -> new TreeSet<>()).add(code);
    }

    private static void requireAdmitted(Dimension dimension, String code) {
        if (!dimension.representation().accepts(code)) {
            throw new EntenteException(
                    ErrorCode.CODE_UNKNOWN,
                    dimension.id() + ": " + CubeBuilder.notAdmitted(dimension, code),
                    Map.of("dimension", dimension.id(), "code", code));
        }
    }

    private void filter(String component, ComponentFilter filter) {
        int d = structure.dimensionPosition(component);
        if (d == structure.timePosition()) {
            time(filter);
        } else if (d >= 0) {
            dimension(structure.dimensions().get(d), filter);
        } else if (component.equals(structure.measure().id())) {
            selection = selection.andValue(onValue(filter));
        } else {
            attribute(component, filter);
        }
    }

    private void dimension(Dimension dimension, ComponentFilter filter) {
        if (!filter.namesValues()) {
            selection = selection.andText(dimension.id(), filter::holds);
            return;
        }
        for (String code : filter.values()) {
            requireAdmitted(dimension, code);
            name(dimension.id(), code);
        }
        filtered.add(dimension.id());
        selection = selection.and(dimension.id(), filter.values());
    }

    private void attribute(String component, ComponentFilter filter) {
        int a = structure.attributePosition(component);
        if (a < 0) {
            throw unfit(structure.id() + " has no component '" + component + "'");
        }
        selection = selection.andText(component, filter::holds);
    }

    private DoublePredicate onValue(ComponentFilter filter) {
        List<List<DoublePredicate>> anyOf = new ArrayList<>();
        for (List<ComponentFilter.Test> all : filter.anyOf()) {
            List<DoublePredicate> tests = new ArrayList<>();
            for (ComponentFilter.Test test : all) {
                tests.add(onValue(test));
            }
            anyOf.add(tests);
        }
        // A withheld value satisfies no comparison, or the comparison would tell something about it.
        return value -> !Double.isNaN(value)
                && anyOf.stream().anyMatch(all -> all.stream().allMatch(test -> test.test(value)));
    }

    private static DoublePredicate onValue(ComponentFilter.Test test) {
        try {
            double bound = Double.parseDouble(test.value());
            return switch (test.operator()) {
                case CO, NC, SW, EW -> throw unfit("a number cannot be compared with " + test.operator());
                default -> value -> test.holds(Double.compare(value, bound + 0.0));
            };
        } catch (NumberFormatException e) {
            throw unfit("'" + test.value() + "' is not a number");
        }
    }

    private void time(ComponentFilter filter) {
        if (filter.comparesText()) {
            // What a text may hold says nothing of days: the whole of time is asked for, and the rest is a filter.
            selection = selection.andText(structure.time().id(), textOfTime(filter));
            return;
        }
        List<TimeWindow> windows = new ArrayList<>();
        for (List<ComponentFilter.Test> all : filter.anyOf()) {
            List<TimeWindow> both = List.of(TimeWindow.ALL);
            for (ComponentFilter.Test test : all) {
                List<TimeWindow> narrowed = new ArrayList<>();
                for (TimeWindow window : both) {
                    windows(test).forEach(other -> window.and(other).ifPresent(narrowed::add));
                }
                both = narrowed;
            }
            windows.addAll(both);
        }
        SortedSet<String> periods = new TreeSet<>();
        if (filter.namesValues()) {
            periods.addAll(filter.values());
        }
        time = new AskedTime(List.copyOf(windows), periods);
        selection = selection.andAnyOf(windows);
    }

    private Predicate<String> textOfTime(ComponentFilter filter) {
        List<List<Predicate<String>>> anyOf = new ArrayList<>();
        for (List<ComponentFilter.Test> all : filter.anyOf()) {
            List<Predicate<String>> tests = new ArrayList<>();
            for (ComponentFilter.Test test : all) {
                if (test.comparesText()) {
                    tests.add(test::holds);
                } else {
                    List<TimeWindow> windows = windows(test);
                    tests.add(text -> {
                        TimePeriod period = TimePeriod.parse(text);
                        return windows.stream().anyMatch(window -> window.contains(period));
                    });
                }
            }
            anyOf.add(tests);
        }
        return text -> anyOf.stream().anyMatch(all -> all.stream().allMatch(test -> test.test(text)));
    }

    private List<TimeWindow> windows(ComponentFilter.Test test) {
        TimePeriod period = period(test.value());
        LocalDate dayBefore = period.start().minusDays(1);
        LocalDate dayAfter = period.end().plusDays(1);
        return switch (test.operator()) {
            case EQ -> List.of(new TimeWindow(period.start(), period.end()));
            case NE -> List.of(before(dayBefore), from(dayAfter));
            case LT -> List.of(before(dayBefore));
            case LE -> List.of(before(period.end()));
            case GT -> List.of(from(dayAfter));
            case GE -> List.of(from(period.start()));
            default -> throw new IllegalStateException(test.operator() + " compares text only");
        };
    }

    private static TimeWindow before(@Nullable LocalDate last) {
        return new TimeWindow(null, last);
    }

    private static TimeWindow from(@Nullable LocalDate first) {
        return new TimeWindow(first, null);
    }

    /** A period, or the day of a date and time, which some clients send. */
    private TimePeriod period(String text) {
        int clock = text.indexOf('T');
        Optional<TimePeriod> period = TimePeriod.tryParse(
                clock == 10 ? text.substring(0, 10) : text,
                query.yearStart() == null ? TimePeriod.CALENDAR_YEAR : query.yearStart());
        return period.orElseThrow(() -> unfit("'" + text + "' is not a time period"));
    }

    private SortedMap<String, Asked> asked() {
        SortedMap<String, Asked> asked = new TreeMap<>();
        for (Dimension dimension : structure.keyDimensions()) {
            String id = dimension.id();
            SortedSet<String> codes = named.getOrDefault(id, new TreeSet<>());
            asked.put(id, new Asked(codes, !keyed.contains(id) && !filtered.contains(id)));
        }
        return asked;
    }

    private String atObservation() {
        String wanted = query.dimensionAtObservation();
        if (wanted == null) {
            return structure.time().id();
        }
        if (!wanted.equals(BoundQuery.ALL_DIMENSIONS) && structure.dimensionPosition(wanted) < 0) {
            throw unfit(structure.id() + " has no dimension '" + wanted + "'");
        }
        return wanted;
    }

    private static EntenteException unfit(String detail) {
        return new EntenteException(ErrorCode.QUERY_UNFIT, detail);
    }
}
