package org.entente.agreements.lint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.jspecify.annotations.Nullable;

/** Whether cubes fit their structure and the area list: clauses 7, 8 and 10. */
final class CubeCheck extends Check {
    private static final Set<LintFacts.Role> AREAS =
            Set.of(LintFacts.Role.REPORTING_AREA, LintFacts.Role.COUNTERPART_AREA);

    private final Set<String> usedAreas = new LinkedHashSet<>();

    CubeCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        boolean everyStructure = true;
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            String at = "/legs/" + i;
            everyStructure &= structure(leg).isPresent();
            leg(leg, at);
        }
        CrisisClause crisis = agreement.crisis();
        if (crisis != null) {
            crisis(crisis);
        }
        if (everyStructure) {
            unusedAreas();
        }
    }

    private void leg(Leg leg, String at) {
        find(
                structure(leg).isEmpty(),
                Rule.STRUCTURE_UNKNOWN,
                at + "/standards/structure",
                "the structure " + leg.standards().structure()
                        + " is not known here, so dimensions and codes of the leg were not checked");
        structure(leg).ifPresent(structure -> {
            Set<String> missing = new LinkedHashSet<>(structure.dimensions().keySet());
            missing.removeAll(leg.cube().dimensions().keySet());
            find(
                    !missing.isEmpty(),
                    Rule.DIMENSION_MISSING,
                    at + "/cube/dimensions",
                    "the cube says nothing of " + Codes.list(missing)
                            + ", and what a leg does not name does not pass: it would answer nothing; add a rule for each");
            cube(leg.cube(), structure, at + "/cube");
            structure
                    .with(LintFacts.Role.REPORTING_AREA)
                    .ifPresent(d -> reporter(leg, leg.cube().dimensions().get(d), at + "/cube/dimensions/" + d));
        });
        crossings(leg.cube(), at + "/cube");
    }

    private void crisis(CrisisClause crisis) {
        for (int i = 0; i < crisis.widenings().size(); i++) {
            CrisisClause.Widening widening = crisis.widenings().get(i);
            crisisCube(widening.leg(), widening.cube(), "/crisis/widenings/" + i + "/cube");
        }
        for (int i = 0; i < crisis.packs().size(); i++) {
            CrisisClause.Pack pack = crisis.packs().get(i);
            crisisCube(pack.leg(), pack.cube(), "/crisis/packs/" + i + "/cube");
        }
    }

    private void crisisCube(String leg, AllowedCube cube, String at) {
        agreement.leg(leg).flatMap(this::structure).ifPresent(structure -> cube(cube, structure, at));
    }

    private void cube(AllowedCube cube, LintFacts.Structure structure, String at) {
        cube.dimensions().forEach((name, rule) -> {
            String pointer = at + "/dimensions/" + name;
            LintFacts.Dimension dimension = structure.dimensions().get(name);
            if (dimension == null) {
                find(
                        true,
                        Rule.DIMENSION_UNKNOWN,
                        pointer,
                        "the structure " + structure.ref() + " has no dimension " + name + "; leave it out");
                return;
            }
            codes(rule, dimension, structure, pointer);
        });
    }

    private void codes(
            DimensionRule rule, LintFacts.Dimension dimension, LintFacts.Structure structure, String pointer) {
        boolean area = AREAS.contains(dimension.role());
        Set<String> known = dimension.codes();
        for (int i = 0; i < rule.codes().size(); i++) {
            String code = rule.codes().get(i);
            if (code.startsWith("@")) {
                continue;
            }
            find(
                    known != null && !known.contains(code),
                    Rule.CODE_UNKNOWN,
                    pointer + "/codes/" + i,
                    code + " is no code of this dimension in " + structure.ref() + "; correct or leave it out");
            if (area && !code.startsWith("_")) {
                usedAreas.add(code);
                find(
                        agreement.areas().list().stream()
                                .noneMatch(a -> a.code().equals(code)),
                        Rule.AREA_NOT_LISTED,
                        pointer + "/codes/" + i,
                        code + " is not on the area list, so the parties have not agreed how to call it; add it there");
            }
        }
    }

    private void reporter(Leg leg, @Nullable DimensionRule rule, String pointer) {
        if (rule == null) {
            return;
        }
        Set<String> own = areas(leg.provider());
        boolean fits = !rule.allowsAll()
                && rule.codes().stream().allMatch(c -> c.equals(DimensionRule.PROVIDER) || own.contains(c));
        find(
                !fits,
                Rule.REPORTER_NOT_PROVIDER,
                pointer,
                "the reporting area is the provider's, and this allows others, whose figures " + leg.provider()
                        + " does not give; write " + DimensionRule.PROVIDER);
    }

    private void crossings(AllowedCube cube, String at) {
        for (int i = 0; i < cube.neverCross().size(); i++) {
            List<String> idle = cube.neverCross().get(i).stream()
                    .filter(d -> cube.dimensions().containsKey(d)
                            && !Codes.breaksDown(cube.dimensions().get(d)))
                    .toList();
            find(
                    !idle.isEmpty(),
                    Rule.CROSSING_IDLE,
                    at + "/neverCross/" + i,
                    "nothing is broken down by " + Codes.list(idle) + " anyway, so this forbids nothing; leave it out");
        }
    }

    private void unusedAreas() {
        agreement.parties().forEach(p -> usedAreas.addAll(p.areas()));
        boolean any = agreement.legs().stream().anyMatch(this::anyArea);
        for (int i = 0; i < agreement.areas().list().size(); i++) {
            String code = agreement.areas().list().get(i).code();
            find(
                    !any && !usedAreas.contains(code),
                    Rule.AREA_UNUSED,
                    "/areas/list/" + i,
                    code + " belongs to no party and stands in no leg; leave it out unless it is meant for later");
        }
    }

    private boolean anyArea(Leg leg) {
        return structure(leg).stream()
                .flatMap(s -> s.dimensions().entrySet().stream())
                .filter(d -> AREAS.contains(d.getValue().role()))
                .map(Map.Entry::getKey)
                .anyMatch(d -> leg.cube().dimensions().containsKey(d)
                        && leg.cube().dimensions().get(d).allowsAll());
    }
}
