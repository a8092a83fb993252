package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.life.Acting;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Frameworks;
import org.entente.agreements.life.Instrument;
import org.junit.jupiter.api.Test;

/** Requests under a framework: who is bound at that time, who takes part, and for whom the secretariat asks. */
class FrameworkDecisionTest {
    private static final Path MEMBERSHIP = Path.of("../../shared/data/rcp_membership.csv");

    private final Agreement text = Frameworks.text(d -> {});
    private final List<Instrument> acts = new ArrayList<>(joined(text, "PHL", "ITA", "ADD"));

    private static List<Instrument> joined(Agreement text, String... parties) {
        List<Instrument> acts = new ArrayList<>();
        acts.add(Acting.on(text, parties[0], Case.SIGNED).proposed());
        for (String party : parties) {
            acts.add(Acting.on(text, party, Case.SIGNED).signed());
        }
        return acts;
    }

    private Case asked(String consumer, String provider, String leg) {
        return asked(text, acts, consumer, provider, leg);
    }

    private static Case asked(Agreement text, List<Instrument> acts, String consumer, String provider, String leg) {
        Case c = new Case().asks(consumer, provider, text.id(), leg);
        String purpose = leg.equals(Frameworks.AMONG_MEMBERS) ? "migration-profile" : "statistics";
        c.as(purpose, "statistician", null);
        c.files = List.of(AgreementFile.of(text, acts));
        return c;
    }

    private Acting acting(String party) {
        return Acting.on(text, party, Instant.parse("2026-05-01T09:00:00Z"));
    }

    @Test
    void members_answer_each_other_and_the_secretariat() {
        assertEquals(
                Frameworks.AMONG_MEMBERS,
                asked("PHL", "ITA", Frameworks.AMONG_MEMBERS).permit().leg());
        Slice slice = asked("ADD", "ITA", Frameworks.TO_SECRETARIAT).permit().slice();
        assertEquals(Selection.of("IT"), slice.dimensions().get("REF_AREA"));
        assertEquals(Selection.of("PH", "IT"), slice.dimensions().get("COUNTERPART_AREA"));
        assertEquals(
                Reason.Code.NO_LEG,
                asked("ITA", "ADD", Frameworks.TO_SECRETARIAT).reason().code());
    }

    @Test
    void a_state_that_acceded_counts_like_any_other_from_then_on() {
        assertEquals(
                Reason.Code.NOT_A_PARTY,
                asked("MDA", "ITA", Frameworks.AMONG_MEMBERS).reason().code());
        acts.add(acting("MDA").acceded(Frameworks.state("MDA", "MD")));
        assertEquals(
                Reason.Code.NOT_A_PARTY,
                asked("MDA", "ITA", Frameworks.AMONG_MEMBERS).reason().code());
        acts.add(acting("ADD").accepted("MDA"));
        Slice slice = asked("MDA", "ITA", Frameworks.AMONG_MEMBERS).permit().slice();
        assertEquals(Selection.of("MD"), slice.dimensions().get("COUNTERPART_AREA"));
        Slice toAll = asked("ADD", "MDA", Frameworks.TO_SECRETARIAT).permit().slice();
        assertEquals(Selection.of("MD"), toAll.dimensions().get("REF_AREA"));
        assertEquals(Selection.of("PH", "IT", "MD"), toAll.dimensions().get("COUNTERPART_AREA"));
    }

    @Test
    void who_stays_out_of_a_table_neither_gives_nor_gets_it() {
        acts.add(acting("PHL").optedOut(Frameworks.AMONG_MEMBERS));
        for (String[] sides : new String[][] {{"PHL", "ITA"}, {"ITA", "PHL"}}) {
            Reason reason = asked(sides[0], sides[1], Frameworks.AMONG_MEMBERS).reason();
            assertEquals(Reason.Code.OPTED_OUT, reason.code());
            assertEquals(List.of("PHL"), reason.values());
        }
        assertTrue(asked("ADD", "PHL", Frameworks.TO_SECRETARIAT).decide() instanceof Decision.Permit);
    }

    @Test
    void who_has_left_gets_nothing_from_the_day_its_notice_is_over() {
        acts.add(acting("PHL").withdrawn());
        Case c = asked("PHL", "ITA", Frameworks.AMONG_MEMBERS);
        assertTrue(c.now("2026-05-30T21:59:59Z").decide() instanceof Decision.Permit);
        List<Reason> reasons = c.now("2026-05-30T22:00:00Z").reasons();
        assertTrue(reasons.getFirst().sentence().contains("has left"), reasons.toString());
    }

    @Test
    void a_secretariat_without_the_right_to_pull_asks_in_vain() {
        Agreement noPull = Frameworks.text(
                d -> ((ObjectNode) d.get("federation")).putArray("rights").add("AGGREGATE"));
        Case c = asked(noPull, joined(noPull, "PHL", "ITA", "ADD"), "ADD", "ITA", Frameworks.TO_SECRETARIAT);
        assertEquals(Reason.Code.FEDERATION, c.reason().code());
    }

    @Test
    void the_secretariat_is_the_country_of_origin_of_its_members_people() {
        Agreement included =
                Frameworks.text(d -> ((ObjectNode) d.at("/legs/0/coverage/groups")).put("REFUGEES", "INCLUDED"));
        Case c = asked(included, joined(included, "PHL", "ITA", "ADD"), "ADD", "ITA", Frameworks.TO_SECRETARIAT)
                .coverage(Case.covers(Facts.Presence.INCLUDED, SensitiveGroup.REFUGEES));
        assertEquals(Reason.Code.COVERAGE, c.reason().code());
        assertTrue(c.reason().sentence().contains("country of origin"));
    }

    @Test
    void the_abu_dhabi_dialogue_federates_its_real_members() throws IOException {
        boolean there = Files.exists(MEMBERSHIP);
        assumeTrue(there || "true".equals(System.getenv("CI")), "the shared data are not here");
        List<String> members = Files.readAllLines(MEMBERSHIP).stream()
                .map(line -> line.split(","))
                .filter(row -> row[0].equals("ADD") && row[2].equals("MEMBER"))
                .map(row -> row[1])
                .toList();
        assertTrue(members.contains("PHL") && members.size() >= 15, members.toString());
        Agreement dialogue = dialogue(members);
        List<String> all = new ArrayList<>(members);
        all.add("ADD");
        List<Instrument> signed = joined(dialogue, all.toArray(String[]::new));
        for (String provider : members) {
            Case pull = asked(dialogue, signed, "ADD", provider, Frameworks.TO_SECRETARIAT);
            Slice slice = pull.permit().slice();
            assertEquals(Selection.of(area(provider)), slice.dimensions().get("REF_AREA"));
            assertEquals(
                    Selection.of(
                            members.stream().map(FrameworkDecisionTest::area).toList()),
                    slice.dimensions().get("COUNTERPART_AREA"));
            for (String consumer : members) {
                Decision decision = asked(dialogue, signed, consumer, provider, Frameworks.AMONG_MEMBERS)
                        .decide();
                assertEquals(!consumer.equals(provider), decision instanceof Decision.Permit);
            }
        }
        assertEquals(
                Reason.Code.NOT_A_PARTY,
                asked(dialogue, signed, "ITA", "PHL", Frameworks.AMONG_MEMBERS)
                        .reason()
                        .code());
    }

    /** Made-up codes of two letters and a digit, one for each member: what matters here is who is who. */
    private static String area(String member) {
        return "X" + member;
    }

    private static Agreement dialogue(List<String> members) {
        return Frameworks.text(d -> {
            ArrayNode parties = (ArrayNode) d.get("parties");
            ObjectNode secretariat = (ObjectNode) parties.get(2);
            ObjectNode sample = ((ObjectNode) parties.get(0)).deepCopy();
            parties.removeAll();
            ArrayNode onBehalfOf = secretariat.putArray("onBehalfOf");
            ArrayNode areas = secretariat.putArray("areas");
            for (String member : new TreeSet<>(members)) {
                ObjectNode state = sample.deepCopy();
                state.put("id", member).put("rootCard", (member + "0".repeat(40)));
                state.putArray("areas").add(area(member));
                parties.add(state);
                onBehalfOf.add(member);
                areas.add(area(member));
                Frameworks.areas(d, area(member));
            }
            parties.add(secretariat);
            ((ObjectNode) d.get("crisis")).putArray("declarableBy").add("PHL");
            ((ObjectNode) d.get("crisis")).remove("countersigned");
            Sample.at(d, "/course/entryIntoForce").put("parties", 2);
        });
    }
}
