package org.entente.agreements.lint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Population;
import org.jspecify.annotations.Nullable;

/** What codes mean, and which rule or cube allows more than another. */
final class Codes {
    /** ENTENTE:CL_ORIGIN_BASIS(1.0.0) in terms of the closed list of concepts. */
    static final Map<String, Population.Concept> BASES = Map.of(
            "CB", Population.Concept.BIRTH,
            "CT", Population.Concept.CITIZENSHIP,
            "CTB", Population.Concept.CITIZENSHIP_AT_BIRTH,
            "CTF", Population.Concept.FORMER_CITIZENSHIP,
            "PB", Population.Concept.PARENTS_BIRTH,
            "AN", Population.Concept.ANCESTRY,
            "PR", Population.Concept.PREVIOUS_RESIDENCE,
            "NR", Population.Concept.NEXT_RESIDENCE);

    /** Codes of ENTENTE:CL_INDICATOR(1.0.0) that count persons or permits on a day. */
    static final Set<String> STOCKS = Set.of("STOCK_IN", "STOCK_ABROAD", "PERMITS_VALID");

    /** Codes of ENTENTE:CL_INDICATOR(1.0.0) that count events over a period. */
    static final Set<String> FLOWS =
            Set.of("INFLOW", "OUTFLOW", "RETURN", "DEPLOY", "INTERNAL", "ACQ", "LOSS", "PERMITS_FIRST");

    /** Of those, the ones whose persons come from the counterpart, and the ones whose persons go there. */
    static final Set<String> INWARDS = Set.of("STOCK_IN", "INFLOW", "RETURN", "PERMITS_VALID", "PERMITS_FIRST", "ACQ");

    static final Set<String> OUTWARDS = Set.of("STOCK_ABROAD", "OUTFLOW", "DEPLOY");

    private Codes() {}

    /** Does the rule break its dimension down, beyond the total and beyond a single code? */
    static boolean breaksDown(DimensionRule rule) {
        return rule.allowsAll() || rule.codes().size() > 1;
    }

    /** Does one rule allow everything that the other does? */
    static boolean covers(@Nullable DimensionRule wide, DimensionRule narrow) {
        return wide != null
                && (wide.allowsAll() || !narrow.allowsAll() && wide.codes().containsAll(narrow.codes()));
    }

    /** In what one cube is narrower than another, in words; empty when it covers it. */
    static List<String> narrower(AllowedCube cube, AllowedCube than) {
        Set<String> ways = new LinkedHashSet<>();
        than.dimensions().forEach((dimension, rule) -> {
            if (!covers(cube.dimensions().get(dimension), rule)) {
                ways.add(dimension);
            }
        });
        if (!than.neverCross().containsAll(cube.neverCross())) {
            ways.add("neverCross");
        }
        if (cube.years().from() > than.years().from()
                || end(cube.years().to()) < end(than.years().to())) {
            ways.add("years");
        }
        if (cube.lagMonths() > than.lagMonths()) {
            ways.add("lagMonths");
        }
        return List.copyOf(ways);
    }

    private static int end(@Nullable Integer year) {
        return year == null ? Integer.MAX_VALUE : year;
    }

    static String list(Iterable<String> codes) {
        return String.join(", ", codes);
    }
}
