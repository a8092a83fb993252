package org.entente.agreements.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.Framework;
import org.entente.agreements.Population.Concept;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.agreements.TemplateSamples;
import org.entente.agreements.decision.Facts.Presence;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds its fault, at its place, and finds nothing in a clean document. */
class LinterTest {
    private static final String STOCK = "bilateral-diaspora-stock";
    private static final String CRISIS = "bilateral-diaspora-stock-crisis";
    private static final String ANNEX = "technical-annex";
    private static final String RCP = "rcp-framework";
    static final List<String> TEMPLATES = Template.NAMES;

    /** A fault put into a clean template. */
    record Fault(Rule rule, String template, String pointer, LintFacts facts, Consumer<ObjectNode> edit) {
        List<Finding> findings() {
            ObjectNode tree = (ObjectNode)
                    CanonicalJson.parseStrict(TemplateSamples.filled(template).canonical());
            edit.accept(tree);
            return Linter.lint(CanonicalJson.encode(tree), facts);
        }

        @Override
        public String toString() {
            return rule.code();
        }
    }

    private static Fault fault(Rule rule, String template, String pointer, Consumer<ObjectNode> edit) {
        return new Fault(rule, template, pointer, Around.knowing(template), edit);
    }

    private static Fault known(Rule rule, String template, String pointer, LintFacts facts) {
        return new Fault(rule, template, pointer, facts, d -> {});
    }

    private static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    private static ArrayNode list(ObjectNode document, String pointer) {
        return (ArrayNode) document.at(pointer);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                        LinterTest.identity(),
                        LinterTest.population(),
                        LinterTest.cube(),
                        LinterTest.datasets(),
                        LinterTest.disclosure(),
                        LinterTest.answering(),
                        LinterTest.onward(),
                        LinterTest.crisis(),
                        LinterTest.course())
                .flatMap(s -> s);
    }

    private static Stream<Fault> identity() {
        return Stream.of(
                fault(
                        Rule.ANNEX_PARENT_VAGUE,
                        ANNEX,
                        "/parent",
                        d -> at(d, "/parent").remove("reference")),
                fault(
                        Rule.AUTHENTIC_TEXT_ODD_LANGUAGE,
                        ANNEX,
                        "/authenticTexts/1/language",
                        d -> list(d, "/authenticTexts")
                                .add(at(d, "/authenticTexts/0").deepCopy().put("language", "ro"))),
                fault(
                        Rule.AUTHENTIC_TEXT_TWICE,
                        ANNEX,
                        "/authenticTexts/1",
                        d -> list(d, "/authenticTexts")
                                .add(at(d, "/authenticTexts/0").deepCopy().put("sha256", "x".repeat(43)))),
                fault(
                        Rule.AUTHENTIC_TEXT_NO_PDF,
                        ANNEX,
                        "/authenticTexts/0/mediaType",
                        d -> at(d, "/authenticTexts/0").put("mediaType", "text/html")),
                fault(
                        Rule.LANGUAGES_WITHOUT_PREVAILING,
                        STOCK,
                        "/languages",
                        d -> list(d, "/languages/authentic").add("fr")),
                known(
                        Rule.CARD_DIFFERS,
                        STOCK,
                        "/parties/1/rootCard",
                        new LintFacts(
                                List.of(Around.structure()),
                                List.of(),
                                Map.of("PHL", "p".repeat(43), "ITA", "z".repeat(43)))),
                known(
                        Rule.CARD_UNKNOWN,
                        STOCK,
                        "/parties/1/rootCard",
                        new LintFacts(List.of(Around.structure()), List.of(), Map.of("PHL", "p".repeat(43)))),
                fault(
                        Rule.LEGAL_BASIS_MISSING,
                        STOCK,
                        "/parties/0",
                        d -> at(d, "/parties/0").remove("legalBasis")),
                fault(
                        Rule.MEMBER_AREA_MISSING,
                        RCP,
                        "/parties/0/areas",
                        d -> list(d, "/parties/0/areas").remove(1)),
                fault(
                        Rule.ROLE_UNUSED,
                        STOCK,
                        "/parties/0/role",
                        d -> list(d, "/legs").remove(1)),
                fault(Rule.CLAUSE_ABSENT, STOCK, "", d -> list(d, "/articles").remove(1)),
                fault(
                        Rule.ARTICLE_BESIDE_CLAUSE,
                        STOCK,
                        "/articles/0",
                        d -> at(d, "/articles/0").put("clause", 12)),
                fault(
                        Rule.ARTICLE_TWICE,
                        STOCK,
                        "/articles/1/clause",
                        d -> at(d, "/articles/1").put("clause", 6)));
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

    private static Stream<Fault> onward() {
        String onward = "/legs/0/onward";
        return Stream.of(
                fault(
                        Rule.ONWARD_STRANGER,
                        STOCK,
                        onward + "/allowed/2/party",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "PARTY")
                                .put("party", "COLOMBO")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_TO_ITSELF,
                        STOCK,
                        onward + "/allowed/2/party",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "PARTY")
                                .put("party", "ITA")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_SECRETARIAT_MISSING,
                        STOCK,
                        onward + "/allowed/2/recipient",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "SECRETARIAT")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_TWICE,
                        STOCK,
                        onward + "/allowed/2",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "OWN_MINISTRIES")
                                .put("condition", "PRIOR_CONSENT")),
                fault(
                        Rule.EMBARGO_IDLE,
                        STOCK,
                        onward + "/embargoDays",
                        d -> at(d, onward).put("embargoDays", 30)),
                fault(Rule.EMBARGO_DIFFERS, STOCK, onward + "/embargoDays", d -> {
                    at(d, onward).put("embargoDays", 30);
                    at(d, "/terms/publication").put("embargoDays", 60);
                }),
                fault(
                        Rule.PUBLICATION_CONTRADICTS_ONWARD,
                        STOCK,
                        onward,
                        d -> at(d, onward + "/allowed/1").put("condition", "FREE")),
                fault(Rule.MIRROR_BASES_DIFFER, ANNEX, "/legs/1/population/concepts", d -> {
                    at(d, "/terms/reciprocity").put("mirrorReports", true);
                    at(d, "/legs/1/population").putArray("concepts").add("BIRTH");
                }),
                fault(
                        Rule.RECIPROCITY_LEGS_DIFFER,
                        ANNEX,
                        "/legs/0",
                        d -> at(d, "/legs/1/cube").put("lagMonths", 12)),
                fault(
                        Rule.RECIPROCITY_ASYMMETRY_UNNAMED,
                        STOCK,
                        "/terms/reciprocity",
                        d -> at(d, "/terms/reciprocity").remove("asymmetry")));
    }

    private static Stream<Fault> crisis() {
        String widening = "/crisis/widenings/0";
        return Stream.of(
                fault(
                        Rule.CRISIS_CLAUSE_EMPTY,
                        CRISIS,
                        "/crisis",
                        d -> at(d, "/crisis").without(List.of("widenings", "packs"))),
                fault(Rule.CRISIS_COUNTERSIGNED_BY_ITSELF, CRISIS, "/crisis/countersigned", d -> {
                    at(d, "/crisis").putArray("declarableBy").add("PHL");
                    at(d, "/crisis").putArray("countersigned").add("PHL");
                }),
                fault(
                        Rule.CRISIS_DECLARER_UNINVOLVED,
                        CRISIS,
                        "/crisis/declarableBy/2",
                        d -> list(d, "/crisis/declarableBy").add("MDA")),
                fault(
                        Rule.CRISIS_NARROWER,
                        CRISIS,
                        widening + "/cube",
                        d -> list(d, widening + "/cube/dimensions/SEX/codes").remove(0)),
                fault(Rule.CRISIS_WITHOUT_EFFECT, CRISIS, widening, d -> {
                    at(d, widening).without(List.of("answerHours", "quota"));
                    at(d, widening).set("cube", d.at("/legs/0/cube"));
                }),
                fault(Rule.CRISIS_SLOWER, CRISIS, widening + "/answerHours", d -> {
                    at(d, "/legs/0/answering").put("mode", "APPROVAL").put("days", 1);
                    at(d, widening).put("answerHours", 48);
                }),
                fault(
                        Rule.CRISIS_QUOTA_NARROWER,
                        CRISIS,
                        widening + "/quota",
                        d -> at(d, widening + "/quota").put("per", "MONTH")),
                fault(
                        Rule.CRISIS_PACK_UNOPENABLE,
                        CRISIS,
                        "/crisis/packs/0",
                        d -> at(d, "/crisis").putArray("declarableBy").add("ITA")),
                fault(
                        Rule.CRISIS_PACK_BEYOND_WIDENING,
                        CRISIS,
                        "/crisis/packs/0/cube",
                        d -> list(d, "/crisis/packs/0/cube/dimensions/OCCUPATION/codes")
                                .add("OC1")),
                known(
                        Rule.CRISIS_OUTSIDE_UNIVERSE,
                        CRISIS,
                        widening + "/cube/dimensions/AGE",
                        Around.knowing(
                                CRISIS,
                                Around.holding(
                                        Set.of(Concept.BIRTH, Concept.CITIZENSHIP),
                                        Map.of("AGE", Set.of("_T", "Y_LT15", "Y15T24", "Y25T64", "Y_GE65"))))),
                fault(
                        Rule.CRISIS_UNLOGGED,
                        CRISIS,
                        "/crisis/extraLog",
                        d -> at(d, "/crisis").put("extraLog", false)));
    }

    private static Stream<Fault> course() {
        String entry = "/course/entryIntoForce";
        return Stream.of(
                fault(Rule.FRAMEWORK_WITHOUT_ACCESSION, RCP, "", d -> d.remove("accession")),
                fault(
                        Rule.ACCESSION_OPEN_TO_PARTY,
                        RCP,
                        "/accession/openTo/1",
                        d -> list(d, "/accession/openTo").add("PHL")),
                fault(
                        Rule.MINIMUM_UNREACHABLE,
                        RCP,
                        "/federation/minimumReporting",
                        d -> at(d, "/federation").put("minimumReporting", 9)),
                fault(Rule.SECRETARIAT_WITHOUT_RIGHTS, RCP, "/parties/0", d -> d.remove("federation")),
                fault(
                        Rule.ENTRY_PARTIES_UNREACHABLE,
                        RCP,
                        entry + "/parties",
                        d -> at(d, entry).put("parties", 40)),
                fault(Rule.TREATY_WITHOUT_NOTIFICATIONS, STOCK, entry + "/rule", d -> d.put("nature", "TREATY")),
                fault(
                        Rule.PROVISIONAL_TOO_LATE,
                        STOCK,
                        entry + "/provisionalFrom",
                        d -> at(d, entry)
                                .put("rule", "ON_DATE")
                                .put("date", "2027-01-01")
                                .put("provisionalFrom", "2027-02-01")),
                fault(
                        Rule.RENEWAL_NOTICE_TOO_LONG,
                        STOCK,
                        "/course/validity/renewal/noticeDays",
                        d -> at(d, "/course/validity/renewal").put("noticeDays", 3650)),
                fault(Rule.TERMINATION_WITHOUT_NOTICE, STOCK, "/course/termination/noticeDays", d -> {
                    d.put("nature", "TREATY");
                    at(d, "/course/termination").put("noticeDays", 0);
                }),
                fault(
                        Rule.MOU_BINDING,
                        STOCK,
                        "/terms/status/binding",
                        d -> at(d, "/terms/status").put("binding", true)),
                fault(Rule.TREATY_NOT_BINDING, STOCK, "/terms/status/binding", d -> d.put("nature", "TREATY")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_found_at_its_place_with_cause_and_remedy(Fault fault) {
        List<Finding> findings = fault.findings();
        List<Finding> found = findings.stream()
                .filter(f -> f.code().equals(fault.rule().code()))
                .toList();
        assertTrue(
                found.stream().anyMatch(f -> f.pointer().equals(fault.pointer())),
                () -> fault.rule().code() + " at " + fault.pointer() + " is not among\n"
                        + String.join(
                                "\n", findings.stream().map(Finding::toString).toList()));
        assertEquals(fault.rule().severity(), found.get(0).severity());
        assertTrue(found.get(0).clause() != null && found.get(0).clause() > 0);
        assertTrue(found.get(0).sentence().length() > 30, found.get(0).sentence());
    }

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void nothing_is_found_in_a_clean_template(String template) {
        LintFacts facts = Around.knowing(template, Around.dataset(SensitiveGroup.REFUGEES, Presence.EXCLUDED));
        assertEquals(List.of(), Linter.lint(TemplateSamples.filled(template), facts));
    }

    @Test
    void every_rule_has_a_fault_that_it_finds() {
        Set<Rule> proved = new TreeSet<>(faults().map(Fault::rule).toList());
        assertEquals(new TreeSet<>(Arrays.asList(Rule.values())), proved);
    }

    @Test
    void the_guide_for_legal_officers_lists_every_rule_with_its_weight() throws IOException {
        List<String> guide = Files.readAllLines(Path.of("../docs/agreements.md"));
        for (Rule rule : Rule.values()) {
            String row = "| `" + rule.code() + "` | " + rule.severity().name().toLowerCase(Locale.ROOT) + " | ";
            assertTrue(guide.stream().anyMatch(l -> l.startsWith(row)), "the guide lacks the row " + row);
        }
    }

    @Test
    void what_keeps_a_draft_from_being_an_agreement_is_found_too_with_the_clause_it_concerns() {
        Fault accession = fault(Rule.CLAUSE_ABSENT, STOCK, "", d -> {
            ObjectNode clause = d.putObject("accession");
            clause.put("depositary", "PHL").put("optOutPerLeg", true).put("withdrawalNoticeDays", 90);
            clause.put("dataAfterLeaving", "STAYS_BOUND");
            at(d, "/legs/0").put("provider", "MDA");
            d.put("authenticForm", "TEXT");
        });
        List<Finding> findings = accession.findings();
        for (String place : List.of("/accession", "/legs/0/provider", "/authenticTexts")) {
            assertTrue(
                    findings.stream()
                            .anyMatch(f -> f.pointer().equals(place)
                                    && f.code().equals("document-meaning")
                                    && f.severity() == Severity.ERROR
                                    && f.clause() != null),
                    () -> place + " in " + findings);
        }
        Fault few = fault(Rule.CLAUSE_ABSENT, RCP, "", d -> at(d, "/federation").put("minimumReporting", 2));
        assertEquals(List.of("document-schema"), Around.codes(few.findings()));
        assertEquals(34, few.findings().get(0).clause());
        assertEquals(
                "document-unreadable",
                Linter.lint("{\"a\":".getBytes(java.nio.charset.StandardCharsets.UTF_8), LintFacts.NONE)
                        .get(0)
                        .code());
    }

    @Test
    void what_is_not_known_is_not_checked() {
        List<Finding> findings = Linter.lint(TemplateSamples.filled(STOCK), LintFacts.NONE);
        assertEquals(List.of("structure-unknown", "structure-unknown"), Around.codes(findings));
        assertEquals(Severity.NOTE, findings.get(0).severity());
    }

    @Test
    void a_dataset_that_does_not_feed_the_leg_is_no_fault_of_it() {
        LintFacts.Dataset permits = new LintFacts.Dataset(
                "ITA",
                "PERMITS",
                Set.of(Concept.PREVIOUS_RESIDENCE),
                Around.dataset(SensitiveGroup.REFUGEES, Presence.INCLUDED).groups(),
                Map.of());
        LintFacts.Dataset stock = Around.dataset(SensitiveGroup.REFUGEES, Presence.EXCLUDED);
        assertEquals(List.of(), Linter.lint(TemplateSamples.filled(STOCK), Around.knowing(STOCK, permits, stock)));
    }

    @Test
    void the_heaviest_findings_come_first_and_the_same_document_gives_the_same_list() throws Exception {
        Agreement framework = Framework.agreement();
        List<Finding> findings = Linter.lint(framework, Around.knowing(STOCK));
        assertFalse(findings.isEmpty());
        assertEquals(
                findings.stream().map(Finding::severity).sorted().toList(),
                findings.stream().map(Finding::severity).toList());
        assertEquals(findings, Linter.lint(framework, Around.knowing(STOCK)));
    }
}
