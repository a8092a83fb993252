package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.entente.gateway.statistics.Component.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@link CubeSelection}: which series, and within them which observations.
 *
 * @param series the wanted series as stretches {@code from, to, from, to, ...} in ascending order, ends exclusive, or null for all
 * @param times by number in the time dictionary, or null for all
 * @param masks per attribute by number in its dictionary, null entries admit all; the array is null if none is set
 * @param values or null for all
 */
record Slice(
        int @Nullable [] series,
        @Nullable BitSet times,
        @Nullable BitSet @Nullable [] masks,
        @Nullable DoublePredicate values,
        int first,
        int last) {

    static final Slice WHOLE = new Slice(null, null, null, null, 0, 0);

    boolean isWhole() {
        return series == null && takesWholeSeries();
    }

    /** Whether every observation of a wanted series is wanted. */
    boolean takesWholeSeries() {
        return times == null && masks == null && values == null && first == 0 && last == 0;
    }

    /**
     * This slice and the selection.
     *
     * @throws IllegalStateException if this slice was already cut to the ends of its series: what comes after would mean
     *     something else
     * @throws IllegalArgumentException if the selection names a component that the structure does not have
     */
    Slice narrow(Structure structure, Columns columns, CubeSelection selection) {
        if (first != 0 || last != 0) {
            throw new IllegalStateException("a cube that is cut to the ends of its series cannot be sliced again");
        }
        @Nullable BitSet @Nullable [] narrowedMasks = masks(structure, columns, selection);
        BitSet narrowedTimes = times(structure, columns, selection);
        DoublePredicate narrowedValues =
                selection.anyValue() ? values : values == null ? selection.values() : values.and(selection.values());
        return new Slice(
                series(structure, columns, selection),
                narrowedTimes,
                narrowedMasks,
                narrowedValues,
                selection.first(),
                selection.last());
    }

    private int @Nullable [] series(Structure structure, Columns columns, CubeSelection selection) {
        @Nullable BitSet[] admitted = masksOf(structure, columns, selection.codes());
        conditionsOnKey(structure, columns, selection, admitted);
        List<List<@Nullable BitSet[]>> anyOf = new ArrayList<>();
        for (List<Map<String, Set<String>>> alternatives : selection.keys()) {
            List<@Nullable BitSet[]> compiled = new ArrayList<>();
            for (Map<String, Set<String>> key : alternatives) {
                compiled.add(masksOf(structure, columns, key));
            }
            anyOf.add(compiled);
        }
        return SeriesFinder.find(columns, series, admitted, anyOf);
    }

    private static void conditionsOnKey(
            Structure structure, Columns columns, CubeSelection selection, @Nullable BitSet[] admitted) {
        for (Map.Entry<String, Predicate<String>> entry : selection.conditions().entrySet()) {
            int d = structure.dimensionPosition(entry.getKey());
            if (d >= 0 && d < structure.timePosition()) {
                admitted[d] = narrowed(columns.dimensionTexts()[d], admitted[d], entry.getValue());
            }
        }
    }

    private static BitSet narrowed(Dictionary texts, @Nullable BitSet earlier, Predicate<String> condition) {
        BitSet mask = new BitSet(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            mask.set(i, (earlier == null || earlier.get(i)) && condition.test(texts.text(i)));
        }
        return mask;
    }

    private static @Nullable BitSet[] masksOf(Structure structure, Columns columns, Map<String, Set<String>> codes) {
        @Nullable BitSet[] masks = new @Nullable BitSet[structure.dimensions().size()];
        for (Map.Entry<String, Set<String>> entry : codes.entrySet()) {
            int d = structure.dimensionPosition(entry.getKey());
            if (d < 0) {
                throw new IllegalArgumentException(structure + " has no dimension " + entry.getKey());
            }
            Dictionary texts = columns.dimensionTexts()[d];
            BitSet mask = new BitSet(texts.size());
            for (String code : entry.getValue()) {
                int number = texts.number(code);
                if (number >= 0) {
                    mask.set(number);
                }
            }
            masks[d] = mask;
        }
        return masks;
    }

    private @Nullable BitSet times(Structure structure, Columns columns, CubeSelection selection) {
        int count = columns.periods().size();
        BitSet wanted = new BitSet(count);
        Set<String> named = selection.codes().get(structure.time().id());
        Predicate<String> condition =
                selection.conditions().get(structure.time().id());
        for (int t = 0; t < count; t++) {
            TimePeriod period = columns.periods().get(t);
            wanted.set(
                    t,
                    (times == null || times.get(t))
                            && selection.windows().stream().anyMatch(window -> window.contains(period))
                            && (named == null || named.contains(period.text()))
                            && (condition == null || condition.test(period.text())));
        }
        return wanted.cardinality() == count ? null : wanted;
    }

    private @Nullable BitSet @Nullable [] masks(Structure structure, Columns columns, CubeSelection selection) {
        if (selection.conditions().keySet().stream().allMatch(id -> structure.dimensionPosition(id) >= 0)) {
            return masks;
        }
        @Nullable
        BitSet[] narrowed = masks == null
                ? new @Nullable BitSet[structure.attributes().size()]
                : Arrays.copyOf(masks, masks.length);
        for (Map.Entry<String, Predicate<String>> entry : selection.conditions().entrySet()) {
            int a = structure.attributePosition(entry.getKey());
            int d = structure.dimensionPosition(entry.getKey());
            if (d >= 0) {
                continue;
            }
            if (a < 0 || structure.attributes().get(a).level() == Attribute.Level.DATASET) {
                throw new IllegalArgumentException(
                        structure + " has no dimension and no series or observation attribute " + entry.getKey());
            }
            narrowed[a] = narrowed(columns.attributeTexts()[a], narrowed[a], entry.getValue());
        }
        return narrowed;
    }

    long observationCount(Columns columns) {
        if (isWhole()) {
            return columns.observationCount();
        }
        SliceRows rows = new SliceRows(columns, this);
        long count = 0;
        while (rows.nextSeries()) {
            count += rows.rowCount();
        }
        return count;
    }
}
