package org.entente.agreements.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.entente.agreements.AfterEnd;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Sample;
import org.entente.agreements.life.Acting;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes with a permit, and what national law and the state of a release add. */
class ObligationsTest {
    private static Facts with(Facts f, Facts.@Nullable Release release, Facts.@Nullable NationalFloor national) {
        return new Facts(f.now(), f.side(), f.holds(), f.quotas(), f.coverage(), release, national, f.journalSize());
    }

    private static Facts.NationalFloor law(@Nullable Integer threshold, boolean zeros, int lagMonths) {
        return new Facts.NationalFloor(
                threshold, null, zeros, false, false, lagMonths, null, "d.lgs. 322/1989, art. 9");
    }

    @Test
    void embargoes_are_days_in_the_agreements_zone() {
        Case c = Case.edited(d -> {
            ((ObjectNode) d.at("/legs/0/onward")).put("embargoDays", 10);
            ((ObjectNode) d.at("/terms/publication")).put("embargoDays", 30).put("publishesFirst", "ITA");
        });
        Obligations o = c.permit().obligations();
        assertEquals(IsoDate.parse("2026-06-25"), o.onwardFrom());
        assertEquals(IsoDate.parse("2026-07-15"), o.embargoUntil());
        assertEquals("ITA", o.publishesFirst());
        assertNull(o.approval());
        assertNull(new Case().permit().obligations().embargoUntil());
    }

    @Test
    void figures_that_must_go_with_the_agreement_are_kept_no_longer_than_it_lasts() {
        Case c = Case.edited(d -> ((ObjectNode) d.at("/legs/0/retention")).put("afterEnd", "DELETE"));
        assertEquals(IsoDate.parse("2031-06-15"), c.permit().obligations().keepUntil(), "it will be renewed");
        List<Instrument> acts = new ArrayList<>(c.files.getFirst().instruments());
        acts.add(Acting.on(c.files.getFirst().agreement(), "ITA", Instant.parse("2026-06-01T10:00:00Z"))
                .notice());
        c.files = List.of(AgreementFile.of(c.files.getFirst().agreement(), acts));
        assertEquals(IsoDate.parse("2026-08-29"), c.permit().obligations().keepUntil());
        assertEquals(AfterEnd.DELETE, c.permit().obligations().afterEnd());
    }

    @Test
    void the_stricter_of_agreement_and_national_law_holds() {
        Case c = new Case();
        assertEquals(5, c.permit().obligations().disclosure().threshold());
        c.facts(f -> with(f, null, law(10, true, 0)));
        DisclosureRule rule = c.permit().obligations().disclosure();
        assertEquals(10, rule.threshold());
        assertEquals(DisclosureRule.Zeros.PROTECTED, rule.zeros());
        c.facts(f -> with(f, null, law(3, false, 0)));
        assertEquals(5, c.permit().obligations().disclosure().threshold());
        c.facts(f -> with(f, null, law(null, false, 24)));
        assertEquals(
                Reason.Code.TIME_LAG,
                c.time(TimeSelection.periods("2025")).reason().code());
    }

    @Test
    void a_release_protected_less_than_required_is_refused() {
        DisclosureRule agreed = new Case().permit().obligations().disclosure();
        Facts.Release release = new Facts.Release("REL-1", "IT-STOCK", "final", agreed);
        assertTrue(new Case().facts(f -> with(f, release, null)).decide() instanceof Decision.Permit);
        Reason reason =
                new Case().facts(f -> with(f, release, law(10, false, 0))).reason();
        assertEquals(Reason.Code.PROTECTION, reason.code());
        assertTrue(reason.sentence().contains("below 5") && reason.sentence().contains("below 10"));
    }

    @Test
    void a_release_that_did_not_reckon_with_what_the_consumer_holds_is_refused() {
        Case unaware = register("SEX");
        DisclosureRule agreed =
                unaware.facts(f -> with(f, null, null)).permit().obligations().disclosure();
        assertEquals(
                "[PH]",
                String.valueOf(agreed.consumerKnows()
                        .getFirst()
                        .cells()
                        .getFirst()
                        .codes()
                        .get("COUNTERPART_AREA")));
        DisclosureRule plain = agreed.knowing(List.of());
        Reason reason = register("SEX")
                .facts(f -> with(f, new Facts.Release("REL-1", "IT-STOCK", "final", plain), null))
                .reason();
        assertEquals(Reason.Code.PROTECTION, reason.code());
        assertTrue(reason.sentence().contains("against who holds Consular register"), reason.sentence());
        Facts.Release aware = new Facts.Release("REL-2", "IT-STOCK", "final", agreed);
        assertTrue(register("SEX").facts(f -> with(f, aware, null)).decide() instanceof Decision.Permit);
        assertEquals(
                Reason.Code.PROTECTION,
                register("AGE").facts(f -> with(f, aware, null)).reason().code(),
                "who holds other cells is another attacker");
    }

    /** The consumer holds its own nationals by one dimension. */
    private static Case register(String by) {
        return Case.edited(d -> d.withArray("legs").forEach(leg -> {
            var held = ((com.fasterxml.jackson.databind.node.ObjectNode) leg.get("disclosure"))
                    .putArray("consumerKnows")
                    .addObject();
            held.putObject("source").put("en", "Consular register");
            var cells = held.putArray("cells").addObject();
            cells.putObject("codes").putArray("COUNTERPART_AREA").add("@CONSUMER");
            cells.putArray("by").add(by);
        }));
    }

    @Test
    void a_public_source_passes_where_the_leg_says_so_and_is_refused_where_it_does_not() {
        Facts.Release release = new Facts.Release("REL-1", "IT-STOCK", "final", null, true);
        assertTrue(new Case().facts(f -> with(f, release, law(10, false, 0))).decide() instanceof Decision.Permit);
        Case strict = new Case().facts(f -> with(f, release, null));
        var text = Sample.edited(d -> d.withArray("legs")
                .forEach(leg -> ((com.fasterxml.jackson.databind.node.ObjectNode) leg.get("disclosure"))
                        .put("publicSourcesPass", false)));
        strict.files = List.of(AgreementFile.of(text, Case.signatures(text)));
        assertEquals(Reason.Code.PROTECTION, strict.reason().code());
    }

    @Test
    void a_recalled_or_held_release_answers_nothing() {
        Facts.Release release = new Facts.Release("REL-1", "IT-STOCK", "final");
        Acting ita = Acting.on(Sample.agreement(), "ITA", Case.SIGNED.plusSeconds(60));
        for (Instrument act : List.of(ita.recalled("REL-1"), ita.by("PHL").heldRelease("REL-1"))) {
            Case c = new Case().facts(f -> with(f, release, null));
            List<Instrument> acts = new ArrayList<>(Case.signatures(Sample.agreement()));
            acts.add(act);
            c.files = List.of(AgreementFile.of(Sample.agreement(), acts));
            Reason.Code code = c.reason().code();
            assertTrue(code == Reason.Code.RELEASE_RECALLED || code == Reason.Code.LEG_STOPPED, code.code());
            Facts.Release other = new Facts.Release("REL-2", "IT-STOCK", "final");
            assertTrue(c.facts(f -> with(f, other, null)).decide() instanceof Decision.Permit);
        }
    }

    @Test
    void a_text_that_was_replaced_answers_nothing_more_and_names_the_one_that_does() {
        Case c = new Case();
        AgreementFile first = c.files.getFirst();
        var next = Sample.edited(d -> d.put("version", 2).put("supersedes", first.digest()));
        AgreementFile second = AgreementFile.of(next, Case.signatures(next));
        c.files = List.of(first, second);
        assertEquals(second.digest(), c.permit().digest());
        Reason reason = c.asks("PHL", "ITA", first.digest(), Sample.STOCK).reason();
        assertEquals(Reason.Code.NOT_IN_EFFECT, reason.code());
        assertEquals(List.of(second.digest()), reason.values());
        assertEquals(
                second.digest(),
                c.asks("PHL", "ITA", second.digest(), Sample.STOCK).permit().digest());
    }

    @Test
    void a_decision_with_everything_in_it_reads_back_and_is_replayed_the_same() throws IOException {
        Case c = Case.edited(d -> Sample.leg(d, 0)
                .putObject("answering")
                .put("mode", "APPROVAL")
                .put("days", 5)
                .put("fourEyes", false)
                .putArray("grounds")
                .addObject()
                .put("code", "SECRECY")
                .putObject("text")
                .put("en", "Statistical secrecy"));
        DisclosureRule agreed = c.permit().obligations().disclosure();
        c.facts(f -> with(f, new Facts.Release("REL-1", "IT-STOCK", "final", agreed), law(5, false, 1)));
        Decision decision = c.permit();
        assertEquals(
                "SECRECY",
                Objects.requireNonNull(c.permit().obligations().approval())
                        .grounds()
                        .getFirst()
                        .code());
        Decision read = new ObjectMapper().readValue(CanonicalJson.encode(decision), Decision.class);
        assertEquals(decision, read);
        assertEquals(decision, Decisions.replay(c.request, c.files, c.roles, read));
    }
}
