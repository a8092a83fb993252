package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** What is different between two editions' answers to one question, corridor by corridor. */
final class EditionChanges {
    private final String party;
    private final String table;
    private final Structure structure;
    private final int counterpart;

    private EditionChanges(SourceFigures after) {
        this.party = after.source().party();
        this.table = after.source().table();
        this.structure = after.cube().structure();
        this.counterpart = structure.position(Dimension.Role.COUNTERPART_AREA);
    }

    /** What is found on one counterpart. */
    private static final class Found {
        private int cells;
        private @Nullable String period;
        private @Nullable Double before;
        private @Nullable Double after;
    }

    /** Compares; nothing if both editions rest on the same bytes. */
    static List<Profile.Change> between(SourceFigures before, SourceFigures after) {
        if (before.source().content().equals(after.source().content())) {
            return List.of();
        }
        return new EditionChanges(after).compare(before, after);
    }

    private List<Profile.Change> compare(SourceFigures before, SourceFigures after) {
        Map<List<Object>, Harmonised.Series> old = byKey(before);
        Map<List<Object>, Harmonised.Series> current = byKey(after);
        SortedMap<String, Found> found = new TreeMap<>();
        Set<List<Object>> keys = new java.util.LinkedHashSet<>(current.keySet());
        keys.addAll(old.keySet());
        for (List<Object> key : keys) {
            compare(Optional.ofNullable(old.get(key)), Optional.ofNullable(current.get(key)), found);
        }
        List<Profile.Change> changes = new ArrayList<>();
        found.forEach((other, what) ->
                changes.add(new Profile.Change(party, table, other, what.cells, what.period, what.before, what.after)));
        return changes;
    }

    private static Map<List<Object>, Harmonised.Series> byKey(SourceFigures figures) {
        Map<List<Object>, Harmonised.Series> series = new HashMap<>();
        figures.series().forEach(one -> series.put(List.of(one.codes(), one.concept()), one));
        return series;
    }

    private void compare(
            Optional<Harmonised.Series> before, Optional<Harmonised.Series> after, SortedMap<String, Found> found) {
        Harmonised.Series one = after.or(() -> before).orElseThrow();
        String other = counterpart < 0 ? "" : one.codes().get(counterpart);
        boolean whole = CorridorIndex.isWhole(structure, one.codes());
        SortedMap<String, Harmonised.Figure> old =
                before.map(Harmonised.Series::figures).orElseGet(TreeMap::new);
        SortedMap<String, Harmonised.Figure> current =
                after.map(Harmonised.Series::figures).orElseGet(TreeMap::new);
        Set<String> periods = new TreeSet<>(old.keySet());
        periods.addAll(current.keySet());
        for (String period : periods) {
            Double then = value(old.get(period));
            Double now = value(current.get(period));
            if (java.util.Objects.equals(then, now) && old.containsKey(period) == current.containsKey(period)) {
                continue;
            }
            Found what = found.computeIfAbsent(other, o -> new Found());
            what.cells++;
            if (whole) {
                what.period = period;
                what.before = then;
                what.after = now;
            }
        }
    }

    private static @Nullable Double value(Harmonised.@Nullable Figure figure) {
        return figure == null || Double.isNaN(figure.value()) ? null : figure.value();
    }
}
