package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifeTest {
    private static final Instant T1 = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant T2 = Instant.parse("2026-03-05T15:00:00Z");
    private static final Author OFFICER = new Author("cert", Set.of("cert", "other"));

    private final Agreement memorandum = Sample.agreement();

    private static Agreement entry(String nature, String rule, @Nullable Integer days, @Nullable String date) {
        return Sample.edited(d -> {
            d.put("nature", nature);
            ObjectNode entry = Sample.at(d, "/course").putObject("entryIntoForce");
            entry.put("rule", rule);
            if (days != null) {
                entry.put("days", days);
            }
            if (date != null) {
                entry.put("date", date);
            }
        });
    }

    private static Conclusion.Proposed proposed(Agreement a, String party, Instant at) {
        return new Conclusion.Proposed("urn:uuid:p", a.id(), a.digest(), party, at);
    }

    private static Conclusion.Signed signed(Agreement a, String party, Instant at) {
        return new Conclusion.Signed("urn:uuid:s-" + party, a.id(), a.digest(), party, at, "cert");
    }

    private static Conclusion.ProceduresCompleted completed(Agreement a, String party, Instant at) {
        return new Conclusion.ProceduresCompleted("urn:uuid:c-" + party, a.id(), a.digest(), party, at);
    }

    private static Notice denounced(Agreement a, Instant at) {
        return Acting.on(a, "ITA", at).notice();
    }

    private static List<Instrument> bothSigned(Agreement a) {
        return new ArrayList<>(List.of(proposed(a, "PHL", T1), signed(a, "PHL", T1), signed(a, "ITA", T2)));
    }

    private static Phase phase(Agreement a, List<Instrument> acts, String now) {
        return Life.fold(a, acts, Instant.parse(now)).phase();
    }

    @Test
    void the_phases_follow_the_acts() {
        List<Instrument> acts = bothSigned(memorandum);
        assertEquals(Phase.DRAFT, phase(memorandum, acts.subList(0, 0), "2026-03-06T00:00:00Z"));
        assertEquals(Phase.PROPOSED, phase(memorandum, acts.subList(0, 1), "2026-03-06T00:00:00Z"));
        assertEquals(Phase.PROPOSED, phase(memorandum, acts.subList(0, 2), "2026-03-06T00:00:00Z"));
        State state = Life.fold(memorandum, acts, T2);
        assertEquals(Phase.IN_EFFECT, state.phase());
        assertEquals(T2, state.inEffectSince());
        assertEquals(Set.of("ITA", "PHL"), state.signed().keySet());
    }

    @Test
    void both_sides_reach_the_same_state_in_whatever_order_signatures_arrive() {
        List<Instrument> acts = bothSigned(memorandum);
        State state = Life.fold(memorandum, acts, T2);
        Collections.reverse(acts);
        assertEquals(state, Life.fold(memorandum, acts, T2));
    }

    @Test
    void entry_into_force_on_a_day_begins_with_that_day_in_the_agreements_zone() {
        Agreement a = entry("MOU", "ON_DATE", null, "2026-04-01");
        assertEquals(Phase.SIGNED, phase(a, bothSigned(a), "2026-03-31T21:59:59Z"));
        assertEquals(Phase.IN_EFFECT, phase(a, bothSigned(a), "2026-03-31T22:00:00Z"));
    }

    @Test
    void a_day_that_passed_before_the_last_signature_means_the_last_signature() {
        Agreement a = entry("MOU", "ON_DATE", null, "2026-01-01");
        assertEquals(T2, Life.fold(a, bothSigned(a), T2).inEffectSince());
    }

    @Test
    void days_after_the_last_signature_are_counted_in_the_agreements_zone() {
        Agreement a = entry("MOU", "DAYS_AFTER_LAST_SIGNATURE", 30, null);
        assertEquals(
                Instant.parse("2026-04-03T22:00:00Z"),
                Life.fold(a, bothSigned(a), T2).inEffectSince());
        assertEquals(Phase.SIGNED, phase(a, bothSigned(a), "2026-04-03T21:59:59Z"));
        assertEquals(Phase.IN_EFFECT, phase(a, bothSigned(a), "2026-04-03T22:00:00Z"));
    }

    @Test
    void a_treaty_may_wait_for_the_last_notification() {
        Agreement a = entry("TREATY", "DAYS_AFTER_LAST_NOTIFICATION", 10, null);
        List<Instrument> acts = bothSigned(a);
        acts.add(completed(a, "PHL", T2));
        assertNull(Life.fold(a, acts, T2).inEffectSince());
        assertEquals(Phase.SIGNED, phase(a, acts, "2027-01-01T00:00:00Z"));
        acts.add(completed(a, "ITA", Instant.parse("2026-05-01T12:00:00Z")));
        assertEquals(Phase.PROCEDURES_COMPLETED, phase(a, acts, "2026-05-10T21:59:59Z"));
        assertEquals(Phase.IN_EFFECT, phase(a, acts, "2026-05-10T22:00:00Z"));
    }

    @Test
    void provisional_application_needs_all_signatures_and_its_day() {
        Agreement a = Sample.edited(d -> Sample.at(d, "/course")
                .putObject("entryIntoForce")
                .put("rule", "ON_DATE")
                .put("date", "2027-01-01")
                .put("provisionalFrom", "2026-06-01"));
        assertEquals(Phase.PROPOSED, phase(a, bothSigned(a).subList(0, 2), "2026-07-01T00:00:00Z"));
        assertEquals(Phase.SIGNED, phase(a, bothSigned(a), "2026-05-31T00:00:00Z"));
        assertEquals(Phase.PROVISIONALLY_APPLIED, phase(a, bothSigned(a), "2026-06-01T00:00:00Z"));
    }

    @Test
    void an_agreement_ends_by_time_by_notice_or_is_tacitly_renewed() {
        Agreement fixed =
                Sample.edited(d -> Sample.at(d, "/course").putObject("validity").put("until", "2026-12-31"));
        assertEquals(Phase.IN_EFFECT, phase(fixed, bothSigned(fixed), "2026-12-31T22:59:59Z"));
        assertEquals(Phase.EXPIRED, phase(fixed, bothSigned(fixed), "2026-12-31T23:00:00Z"));

        List<Instrument> renewed = bothSigned(memorandum);
        assertEquals(Phase.IN_EFFECT, phase(memorandum, renewed, "2040-01-01T00:00:00Z"));
        assertEquals(
                Instant.parse("2031-03-04T23:00:00Z"),
                Life.fold(memorandum, renewed, T2).endsAt());

        List<Instrument> noticed = bothSigned(memorandum);
        noticed.add(denounced(memorandum, Instant.parse("2026-06-01T10:00:00Z")));
        assertEquals(Phase.IN_EFFECT, phase(memorandum, noticed, "2026-08-29T00:00:00Z"));
        assertEquals(Phase.DENOUNCED, phase(memorandum, noticed, "2026-08-30T00:00:00Z"));
    }

    @Test
    void notice_too_late_for_the_renewal_still_ends_the_agreement_after_its_days() {
        List<Instrument> late = bothSigned(memorandum);
        late.add(denounced(memorandum, Instant.parse("2031-02-01T10:00:00Z")));
        assertEquals(Phase.IN_EFFECT, phase(memorandum, late, "2031-03-20T00:00:00Z"));
        assertEquals(Phase.DENOUNCED, phase(memorandum, late, "2031-05-03T00:00:00Z"));
    }

    @Test
    void a_suspension_takes_effect_after_notice_and_only_who_set_it_resumes() throws Exception {
        Agreement a = Sample.edited(d -> Sample.at(d, "/course/suspension").put("noticeDays", 5));
        List<Instrument> acts = bothSigned(a);
        Interruption.LegSuspended suspend =
                new Interruption.LegSuspended("urn:uuid:x", a.id(), a.digest(), "ITA", T2, Sample.STOCK, "review");
        Life.check(a, acts, suspend, OFFICER, T2);
        acts.add(suspend);
        assertTrue(Life.fold(a, acts, T2).stopOn(Sample.STOCK, T2).isEmpty());
        Instant after = Instant.parse("2026-03-10T00:00:00Z");
        assertTrue(Life.fold(a, acts, after).stopOn(Sample.STOCK, after).isPresent());
        assertTrue(Life.fold(a, acts, after).stopOn(Sample.DEPARTURES, after).isEmpty());
        Interruption.LegResumed byOther =
                new Interruption.LegResumed("urn:uuid:y", a.id(), a.digest(), "PHL", after, Sample.STOCK);
        assertRefused(Reason.OUT_OF_ORDER, a, acts, byOther, OFFICER, after);
        Interruption.LegResumed resume =
                new Interruption.LegResumed("urn:uuid:y", a.id(), a.digest(), "ITA", after, Sample.STOCK);
        Life.check(a, acts, resume, OFFICER, after);
        acts.add(resume);
        assertTrue(Life.fold(a, acts, after).stops().isEmpty());
    }

    @Test
    void a_hold_stops_at_once_and_only_who_set_it_lifts_it() throws Exception {
        List<Instrument> acts = bothSigned(memorandum);
        Acting phl = Acting.on(memorandum, "PHL", T2);
        Interruption.HoldSet hold = phl.held();
        Life.check(memorandum, acts, hold, OFFICER, T2);
        acts.add(hold);
        assertTrue(Life.fold(memorandum, acts, T2).stopOn(Sample.STOCK, T2).isPresent());
        Interruption.HoldLifted lift = phl.by("ITA").lifted();
        assertRefused(Reason.OUT_OF_ORDER, memorandum, acts, lift, OFFICER, T2);
        Life.check(memorandum, acts, phl.lifted(), OFFICER, T2);
    }

    @Test
    void an_act_about_another_agreement_or_another_text_is_refused() {
        Instrument other = new Conclusion.Signed("urn:uuid:1", "urn:uuid:else", memorandum.digest(), "PHL", T1, "cert");
        assertRefused(Reason.OTHER_AGREEMENT, memorandum, List.of(), other, OFFICER, T1);
        Instrument text = new Conclusion.Signed("urn:uuid:1", memorandum.id(), "0".repeat(43), "PHL", T1, "cert");
        assertRefused(Reason.OTHER_TEXT, memorandum, List.of(), text, OFFICER, T1);
    }

    @Test
    void only_parties_act_and_only_their_signatories_sign() {
        List<Instrument> acts = List.of(proposed(memorandum, "PHL", T1));
        assertRefused(Reason.NOT_A_PARTY, memorandum, acts, signed(memorandum, "MDA", T1), OFFICER, T1);
        Author stranger = new Author("stranger", Set.of("cert"));
        assertRefused(Reason.UNKNOWN_SIGNATORY, memorandum, acts, signed(memorandum, "PHL", T1), stranger, T1);
        Author another = new Author("other", Set.of("cert", "other"));
        assertRefused(Reason.UNKNOWN_SIGNATORY, memorandum, acts, signed(memorandum, "PHL", T1), another, T1);
        assertDoesNotThrow(() -> Life.check(memorandum, acts, signed(memorandum, "PHL", T1), OFFICER, T1));
    }

    @Test
    void an_act_from_the_future_is_refused() {
        List<Instrument> acts = List.of(proposed(memorandum, "PHL", T1));
        assertRefused(Reason.TIME, memorandum, acts, signed(memorandum, "PHL", T1.plusSeconds(61)), OFFICER, T1);
    }

    @Test
    void acts_out_of_order_are_refused() {
        Agreement m = memorandum;
        List<Instrument> none = List.of();
        List<Instrument> proposed = List.of(proposed(m, "PHL", T1));
        assertRefused(Reason.OUT_OF_ORDER, m, proposed, proposed(m, "ITA", T1), OFFICER, T1);
        assertRefused(Reason.OUT_OF_ORDER, m, none, signed(m, "PHL", T1), OFFICER, T1);
        assertRefused(Reason.OUT_OF_ORDER, m, bothSigned(m), signed(m, "PHL", T2), OFFICER, T2);
        assertRefused(Reason.OUT_OF_ORDER, m, proposed, denounced(m, T1), OFFICER, T1);
        List<Instrument> noticed = bothSigned(m);
        noticed.add(denounced(m, T2));
        assertRefused(Reason.OUT_OF_ORDER, m, noticed, denounced(m, T2), OFFICER, T2);
        Interruption.LegSuspended early =
                new Interruption.LegSuspended("urn:uuid:x", m.id(), m.digest(), "ITA", T1, Sample.STOCK, "r");
        assertRefused(Reason.OUT_OF_ORDER, m, proposed, early, OFFICER, T1);
        Interruption.LegSuspended unknown =
                new Interruption.LegSuspended("urn:uuid:x", m.id(), m.digest(), "ITA", T1, "NONE", "r");
        assertRefused(Reason.UNKNOWN_LEG, m, bothSigned(m), unknown, OFFICER, T2);
    }

    @Test
    void a_memorandum_has_no_internal_procedures_and_a_treaty_only_if_it_waits_for_them() {
        assertRefused(
                Reason.NOT_ALLOWED_BY_NATURE,
                memorandum,
                bothSigned(memorandum),
                completed(memorandum, "PHL", T2),
                OFFICER,
                T2);
        Agreement treaty = entry("TREATY", "ON_LAST_SIGNATURE", null, null);
        assertRefused(
                Reason.NOT_ALLOWED_BY_CLAUSE, treaty, bothSigned(treaty), completed(treaty, "PHL", T2), OFFICER, T2);
        Agreement waits = entry("TREATY", "DAYS_AFTER_LAST_NOTIFICATION", 10, null);
        assertRefused(
                Reason.OUT_OF_ORDER,
                waits,
                List.of(proposed(waits, "PHL", T1)),
                completed(waits, "PHL", T1),
                OFFICER,
                T1);
        List<Instrument> acts = bothSigned(waits);
        assertDoesNotThrow(() -> Life.check(waits, acts, completed(waits, "PHL", T2), OFFICER, T2));
        acts.add(completed(waits, "PHL", T2));
        assertRefused(Reason.OUT_OF_ORDER, waits, acts, completed(waits, "PHL", T2), OFFICER, T2);
    }

    @Test
    void a_leg_is_suspended_only_where_the_agreement_allows_it() {
        Agreement whole = Sample.edited(d -> Sample.at(d, "/course/suspension").put("perLeg", false));
        Interruption.LegSuspended act =
                new Interruption.LegSuspended("urn:uuid:x", whole.id(), whole.digest(), "ITA", T2, Sample.STOCK, "r");
        assertRefused(Reason.NOT_ALLOWED_BY_CLAUSE, whole, bothSigned(whole), act, OFFICER, T2);
    }

    private static void assertRefused(
            Reason reason, Agreement a, List<Instrument> soFar, Instrument act, Author author, Instant now) {
        ActRefusedException e = assertThrows(ActRefusedException.class, () -> Life.check(a, soFar, act, author, now));
        assertEquals(reason, e.reason(), e.getMessage());
    }
}
