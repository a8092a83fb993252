package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Sample;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

/** New versions, letters, corrections and counter-proposals: which text holds. */
class TextChangeTest {
    private static final Author OFFICER = new Author("cert", Set.of("cert"));
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant T1 = Instant.parse("2026-04-01T10:00:00Z");
    private static final Instant T2 = Instant.parse("2026-04-02T10:00:00Z");
    private static final Instant T3 = Instant.parse("2027-01-01T10:00:00Z");

    private final Agreement annex = Sample.edited(d -> {
        d.put("nature", "TECHNICAL_ANNEX")
                .putObject("parent")
                .putObject("title")
                .put("en", "Agreement on statistics");
        Sample.at(d, "/course/amendment").put("procedure", "EXCHANGE_OF_LETTERS");
    });
    private final AgreementFile first = AgreementFile.of(annex, signed(annex, T0));
    private final Agreement second = edited(annex, 2, first.digest(), "A wider annex");

    private static List<Instrument> signed(Agreement text, Instant at) {
        Acting phl = Acting.on(text, "PHL", at);
        return List.of(phl.proposed(), phl.signed(), phl.by("ITA").signed());
    }

    private static Agreement edited(Agreement text, int version, String supersedes, String title) {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(text.canonical());
        if (version > 1) {
            tree.put("version", version).put("supersedes", supersedes);
        }
        ((ObjectNode) tree.get("title")).put("en", title);
        try {
            return Agreement.parse(CanonicalJson.encode(tree));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    private static String current(Instant now, AgreementFile... files) {
        return AgreementFile.current(List.of(files), now).getFirst().digest();
    }

    private static void refused(Reason reason, AgreementFile file, List<AgreementFile> others, Instrument act) {
        ActRefusedException e =
                assertThrows(ActRefusedException.class, () -> Life.check(file, others, act, OFFICER, act.at()));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    private static AgreementFile take(AgreementFile file, List<AgreementFile> others, Instrument act) {
        assertDoesNotThrow(() -> Life.check(file, others, act, OFFICER, act.at()));
        List<Instrument> acts = new ArrayList<>(file.instruments());
        acts.add(act);
        return new AgreementFile(file.agreement(), file.digest(), acts);
    }

    @Test
    void an_annex_is_amended_once_all_have_sent_their_letters() {
        List<AgreementFile> others = List.of(first);
        Acting phl = Acting.on(second, "PHL", T1);
        AgreementFile file = take(AgreementFile.of(second, List.of()), others, phl.proposed());
        file = take(file, others, phl.letter(first.digest()));
        assertEquals(first.digest(), current(T1, first, file));
        refused(Reason.OUT_OF_ORDER, file, others, phl.at(T2).letter(first.digest()));
        file = take(file, others, phl.by("ITA").at(T2).letter(first.digest()));
        assertEquals(Phase.IN_EFFECT, file.at(T2).phase());
        assertEquals(first.digest(), current(T1, first, file));
        assertEquals(file.digest(), current(T2, first, file));
        refused(
                Reason.OTHER_TEXT,
                first,
                List.of(file),
                Acting.on(annex, "PHL", T3).suspended(Sample.STOCK));
    }

    @Test
    void what_a_new_version_replaced_does_not_come_back_when_that_ends() {
        Agreement ended = edited(annex, 2, first.digest(), "A wider annex");
        List<Instrument> acts = new ArrayList<>(signed(ended, T1));
        acts.add(Acting.on(ended, "ITA", T2).notice());
        AgreementFile file = AgreementFile.of(ended, acts);
        assertEquals(Phase.DENOUNCED, file.at(T3).phase());
        assertEquals(Phase.IN_EFFECT, first.at(T3).phase());
        assertEquals(file.digest(), current(T3, first, file));
    }

    @Test
    void a_version_builds_on_one_that_is_concluded() {
        AgreementFile fresh = AgreementFile.of(second, List.of());
        Acting phl = Acting.on(second, "PHL", T1);
        refused(Reason.TEXT_NOT_HELD, fresh, List.of(), phl.proposed());
        AgreementFile open =
                AgreementFile.of(annex, List.of(Acting.on(annex, "PHL", T0).proposed()));
        refused(Reason.TEXT_NOT_HELD, fresh, List.of(open), phl.proposed());
        assertDoesNotThrow(() -> Life.check(fresh, List.of(first), phl.proposed(), OFFICER, T1));
    }

    @Test
    void a_correction_holds_from_the_beginning_once_all_have_consented() {
        Agreement corrected = edited(annex, 1, "", "Annex, without the misprint");
        List<AgreementFile> others = List.of(first);
        Acting ita = Acting.on(corrected, "ITA", T1);
        AgreementFile own = take(AgreementFile.of(corrected, List.of()), others, ita.correcting(annex));
        refused(Reason.NOT_ALLOWED_BY_CLAUSE, own, others, ita.by("PHL").signed());
        refused(Reason.OUT_OF_ORDER, own, others, ita.at(T2).consenting(first.digest()));
        AgreementFile linked = AgreementFile.linked(List.of(first, own)).get(1);
        assertEquals(Phase.PROPOSED, linked.at(T2).phase());
        assertEquals(first.digest(), current(T2, first, own));
        own = take(own, others, ita.by("PHL").at(T2).consenting(first.digest()));
        linked = AgreementFile.linked(List.of(own, first)).getFirst();
        assertEquals(Phase.IN_EFFECT, linked.at(T2).phase());
        assertEquals(T0, linked.at(T2).inEffectSince());
        assertEquals(first.digest(), current(T1, first, own));
        assertEquals(own.digest(), current(T2, own, first));
        assertEquals(linked, AgreementFile.linked(List.of(linked, first)).getFirst(), "linking twice changes nothing");
    }

    @Test
    void a_counter_proposal_answers_a_text_that_nobody_has_signed_and_a_party_signs_one_text_of_a_version() {
        Agreement answer = edited(annex, 1, "", "As ITA sees it");
        AgreementFile open =
                AgreementFile.of(annex, List.of(Acting.on(annex, "PHL", T0).proposed()));
        Acting ita = Acting.on(answer, "ITA", T1);
        AgreementFile counter = take(AgreementFile.of(answer, List.of()), List.of(open), ita.countering(open.digest()));
        assertEquals(counter.digest(), current(T1, open, counter));
        AgreementFile signed = take(counter, List.of(open), ita.by("PHL").signed());
        refused(
                Reason.OUT_OF_ORDER,
                open,
                List.of(signed),
                Acting.on(annex, "PHL", T2).signed());
        AgreementFile begun = take(open, List.of(), Acting.on(annex, "PHL", T0).signed());
        refused(
                Reason.OUT_OF_ORDER,
                AgreementFile.of(answer, List.of()),
                List.of(begun),
                ita.countering(open.digest()));
        refused(Reason.TEXT_NOT_HELD, AgreementFile.of(answer, List.of()), List.of(), ita.countering(open.digest()));
    }

    @Test
    void a_correction_lists_every_place_at_which_the_texts_differ_and_no_other() throws Exception {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(annex.canonical());
        Sample.at(tree, "/title").put("en", "Annex, without the misprint");
        Sample.at(tree, "/legs/0/retention").put("months", 7);
        Sample.at(tree, "/parties/0").remove("legalBasis");
        Agreement corrected = Agreement.parse(CanonicalJson.encode(tree));
        List<TextChange.Place> places = Rectification.between(annex, corrected);
        assertEquals(
                Set.of("/title/en", "/legs/0/retention/months", "/parties/0/legalBasis"),
                Set.copyOf(places.stream().map(TextChange.Place::pointer).toList()));
        AgreementFile fresh = AgreementFile.of(corrected, List.of());
        List<AgreementFile> others = List.of(first);
        Acting ita = Acting.on(corrected, "ITA", T1);
        for (TextChange.Place kept : places) {
            List<TextChange.Place> fewer =
                    places.stream().filter(place -> !place.equals(kept)).toList();
            refused(Reason.INCOMPLETE, fresh, others, ita.correcting(first.digest(), fewer));
        }
        List<TextChange.Place> more = new ArrayList<>(places);
        more.add(new TextChange.Place("/timeZone", "UTC", "Europe/Rome"));
        refused(Reason.INCOMPLETE, fresh, others, ita.correcting(first.digest(), more));
        refused(Reason.INCOMPLETE, fresh, others, ita.correcting(first.digest(), List.of()));
        take(fresh, others, ita.correcting(first.digest(), places));
    }
}
