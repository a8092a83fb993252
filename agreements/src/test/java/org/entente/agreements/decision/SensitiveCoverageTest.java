package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.entente.agreements.Sample;
import org.entente.agreements.SensitiveGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SensitiveCoverageTest {
    private static final Facts.Approval ROSSI =
            new Facts.Approval("A. Rossi", new TreeSet<>(List.of(SensitiveGroup.REFUGEES)), null);

    private static Consumer<ObjectNode> includes(boolean approval, @Nullable String certificate) {
        return d -> {
            ObjectNode coverage = (ObjectNode) Sample.leg(d, 0).get("coverage");
            ((ObjectNode) coverage.get("groups")).put("REFUGEES", "INCLUDED");
            if (approval) {
                ObjectNode named = coverage.putObject("approval");
                named.put("name", "A. Rossi").put("authority", "ISTAT");
                named.putObject("post").put("en", "Director");
                named.putObject("reason").put("en", "The register cannot tell them apart.");
                if (certificate != null) {
                    named.put("certificateSha256", certificate);
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource(SensitiveGroup.class)
    void a_group_in_the_figures_that_cannot_be_left_out_is_refused(SensitiveGroup group) {
        Case c = new Case().coverage(Case.covers(Facts.Presence.INCLUDED, group));
        assertEquals(Reason.Code.COVERAGE, c.reason().code());
        assertEquals(List.of(group.name()), c.reason().values());
    }

    @ParameterizedTest
    @EnumSource(SensitiveGroup.class)
    void a_group_that_could_be_left_out_but_is_not_is_refused_with_the_remedy(SensitiveGroup group) {
        Case c = new Case().coverage(Case.covers(Facts.Presence.SEPARABLE, group));
        assertEquals(Reason.Code.COVERAGE, c.reason().code());
        assertTrue(c.reason().sentence().contains("release the figures without them"));
    }

    @ParameterizedTest
    @EnumSource(SensitiveGroup.class)
    void a_group_that_is_left_out_must_stay_out(SensitiveGroup group) {
        Case c = new Case().coverage(Case.covers(Facts.Presence.SEPARATED, group));
        assertEquals(new TreeSet<>(List.of(group)), c.permit().obligations().separate());
    }

    @Test
    void what_is_not_declared_counts_as_included() {
        Case c = new Case().coverage(new Facts.DatasetCoverage("IT-STOCK", new TreeMap<>(), List.of()));
        assertEquals(SensitiveGroup.values().length, c.reasons().size());
        assertTrue(c.reasons().stream().allMatch(r -> r.code() == Reason.Code.COVERAGE_UNDECLARED));
        assertEquals(
                Reason.Code.COVERAGE_UNDECLARED,
                new Case().coverage(null).reason().code());
    }

    @Test
    void to_the_country_of_origin_inclusion_in_the_leg_is_not_enough() {
        Case c = Case.edited(includes(false, null)).coverage(refugees());
        assertEquals(Reason.Code.COVERAGE, c.reason().code());
        assertTrue(c.reason().sentence().contains("country of origin"));
    }

    @Test
    void to_the_country_of_origin_leg_and_approver_must_both_say_yes() {
        assertEquals(
                Reason.Code.COVERAGE,
                Case.edited(includes(true, null)).coverage(refugees()).reason().code());
        assertEquals(
                Reason.Code.COVERAGE,
                Case.edited(includes(false, null))
                        .coverage(refugees(ROSSI))
                        .reason()
                        .code());
        assertEquals(
                Sample.STOCK,
                Case.edited(includes(true, null))
                        .coverage(refugees(ROSSI))
                        .permit()
                        .leg());
        Facts.Approval other = new Facts.Approval("B. Bianchi", ROSSI.groups(), null);
        assertEquals(
                Reason.Code.COVERAGE,
                Case.edited(includes(true, null))
                        .coverage(refugees(other))
                        .reason()
                        .code());
        Facts.Approval nothing = new Facts.Approval("A. Rossi", new TreeSet<>(), null);
        assertEquals(
                Reason.Code.COVERAGE,
                Case.edited(includes(true, null))
                        .coverage(refugees(nothing))
                        .reason()
                        .code());
    }

    @Test
    void an_approver_named_with_a_certificate_must_have_approved_with_it() {
        String certificate = "c".repeat(43);
        assertEquals(
                Reason.Code.COVERAGE,
                Case.edited(includes(true, certificate))
                        .coverage(refugees(ROSSI))
                        .reason()
                        .code());
        Facts.Approval signed = new Facts.Approval("A. Rossi", ROSSI.groups(), certificate);
        assertEquals(
                Sample.STOCK,
                Case.edited(includes(true, certificate))
                        .coverage(refugees(signed))
                        .permit()
                        .leg());
    }

    @Test
    void about_other_peoples_nationals_inclusion_in_the_leg_is_enough() {
        Case c = Case.edited(d -> {
                    includes(false, null).accept(d);
                    Sample.at(d, "/legs/0/cube/dimensions/COUNTERPART_AREA")
                            .putArray("codes")
                            .add("MD")
                            .add("_T");
                })
                .coverage(refugees());
        assertEquals(Sample.STOCK, c.permit().leg());
    }

    @Test
    void a_leg_open_to_all_counterparts_is_open_to_the_country_of_origin() {
        Case c = Case.edited(d -> {
                    includes(false, null).accept(d);
                    ObjectNode rule = Sample.at(d, "/legs/0/cube/dimensions/COUNTERPART_AREA");
                    rule.remove("codes");
                    rule.put("all", true);
                })
                .coverage(refugees());
        assertEquals(Reason.Code.COVERAGE, c.reason().code());
        assertEquals(Sample.STOCK, c.select("COUNTERPART_AREA", "MD").permit().leg());
    }

    @Test
    void people_who_went_to_the_consumer_are_not_its_own() {
        Case c = Case.edited(d -> ((ObjectNode) Sample.leg(d, 1).at("/coverage/groups")).put("REFUGEES", "INCLUDED"))
                .coverage(refugees())
                .asks("ITA", "PHL", Sample.ID, Sample.DEPARTURES);
        assertEquals(Sample.DEPARTURES, c.permit().leg());
    }

    @Test
    void the_consumer_does_not_judge_coverage() {
        Case c = new Case().facts(f -> Facts.ofConsumer(f.now(), 7));
        assertTrue(c.permit().obligations().separate().isEmpty());
    }

    private static Facts.DatasetCoverage refugees(Facts.Approval... approvals) {
        return Case.covers(Facts.Presence.INCLUDED, SensitiveGroup.REFUGEES, approvals);
    }
}
