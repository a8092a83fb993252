package org.entente.gateway.region.programme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Selection;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;

/**
 * Whether a table can ever bring both figures of a mirror pair on all persons, so that a rule of reconciliation has something to work on:
 * by what the table selects, what its leg lets pass, and what the programme's mappings make of it. Pure. Where it cannot be told, it can.
 *
 * @param partyOf the party whose territory an area is; empty if it is none's
 */
record MirrorReach(
        Programme programme, Programme.Table table, Leg leg, Structure structure, Function<String, String> partyOf) {
    private static final String TOTAL = "_T";

    /** Why a rule can never apply; empty if it can. */
    List<String> obstacles(ReconciliationRule rule) {
        List<String> obstacles = new ArrayList<>();
        Optional<Dimension> indicator = structure.dimension(Dimension.Role.INDICATOR);
        Optional<Dimension> basis = structure.dimension(Dimension.Role.COUNTERPART_BASIS);
        boolean pairs = ComparabilityTable.load(programme.comparability())
                .hasMirrorPair(
                        code -> indicator.filter(one -> reaches(one, code)).isPresent(),
                        code -> basis.filter(one -> reaches(one, code)).isPresent());
        if (!pairs) {
            obstacles.add("asks for no two indicators that are a mirror pair, such as OUTFLOW by NR and INFLOW by PR");
        }
        for (Dimension dimension : structure.keyDimensions()) {
            switch (dimension.role()) {
                case BREAKDOWN, REPORTING_REGION, COUNTERPART_REGION -> {
                    if (!reaches(dimension, TOTAL)) {
                        obstacles.add("asks for no " + TOTAL + " of " + dimension.id()
                                + ", and so for nothing on all persons");
                    }
                }
                case COUNTERPART_AREA ->
                    rule.parties().stream()
                            .filter(party -> !reachesParty(dimension, party))
                            .forEach(party -> obstacles.add("asks for no figures on " + party));
                default -> {}
            }
        }
        return obstacles;
    }

    private boolean reachesParty(Dimension dimension, String party) {
        return dimension
                .representation()
                .codelist()
                .map(list -> list.codes().stream()
                        .anyMatch(code -> partyOf.apply(code.id()).equals(party) && reaches(dimension, code.id())))
                .orElse(true);
    }

    private boolean reaches(Dimension dimension, String code) {
        return asked(dimension, code)
                || programme.harmonisation().stream()
                        .filter(rule -> rule.component().equals(dimension.id()))
                        .flatMap(rule -> rule.codes().entrySet().stream())
                        .anyMatch(mapped -> mapped.getValue().equals(code) && asked(dimension, mapped.getKey()));
    }

    private boolean asked(Dimension dimension, String code) {
        Selection selection = table.dimensions().getOrDefault(dimension.id(), Selection.ALL);
        DimensionRule rule = leg.cube().dimensions().get(dimension.id());
        boolean selected = selection.contains(code) || selection.contains(Programme.Table.MEMBER);
        // A token stands for areas that are known only when somebody asks.
        boolean passes = rule == null
                || rule.allowsAll()
                || rule.codes().stream().anyMatch(allowed -> allowed.equals(code) || allowed.startsWith("@"));
        return selected && passes;
    }
}
