package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
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
}
