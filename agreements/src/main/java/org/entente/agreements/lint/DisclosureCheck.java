package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.ConsumerKnowledge;
import org.entente.agreements.Coverage;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.Method;
import org.entente.agreements.Leg;
import org.entente.agreements.Population;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;

/** Whether figures are protected, and sensitive groups kept from whom they fled: clauses 8 and 12. */
final class DisclosureCheck extends Check {
    /** Smallest threshold in use among statistical offices; two persons know each other. */
    private static final int LOW = 3;

    private static final Set<Integer> SMALL_BASES = Set.of(3, 5);
    private static final Set<Integer> CONVENTIONAL_BASES = Set.of(5, 10, 100);

    DisclosureCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            String at = "/legs/" + i;
            rule(leg, at + "/disclosure");
            knowledge(leg, at + "/disclosure/consumerKnows");
            alike(leg, i, at + "/disclosure");
            coverage(leg, at + "/coverage");
        }
    }

    private void rule(Leg leg, String at) {
        DisclosureRule rule = leg.disclosure();
        List<String> broken = broken(leg);
        boolean bare = rule.threshold() == null && rule.roundingBase() == null && rule.width() == null;
        String crossed = broken.size() < 2 ? Codes.list(broken) : broken.get(0) + " crossed with " + broken.get(1);
        find(
                bare && !broken.isEmpty(),
                Rule.DETAIL_UNPROTECTED,
                at,
                "leg " + leg.id() + " allows " + crossed
                        + " but the disclosure rule names no threshold, rounding base or width; name one");
        Integer threshold = rule.threshold();
        find(
                threshold != null && threshold < LOW,
                Rule.THRESHOLD_LOW,
                at + "/threshold",
                "a threshold of " + threshold + " shows counts of one or two persons, who recognise each other; " + LOW
                        + " is the least in use");
        find(
                rule.method() == Method.SUPPRESSION && !rule.secondary() && !broken.isEmpty(),
                Rule.SECONDARY_MISSING,
                at + "/secondary",
                "small counts are withheld, yet the totals beside them give them away by subtraction; set secondary");
        find(
                rule.narrowable(),
                Rule.NARROWABLE_RISK,
                at + "/narrowable",
                "a cell shown more exactly later can be compared with what was shown before; leave narrowable out unless"
                        + " the parties want that");
        Integer base = rule.roundingBase();
        Set<Integer> usual = rule.method() == Method.SMALL_COUNT_ROUNDING ? SMALL_BASES : CONVENTIONAL_BASES;
        find(
                base != null && !usual.contains(base),
                Rule.ROUNDING_BASE_ODD,
                at + "/roundingBase",
                "rounding to " + base + " is not among the bases that gateways apply with this method: "
                        + usual.stream().sorted().toList());
    }

    /** What the consumer holds itself must be cells of the leg, and only withholding reckons with it. */
    private void knowledge(Leg leg, String at) {
        List<ConsumerKnowledge> held = leg.disclosure().consumerKnows();
        find(
                !held.isEmpty() && leg.disclosure().method() != Method.SUPPRESSION,
                Rule.KNOWLEDGE_IDLE,
                at,
                "what the consumer holds is reckoned with only where cells are withheld; agree on suppression or leave it out");
        for (int i = 0; i < held.size(); i++) {
            Set<String> named = new TreeSet<>();
            Set<String> broken = new TreeSet<>();
            for (ConsumerKnowledge.Cells cells : held.get(i).cells()) {
                named.addAll(cells.codes().keySet());
                named.addAll(cells.by());
                broken.addAll(cells.by());
            }
            named.removeAll(leg.cube().dimensions().keySet());
            find(
                    !named.isEmpty(),
                    Rule.KNOWLEDGE_OUTSIDE_CUBE,
                    at + "/" + i,
                    "leg " + leg.id() + " has no dimension " + Codes.list(List.copyOf(named))
                            + ", so what the consumer holds by it is not found; name dimensions of the leg");
            find(
                    leg.disclosure().method() == Method.SUPPRESSION && !broken.isEmpty(),
                    Rule.KNOWLEDGE_COSTS,
                    at + "/" + i,
                    "the consumer holds counts by " + Codes.list(List.copyOf(broken))
                            + "; what it could tell from them is withheld from everybody. How many cells that costs, the provider sees with"
                            + " \"release loss --explain\"");
        }
    }

    /** Dimensions by which persons are broken down. */
    private List<String> broken(Leg leg) {
        Optional<LintFacts.Structure> structure = structure(leg);
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, DimensionRule> dimension :
                leg.cube().dimensions().entrySet()) {
            boolean persons = structure
                    .map(s -> s.dimensions().get(dimension.getKey()))
                    .map(d -> d.role() == LintFacts.Role.BREAKDOWN)
                    .orElse(dimension.getValue().total() != null);
            if (persons && Codes.breaksDown(dimension.getValue())) {
                broken.add(dimension.getKey());
            }
        }
        return broken;
    }

    /** One method per source and period: the strictest of all legs holds. */
    private void alike(Leg leg, int index, String at) {
        for (int j = 0; j < index; j++) {
            Leg other = agreement.legs().get(j);
            find(
                    other.provider().equals(leg.provider())
                            && other.dataflow().equals(leg.dataflow())
                            && other.datasets().equals(leg.datasets())
                            && !other.disclosure()
                                    .knowing(List.of())
                                    .equals(leg.disclosure().knowing(List.of())),
                    Rule.DISCLOSURE_DIFFERS,
                    at,
                    "leg " + other.id() + " draws on the same figures with another disclosure rule; the figures are"
                            + " protected once, by the strictest, so write the same rule in both");
        }
    }

    private void coverage(Leg leg, String at) {
        List<SensitiveGroup> included = leg.coverage().groups().entrySet().stream()
                .filter(e -> e.getValue() == Coverage.Rule.INCLUDED)
                .map(Map.Entry::getKey)
                .toList();
        boolean approved = leg.coverage().approval() != null;
        boolean home = home(leg);
        find(
                !included.isEmpty() && home && !approved,
                Rule.SENSITIVE_TO_ORIGIN,
                at,
                included + " may be in the figures and go to their country of origin or citizenship, and nobody answers"
                        + " for that; exclude them or name an approver. No threshold makes it safe");
        find(
                approved && included.isEmpty(),
                Rule.COVERAGE_APPROVAL_IDLE,
                at + "/approval",
                "an approver is named but no group is included; leave the approval out");
        feeding(leg).stream()
                .filter(d -> d.concepts().isEmpty()
                        || d.concepts().stream().anyMatch(leg.population().concepts()::contains))
                .forEach(d -> dataset(leg, d, home, at));
        datasets(leg);
    }

    /** Whether the consumer is, or may be, where the people counted come from. */
    private boolean home(Leg leg) {
        boolean people = leg.population().concepts().stream().anyMatch(c -> c != Population.Concept.NEXT_RESIDENCE);
        Optional<DimensionRule> counterpart = structure(leg)
                .flatMap(s -> s.with(LintFacts.Role.COUNTERPART_AREA))
                .map(d -> leg.cube().dimensions().get(d));
        Set<String> own = areas(leg.consumer());
        return people
                && counterpart
                        .map(r -> r.allowsAll()
                                || r.codes().contains(DimensionRule.CONSUMER)
                                || r.codes().stream().anyMatch(own::contains))
                        .orElse(true);
    }

    private void dataset(Leg leg, LintFacts.Dataset dataset, boolean home, String at) {
        for (SensitiveGroup group : SensitiveGroup.values()) {
            Facts.Presence presence = dataset.groups().get(group);
            boolean may = leg.coverage().groups().get(group) == Coverage.Rule.INCLUDED
                    && (!home || leg.coverage().approval() != null);
            boolean inside = presence == Facts.Presence.INCLUDED || presence == Facts.Presence.SEPARABLE;
            find(
                    inside && !may,
                    Rule.DATASET_COVERS_SENSITIVE,
                    at + "/groups/" + group,
                    "dataset " + dataset.id() + " covers " + group
                            + (home ? " and the consumer is their country of origin or citizenship" : "")
                            + ", so every request would be refused; "
                            + (presence == Facts.Presence.SEPARABLE
                                    ? "release it without them"
                                    : "use another dataset, or include them by name with an approver"));
            find(
                    presence == null,
                    Rule.DATASET_COVERAGE_UNDECLARED,
                    at + "/groups/" + group,
                    "nobody has declared whether dataset " + dataset.id() + " covers " + group
                            + "; until somebody does, nothing of it passes");
        }
    }

    private void datasets(Leg leg) {
        String at = "/legs/" + agreement.legs().indexOf(leg);
        for (int i = 0; i < leg.datasets().size(); i++) {
            String id = leg.datasets().get(i);
            List<LintFacts.Dataset> known = new ArrayList<>();
            side(leg.provider()).forEach(p -> known.addAll(facts.datasetsOf(p.id())));
            find(
                    !known.isEmpty() && known.stream().noneMatch(d -> d.id().equals(id)),
                    Rule.DATASET_UNKNOWN,
                    at + "/datasets/" + i,
                    leg.provider() + " has no dataset " + id + "; it has "
                            + Codes.list(
                                    known.stream().map(LintFacts.Dataset::id).toList()));
        }
        bases(leg, at);
        notHeld(leg, leg.cube())
                .forEach((dimension, absent) -> find(
                        true,
                        Rule.CODES_OUTSIDE_DATASET,
                        at + "/cube/dimensions/" + dimension,
                        "leg " + leg.id() + " allows " + dimension + " " + Codes.list(absent)
                                + ", and no dataset that the provider has published holds that; leave it out, or say in"
                                + " the calendar from when it is delivered"));
    }

    private void bases(Leg leg, String at) {
        Set<Population.Concept> counted = new TreeSet<>();
        feeding(leg).forEach(d -> counted.addAll(d.concepts()));
        List<Population.Concept> absent = leg.population().concepts().stream()
                .filter(c -> !counted.contains(c))
                .toList();
        find(
                !counted.isEmpty() && !absent.isEmpty(),
                Rule.DATASET_BASIS_ABSENT,
                at + "/population/concepts",
                "leg " + leg.id() + " promises figures by " + absent + ", but the provider's datasets count by "
                        + counted + "; birth never stands in for citizenship: change the concepts or the dataset");
    }
}
