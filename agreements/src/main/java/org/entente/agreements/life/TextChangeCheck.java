package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.clause;
import static org.entente.agreements.life.ActCheck.nature;
import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import java.util.List;
import java.util.Optional;
import org.entente.agreements.Course.Amendment.Procedure;
import org.entente.agreements.Nature;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;
import org.jspecify.annotations.Nullable;

/** Amending by letters and correcting errors (clause 38). */
final class TextChangeCheck {
    private final ActCheck on;

    TextChangeCheck(ActCheck on) {
        this.on = on;
    }

    void check(TextChange act) throws ActRefusedException {
        switch (act) {
            case TextChange.LetterSent l -> letter(l);
            case TextChange.CorrectionProposed c -> proposed(c);
            case TextChange.CorrectionConsented c -> consented(c);
        }
    }

    private Optional<AgreementFile> old(TextChange act) {
        return on.others.stream().filter(o -> o.digest().equals(act.replaces())).findFirst();
    }

    private void letter(TextChange.LetterSent act) throws ActRefusedException {
        nature(
                on.agreement.nature() == Nature.TECHNICAL_ANNEX,
                "only a technical annex is amended by letters; propose and sign a new version");
        AgreementFile before = old(act).orElseThrow(() -> refused(
                Reason.TEXT_NOT_HELD, "the annex that is amended, with digest " + act.replaces() + ", is not held"));
        clause(
                before.agreement().course().amendment().procedure() == Procedure.EXCHANGE_OF_LETTERS,
                "clause 38 provides for no exchange of letters; propose and sign a new version");
        clause(
                act.replaces().equals(on.agreement.supersedes()),
                "the new text supersedes another one than the letter says");
        require(
                before.at(act.at()).phase().applies(),
                "the annex that is amended is not in effect; letters amend one that is");
        Phase phase = on.state.phase();
        require(
                phase == Phase.PROPOSED || phase == Phase.INITIALLED,
                "letters are exchanged on a text that is proposed; this one is " + on.words(phase));
        require(!on.did(TextChange.LetterSent.class), on.act.party() + " has sent its letter already");
    }

    private void proposed(TextChange.CorrectionProposed act) throws ActRefusedException {
        AgreementFile defective = old(act).orElseThrow(() -> refused(
                Reason.TEXT_NOT_HELD, "the text to be corrected, with digest " + act.replaces() + ", is not held"));
        boolean same = defective.agreement().version() == on.agreement.version();
        clause(same, "a correction keeps the version; what changes more than an error is a new version");
        on.holds(defective);
        State state = defective.at(act.at());
        require(
                !state.signed().isEmpty() && !state.phase().ended(),
                "only a signed text is corrected; one that is " + on.words(state.phase()) + " is countered or left");
        require(
                on.soFar.stream().noneMatch(TextChange.CorrectionProposed.class::isInstance),
                "this corrected text has been put forward already; consent to it");
        wholeDifference(act, Rectification.between(defective.agreement(), on.agreement));
        if (state.party(act.party()).isEmpty()) {
            throw refused(Reason.NOT_A_PARTY, act.party() + " has not signed the text that is to be corrected");
        }
    }

    /** The others consent to what the list of places says; so it says everything, and nothing else. */
    private static void wholeDifference(TextChange.CorrectionProposed act, List<TextChange.Place> differences)
            throws ActRefusedException {
        if (act.places().isEmpty()) {
            throw refused(Reason.INCOMPLETE, "the correction names no place that it corrects");
        }
        for (TextChange.Place difference : differences) {
            if (!act.places().contains(difference)) {
                throw refused(
                        Reason.INCOMPLETE,
                        "the texts differ at " + words(difference) + ", which the correction does not list");
            }
        }
        for (TextChange.Place place : act.places()) {
            if (!differences.contains(place)) {
                throw refused(
                        Reason.INCOMPLETE, "the correction lists " + words(place) + ", but the texts do not differ so");
            }
        }
    }

    private static String words(TextChange.Place place) {
        return place.pointer() + " (was " + quoted(place.was()) + ", becomes " + quoted(place.becomes()) + ")";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "absent" : "'" + text + "'";
    }

    private void consented(TextChange.CorrectionConsented act) throws ActRefusedException {
        boolean proposed = on.soFar.stream()
                .anyMatch(i -> i instanceof TextChange.CorrectionProposed c
                        && c.digest().equals(act.digest())
                        && c.replaces().equals(act.replaces()));
        require(proposed, "no correction of the text " + act.replaces() + " into this one has been proposed");
        AgreementFile defective = old(act).orElseThrow(() -> refused(
                Reason.TEXT_NOT_HELD, "the text that is corrected, with digest " + act.replaces() + ", is not held"));
        State state = defective.at(act.at());
        require(!state.phase().ended(), "the text that would be corrected is over");
        boolean done = on.soFar.stream()
                .anyMatch(i -> i instanceof TextChange c
                        && !(c instanceof TextChange.LetterSent)
                        && c.digest().equals(act.digest())
                        && c.party().equals(act.party()));
        require(!done, act.party() + " has proposed or consented to this correction already");
        if (state.party(act.party()).isEmpty()) {
            throw refused(Reason.NOT_A_PARTY, act.party() + " has not signed the text that is to be corrected");
        }
    }
}
