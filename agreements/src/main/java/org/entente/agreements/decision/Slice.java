package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.IsoDate;
import org.jspecify.annotations.Nullable;

/**
 * The cells that a permit grants: the product of the selections, less the forbidden crossings, within the days.
 *
 * @param dimensions a selection for every dimension but time
 * @param neverCross dimensions that are never broken down together
 * @param totals for each dimension in a crossing the code that means "not broken down"
 * @param from first day a period may cover
 * @param to last day a period may cover
 * @param periods when not empty, only these periods
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Slice(
        SortedMap<String, Selection> dimensions,
        List<List<String>> neverCross,
        SortedMap<String, String> totals,
        IsoDate from,
        IsoDate to,
        SortedSet<String> periods) {
    public Slice(
            SortedMap<String, Selection> dimensions,
            @Nullable List<List<String>> neverCross,
            @Nullable SortedMap<String, String> totals,
            IsoDate from,
            IsoDate to,
            @Nullable SortedSet<String> periods) {
        this.dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
        this.neverCross = neverCross == null
                ? List.of()
                : neverCross.stream().map(List::copyOf).toList();
        this.totals = totals == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(new TreeMap<>(totals));
        this.from = from;
        this.to = to;
        this.periods = periods == null ? new TreeSet<>() : Collections.unmodifiableSortedSet(new TreeSet<>(periods));
    }

    /** The granted codes of each dimension that is constrained; a dimension that is absent is granted whole. */
    public SortedMap<String, SortedSet<String>> codes() {
        SortedMap<String, SortedSet<String>> codes = new TreeMap<>();
        dimensions.forEach((dimension, selection) -> {
            if (selection instanceof Selection.Codes granted) {
                codes.put(dimension, granted.codes());
            }
        });
        return codes;
    }

    /** Does the slice contain the cell with these codes and this period? A cell that lacks a dimension is not contained. */
    public boolean contains(Map<String, String> cell, String period) {
        return containsPeriod(period) && containsCodes(cell);
    }

    /** Does the slice contain cells with these codes, whatever their period? */
    public boolean containsCodes(Map<String, String> cell) {
        for (Map.Entry<String, Selection> dimension : dimensions.entrySet()) {
            String code = cell.get(dimension.getKey());
            if (code == null || !dimension.getValue().contains(code)) {
                return false;
            }
        }
        return neverCross.stream().noneMatch(crossing -> crossed(crossing, cell));
    }

    /** Does the slice contain this period? */
    public boolean containsPeriod(String period) {
        Period days = Period.parse(period);
        return !days.first().isBefore(from.value())
                && !days.last().isAfter(to.value())
                && (periods.isEmpty() || periods.contains(period));
    }

    private boolean crossed(List<String> crossing, Map<String, String> cell) {
        return crossing.stream().noneMatch(d -> {
            String total = totals.get(d);
            return total != null && total.equals(cell.get(d));
        });
    }
}
