package org.entente.gateway.statistics;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of a structure's cube that something is confined to: a dataflow, or what an agreement allows. In SDMX a cube
 * region of a data constraint.
 *
 * @param codes for each dimension id the codes that are in the region; a dimension that is not in the map is in it whole
 * @param time the days that are in the region
 */
public record CubeRegion(SortedMap<String, SortedSet<String>> codes, TimeWindow time) {

    /** The whole cube. */
    public static final CubeRegion WHOLE = new CubeRegion(new TreeMap<>(), TimeWindow.ALL);

    public CubeRegion {
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        codes.forEach((dimension, set) -> copy.put(dimension, Collections.unmodifiableSortedSet(new TreeSet<>(set))));
        codes = Collections.unmodifiableSortedMap(copy);
    }

    /** This region narrowed to some codes of one more dimension. */
    public CubeRegion with(String dimension, Set<String> admitted) {
        SortedMap<String, SortedSet<String>> narrowed = new TreeMap<>(codes);
        SortedSet<String> kept = new TreeSet<>(admitted);
        SortedSet<String> earlier = codes.get(dimension);
        if (earlier != null) {
            kept.retainAll(earlier);
        }
        narrowed.put(dimension, kept);
        return new CubeRegion(narrowed, time);
    }

    /** What lies in both; nothing of time lies in both if the windows do not meet, and then no code does either. */
    public CubeRegion and(CubeRegion other) {
        CubeRegion both = this;
        for (var entry : other.codes.entrySet()) {
            both = both.with(entry.getKey(), entry.getValue());
        }
        TimeWindow window = time.and(other.time).orElse(null);
        if (window != null) {
            return new CubeRegion(both.codes, window);
        }
        SortedMap<String, SortedSet<String>> nothing = new TreeMap<>();
        both.codes.keySet().forEach(dimension -> nothing.put(dimension, new TreeSet<>()));
        return new CubeRegion(nothing, time);
    }

    /** Whether the region excludes nothing. */
    public boolean isWhole() {
        return codes.isEmpty() && time.equals(TimeWindow.ALL);
    }

    /** Whether the region holds a code of a dimension. */
    public boolean admits(String dimension, String code) {
        Set<String> admitted = codes.get(dimension);
        return admitted == null || admitted.contains(code);
    }

    /** The observations that lie in the region. */
    public CubeSelection selection() {
        CubeSelection selection = CubeSelection.ALL;
        for (var entry : codes.entrySet()) {
            selection = selection.and(entry.getKey(), entry.getValue());
        }
        return time.equals(TimeWindow.ALL) ? selection : selection.and(time);
    }
}
