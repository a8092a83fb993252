package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.Coverage;
import org.entente.agreements.Sample;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.life.Acting;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Instrument;
import org.junit.jupiter.api.Test;

/** Corridors as they are: Moldova and Italy, which count by birth and by citizenship, and Italian permits, which are all protection. */
class CorridorDecisionTest {
    private static final String BY_BIRTH = "ITA-MDA-BIRTH";
    private static final String BY_CITIZENSHIP = "ITA-MDA-CITIZENSHIP";

    /** MDA and ITA, with one leg for each way of counting. */
    private static Agreement moldova() {
        return Sample.edited(d -> {
            ((ObjectNode) d.at("/parties/0")).put("id", "MDA").putArray("areas").add("MD");
            ((ObjectNode) d.at("/areas/list/0")).put("code", "MD");
            ArrayNode legs = (ArrayNode) d.get("legs");
            ObjectNode birth = (ObjectNode) legs.get(0);
            legs.remove(1);
            ObjectNode citizenship = birth.deepCopy();
            concept(birth, BY_BIRTH, "BIRTH", "CB");
            concept(citizenship, BY_CITIZENSHIP, "CITIZENSHIP", "CT");
            legs.add(citizenship);
        });
    }

    private static void concept(ObjectNode leg, String id, String concept, String basis) {
        leg.put("id", id).put("consumer", "MDA");
        ((ObjectNode) leg.get("population")).putArray("concepts").add(concept);
        ((ObjectNode) leg.at("/cube/dimensions/ORIGIN_BASIS")).putArray("codes").add(basis);
    }

    private static Case moldovaAsks(String leg) {
        Agreement text = moldova();
        Acting mda = Acting.on(text, "MDA", Case.SIGNED);
        List<Instrument> acts =
                List.of(mda.proposed(), mda.signed(), mda.by("ITA").signed());
        Case c = new Case().asks("MDA", "ITA", text.id(), leg);
        c.files = List.of(AgreementFile.of(text, acts));
        SortedMap<String, Facts.QuotaUse> quotas = new TreeMap<>();
        for (String each : List.of(BY_BIRTH, BY_CITIZENSHIP)) {
            quotas.put(
                    Facts.quotaKey(text.id(), each),
                    new Facts.QuotaUse(java.time.Instant.parse("2026-06-15T00:00:00Z"), 0, 0));
        }
        return c.facts(
                f -> new Facts(f.now(), f.side(), f.holds(), quotas, f.coverage(), f.release(), f.journalSize()));
    }

    @Test
    void birth_and_citizenship_never_come_in_one_answer() {
        assertEquals(
                Selection.of("CB"),
                moldovaAsks(BY_BIRTH).permit().slice().dimensions().get("ORIGIN_BASIS"));
        assertEquals(
                Selection.of("CT"),
                moldovaAsks(BY_CITIZENSHIP).permit().slice().dimensions().get("ORIGIN_BASIS"));
        Reason both = moldovaAsks(BY_BIRTH).select("ORIGIN_BASIS", "CB", "CT").reason();
        assertEquals(Reason.Code.CODES_OUTSIDE, both.code());
        assertEquals(List.of("CT"), both.values());
        Reason unnamed = moldovaAsksUnnamed().reason();
        assertEquals(Reason.Code.LEG_AMBIGUOUS, unnamed.code());
        assertEquals(2, unnamed.values().size());
    }

    private static Case moldovaAsksUnnamed() {
        Case c = moldovaAsks(BY_BIRTH);
        return c.asks("MDA", "ITA", null, null);
    }

    /** Permits by citizenship, all of them international protection, and not separable from the rest since there is no rest. */
    private static Facts.DatasetCoverage permits(Facts.Approval... approvals) {
        SortedMap<SensitiveGroup, Facts.Presence> groups = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            groups.put(group, Facts.Presence.EXCLUDED);
        }
        groups.put(SensitiveGroup.PROTECTION_BENEFICIARIES, Facts.Presence.INCLUDED);
        groups.put(SensitiveGroup.REFUGEES, Facts.Presence.INCLUDED);
        return new Facts.DatasetCoverage("DCIS_PERMSOGG", groups, List.of(approvals));
    }

    @Test
    void italian_permits_of_protected_persons_never_go_to_a_country_of_citizenship() {
        for (Coverage.Rule rule : Coverage.Rule.values()) {
            for (String concept : List.of("CITIZENSHIP", "BIRTH", "PREVIOUS_RESIDENCE", "FORMER_CITIZENSHIP")) {
                Case c = Case.edited(d -> {
                    ObjectNode groups = (ObjectNode) d.at("/legs/0/coverage/groups");
                    groups.put("PROTECTION_BENEFICIARIES", rule.name()).put("REFUGEES", rule.name());
                    ((ObjectNode) d.at("/legs/0/population"))
                            .putArray("concepts")
                            .add(concept);
                    ObjectNode area = (ObjectNode) d.at("/legs/0/cube/dimensions/COUNTERPART_AREA");
                    area.removeAll();
                    area.put("all", true);
                });
                c.coverage(permits());
                for (Case each : List.of(c, byName(c))) {
                    List<Reason> reasons = each.reasons();
                    assertTrue(reasons.stream().allMatch(r -> r.code() == Reason.Code.COVERAGE), reasons.toString());
                    assertEquals(2, reasons.size());
                }
            }
        }
    }

    private static Case byName(Case c) {
        Case named = new Case();
        named.files = c.files;
        named.facts = c.facts;
        return named.select("COUNTERPART_AREA", "PH");
    }

    @Test
    void an_approval_by_anybody_but_the_person_named_in_the_signed_text_changes_nothing() {
        Case c = Case.edited(d -> {
            ObjectNode coverage = (ObjectNode) d.at("/legs/0/coverage");
            ((ObjectNode) coverage.get("groups"))
                    .put("PROTECTION_BENEFICIARIES", "INCLUDED")
                    .put("REFUGEES", "INCLUDED");
            ObjectNode approval = coverage.putObject("approval");
            approval.put("name", "Dr. Bianchi").put("authority", "ISTAT");
            approval.putObject("post").put("en", "Director");
            approval.putObject("reason").put("en", "Resettlement");
        });
        TreeSet<SensitiveGroup> both =
                new TreeSet<>(List.of(SensitiveGroup.PROTECTION_BENEFICIARIES, SensitiveGroup.REFUGEES));
        c.coverage(permits(new Facts.Approval("Dr. Verdi", both, null)));
        assertEquals(2, c.reasons().size());
        c.coverage(permits(new Facts.Approval("Dr. Bianchi", both, null)));
        assertTrue(c.decide() instanceof Decision.Permit);
        TreeSet<SensitiveGroup> excluded = new TreeSet<>(List.of(SensitiveGroup.REFUGEES));
        c.facts(f -> new Facts(
                f.now(),
                f.side(),
                f.holds(),
                f.quotas(),
                f.coverage(),
                f.release(),
                new Facts.NationalFloor(null, null, false, false, false, 0, excluded, "Law 1/2026"),
                f.journalSize()));
        assertEquals(Reason.Code.COVERAGE, c.reason().code(), "national law is stricter");
    }
}
