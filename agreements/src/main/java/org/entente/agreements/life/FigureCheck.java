package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.ActRefusedException.Reason;

/** Acts about delivered figures: who may make them, and that they answer something. */
final class FigureCheck {
    private final ActCheck on;

    FigureCheck(ActCheck on) {
        this.on = on;
    }

    void check(FigureAct act) throws ActRefusedException {
        boolean passed = on.state.phase().applies() || (on.state.phase().ended() && on.state.inEffectSince() != null);
        require(passed, "no figures can have passed: the agreement is " + on.words(on.state.phase()));
        switch (act) {
            case FigureAct.ReleaseRecalled r -> recalled(r);
            case FigureAct.DestructionConfirmed d -> answersRecall(d.recall());
            case FigureAct.DestructionDeclined d -> answersRecall(d.recall());
            case FigureAct.DeletionRecorded d -> deleted(d);
            case FigureAct.ErrorReported e -> sides(false);
            case FigureAct.CorrectionGiven c -> corrected(c);
            case FigureAct.BreachNotified b -> breach(b);
            case FigureAct.QuestionAsked q -> thread(q);
            case FigureAct.ReplyGiven r -> replied(r);
            case FigureAct.ReconciliationConsented c -> consented(c);
            case FigureAct.ReconciliationWithdrawn w -> withdrawn(w);
        }
    }

    private void recalled(FigureAct.ReleaseRecalled act) throws ActRefusedException {
        sides(true);
        require(
                !on.state.recalled().contains(act.release()),
                "release " + act.release() + " has been recalled already");
    }

    private void answersRecall(String recall) throws ActRefusedException {
        sides(false);
        FigureAct.ReleaseRecalled recalled = on.reference(recall, FigureAct.ReleaseRecalled.class, "recall");
        if (recalled.party().equals(on.act.party())) {
            throw refused(
                    Reason.NOT_ENTITLED, "a recall is answered by those who hold the figures, not by who recalls");
        }
        boolean confirmed = on.soFar.stream()
                .anyMatch(i -> i instanceof FigureAct.DestructionConfirmed c
                        && c.party().equals(on.act.party())
                        && c.recall().equals(recall));
        require(!confirmed, on.act.party() + " has confirmed the destruction already");
        boolean declined = on.soFar.stream()
                .anyMatch(i -> i instanceof FigureAct.DestructionDeclined d
                        && d.party().equals(on.act.party())
                        && d.recall().equals(recall));
        require(
                !declined || on.act instanceof FigureAct.DestructionConfirmed,
                on.act.party() + " has declined already; it may still confirm the destruction");
    }

    private void deleted(FigureAct.DeletionRecorded act) throws ActRefusedException {
        sides(false);
        if (act.exchanges().isEmpty()) {
            throw refused(Reason.INCOMPLETE, "the record names no exchange whose answer was deleted");
        }
        for (FigureAct.Export export : act.exports()) {
            if ((export.deletedOn() == null) == (export.kept() == null)) {
                throw refused(
                        Reason.INCOMPLETE,
                        "for the export " + export.what()
                                + " the record says either the day of deletion or why it is kept");
            }
        }
    }

    private void corrected(FigureAct.CorrectionGiven act) throws ActRefusedException {
        sides(true);
        String report = act.report();
        if (report != null) {
            FigureAct.ErrorReported reported = on.reference(report, FigureAct.ErrorReported.class, "error report");
            if (!reported.release().equals(act.corrects())) {
                throw refused(Reason.INCOMPLETE, "the report is about release " + reported.release());
            }
        }
    }

    private void breach(FigureAct.BreachNotified act) throws ActRefusedException {
        if (act.when().isAfter(act.at())) {
            throw refused(Reason.TIME, "the breach is dated after its notice");
        }
    }

    private void thread(FigureAct.QuestionAsked act) throws ActRefusedException {
        boolean other = on.soFar.stream()
                .anyMatch(i -> i instanceof FigureAct.QuestionAsked q
                        && q.thread().equals(act.thread())
                        && !q.release().equals(act.release()));
        require(!other, "conversation " + act.thread() + " is about another release; begin a new one");
    }

    private void replied(FigureAct.ReplyGiven act) throws ActRefusedException {
        boolean asked = on.soFar.stream()
                .anyMatch(i ->
                        i instanceof FigureAct.QuestionAsked q && q.thread().equals(act.thread()));
        if (!asked) {
            throw refused(
                    Reason.UNKNOWN_REFERENCE,
                    "nobody has asked anything in conversation " + act.thread() + "; ask first");
        }
    }

    private void consented(FigureAct.ReconciliationConsented act) throws ActRefusedException {
        sides(true);
        if (act.with().equals(act.party()) || on.file.concerned(act.with()).isEmpty()) {
            throw refused(Reason.INCOMPLETE, "the other figure is not of another party of this agreement");
        }
        boolean again = on.soFar.stream()
                .anyMatch(i -> i instanceof FigureAct.ReconciliationConsented c
                        && c.party().equals(act.party())
                        && c.programme().equals(act.programme())
                        && c.rule().equals(act.rule())
                        && !isWithdrawn(c.id()));
        require(!again, act.party() + " has consented to this rule already");
    }

    private void withdrawn(FigureAct.ReconciliationWithdrawn act) throws ActRefusedException {
        FigureAct.ReconciliationConsented consent =
                on.reference(act.consent(), FigureAct.ReconciliationConsented.class, "consent");
        if (!consent.party().equals(act.party())) {
            throw refused(Reason.NOT_ENTITLED, "a consent is withdrawn by the party that gave it");
        }
        require(!isWithdrawn(act.consent()), "that consent has been withdrawn already");
    }

    private boolean isWithdrawn(String consent) {
        return on.soFar.stream()
                .anyMatch(i -> i instanceof FigureAct.ReconciliationWithdrawn w
                        && w.consent().equals(consent));
    }

    /** Refuses unless the party gives figures (or gets them) under some leg. */
    private void sides(boolean provider) throws ActRefusedException {
        String party = on.act.party();
        boolean state = on.file
                .concerned(party)
                .filter(p -> p.form() == Party.Form.STATE)
                .isPresent();
        boolean any = false;
        for (Leg leg : on.agreement.legs()) {
            String side = provider ? leg.provider() : leg.consumer();
            any |= side.equals(party) || (side.equals(Leg.MEMBERS) && state);
        }
        if (!any) {
            throw refused(
                    Reason.NOT_ENTITLED,
                    party + (provider ? " gives no figures" : " gets no figures") + " under this agreement");
        }
    }
}
