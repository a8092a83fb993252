package org.entente.agreements.decision;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.Coverage;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Population;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.life.State;

/**
 * Guards populations that a figure can endanger. A group that is in the figures and cannot be left out passes only if the leg includes it;
 * and to its country of origin or citizenship only if the leg also names an approver and that person approved this release. No threshold
 * makes that safe.
 */
final class CoverageJudge {
    private final LegTerms terms;
    private final State state;
    private final Leg leg;
    private final DataRequest request;
    private final Facts facts;
    private final Roles roles;

    CoverageJudge(LegTerms terms, State state, DataRequest request, Facts facts, Roles roles) {
        this.terms = terms;
        this.state = state;
        this.leg = terms.leg();
        this.request = request;
        this.facts = facts;
        this.roles = roles;
    }

    /** The groups that are left out of the answer; reasons are added for those that should be and are not. */
    SortedSet<SensitiveGroup> judge(Slice slice, List<Reason> reasons) {
        SortedSet<SensitiveGroup> separate = new TreeSet<>();
        if (facts.side() == Facts.Side.CONSUMER) {
            return separate;
        }
        Facts.DatasetCoverage coverage = facts.coverage();
        if (coverage == null) {
            reasons.add(new Reason(
                    Reason.Code.COVERAGE_UNDECLARED,
                    clause(),
                    "nobody has declared what the figures cover of refugees and other sensitive groups",
                    List.of()));
            return separate;
        }
        boolean home = toCountryOfOrigin(slice);
        for (SensitiveGroup group : SensitiveGroup.values()) {
            group(group, coverage, home, separate, reasons);
        }
        return separate;
    }

    private void group(
            SensitiveGroup group,
            Facts.DatasetCoverage coverage,
            boolean home,
            SortedSet<SensitiveGroup> separate,
            List<Reason> reasons) {
        Facts.Presence presence = coverage.groups().getOrDefault(group, Facts.Presence.INCLUDED);
        Facts.NationalFloor national = facts.national();
        boolean forbidden = national != null && national.excluded().contains(group);
        boolean included = !forbidden && leg.coverage().groups().get(group) == Coverage.Rule.INCLUDED;
        boolean mayPass = included && (!home || approved(group, coverage));
        if (presence == Facts.Presence.SEPARATED && !mayPass) {
            separate.add(group);
        }
        if (presence == Facts.Presence.EXCLUDED || presence == Facts.Presence.SEPARATED || mayPass) {
            return;
        }
        String why = included
                ? request.consumer()
                        + " is their country of origin or citizenship, and no approver named in the leg has"
                        + " approved this release"
                : (forbidden ? "national law excludes them" : "the leg excludes them");
        if (presence == Facts.Presence.SEPARABLE) {
            why += "; they can be left out, so release the figures without them";
        }
        boolean declared = coverage.groups().containsKey(group);
        reasons.add(new Reason(
                declared ? Reason.Code.COVERAGE : Reason.Code.COVERAGE_UNDECLARED,
                clause(),
                "the figures " + (declared ? "include " : "do not say whether they include ") + words(group) + ": "
                        + why,
                List.of(group.name())));
    }

    /** The consumer's own area is, or may be, where the people counted come from. */
    private boolean toCountryOfOrigin(Slice slice) {
        boolean ownPeople = leg.population().concepts().stream().anyMatch(c -> c != Population.Concept.NEXT_RESIDENCE);
        Selection counterpart = slice.dimensions().getOrDefault(roles.counterpart(), Selection.ALL);
        Optional<Party> consumer = state.party(request.consumer());
        return ownPeople
                && (consumer.isEmpty() || consumer.get().areas().stream().anyMatch(counterpart::contains));
    }

    private boolean approved(SensitiveGroup group, Facts.DatasetCoverage coverage) {
        Coverage.Approval named = leg.coverage().approval();
        return named != null
                && coverage.approvals().stream()
                        .filter(a -> a.name().equals(named.name()))
                        .filter(a -> named.certificateSha256() == null
                                || named.certificateSha256().equals(a.certificateSha256()))
                        .anyMatch(a -> a.groups().contains(group));
    }

    private static String words(SensitiveGroup group) {
        return switch (group) {
            case REFUGEES -> "refugees";
            case ASYLUM_SEEKERS -> "asylum seekers";
            case PROTECTION_BENEFICIARIES -> "beneficiaries of protection";
            case STATELESS -> "stateless persons";
            case IRREGULAR -> "persons in an irregular situation";
            case TRAFFICKING_VICTIMS -> "victims of trafficking";
        };
    }

    private ClauseRef clause() {
        return terms.clause(8, "coverage");
    }
}
