package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.junit.jupiter.api.Test;

/** A crisis from its declaration to its review (clause 32), and a suspension after a breach (clause 27). */
class CrisisLifeTest {
    private static final Author OFFICER = new Author("cert", Set.of("cert"));
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant T1 = Instant.parse("2026-04-01T10:00:00Z");
    private static final Instant T2 = Instant.parse("2026-04-02T10:00:00Z");

    private final Agreement text = text(d -> {});
    private final List<Instrument> acts = signed(text);
    private final Acting phl = Acting.on(text, "PHL", T1);

    private static Agreement text(Consumer<ObjectNode> edit) {
        return Sample.edited(d -> {
            Situations.crisis(d);
            ((ObjectNode) d.get("crisis")).putArray("declarableBy").add("PHL");
            edit.accept(d);
        });
    }

    private static List<Instrument> signed(Agreement text) {
        Acting phl = Acting.on(text, "PHL", T0);
        return new ArrayList<>(
                List.of(phl.proposed(), phl.signed(), phl.by("ITA").signed()));
    }

    private void take(Instrument act) {
        assertDoesNotThrow(() -> Life.check(text, acts, act, OFFICER, act.at()));
        acts.add(act);
    }

    private void refused(Reason reason, Instrument act) {
        ActRefusedException e =
                assertThrows(ActRefusedException.class, () -> Life.check(text, acts, act, OFFICER, act.at()));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    private boolean hasEffect(Instant now) {
        return Life.fold(text, acts, now)
                .crisisOn(Sample.STOCK, "ITA", "PHL", now)
                .isPresent();
    }

    @Test
    void a_stretch_of_time_was_touched_by_a_crisis_only_where_both_had_consented_and_it_had_not_ended() {
        CrisisAct.CrisisDeclared declared = phl.crisis(10);
        take(declared);
        take(phl.by("ITA").at(T2).countersigned(declared.id()));
        Instant end = Instant.parse("2026-04-10T22:00:00Z");
        Crisis crisis = Life.fold(text, acts, end).crises().getFirst();
        assertFalse(crisis.hadEffectWithin(Sample.STOCK, "ITA", "PHL", T0, T2));
        assertTrue(crisis.hadEffectWithin(Sample.STOCK, "ITA", "PHL", T0, T2.plusSeconds(1)));
        assertTrue(crisis.hadEffectWithin(Sample.STOCK, "ITA", "PHL", end.minusSeconds(1), end.plusSeconds(1)));
        assertFalse(crisis.hadEffectWithin(Sample.STOCK, "ITA", "PHL", end, end.plusSeconds(1)));
        assertFalse(crisis.hadEffectWithin(Sample.STOCK, "ITA", "MDA", T0, end));
        assertFalse(crisis.hadEffectWithin("ANOTHER", "ITA", "PHL", T0, end));
    }

    @Test
    void a_crisis_has_effect_once_countersigned_and_ends_by_itself_in_the_agreements_zone() {
        CrisisAct.CrisisDeclared declared = phl.crisis(10);
        take(declared);
        assertFalse(hasEffect(T1));
        take(phl.by("ITA").at(T2).countersigned(declared.id()));
        assertTrue(hasEffect(T2));
        Instant end = Instant.parse("2026-04-10T22:00:00Z");
        assertTrue(hasEffect(end.minusSeconds(1)));
        assertFalse(hasEffect(end));
        Crisis crisis = Life.fold(text, acts, end).crises().getFirst();
        assertEquals(end, crisis.endsAt());
        assertEquals(Instant.parse("2026-06-09T22:00:00Z"), crisis.reviewDue());
        assertTrue(crisis.owesReview("PHL", end));
        refused(Reason.OUT_OF_ORDER, phl.at(end).ended(declared.id()));
        refused(Reason.OUT_OF_ORDER, phl.at(T2).reviewed(declared.id()));
        take(phl.at(end).reviewed(declared.id()));
        assertFalse(Life.fold(text, acts, end).crises().getFirst().owesReview("PHL", end));
    }

    @Test
    void who_countersigned_in_advance_need_not_do_it_again() {
        Agreement standing = text(
                d -> ((ObjectNode) d.get("crisis")).putArray("countersigned").add("ITA"));
        List<Instrument> soFar = signed(standing);
        Acting on = Acting.on(standing, "PHL", T1);
        soFar.add(on.crisis(10));
        assertTrue(Life.fold(standing, soFar, T1)
                .crisisOn(Sample.STOCK, "ITA", "PHL", T1)
                .isPresent());
        assertThrows(
                ActRefusedException.class,
                () -> Life.check(
                        standing,
                        soFar,
                        on.by("ITA").countersigned(on.crisis(10).id()),
                        OFFICER,
                        T1));
    }

    @Test
    void a_crisis_ends_earlier_when_one_that_agreed_to_it_says_so() {
        CrisisAct.CrisisDeclared declared = phl.crisis(10);
        take(declared);
        refused(Reason.NOT_ENTITLED, phl.by("ITA").ended(declared.id()));
        take(phl.by("ITA").countersigned(declared.id()));
        take(phl.by("ITA").at(T2).ended(declared.id()));
        assertTrue(hasEffect(T2.minusSeconds(1)));
        assertFalse(hasEffect(T2));
    }

    @Test
    void what_the_clause_does_not_provide_for_is_refused() {
        refused(Reason.NOT_ENTITLED, phl.by("ITA").crisis(10));
        refused(Reason.NOT_ALLOWED_BY_CLAUSE, phl.crisis(31));
        refused(Reason.INCOMPLETE, phl.crisis(0));
        refused(Reason.NOT_ALLOWED_BY_CLAUSE, phl.crisis(10, Sample.DEPARTURES));
        refused(Reason.UNKNOWN_LEG, phl.crisis(10, "NONE"));
        refused(Reason.UNKNOWN_REFERENCE, phl.countersigned("urn:uuid:none"));
        refused(Reason.NOT_ENTITLED, phl.by("ITA").opened(Sample.STOCK));
        refused(Reason.NOT_ALLOWED_BY_CLAUSE, phl.opened(Sample.DEPARTURES));
        take(phl.crisis(10));
        refused(Reason.OUT_OF_ORDER, phl.at(T2).crisis(20));
    }

    @Test
    void the_consumer_alone_opens_its_pack_once_and_needs_no_crisis_for_it() {
        take(phl.opened(Sample.STOCK));
        refused(Reason.OUT_OF_ORDER, phl.at(T2).opened(Sample.STOCK));
    }

    @Test
    void after_a_notified_breach_a_leg_is_suspended_at_once() {
        Agreement slow = text(d -> Sample.at(d, "/course/suspension").put("noticeDays", 30));
        List<Instrument> soFar = signed(slow);
        Acting ita = Acting.on(slow, "ITA", T2);
        soFar.add(ita.suspended(Sample.STOCK));
        assertTrue(Life.fold(slow, soFar, T2).stopOn(Sample.STOCK, T2).isEmpty());
        soFar.add(ita.by("PHL").at(T1).breach());
        assertTrue(Life.fold(slow, soFar, T2).stopOn(Sample.STOCK, T2).isPresent());
    }
}
