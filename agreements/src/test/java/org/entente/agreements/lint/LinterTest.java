package org.entente.agreements.lint;

import static org.entente.agreements.lint.Fault.RCP;
import static org.entente.agreements.lint.Fault.STOCK;
import static org.entente.agreements.lint.Fault.at;
import static org.entente.agreements.lint.Fault.fault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.Framework;
import org.entente.agreements.Population.Concept;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.agreements.TemplateSamples;
import org.entente.agreements.decision.Facts.Presence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds its fault, at its place, and finds nothing in a clean document. */
class LinterTest {
    static final List<String> TEMPLATES = Template.NAMES;

    static Stream<Fault> faults() {
        return Stream.concat(LegFaults.all(), DocumentFaults.all());
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
