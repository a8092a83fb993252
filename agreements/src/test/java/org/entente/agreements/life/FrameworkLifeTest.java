package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Party;
import org.entente.agreements.Text;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Departure;
import org.entente.agreements.life.State.Phase;
import org.junit.jupiter.api.Test;

/** Joining a framework, taking part in its tables, and leaving it. */
class FrameworkLifeTest {
    private static final Author OFFICER = new Author("cert", Set.of("cert"));
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant T1 = Instant.parse("2026-04-01T10:00:00Z");
    private static final Instant T2 = Instant.parse("2026-04-10T10:00:00Z");
    private static final Instant T3 = Instant.parse("2026-06-01T10:00:00Z");

    private final Agreement text = Frameworks.text(d -> {});
    private final Party moldova = Frameworks.state("MDA", "MD");
    private final List<Instrument> acts = signed(text);

    private static List<Instrument> signed(Agreement text) {
        Acting phl = Acting.on(text, "PHL", T0);
        return new ArrayList<>(List.of(
                phl.by("ADD").proposed(),
                phl.signed(),
                phl.by("ITA").signed(),
                phl.by("ADD").signed()));
    }

    private static List<String> bound(Agreement text, List<Instrument> acts, Instant now) {
        return Life.fold(text, acts, now).parties().stream().map(Party::id).toList();
    }

    private void take(Instrument act) {
        assertDoesNotThrow(() -> Life.check(text, acts, act, OFFICER, act.at()));
        acts.add(act);
    }

    private static void refused(Reason reason, Agreement text, List<Instrument> soFar, Instrument act) {
        ActRefusedException e =
                assertThrows(ActRefusedException.class, () -> Life.check(text, soFar, act, OFFICER, act.at()));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    @Test
    void a_state_that_acceded_is_a_party_once_the_depositary_has_accepted() {
        Acting mda = Acting.on(text, "MDA", T1);
        take(mda.acceded(moldova));
        assertEquals(List.of("PHL", "ITA", "ADD"), bound(text, acts, T1));
        refused(Reason.NOT_ENTITLED, text, acts, mda.by("ITA").at(T2).accepted("MDA"));
        take(mda.by("ADD").at(T2).accepted("MDA"));
        assertEquals(List.of("PHL", "ITA", "ADD", "MDA"), bound(text, acts, T2));
        refused(Reason.OUT_OF_ORDER, text, acts, mda.at(T3).acceded(moldova));
        take(mda.at(T3).suspended(Frameworks.AMONG_MEMBERS));
    }

    @Test
    void where_the_clause_asks_nothing_an_accession_counts_by_itself_after_its_days() {
        Agreement open = Frameworks.text(d -> {
            var accession = (com.fasterxml.jackson.databind.node.ObjectNode) d.get("accession");
            accession.remove("acceptance");
            accession.put("effectDays", 30);
        });
        List<Instrument> soFar = signed(open);
        soFar.add(Acting.on(open, "MDA", T1).acceded(moldova));
        assertFalse(bound(open, soFar, Instant.parse("2026-04-30T21:59:59Z")).contains("MDA"));
        assertTrue(bound(open, soFar, Instant.parse("2026-04-30T22:00:00Z")).contains("MDA"));
        refused(
                Reason.NOT_ALLOWED_BY_CLAUSE,
                open,
                soFar,
                Acting.on(open, "ADD", T2).accepted("MDA"));
    }

    @Test
    void the_secretariat_speaks_for_who_acceded_and_no_longer_for_who_left() {
        take(Acting.on(text, "MDA", T1).acceded(moldova));
        take(Acting.on(text, "ADD", T1).accepted("MDA"));
        Party joined = Life.fold(text, acts, T1).party("ADD").orElseThrow();
        assertEquals(List.of("ITA", "MDA", "PHL"), joined.onBehalfOf());
        assertEquals(List.of("IT", "MD", "PH"), joined.areas());
        take(Acting.on(text, "PHL", T2).withdrawn());
        Party after = Life.fold(text, acts, T3).party("ADD").orElseThrow();
        assertEquals(List.of("ITA", "MDA"), after.onBehalfOf());
        assertEquals(List.of("IT", "MD"), after.areas());
    }

    @Test
    void an_entry_that_does_not_fit_the_text_is_refused() {
        refused(Reason.INCOMPLETE, text, acts, Acting.on(text, "KEN", T1).acceded(Frameworks.state("KEN", "KE")));
        refused(Reason.INCOMPLETE, text, acts, Acting.on(text, "KEN", T1).acceded(moldova));
        refused(Reason.UNKNOWN_LEG, text, acts, Acting.on(text, "MDA", T1).acceded(moldova, "NONE"));
        refused(
                Reason.OUT_OF_ORDER,
                text,
                acts.subList(0, 3),
                Acting.on(text, "ADD", T1).acceded(Frameworks.state("ADD", "MD")));
        Acting mda = Acting.on(text, "MDA", T1);
        Membership.Acceded plain = mda.acceded(moldova);
        refused(
                Reason.NOT_ALLOWED_BY_NATURE,
                text,
                acts,
                new Membership.Acceded(
                        plain.id(),
                        plain.agreement(),
                        plain.digest(),
                        "MDA",
                        T1,
                        moldova,
                        List.of(),
                        List.of(),
                        Text.of("en", "Except article 7"),
                        null));
        Agreement closed = Frameworks.text(d -> ((com.fasterxml.jackson.databind.node.ObjectNode) d.get("accession"))
                .putArray("openTo")
                .add("LKA"));
        refused(
                Reason.NOT_ALLOWED_BY_CLAUSE,
                closed,
                signed(closed),
                Acting.on(closed, "MDA", T1).acceded(moldova));
    }

    @Test
    void a_member_stays_out_of_a_table_and_comes_back() {
        take(Acting.on(text, "PHL", T1).optedOut(Frameworks.AMONG_MEMBERS));
        assertFalse(Life.fold(text, acts, T1).takesPart("PHL", Frameworks.AMONG_MEMBERS));
        assertTrue(Life.fold(text, acts, T1).takesPart("ITA", Frameworks.AMONG_MEMBERS));
        take(Acting.on(text, "PHL", T2).optedIn(Frameworks.AMONG_MEMBERS));
        assertTrue(Life.fold(text, acts, T2).takesPart("PHL", Frameworks.AMONG_MEMBERS));
        Agreement all = Frameworks.text(
                d -> ((com.fasterxml.jackson.databind.node.ObjectNode) d.get("accession")).put("optOutPerLeg", false));
        refused(
                Reason.NOT_ALLOWED_BY_CLAUSE,
                all,
                signed(all),
                Acting.on(all, "PHL", T1).optedOut(Frameworks.AMONG_MEMBERS));
    }

    @Test
    void withdrawal_takes_effect_after_its_notice_and_leaves_only_acts_about_figures() {
        take(Acting.on(text, "MDA", T1).acceded(moldova));
        take(Acting.on(text, "ADD", T1).accepted("MDA"));
        take(Acting.on(text, "ITA", T2).withdrawn());
        assertTrue(bound(text, acts, Instant.parse("2026-05-09T21:59:59Z")).contains("ITA"));
        assertFalse(bound(text, acts, Instant.parse("2026-05-09T22:00:00Z")).contains("ITA"));
        assertEquals(Phase.IN_EFFECT, Life.fold(text, acts, T3).phase());
        refused(Reason.NOT_A_PARTY, text, acts, Acting.on(text, "ITA", T3).suspended(Frameworks.AMONG_MEMBERS));
        take(Acting.on(text, "ITA", T3).recalled("REL-1"));
        refused(
                Reason.OUT_OF_ORDER,
                text,
                acts.subList(0, 7),
                Acting.on(text, "ITA", T2.plusSeconds(9)).withdrawn());
        take(Acting.on(text, "ITA", T3).acceded(Frameworks.state("ITA", "IT")));
        take(Acting.on(text, "ADD", T3).accepted("ITA"));
        assertTrue(bound(text, acts, T3).contains("ITA"));
    }

    @Test
    void a_member_is_excluded_once_the_majority_of_the_others_has_voted_so() {
        for (String joiner : List.of("MDA:MD", "LKA:LK", "JOR:JO")) {
            String id = joiner.substring(0, 3);
            take(Acting.on(text, id, T1).acceded(Frameworks.state(id, joiner.substring(4))));
            take(Acting.on(text, "ADD", T1).accepted(id));
        }
        take(Acting.on(text, "PHL", T2).excluding("ITA"));
        refused(Reason.OUT_OF_ORDER, text, acts, Acting.on(text, "PHL", T2).excluding("ITA"));
        refused(Reason.NOT_ENTITLED, text, acts, Acting.on(text, "ADD", T2).excluding("ITA"));
        refused(Reason.NOT_ENTITLED, text, acts, Acting.on(text, "ITA", T2).excluding("ITA"));
        take(Acting.on(text, "MDA", T2).excluding("ITA"));
        assertTrue(bound(text, acts, T2).contains("ITA"), "two of four are no majority");
        take(Acting.on(text, "JOR", T3).excluding("ITA"));
        State state = Life.fold(text, acts, T3);
        assertFalse(bound(text, acts, T3).contains("ITA"));
        assertEquals(
                new Departure(Departure.How.EXCLUDED, T3), state.departures().get("ITA"));
    }

    @Test
    void a_framework_that_all_but_one_have_left_is_over() {
        Agreement two = Frameworks.text(d -> {});
        List<Instrument> soFar = new ArrayList<>(signed(two).subList(0, 3));
        soFar.add(Acting.on(two, "ITA", T1).withdrawn());
        assertEquals(Phase.IN_EFFECT, Life.fold(two, soFar, T2).phase());
        State over = Life.fold(two, soFar, T3);
        assertEquals(Phase.DENOUNCED, over.phase());
        assertEquals(Instant.parse("2026-04-30T22:00:00Z"), over.endsAt());
    }

    @Test
    void the_chair_passes_on_its_day_and_only_from_who_holds_it() {
        take(Acting.on(text, "ADD", T1).chair("ITA"));
        Instant july = Instant.parse("2026-06-30T22:00:00Z");
        assertTrue(Life.fold(text, acts, july.minusSeconds(1)).offices().isEmpty());
        assertEquals("ITA", Life.fold(text, acts, july).offices().get(Membership.Office.CHAIR));
        refused(Reason.NOT_ENTITLED, text, acts, Acting.on(text, "PHL", july).chair("PHL"));
        refused(Reason.OUT_OF_ORDER, text, acts, Acting.on(text, "ITA", july).chair("MDA"));
        take(Acting.on(text, "ITA", july).chair("PHL"));
    }
}
