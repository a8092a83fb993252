package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.clause;
import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import java.util.Objects;
import java.util.SortedSet;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.ActRefusedException.Reason;

/** Declaring, countersigning, ending and reviewing a crisis, and opening its pack (clause 32). */
final class CrisisCheck {
    private final ActCheck on;

    CrisisCheck(ActCheck on) {
        this.on = on;
    }

    void check(CrisisAct act) throws ActRefusedException {
        clause(on.agreement.crisis() != null, "the agreement has no crisis clause (clause 32)");
        CrisisClause clause = Objects.requireNonNull(on.agreement.crisis());
        switch (act) {
            case CrisisAct.CrisisDeclared d -> declared(clause, d);
            case CrisisAct.CrisisCountersigned c -> countersigned(clause, c);
            case CrisisAct.CrisisEnded e -> ended(e);
            case CrisisAct.CrisisReviewed r -> reviewed(r);
            case CrisisAct.PackOpened p -> opened(clause, p);
        }
    }

    private void declared(CrisisClause clause, CrisisAct.CrisisDeclared act) throws ActRefusedException {
        on.applies();
        on.bound();
        if (!clause.declarableBy().contains(act.party())) {
            throw refused(
                    Reason.NOT_ENTITLED,
                    "a crisis is declared by " + String.join(" or ", clause.declarableBy()) + " (clause 32)");
        }
        if (act.trigger() < 1 || act.trigger() > clause.triggers().size()) {
            throw refused(
                    Reason.INCOMPLETE,
                    "clause 32 has the triggers 1 to " + clause.triggers().size() + ", not " + act.trigger());
        }
        if (act.days() < 1) {
            throw refused(Reason.INCOMPLETE, "a crisis lasts at least one day");
        }
        clause(
                act.days() <= clause.maxDays(),
                "a crisis lasts at most " + clause.maxDays() + " days (clause 32); declare it again when it goes on");
        for (String leg : act.legs()) {
            on.knownLeg(leg);
            clause(
                    clause.widenings().stream().anyMatch(w -> w.leg().equals(leg)),
                    "clause 32 widens nothing for leg " + leg);
        }
        SortedSet<String> legs = Crises.legs(clause, act);
        boolean running = on.state.crises().stream()
                .anyMatch(c -> c.declaredBy().equals(act.party())
                        && c.endsAt().isAfter(act.at())
                        && c.legs().containsAll(legs));
        require(!running, act.party() + " has declared a crisis for these legs that still lasts; end it first");
    }

    private Crisis known(String id) throws ActRefusedException {
        on.reference(id, CrisisAct.CrisisDeclared.class, "declaration of a crisis");
        return on.state.crises().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused(Reason.OUT_OF_ORDER, "the act is dated before the declaration " + id));
    }

    private void countersigned(CrisisClause clause, CrisisAct.CrisisCountersigned act) throws ActRefusedException {
        on.applies();
        on.bound();
        Crisis crisis = known(act.crisis());
        require(crisis.endsAt().isAfter(act.at()), "that crisis ended on " + crisis.endsAt());
        require(
                !clause.countersigned().contains(act.party()),
                act.party() + " has countersigned in advance in clause 32");
        require(
                !crisis.consents().containsKey(act.party()),
                act.party() + " has declared or countersigned this crisis already");
    }

    private void ended(CrisisAct.CrisisEnded act) throws ActRefusedException {
        Crisis crisis = known(act.crisis());
        on.applies();
        if (!crisis.consents().containsKey(act.party())) {
            throw refused(Reason.NOT_ENTITLED, "a crisis is ended by a party that declared or countersigned it");
        }
        require(crisis.endsAt().isAfter(act.at()), "that crisis ended on " + crisis.endsAt() + " already");
    }

    private void reviewed(CrisisAct.CrisisReviewed act) throws ActRefusedException {
        Crisis crisis = known(act.crisis());
        if (!crisis.consents().containsKey(act.party())) {
            throw refused(Reason.NOT_ENTITLED, "a crisis is reviewed by the parties that declared or countersigned it");
        }
        require(!crisis.endsAt().isAfter(act.at()), "that crisis lasts until " + crisis.endsAt() + "; review it then");
        require(!crisis.reviewedBy().contains(act.party()), act.party() + " has filed its review already");
    }

    private void opened(CrisisClause clause, CrisisAct.PackOpened act) throws ActRefusedException {
        on.applies();
        on.bound();
        Leg leg = on.knownLeg(act.leg());
        clause(
                clause.packs().stream().anyMatch(p -> p.leg().equals(act.leg())),
                "clause 32 orders no crisis pack for leg " + act.leg());
        boolean member = leg.consumer().equals(Leg.MEMBERS)
                && on.state
                        .party(act.party())
                        .filter(p -> p.form() == Party.Form.STATE)
                        .isPresent();
        if (!member && !leg.consumer().equals(act.party())) {
            throw refused(Reason.NOT_ENTITLED, "the pack of leg " + act.leg() + " is for its consumer to open");
        }
        require(
                on.soFar.stream()
                        .noneMatch(i -> i instanceof CrisisAct.PackOpened p
                                && p.party().equals(act.party())
                                && p.leg().equals(act.leg())
                                && p.release().equals(act.release())),
                act.party() + " has opened this pack already");
    }
}
