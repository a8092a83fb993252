package org.entente.gateway.region.comparison;

import java.util.List;

/**
 * What the comparability table says of two figures.
 *
 * @param reasons why they differ, or are known to, as far as it is known; empty only if nothing is
 */
public record Comparison(Relation relation, List<Reason> reasons) {
    public Comparison {
        reasons = List.copyOf(reasons);
    }

    /**
     * One reason.
     *
     * @param code stable, for programs
     * @param sentence the same for people, in English
     */
    public record Reason(String code, String sentence) {}
}
