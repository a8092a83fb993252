package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Somebody who wants to know: has the published table, the sums, and perhaps one's own cell. Shares nothing with the protector
 * but the declaration of the sums: one unknown for each withheld cell as published, sums written out from the codes, ojAlgo.
 */
final class Attacker {
    private final Map<List<String>, Long> seen = new HashMap<>();
    private final List<List<List<String>>> sums = new ArrayList<>();
    private final boolean zerosShown;

    Attacker(CountTable published, Specification spec) {
        zerosShown = spec.rules().zeros() == Rules.Zeros.SHOWN && !spec.rules().exactOnly();
        published.rows().forEach(row -> seen.put(row.codes(), row.count()));
        for (int d = 0; d < spec.dimensions().size(); d++) {
            int at = d;
            java.util.TreeSet<String> codes = new java.util.TreeSet<>();
            published.rows().forEach(row -> codes.add(row.codes().get(at)));
            for (Dimension.Sum sum : spec.dimensions().get(d).sumsOver(codes)) {
                if (sum.additivity().kind() != Additivity.Kind.EXACT) {
                    continue;
                }
                for (List<String> key : seen.keySet()) {
                    if (key.get(at).equals(sum.total())) {
                        List<List<String>> line = new ArrayList<>();
                        line.add(key);
                        for (String part : sum.parts()) {
                            List<String> other = new ArrayList<>(key);
                            other.set(at, part);
                            if (seen.containsKey(other)) {
                                line.add(other);
                            }
                        }
                        sums.add(line);
                    }
                }
            }
        }
    }

    /** What is known of one cell, in whole numbers. */
    record Guess(long least, long greatest) {
        boolean exact() {
            return least == greatest;
        }
    }

    /**
     * The bounds of a withheld cell.
     *
     * @param own a cell whose count the attacker knows, with that count, or null
     */
    Guess attack(List<String> wanted, @Nullable List<String> own, long count) {
        double low = bound(wanted, own, count, true);
        double high = bound(wanted, own, count, false);
        return new Guess((long) Math.ceil(low - 1e-5), (long) Math.floor(high + 1e-5));
    }

    private double bound(List<String> wanted, @Nullable List<String> own, long count, boolean least) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Map<List<String>, Variable> unknown = new HashMap<>();
        for (Map.Entry<List<String>, Long> cell : seen.entrySet()) {
            if (cell.getValue() == CountTable.WITHHELD) {
                Variable variable = model.newVariable(String.join("|", cell.getKey()));
                if (cell.getKey().equals(own)) {
                    variable.level(count);
                } else {
                    variable.lower(zerosShown ? 1 : 0).upper(100_000);
                }
                if (cell.getKey().equals(wanted)) {
                    variable.weight(1);
                }
                unknown.put(cell.getKey(), variable);
            }
        }
        for (List<List<String>> line : sums) {
            Expression expression = null;
            long shown = 0;
            for (int i = 0; i < line.size(); i++) {
                long sign = i == 0 ? 1 : -1;
                Variable variable = unknown.get(line.get(i));
                if (variable == null) {
                    shown += sign * Objects.requireNonNull(seen.get(line.get(i)));
                } else {
                    expression = expression == null ? model.newExpression("s" + model.countExpressions()) : expression;
                    expression.set(variable, sign);
                }
            }
            if (expression != null) {
                expression.level(-shown);
            }
        }
        Optimisation.Result result = least ? model.minimise() : model.maximise();
        if (!result.getState().isFeasible()) {
            throw new IllegalStateException("the published table contradicts itself: " + result.getState());
        }
        return result.doubleValue(model.indexOf(unknown.get(wanted)));
    }
}
