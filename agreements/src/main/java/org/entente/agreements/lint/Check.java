package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;

/** What all checks share: the document, the facts, and the list that findings go to. */
abstract class Check {
    final Agreement agreement;
    final LintFacts facts;
    private final List<Finding> findings;

    Check(Agreement agreement, LintFacts facts, List<Finding> findings) {
        this.agreement = agreement;
        this.facts = facts;
        this.findings = findings;
    }

    abstract void run();

    /** Adds a finding when it applies. */
    final void find(boolean is, Rule rule, String pointer, String sentence) {
        if (is) {
            find(rule, rule.clause(), pointer, sentence);
        }
    }

    final void find(Rule rule, int clause, String pointer, String sentence) {
        findings.add(new Finding(rule.severity(), rule.code(), clause, pointer, sentence));
    }

    final List<Party> states() {
        return agreement.parties().stream()
                .filter(p -> p.form() == Party.Form.STATE)
                .toList();
    }

    /** The parties on one side of a leg. */
    final List<Party> side(String side) {
        return side.equals(Leg.MEMBERS)
                ? states()
                : agreement.party(side).stream().toList();
    }

    final Set<String> areas(String side) {
        Set<String> areas = new LinkedHashSet<>();
        side(side).forEach(p -> areas.addAll(p.areas()));
        return areas;
    }

    final Optional<LintFacts.Structure> structure(Leg leg) {
        return facts.structure(leg.standards().structure());
    }

    /** The datasets known of a leg's provider that may feed it. */
    final List<LintFacts.Dataset> feeding(Leg leg) {
        List<LintFacts.Dataset> feeding = new ArrayList<>();
        for (Party provider : side(leg.provider())) {
            facts.datasetsOf(provider.id()).stream()
                    .filter(d -> leg.datasets().isEmpty() || leg.datasets().contains(d.id()))
                    .forEach(feeding::add);
        }
        return feeding;
    }

    /**
     * The codes that a cube names and none of the datasets feeding its leg holds, per dimension; a dimension of which the codes of one of
     * them are not known is left out.
     */
    final SortedMap<String, List<String>> notHeld(Leg leg, AllowedCube cube) {
        List<LintFacts.Dataset> feeding = feeding(leg);
        SortedMap<String, List<String>> absent = new TreeMap<>();
        cube.dimensions().forEach((dimension, rule) -> {
            boolean known = !feeding.isEmpty()
                    && feeding.stream().allMatch(d -> d.codes().containsKey(dimension));
            if (known) {
                Set<String> held = new HashSet<>();
                feeding.forEach(d -> held.addAll(d.codes().getOrDefault(dimension, Set.of())));
                List<String> missing = missing(leg, rule, held);
                if (!missing.isEmpty()) {
                    absent.put(dimension, missing);
                }
            }
        });
        return absent;
    }

    private List<String> missing(Leg leg, DimensionRule rule, Set<String> held) {
        List<String> missing = new ArrayList<>();
        for (String code : rule.codes()) {
            Set<String> meant = code.equals(DimensionRule.CONSUMER)
                    ? areas(leg.consumer())
                    : code.equals(DimensionRule.PROVIDER) ? areas(leg.provider()) : Set.of(code);
            if (!meant.isEmpty() && meant.stream().noneMatch(held::contains)) {
                missing.addAll(meant);
            }
        }
        return missing;
    }
}
