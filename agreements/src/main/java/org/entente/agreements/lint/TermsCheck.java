package org.entente.agreements.lint;

import java.util.Collections;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Onward;
import org.entente.agreements.Population.Measure;
import org.entente.agreements.Terms;

/** The clauses that hold for the whole document: 13, 23 and 25. */
final class TermsCheck extends Check {
    TermsCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        marking();
        reciprocity();
        Terms.Audit audit = agreement.terms().audit();
        int longest = agreement.legs().stream()
                .mapToInt(l -> l.retention().months())
                .max()
                .orElse(0);
        find(
                audit != null && audit.logMonths() < longest,
                Rule.LOG_SHORTER_THAN_RETENTION,
                "/terms/audit/logMonths",
                "figures may be kept for " + longest + " months and the log that proves their deletion for only "
                        + (audit == null ? 0 : audit.logMonths()) + "; keep the log at least as long");
    }

    /** SDMX CL_CONF_STATUS: C withheld, E under embargo. */
    private void marking() {
        Terms.Confidentiality confidentiality = agreement.terms().confidentiality();
        if (confidentiality == null) {
            return;
        }
        boolean withheld =
                agreement.legs().stream().anyMatch(l -> l.disclosure().threshold() != null);
        boolean embargo = agreement.legs().stream()
                .flatMap(l -> l.onward().allowed().stream())
                .anyMatch(r -> r.condition() == Onward.Condition.AFTER_EMBARGO);
        String lacks = withheld && !confidentiality.marking().contains("C")
                ? "C, with which withheld cells are marked"
                : embargo && !confidentiality.marking().contains("E") ? "E, which marks cells under embargo" : "";
        find(
                !lacks.isEmpty(),
                Rule.MARKING_INCOMPLETE,
                "/terms/confidentiality/marking",
                "the marks of confidential cells lack " + lacks + "; add it");
    }

    private void reciprocity() {
        Terms.Reciprocity reciprocity = agreement.terms().reciprocity();
        if (reciprocity == null) {
            return;
        }
        find(
                !reciprocity.symmetric() && reciprocity.asymmetry() == null,
                Rule.RECIPROCITY_ASYMMETRY_UNNAMED,
                "/terms/reciprocity",
                "the exchange is not symmetric, and nothing says in what it differs; name the asymmetry");
        if (agreement.kind() != Kind.BILATERAL) {
            return;
        }
        if (reciprocity.mirrorReports()) {
            mirrorBases();
        }
        if (!reciprocity.symmetric()) {
            return;
        }
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            find(
                    agreement.legs().stream().noneMatch(other -> mirrors(leg, other)),
                    Rule.RECIPROCITY_LEGS_DIFFER,
                    "/legs/" + i,
                    "both sides are to provide the same tables, but no leg the other way equals leg " + leg.id()
                            + "; add it, or declare the asymmetry");
        }
    }

    /** Stocks of both sides can only be compared by a basis that both use; flows by next and previous residence are a pair. */
    private void mirrorBases() {
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            for (Leg other : agreement.legs().subList(0, i)) {
                boolean stocks = leg.population().measure() == Measure.STOCK
                        && other.population().measure() == Measure.STOCK;
                find(
                        stocks
                                && leg.provider().equals(other.consumer())
                                && Collections.disjoint(
                                        leg.population().concepts(),
                                        other.population().concepts()),
                        Rule.MIRROR_BASES_DIFFER,
                        "/legs/" + i + "/population/concepts",
                        "the figures of both sides are to be compared, but leg " + leg.id() + " counts by "
                                + leg.population().concepts() + " and leg " + other.id() + " by "
                                + other.population().concepts()
                                + ", which never mix; give both a basis in common, or compare nothing");
            }
        }
    }

    private static boolean mirrors(Leg leg, Leg other) {
        return leg.provider().equals(other.consumer())
                && leg.consumer().equals(other.provider())
                && leg.dataflow().equals(other.dataflow())
                && leg.measure().equals(other.measure())
                && leg.population().equals(other.population())
                && leg.cube().equals(other.cube());
    }
}
