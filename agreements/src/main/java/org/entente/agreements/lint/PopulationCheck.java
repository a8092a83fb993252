package org.entente.agreements.lint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Population;
import org.entente.agreements.Population.Concept;
import org.entente.agreements.Population.Measure;
import org.entente.agreements.Population.Origin;
import org.jspecify.annotations.Nullable;

/** Whether a leg counts whom it says it counts: clauses 4 and 9 against the codes of the cube. */
final class PopulationCheck extends Check {
    private static final Set<Concept> RESIDENCE = Set.of(Concept.PREVIOUS_RESIDENCE, Concept.NEXT_RESIDENCE);

    PopulationCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            String at = "/legs/" + i;
            structure(leg).ifPresent(structure -> {
                structure.with(LintFacts.Role.BASIS).ifPresent(d -> basis(leg, d, at));
                structure.with(LintFacts.Role.INDICATOR).ifPresent(d -> indicator(leg, d, at));
                structure.with(LintFacts.Role.COUNTERPART_AREA).ifPresent(d -> counterpart(leg, d, at));
            });
            origins(leg.population(), at + "/population");
            find(
                    leg.population().measure() == Measure.FLOW
                            && leg.population().referenceDate() != null,
                    Rule.REFERENCE_DATE_IDLE,
                    at + "/population/referenceDate",
                    "flows are counted over a period, not on a day; leave the reference date out");
        }
    }

    private void basis(Leg leg, String dimension, String at) {
        DimensionRule rule = leg.cube().dimensions().get(dimension);
        if (rule == null) {
            return;
        }
        String pointer = at + "/cube/dimensions/" + dimension;
        boolean mixed = rule.allowsAll() || rule.total() != null;
        find(
                mixed,
                Rule.BASES_MIXED,
                pointer,
                "leg " + leg.id() + " allows " + dimension + " as a whole, so birth and citizenship could be added up;"
                        + " list the bases that are meant, without a total");
        if (mixed) {
            return;
        }
        Set<Concept> coded = new TreeSet<>();
        for (String code : rule.codes()) {
            Concept concept = Codes.BASES.get(code);
            if (concept != null) {
                coded.add(concept);
            }
        }
        Set<Concept> said = new TreeSet<>(leg.population().concepts());
        find(
                !coded.equals(said),
                Rule.BASIS_CONCEPT_MISMATCH,
                pointer,
                "leg " + leg.id() + " says that it counts by " + said + " but its codes of " + dimension + " stand for "
                        + coded + "; make concepts and codes say the same");
    }

    private void indicator(Leg leg, String dimension, String at) {
        DimensionRule rule = leg.cube().dimensions().get(dimension);
        if (rule == null || rule.allowsAll()) {
            return;
        }
        String pointer = at + "/cube/dimensions/" + dimension;
        Measure measure = leg.population().measure();
        boolean stocks = rule.codes().stream().anyMatch(Codes.STOCKS::contains);
        boolean flows = rule.codes().stream().anyMatch(Codes.FLOWS::contains);
        boolean fits = switch (measure) {
            case STOCK -> !flows;
            case FLOW -> !stocks;
            case STOCK_AND_FLOW -> stocks == flows;
        };
        find(
                !fits,
                Rule.MEASURE_INDICATOR_MISMATCH,
                pointer,
                "leg " + leg.id() + " measures " + measure + " but " + dimension + " allows " + Codes.list(rule.codes())
                        + "; change the measure or the codes");
        direction(leg, Concept.NEXT_RESIDENCE, first(rule, Codes.INWARDS), pointer);
        direction(leg, Concept.PREVIOUS_RESIDENCE, first(rule, Codes.OUTWARDS), pointer);
    }

    private static @Nullable String first(DimensionRule rule, Set<String> codes) {
        return rule.codes().stream().filter(codes::contains).findFirst().orElse(null);
    }

    private void direction(Leg leg, Concept concept, @Nullable String against, String pointer) {
        find(
                against != null && leg.population().concepts().equals(List.of(concept)),
                Rule.DIRECTION_MISMATCH,
                pointer,
                "leg " + leg.id() + " counts persons by " + concept + ", yet " + against
                        + " counts those who move the other way; change the concept or the code");
    }

    private void counterpart(Leg leg, String dimension, String at) {
        DimensionRule rule = leg.cube().dimensions().get(dimension);
        boolean own = leg.population().origins().stream()
                .anyMatch(o -> o == Origin.OWN_BORN || o == Origin.OWN_CITIZENS || o == Origin.DESCENDANTS);
        boolean people = leg.population().concepts().stream().anyMatch(c -> c != Concept.NEXT_RESIDENCE);
        if (rule == null || !own || !people || leg.consumer().equals(Leg.MEMBERS)) {
            return;
        }
        Set<String> areas = areas(leg.consumer());
        List<String> beyond = rule.allowsAll()
                ? List.of("every code")
                : rule.codes().stream()
                        .filter(c -> !c.equals(DimensionRule.CONSUMER) && !areas.contains(c))
                        .toList();
        find(
                !beyond.isEmpty(),
                Rule.ORIGINS_BEYOND_CONSUMER,
                at + "/cube/dimensions/" + dimension,
                "leg " + leg.id() + " is on the consumer's own people, yet " + dimension + " allows "
                        + Codes.list(beyond) + "; write " + DimensionRule.CONSUMER + " or widen the origins");
    }

    private void origins(Population population, String at) {
        if (RESIDENCE.containsAll(population.concepts())) {
            return;
        }
        origin(population, Origin.OWN_BORN, Set.of(Concept.BIRTH), at);
        origin(
                population,
                Origin.OWN_CITIZENS,
                Set.of(Concept.CITIZENSHIP, Concept.CITIZENSHIP_AT_BIRTH, Concept.FORMER_CITIZENSHIP),
                at);
        origin(population, Origin.DESCENDANTS, Set.of(Concept.PARENTS_BIRTH, Concept.ANCESTRY), at);
    }

    private void origin(Population population, Origin origin, Set<Concept> needs, String at) {
        find(
                population.origins().contains(origin)
                        && population.concepts().stream().noneMatch(needs::contains),
                Rule.ORIGIN_CONCEPT_MISMATCH,
                at + "/origins",
                origin + " are in scope, but nobody is counted by " + new TreeSet<>(needs)
                        + ", so they cannot be told; add the concept or leave the origin out");
    }
}
