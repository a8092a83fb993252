package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.entente.agreements.life.Acting;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.life.Instrument;
import org.junit.jupiter.api.Test;

/** What a crisis changes in a decision: detail, speed and quota, for those who ask because of it, while it lasts; and nothing else. */
class CrisisDecisionTest {
    private static final Instant DECLARED = Instant.parse("2026-06-10T09:00:00Z");

    private final Agreement text = Sample.edited(d -> {
        ObjectNode crisis = d.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A disaster that displaces people.");
        crisis.putArray("declarableBy").add("PHL");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", Sample.STOCK).put("answerHours", 1);
        ObjectNode cube = ((ObjectNode) d.at("/legs/0/cube")).deepCopy();
        ((ArrayNode) cube.at("/dimensions/REF_REGION/codes")).add("ITC4");
        widening.set("cube", cube);
        widening.putObject("quota").put("requests", 20000).put("per", "DAY");
        Sample.leg(d, 0)
                .putObject("answering")
                .put("mode", "APPROVAL")
                .put("days", 10)
                .put("fourEyes", true);
    });
    private final CrisisAct.CrisisDeclared declaration =
            Acting.on(text, "PHL", DECLARED).crisis(10);

    private Case asked(String purpose, Instrument... acts) {
        List<Instrument> all = new ArrayList<>(Case.signatures(text));
        all.addAll(List.of(acts));
        Case c = new Case().as(purpose, "statistician", null);
        c.files = List.of(AgreementFile.of(text, all));
        return c;
    }

    private Case inCrisis(String purpose) {
        return asked(
                purpose,
                declaration,
                Acting.on(text, "ITA", DECLARED.plusSeconds(3600)).countersigned(declaration.id()));
    }

    private static boolean regions(Decision.Permit permit) {
        return permit.slice().dimensions().get("REF_REGION") instanceof Selection.Codes codes && codes.contains("ITC4");
    }

    @Test
    void who_asks_because_of_the_crisis_gets_the_wider_cube_while_it_lasts() {
        Decision.Permit permit = inCrisis("crisis-response").permit();
        assertTrue(regions(permit));
        Obligations.CrisisTerms terms =
                Objects.requireNonNull(permit.obligations().crisis());
        assertEquals(declaration.id(), terms.declaration());
        assertTrue(terms.extraLog());
        assertEquals(Instant.parse("2026-06-19T22:00:00Z"), terms.endsAt());
        assertTrue(permit.clauses().stream().anyMatch(c -> c.number() == 32));
        assertFalse(regions(inCrisis("statistics").permit()), "others get what they always get");
        assertNull(inCrisis("statistics").permit().obligations().crisis());
    }

    @Test
    void without_a_crisis_that_both_sides_agreed_to_the_purpose_is_refused() {
        assertEquals(Reason.Code.PURPOSE, asked("crisis-response").reason().code());
        assertEquals(
                Reason.Code.PURPOSE,
                asked("crisis-response", declaration).reason().code(),
                "not countersigned");
        assertEquals(
                Reason.Code.PURPOSE,
                inCrisis("crisis-response").now("2026-06-19T22:00:00Z").reason().code(),
                "over by itself");
        assertTrue(
                regions(inCrisis("crisis-response").now("2026-06-19T21:59:59Z").permit()));
    }

    @Test
    void what_the_widening_adds_can_be_asked_for_by_name_only_in_the_crisis() {
        assertTrue(
                regions(inCrisis("crisis-response").select("REF_REGION", "ITC4").permit()));
        assertEquals(
                Reason.Code.CODES_OUTSIDE,
                inCrisis("statistics").select("REF_REGION", "ITC4").reason().code());
    }

    @Test
    void a_person_approves_within_the_agreed_days_and_in_a_crisis_within_its_hours() {
        Obligations.Approval usual = Objects.requireNonNull(
                inCrisis("statistics").permit().obligations().approval());
        assertEquals(Instant.parse("2026-06-25T22:00:00Z"), usual.dueBy());
        assertTrue(usual.fourEyes());
        Obligations.Approval faster = Objects.requireNonNull(
                inCrisis("crisis-response").permit().obligations().approval());
        assertEquals(Case.NOW.plusSeconds(3600), faster.dueBy());
    }

    @Test
    void the_crisis_has_its_own_quota() {
        Case usual = inCrisis("statistics").facts(f -> withQuota(f, 10000));
        assertEquals(Reason.Code.QUOTA, usual.reason().code());
        Decision.Permit permit =
                inCrisis("crisis-response").facts(f -> withQuota(f, 10000)).permit();
        assertEquals(20000, Objects.requireNonNull(permit.obligations().quota()).requests());
        assertEquals(
                Reason.Code.QUOTA,
                inCrisis("crisis-response")
                        .facts(f -> withQuota(f, 20000))
                        .reason()
                        .code());
    }

    private static Facts withQuota(Facts f, int used) {
        return new Facts(
                f.now(), f.side(), f.holds(), Case.quotaUsed(used), f.coverage(), f.release(), f.journalSize());
    }

    @Test
    void a_crisis_never_weakens_protection() {
        Decision.Permit usual = inCrisis("statistics").permit();
        Decision.Permit wider = inCrisis("crisis-response").permit();
        assertEquals(usual.obligations().disclosure(), wider.obligations().disclosure());
        assertEquals(usual.obligations().separate(), wider.obligations().separate());
        assertNotNull(wider.obligations().approval());
        assertEquals(usual.slice().neverCross(), wider.slice().neverCross());
    }
}
