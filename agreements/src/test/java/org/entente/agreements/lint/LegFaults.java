package org.entente.agreements.lint;

import static org.entente.agreements.lint.Fault.ANNEX;
import static org.entente.agreements.lint.Fault.CRISIS;
import static org.entente.agreements.lint.Fault.RCP;
import static org.entente.agreements.lint.Fault.STOCK;
import static org.entente.agreements.lint.Fault.at;
import static org.entente.agreements.lint.Fault.fault;
import static org.entente.agreements.lint.Fault.known;
import static org.entente.agreements.lint.Fault.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.agreements.Population.Concept;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts.Presence;

/** Faults of legs: who is counted, what may pass, how it is protected and answered. */
final class LegFaults {
    private LegFaults() {}

    static Stream<Fault> all() {
        return Stream.of(population(), cube(), datasets(), disclosure(), answering())
                .flatMap(s -> s);
    }

    private static Stream<Fault> population() {
        String cube = "/legs/0/cube/dimensions/";
        return Stream.of(
                fault(
                        Rule.BASES_MIXED,
                        STOCK,
                        cube + "ORIGIN_BASIS",
                        d -> at(d, cube + "ORIGIN_BASIS").put("total", "_T")),
                fault(
                        Rule.BASES_MIXED,
                        STOCK,
                        cube + "ORIGIN_BASIS",
                        d -> at(d, "/legs/0/cube/dimensions")
                                .putObject("ORIGIN_BASIS")
                                .put("all", true)),
                fault(
                        Rule.BASIS_CONCEPT_MISMATCH,
                        STOCK,
                        cube + "ORIGIN_BASIS",
                        d -> list(d, "/legs/0/population/concepts").remove(0)),
                fault(
                        Rule.DIRECTION_MISMATCH,
                        STOCK,
                        "/legs/1/cube/dimensions/INDICATOR",
                        d -> list(d, "/legs/1/cube/dimensions/INDICATOR/codes").add("INFLOW")),
                fault(
                        Rule.MEASURE_INDICATOR_MISMATCH,
                        STOCK,
                        cube + "INDICATOR",
                        d -> at(d, "/legs/0/population").put("measure", "FLOW")),
                fault(
                        Rule.ORIGIN_CONCEPT_MISMATCH,
                        STOCK,
                        "/legs/0/population/origins",
                        d -> list(d, "/legs/0/population/origins").add("DESCENDANTS")),
                fault(
                        Rule.ORIGINS_BEYOND_CONSUMER,
                        STOCK,
                        cube + "COUNTERPART_AREA",
                        d -> at(d, "/legs/0/cube/dimensions")
                                .putObject("COUNTERPART_AREA")
                                .put("all", true)),
                fault(
                        Rule.REFERENCE_DATE_IDLE,
                        STOCK,
                        "/legs/1/population/referenceDate",
                        d -> at(d, "/legs/1/population").put("referenceDate", "--01-01")));
    }

    private static Stream<Fault> cube() {
        String cube = "/legs/0/cube/dimensions/";
        return Stream.of(
                fault(
                        Rule.AREA_NOT_LISTED,
                        STOCK,
                        cube + "COUNTERPART_AREA/codes/1",
                        d -> list(d, cube + "COUNTERPART_AREA/codes").add("DE")),
                fault(
                        Rule.AREA_UNUSED,
                        STOCK,
                        "/areas/list/2",
                        d -> list(d, "/areas/list")
                                .add(at(d, "/areas/list/0").deepCopy().put("code", "DE"))),
                fault(
                        Rule.CODE_UNKNOWN,
                        STOCK,
                        cube + "SEX/codes/3",
                        d -> list(d, cube + "SEX/codes").add("X")),
                fault(
                        Rule.CODE_UNKNOWN,
                        CRISIS,
                        "/crisis/packs/0/cube/dimensions/SEX/codes/3",
                        d -> list(d, "/crisis/packs/0/cube/dimensions/SEX/codes")
                                .add("X")),
                fault(
                        Rule.CROSSING_IDLE,
                        STOCK,
                        "/legs/0/cube/neverCross/0",
                        d -> list(d, "/legs/0/cube/neverCross")
                                .removeAll()
                                .addArray()
                                .add("AGE")
                                .add("OCCUPATION")),
                fault(
                        Rule.DIMENSION_MISSING,
                        STOCK,
                        "/legs/0/cube/dimensions",
                        d -> at(d, "/legs/0/cube/dimensions").remove("OCCUPATION")),
                fault(
                        Rule.DIMENSION_UNKNOWN,
                        STOCK,
                        cube + "RELIGION",
                        d -> at(d, "/legs/0/cube/dimensions")
                                .putObject("RELIGION")
                                .put("all", true)),
                fault(
                        Rule.REPORTER_NOT_PROVIDER,
                        STOCK,
                        cube + "REF_AREA",
                        d -> list(d, cube + "REF_AREA/codes").add("PH")),
                known(Rule.STRUCTURE_UNKNOWN, STOCK, "/legs/0/standards/structure", LintFacts.NONE));
    }

    private static Stream<Fault> datasets() {
        return Stream.of(
                known(
                        Rule.DATASET_COVERS_SENSITIVE,
                        STOCK,
                        "/legs/0/coverage/groups/REFUGEES",
                        Around.knowing(STOCK, Around.dataset(SensitiveGroup.REFUGEES, Presence.INCLUDED))),
                known(
                        Rule.DATASET_COVERAGE_UNDECLARED,
                        STOCK,
                        "/legs/0/coverage/groups/STATELESS",
                        Around.knowing(STOCK, Around.dataset(SensitiveGroup.STATELESS, null))),
                known(
                        Rule.DATASET_BASIS_ABSENT,
                        STOCK,
                        "/legs/0/population/concepts",
                        Around.knowing(STOCK, Around.holding(Set.of(Concept.CITIZENSHIP), Map.of()))),
                known(
                        Rule.CODES_OUTSIDE_DATASET,
                        STOCK,
                        "/legs/0/cube/dimensions/COUNTERPART_AREA",
                        Around.knowing(
                                STOCK,
                                Around.holding(
                                        Set.of(Concept.BIRTH, Concept.CITIZENSHIP),
                                        Map.of("COUNTERPART_AREA", Set.of("MD", "_T"))))),
                new Fault(
                        Rule.DATASET_UNKNOWN,
                        STOCK,
                        "/legs/0/datasets/0",
                        Around.knowing(STOCK, Around.dataset(SensitiveGroup.REFUGEES, Presence.EXCLUDED)),
                        d -> at(d, "/legs/0").putArray("datasets").add("CENSUS")),
                fault(
                        Rule.SENSITIVE_TO_ORIGIN,
                        STOCK,
                        "/legs/0/coverage",
                        d -> at(d, "/legs/0/coverage/groups").put("REFUGEES", "INCLUDED")),
                fault(Rule.COVERAGE_APPROVAL_IDLE, STOCK, "/legs/0/coverage/approval", d -> {
                    ObjectNode approval = at(d, "/legs/0/coverage").putObject("approval");
                    approval.put("name", "A. Rossi").put("authority", "ISTAT");
                    approval.putObject("post").put("en", "Director");
                    approval.putObject("reason").put("en", "Published already.");
                }));
    }

    private static Stream<Fault> disclosure() {
        String rule = "/legs/0/disclosure";
        return Stream.of(
                fault(
                        Rule.DETAIL_UNPROTECTED,
                        STOCK,
                        rule,
                        d -> at(d, rule)
                                .put("method", "NONE")
                                .put("secondary", false)
                                .remove("threshold")),
                fault(
                        Rule.DISCLOSURE_DIFFERS,
                        RCP,
                        "/legs/1/disclosure",
                        d -> at(d, "/legs/1/disclosure").put("threshold", 10)),
                fault(Rule.KNOWLEDGE_COSTS, STOCK, rule + "/consumerKnows/0", d -> register(at(d, rule), "SEX")),
                fault(
                        Rule.KNOWLEDGE_IDLE,
                        STOCK,
                        rule + "/consumerKnows",
                        d -> register(
                                at(d, rule)
                                        .put("method", "CONVENTIONAL_ROUNDING")
                                        .put("roundingBase", 10),
                                "SEX")),
                fault(
                        Rule.KNOWLEDGE_OUTSIDE_CUBE,
                        STOCK,
                        rule + "/consumerKnows/0",
                        d -> register(at(d, rule), "PASSPORT")),
                fault(
                        Rule.NARROWABLE_RISK,
                        STOCK,
                        rule + "/narrowable",
                        d -> at(d, rule).put("narrowable", true)),
                fault(
                        Rule.ROUNDING_BASE_ODD,
                        STOCK,
                        rule + "/roundingBase",
                        d -> at(d, rule).put("method", "SMALL_COUNT_ROUNDING").put("roundingBase", 7)),
                fault(
                        Rule.SECONDARY_MISSING,
                        STOCK,
                        rule + "/secondary",
                        d -> at(d, rule).put("secondary", false)),
                fault(
                        Rule.THRESHOLD_LOW,
                        STOCK,
                        rule + "/threshold",
                        d -> at(d, rule).put("threshold", 2)),
                fault(
                        Rule.MARKING_INCOMPLETE,
                        STOCK,
                        "/terms/confidentiality/marking",
                        d -> at(d, "/terms/confidentiality").putArray("marking").add("N")));
    }

    /** The consumer's register, by one dimension. */
    private static void register(ObjectNode rule, String by) {
        ObjectNode held = rule.putArray("consumerKnows").addObject();
        held.putObject("source").put("en", "Consular register");
        held.putArray("cells").addObject().putArray("by").add(by);
    }

    private static Stream<Fault> answering() {
        return Stream.of(
                fault(
                        Rule.ADMINISTRATOR_SEES_FIGURES,
                        STOCK,
                        "/legs/0/access/roles",
                        d -> list(d, "/legs/0/access/roles").add("administrator")),
                fault(
                        Rule.PURPOSE_WITHOUT_STATISTICIAN,
                        STOCK,
                        "/legs/0/access/roles",
                        d -> list(d, "/legs/0/access/roles").remove(0)),
                fault(Rule.CRISIS_PURPOSE_WITHOUT_CLAUSE, CRISIS, "/legs/0/purposes", d -> d.remove("crisis")),
                fault(
                        Rule.GROUNDS_MISSING,
                        ANNEX,
                        "/legs/0/answering",
                        d -> at(d, "/legs/0/answering").remove("grounds")),
                fault(
                        Rule.QUOTA_MISSING,
                        STOCK,
                        "/legs/0",
                        d -> at(d, "/legs/0").remove("quota")),
                fault(
                        Rule.DUE_MISSING,
                        STOCK,
                        "/legs/0/calendar",
                        d -> at(d, "/legs/0/calendar").remove("due")),
                fault(
                        Rule.DUE_FREQUENCY_MISMATCH,
                        STOCK,
                        "/legs/0/calendar/due",
                        d -> list(d, "/legs/0/calendar/due").add("--03-31")),
                fault(Rule.FIRST_DELIVERY_TOO_EARLY, STOCK, "/legs/0/calendar/firstDelivery", d -> {
                    at(d, "/course/entryIntoForce").put("rule", "ON_DATE").put("date", "2027-01-01");
                    at(d, "/legs/0/calendar").put("firstDelivery", "2026-10-31");
                }),
                fault(
                        Rule.FREQUENCY_NOT_IN_CUBE,
                        STOCK,
                        "/legs/0/calendar/frequency",
                        d -> at(d, "/legs/0/calendar").put("frequency", "M")),
                fault(
                        Rule.RETENTION_END_DIFFERS,
                        STOCK,
                        "/legs/0/retention/afterEnd",
                        d -> at(d, "/legs/0/retention").put("afterEnd", "DELETE")),
                fault(
                        Rule.LOG_SHORTER_THAN_RETENTION,
                        STOCK,
                        "/terms/audit/logMonths",
                        d -> at(d, "/terms/audit").put("logMonths", 12)));
    }
}
