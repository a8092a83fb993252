package org.entente.agreements;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a dataflow that may pass (clauses 7 and 8): the product of the dimension rules, less the forbidden crossings, within the
 * years and older than the time lag.
 *
 * @param dimensions a rule for every dimension of the structure but time; a dimension without a rule makes the leg unusable, so that a
 *     new dimension never opens by itself
 * @param neverCross sets of dimensions that are never broken down together
 * @param lagMonths months that must have passed since the end of a period before it may be asked for
 */
public record AllowedCube(
        SortedMap<String, DimensionRule> dimensions, List<List<String>> neverCross, Years years, int lagMonths) {
    public AllowedCube {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
        neverCross = Copies.of(neverCross).stream().map(List::copyOf).toList();
    }

    /** First and last calendar year, both included; open at the end when {@code to} is absent. */
    public record Years(int from, @Nullable Integer to) {}
}
