package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Sample;
import org.entente.agreements.life.Acting;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Instrument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionRulesTest {
    @Test
    void a_request_in_order_gets_the_allowed_cube_with_its_obligations() {
        Decision.Permit permit = new Case().permit();
        assertEquals(Sample.STOCK, permit.leg());
        assertEquals(Sample.agreement().digest(), permit.digest());
        assertEquals(new TreeSet<>(List.of("PH")), permit.slice().codes().get("COUNTERPART_AREA"));
        assertEquals(new TreeSet<>(List.of("IT")), permit.slice().codes().get("REF_AREA"));
        assertEquals(
                new TreeSet<>(List.of("_T", "F", "M")), permit.slice().codes().get("SEX"));
        assertEquals(IsoDate.parse("2031-06-15"), permit.obligations().keepUntil());
        assertEquals(Instant.parse("2026-06-16T12:00:00Z"), permit.obligations().receiptBy());
        assertTrue(permit.clauses().stream().anyMatch(c -> c.number() == 7));
        assertEquals(Decisions.SEMANTICS, permit.semantics());
    }

    @Test
    void explicit_codes_are_granted_as_asked() {
        Slice slice =
                new Case().select("SEX", "F", "M").select("AGE", "_T").permit().slice();
        assertEquals(new TreeSet<>(List.of("F", "M")), slice.codes().get("SEX"));
        Map<String, String> cell = cell("F", "_T", "_T");
        assertTrue(slice.contains(cell, "2020"));
        assertFalse(slice.contains(cell("_T", "_T", "_T"), "2020"));
        assertFalse(slice.contains(cell("F", "Y15T24", "_T"), "2020"));
        Map<String, String> lacking = new TreeMap<>(cell);
        lacking.remove("REASON");
        assertFalse(slice.contains(lacking, "2020"));
    }

    static Map<String, String> cell(String sex, String age, String education) {
        Map<String, String> cell = new TreeMap<>();
        for (String dimension : Case.ROLES.dimensions()) {
            cell.put(dimension, "_T");
        }
        cell.putAll(Map.of(
                "FREQ", "A",
                "REF_AREA", "IT",
                "COUNTERPART_AREA", "PH",
                "ORIGIN_BASIS", "CB",
                "INDICATOR", "STOCK_IN",
                "UNIT_MEASURE", "PS"));
        cell.putAll(Map.of("SEX", sex, "AGE", age, "EDUCATION_LEV", education));
        return cell;
    }

    @Test
    void without_an_agreement_the_refusal_says_so() {
        Case c = new Case().asks("MDA", "ITA", null, null);
        assertEquals(Reason.Code.NO_AGREEMENT, c.reason().code());
        assertTrue(c.reason().sentence().contains("no agreement between ITA and MDA"));
        Case none = new Case();
        none.files = List.of();
        assertEquals(Reason.Code.NO_AGREEMENT, none.reason().code());
        assertEquals(
                Reason.Code.NO_AGREEMENT,
                new Case().asks("PHL", "ITA", "x".repeat(43), null).reason().code());
    }

    @Test
    void a_state_cannot_lean_on_the_agreement_of_others() {
        Reason reason = new Case().asks("MDA", "ITA", Sample.ID, Sample.STOCK).reason();
        assertEquals(Reason.Code.NOT_A_PARTY, reason.code());
        assertEquals(2, Objects.requireNonNull(reason.clause()).number());
    }

    @Test
    void the_agreement_may_be_named_by_id_or_digest() {
        assertEquals(
                Sample.STOCK,
                new Case()
                        .asks("PHL", "ITA", Sample.agreement().digest(), Sample.STOCK)
                        .permit()
                        .leg());
    }

    @Test
    void a_leg_serves_only_its_own_consumer() {
        Reason reason = new Case().asks("ITA", "PHL", Sample.ID, Sample.STOCK).reason();
        assertEquals(Reason.Code.NO_LEG, reason.code());
        assertEquals(List.of(Sample.DEPARTURES), reason.values());
        assertEquals(
                Reason.Code.NO_LEG,
                new Case().asks("PHL", "PHL", Sample.ID, Sample.STOCK).reason().code());
        assertEquals(
                Reason.Code.NO_LEG,
                new Case().asks("PHL", "ITA", Sample.ID, "ELSE").reason().code());
    }

    @Test
    void another_dataflow_than_the_legs_is_refused() {
        Case c = new Case();
        c.request(new DataRequest(
                "PHL",
                "ITA",
                null,
                null,
                ArtefactRef.parse("X:Y(1.0.0)"),
                "statistics",
                "statistician",
                null,
                new TreeMap<>(),
                TimeSelection.ALL));
        assertEquals(Reason.Code.NO_LEG, c.reason().code());
    }

    @Test
    void an_agreement_that_is_not_signed_by_all_permits_nothing() {
        Case c = new Case();
        Agreement agreement = Sample.agreement();
        c.files = List.of(AgreementFile.of(agreement, Case.signatures(agreement).subList(0, 2)));
        assertEquals(Reason.Code.NOT_IN_EFFECT, c.reason().code());
        assertTrue(c.reason().sentence().contains("PHL"));
        c.files = List.of(AgreementFile.of(agreement, List.of()));
        assertEquals(Reason.Code.NOT_IN_EFFECT, c.reason().code());
    }

    @Test
    void an_agreement_permits_nothing_before_its_day_and_after_its_end() {
        Case c = Case.edited(d ->
                Sample.at(d, "/course/entryIntoForce").put("rule", "ON_DATE").put("date", "2026-07-01"));
        assertEquals(Reason.Code.NOT_IN_EFFECT, c.reason().code());
        assertEquals(Sample.STOCK, c.now("2026-06-30T22:00:00Z").permit().leg());
        Case over =
                Case.edited(d -> Sample.at(d, "/course").putObject("validity").put("until", "2026-06-14"));
        assertTrue(over.reason().sentence().contains("expired"));
    }

    @Test
    void a_suspended_leg_and_a_hold_stop_it_and_the_refusal_tells_the_reason() {
        for (Instrument stop : List.of(
                Acting.on(Sample.agreement(), "ITA", Case.NOW).suspended(Sample.STOCK),
                Acting.on(Sample.agreement(), "PHL", Case.NOW).heldLeg(Sample.STOCK),
                Acting.on(Sample.agreement(), "PHL", Case.NOW).held())) {
            Case c = new Case();
            List<Instrument> acts = new ArrayList<>(Case.signatures(Sample.agreement()));
            acts.add(stop);
            c.files = List.of(AgreementFile.of(Sample.agreement(), acts));
            assertEquals(Reason.Code.LEG_STOPPED, c.reason().code());
            assertTrue(c.reason().sentence().matches(".*(Under review|Leak suspected)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NODE,,true",
        "PARTNER,PHL,true",
        "PARTNER,ITA,true",
        "PARTNER,MDA,false",
        "AGREEMENT," + Sample.ID + ",true",
        "AGREEMENT,urn:uuid:other,false",
        "LEG," + Sample.ID + "#" + Sample.STOCK + ",true",
        "LEG," + Sample.ID + "#" + Sample.DEPARTURES + ",false",
        "RELEASE,REL-1,true",
        "RELEASE,REL-2,false"
    })
    void a_hold_of_this_node_stops_exactly_what_it_names(Facts.Hold.Scope scope, String target, boolean stops) {
        Case c = new Case().holds(new Facts.Hold(scope, target, Case.SIGNED, "incident"));
        if (stops) {
            assertEquals(Reason.Code.HOLD, c.reason().code());
        } else {
            assertEquals(Sample.STOCK, c.permit().leg());
        }
        Instant later = Case.NOW.plusSeconds(1);
        assertEquals(
                Sample.STOCK,
                new Case()
                        .holds(new Facts.Hold(scope, target, later, "soon"))
                        .permit()
                        .leg());
    }

    @Test
    void only_agreed_purposes_roles_and_authorities_get_figures() {
        Reason purpose = new Case().as("crisis-response", "statistician", null).reason();
        assertEquals(Reason.Code.PURPOSE, purpose.code());
        assertTrue(purpose.sentence().contains("statistics, diaspora-planning"));
        assertEquals(5, Objects.requireNonNull(purpose.clause()).number());
        assertEquals(
                Reason.Code.PURPOSE,
                new Case().as("deportation", "statistician", null).reason().code());
        assertEquals(
                Reason.Code.ROLE,
                new Case().as("statistics", "administrator", null).reason().code());
        Case c = Case.edited(d -> ((ObjectNode) Sample.leg(d, 0).get("access"))
                .putArray("authorities")
                .add("CFO"));
        assertEquals(Reason.Code.AUTHORITY, c.reason().code());
        assertEquals(
                Sample.STOCK, c.as("statistics", "statistician", "CFO").permit().leg());
        assertEquals(
                Reason.Code.AUTHORITY,
                c.as("statistics", "statistician", "POLICE").reason().code());
    }

    @Test
    void every_code_outside_the_leg_is_refused_by_name() {
        Case c = new Case().select("COUNTERPART_AREA", "MD", "PH", "RO").select("SEX", "X");
        List<Reason> reasons = c.reasons();
        assertEquals(2, reasons.size());
        assertEquals(List.of("MD", "RO"), reasons.get(0).values());
        assertEquals(List.of("X"), reasons.get(1).values());
        assertTrue(reasons.get(0).sentence().contains("does not allow COUNTERPART_AREA MD, RO; it allows PH"));
        assertEquals(7, Objects.requireNonNull(reasons.get(0).clause()).number());
        assertEquals(
                Reason.Code.CODES_OUTSIDE, new Case().select("SEX").reason().code());
    }

    @Test
    void a_dimension_that_the_structure_lacks_is_refused() {
        Reason reason = new Case().select("RELIGION", "_T").reason();
        assertEquals(Reason.Code.DIMENSION_UNKNOWN, reason.code());
        assertEquals(List.of("RELIGION"), reason.values());
    }

    @Test
    void a_dimension_that_the_leg_does_not_speak_of_closes_the_leg() {
        Case c = Case.edited(d -> Sample.at(d, "/legs/0/cube/dimensions").remove("REASON"));
        assertEquals(Reason.Code.LEG_INCOMPLETE, c.reason().code());
        assertEquals(List.of("REASON"), c.reason().values());
    }

    @Test
    void a_forbidden_crossing_is_refused_by_name_and_cut_out_of_wildcards() {
        Reason reason = new Case()
                .select("AGE", "Y15T24")
                .select("EDUCATION_LEV", "_T", "ISCED11_5T8")
                .reason();
        assertEquals(Reason.Code.CROSSING, reason.code());
        assertEquals(8, Objects.requireNonNull(reason.clause()).number());
        Slice oneByName = new Case().select("AGE", "Y15T24").permit().slice();
        assertTrue(oneByName.contains(cell("F", "Y15T24", "_T"), "2020"));
        assertFalse(oneByName.contains(cell("F", "Y15T24", "ISCED11_5T8"), "2020"));
        Slice whole = new Case().permit().slice();
        assertTrue(whole.contains(cell("F", "_T", "ISCED11_5T8"), "2020"));
        assertFalse(whole.contains(cell("F", "Y15T24", "ISCED11_5T8"), "2020"));
        assertEquals(
                Sample.STOCK,
                new Case()
                        .select("AGE", "_T")
                        .select("EDUCATION_LEV", "ISCED11_5T8")
                        .permit()
                        .leg());
    }

    @Test
    void periods_outside_the_years_or_too_recent_are_refused_by_name() {
        Case c = Case.edited(d -> Sample.at(d, "/legs/0/cube")
                .put("lagMonths", 12)
                .putObject("years")
                .put("from", 2000)
                .put("to", 2030));
        assertEquals(
                List.of("1999", "2031"),
                c.time(TimeSelection.periods("1999", "2010", "2031")).reason().values());
        assertEquals(Reason.Code.YEARS, c.reason().code());
        c.time(TimeSelection.periods("2024", "2025", "2025-06"));
        assertEquals(Reason.Code.TIME_LAG, c.reason().code());
        assertEquals(List.of("2025", "2025-06"), c.reason().values());
        Slice named = c.time(TimeSelection.periods("2020")).permit().slice();
        assertTrue(named.containsPeriod("2020"));
        assertFalse(named.containsPeriod("2019"));
    }

    @Test
    void a_range_is_cut_to_the_years_and_refused_when_nothing_is_left() {
        Case c = Case.edited(d -> Sample.at(d, "/legs/0/cube").put("lagMonths", 6));
        Slice slice = c.time(TimeSelection.range("1980", null)).permit().slice();
        assertEquals(IsoDate.parse("1990-01-01"), slice.from());
        assertEquals(IsoDate.parse("2025-12-15"), slice.to());
        assertFalse(slice.containsPeriod("2025"));
        assertTrue(slice.containsPeriod("2025-Q3"));
        assertEquals(
                Reason.Code.YEARS,
                c.time(TimeSelection.range("1970", "1980")).reason().code());
        assertEquals(
                Reason.Code.TIME_LAG,
                c.time(TimeSelection.range("2026-05", null)).reason().code());
    }

    @Test
    void a_used_up_quota_refuses_and_a_new_window_starts_afresh() {
        Case c = Case.edited(d ->
                ((ObjectNode) Sample.leg(d, 0).get("quota")).put("requests", 3).put("cells", 10));
        c.facts(f -> quota(f, 2, 9));
        assertEquals(Sample.STOCK, c.permit().leg());
        c.facts(f -> quota(f, 3, 0));
        assertEquals(Reason.Code.QUOTA, c.reason().code());
        c.facts(f -> quota(f, 0, 10));
        assertEquals(Reason.Code.QUOTA, c.reason().code());
        c.facts(f -> quota(f, 3, 10)).now("2026-06-16T00:00:00Z");
        assertEquals(Sample.STOCK, c.permit().leg());
    }

    private static Facts quota(Facts f, int requests, long cells) {
        TreeMap<String, Facts.QuotaUse> use = new TreeMap<>();
        use.put(
                Facts.quotaKey(Sample.ID, Sample.STOCK),
                new Facts.QuotaUse(Instant.parse("2026-06-15T00:00:00Z"), requests, cells));
        return new Facts(f.now(), f.side(), f.holds(), use, f.coverage(), f.release(), f.journalSize());
    }

    @Test
    void a_provider_that_does_not_know_the_use_of_a_quota_refuses_while_the_consumer_may_ask() {
        Case c = new Case().facts(f -> new Facts(f.now(), f.side(), f.holds(), null, f.coverage(), null, 7));
        assertEquals(Reason.Code.QUOTA, c.reason().code());
        Case asking = new Case().facts(f -> Facts.ofConsumer(f.now(), 7));
        assertEquals(Sample.STOCK, asking.permit().leg());
    }

    @Test
    void all_reasons_are_given_at_once_in_the_order_of_the_checks() {
        List<Reason.Code> codes = new Case()
                        .as("deportation", "administrator", null)
                        .select("COUNTERPART_AREA", "MD")
                        .coverage(null)
                        .reasons()
                        .stream()
                        .map(Reason::code)
                        .toList();
        assertEquals(
                List.of(
                        Reason.Code.PURPOSE,
                        Reason.Code.ROLE,
                        Reason.Code.CODES_OUTSIDE,
                        Reason.Code.COVERAGE_UNDECLARED),
                codes);
    }

    @Test
    void an_unnamed_leg_is_found_when_only_one_answers() {
        assertEquals(
                Sample.STOCK, new Case().asks("PHL", "ITA", null, null).permit().leg());
    }

    @Test
    void an_unnamed_leg_is_refused_with_the_list_when_several_answer_on_different_terms() {
        Case c = Case.edited(d -> {
            ObjectNode more = Sample.leg(d, 0).deepCopy();
            more.put("id", "WIDER");
            ((ObjectNode) more.get("retention")).put("months", 6);
            ((ArrayNode) d.get("legs")).add(more);
        });
        c.facts(f -> Facts.ofConsumer(f.now(), 7)).asks("PHL", "ITA", null, null);
        Reason reason = c.reason();
        assertEquals(Reason.Code.LEG_AMBIGUOUS, reason.code());
        assertNull(reason.clause());
        assertEquals(List.of(Sample.ID + "#" + Sample.STOCK, Sample.ID + "#WIDER"), reason.values());
        assertEquals("WIDER", c.asks("PHL", "ITA", null, "WIDER").permit().leg());
    }

    @Test
    void of_two_versions_the_newest_that_applies_decides() {
        Agreement two = Sample.edited(d -> {
            d.put("version", 2).put("supersedes", Sample.agreement().digest());
            ((ObjectNode) Sample.leg(d, 0).get("retention")).put("months", 6);
        });
        Case c = new Case();
        c.files = List.of(AgreementFile.of(two, List.of()), Case.inEffect(Sample.agreement()));
        assertEquals(1, c.permit().version());
        c.files = List.of(Case.inEffect(two), Case.inEffect(Sample.agreement()));
        assertEquals(2, c.permit().version());
    }
}
