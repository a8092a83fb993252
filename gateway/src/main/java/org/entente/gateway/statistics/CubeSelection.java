package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.entente.gateway.statistics.Component.Attribute;

/**
 * Which observations of a cube are wanted. All parts must hold.
 *
 * @param keys alternatives, of each list at least one must match: a map from dimension id to the codes it admits (a
 *     dimension that is not in the map admits all); an inner list that is empty admits nothing
 * @param codes for each dimension id the codes it admits; a dimension that is not in the map admits all
 * @param windows at least one must hold the period; an empty list admits nothing
 * @param conditions for ids of dimensions and attributes, which texts are admitted; the
 *     empty text stands for an absent attribute
 * @param values which values are admitted
 * @param first of each series only the first so many of what is left, 0 for all
 * @param last of each series only the last so many of what is left, 0 for all; with both, the first and the last
 */
public record CubeSelection(
        List<List<Map<String, Set<String>>>> keys,
        Map<String, Set<String>> codes,
        List<TimeWindow> windows,
        Map<String, Predicate<String>> conditions,
        DoublePredicate values,
        int first,
        int last) {

    private static final DoublePredicate ANY_VALUE = value -> true;

    /** Everything. */
    public static final CubeSelection ALL =
            new CubeSelection(List.of(), Map.of(), List.of(TimeWindow.ALL), Map.of(), ANY_VALUE, 0, 0);

    public CubeSelection {
        keys = keys.stream().map(List::copyOf).toList();
        codes = Map.copyOf(codes);
        windows = List.copyOf(windows);
        conditions = Map.copyOf(conditions);
    }

    /** This selection narrowed to what matches at least one of the keys. */
    public CubeSelection andAnyKey(List<Map<String, Set<String>>> anyOf) {
        List<List<Map<String, Set<String>>>> narrowed = new ArrayList<>(keys);
        narrowed.add(anyOf);
        return new CubeSelection(narrowed, codes, windows, conditions, values, first, last);
    }

    /** This selection narrowed to some codes of a dimension. */
    public CubeSelection and(String dimension, Set<String> admitted) {
        Map<String, Set<String>> narrowed = new HashMap<>(codes);
        narrowed.merge(dimension, Set.copyOf(admitted), (a, b) -> {
            Set<String> both = new HashSet<>(a);
            both.retainAll(b);
            return Set.copyOf(both);
        });
        return new CubeSelection(keys, narrowed, windows, conditions, values, first, last);
    }

    /** This selection narrowed to all the dimensions' codes in the map. */
    public CubeSelection and(Map<String, Set<String>> admitted) {
        CubeSelection narrowed = this;
        for (Map.Entry<String, Set<String>> entry : admitted.entrySet()) {
            narrowed = narrowed.and(entry.getKey(), entry.getValue());
        }
        return narrowed;
    }

    /** This selection narrowed to periods in the window. */
    public CubeSelection and(TimeWindow window) {
        return andAnyOf(List.of(window));
    }

    /** This selection narrowed to periods in at least one of the windows. */
    public CubeSelection andAnyOf(List<TimeWindow> anyOf) {
        List<TimeWindow> narrowed = new ArrayList<>();
        for (TimeWindow mine : windows) {
            for (TimeWindow other : anyOf) {
                mine.and(other).ifPresent(narrowed::add);
            }
        }
        return new CubeSelection(keys, codes, narrowed, conditions, values, first, last);
    }

    /** This selection narrowed by a condition on the text of a dimension or attribute. */
    public CubeSelection andText(String component, Predicate<String> admitted) {
        Map<String, Predicate<String>> narrowed = new HashMap<>(conditions);
        narrowed.merge(component, admitted, Predicate::and);
        return new CubeSelection(keys, codes, windows, narrowed, values, first, last);
    }

    /** This selection narrowed by a condition on the value. */
    public CubeSelection andValue(DoublePredicate admitted) {
        return new CubeSelection(keys, codes, windows, conditions, values.and(admitted), first, last);
    }

    /** This selection cut to the first and last observations of each series. */
    public CubeSelection ends(int firstOfSeries, int lastOfSeries) {
        return new CubeSelection(keys, codes, windows, conditions, values, firstOfSeries, lastOfSeries);
    }

    /** This selection narrowed to nothing. */
    private CubeSelection nothing() {
        return new CubeSelection(keys, codes, List.of(), Map.of(), values, first, last);
    }

    /** This selection with its conditions on attributes of the data set as a whole decided for one data set. */
    CubeSelection onDataset(Structure structure, Map<String, String> datasetAttributes) {
        Map<String, Predicate<String>> others = new HashMap<>(conditions);
        for (Map.Entry<String, Predicate<String>> entry : conditions.entrySet()) {
            int a = structure.attributePosition(entry.getKey());
            if (a >= 0 && structure.attributes().get(a).level() == Attribute.Level.DATASET) {
                if (!entry.getValue().test(datasetAttributes.getOrDefault(entry.getKey(), ""))) {
                    return nothing();
                }
                others.remove(entry.getKey());
            }
        }
        return others.size() == conditions.size()
                ? this
                : new CubeSelection(keys, codes, windows, others, values, first, last);
    }

    boolean anyValue() {
        return values == ANY_VALUE;
    }
}
