package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.clause;
import static org.entente.agreements.life.ActCheck.nature;
import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import java.util.Objects;
import org.entente.agreements.Leg;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;
import org.entente.agreements.life.State.Stop;
import org.jspecify.annotations.Nullable;

/** Suspending, holding, and ending by notice (clause 39). */
final class InterruptionCheck {
    private final ActCheck on;

    InterruptionCheck(ActCheck on) {
        this.on = on;
    }

    void check(Interruption act) throws ActRefusedException {
        switch (act) {
            case Interruption.LegSuspended s -> suspended(s);
            case Interruption.LegResumed r -> {
                on.knownLeg(r.leg());
                require(
                        !on.state.phase().ended(),
                        "there is nothing to resume: the agreement is " + on.words(on.state.phase()));
                require(
                        stopped(Stop.Sort.SUSPENSION, r.leg(), null),
                        r.party() + " has not suspended leg " + r.leg() + "; only who suspended it can resume it");
            }
            case Interruption.HoldSet h -> held(h);
            case Interruption.HoldLifted l -> {
                target(l.scope(), l.leg(), l.release());
                require(
                        stopped(Stop.Sort.HOLD, l.leg(), l.release()),
                        l.party() + " has set no such hold; only who set it can lift it");
            }
        }
    }

    private void suspended(Interruption.LegSuspended act) throws ActRefusedException {
        clause(
                on.agreement.course().suspension().perLeg(),
                "single legs cannot be suspended under this agreement (clause 39); a hold stops it at once");
        side(on.knownLeg(act.leg()), act.party());
        on.applies();
        require(
                !stopped(Stop.Sort.SUSPENSION, act.leg(), null),
                act.party() + " has suspended leg " + act.leg() + " already");
    }

    private void held(Interruption.HoldSet act) throws ActRefusedException {
        target(act.scope(), act.leg(), act.release());
        Phase phase = on.state.phase();
        require(
                phase.applies() || phase == Phase.SIGNED || phase == Phase.PROCEDURES_COMPLETED,
                "there is nothing to hold: the agreement is " + on.words(phase));
        require(
                !stopped(Stop.Sort.HOLD, act.leg(), act.release()),
                act.party() + " has set this hold already; it lasts until it is lifted");
    }

    private void target(Interruption.Scope scope, @Nullable String leg, @Nullable String release)
            throws ActRefusedException {
        boolean fits = (leg != null) == (scope == Interruption.Scope.LEG)
                && (release != null) == (scope == Interruption.Scope.RELEASE);
        if (!fits) {
            throw refused(
                    Reason.INCOMPLETE,
                    "a hold on a leg names the leg, one on a release names the release, and the others name neither");
        }
        if (leg != null) {
            on.knownLeg(leg);
        }
    }

    void notice(Notice act) throws ActRefusedException {
        boolean denounced = act instanceof Notice.Denounced;
        nature(
                denounced == on.isTreaty(),
                denounced
                        ? "only a treaty is denounced; this agreement is discontinued"
                        : "a treaty is denounced, not discontinued");
        clause(!on.isFramework(), "a framework does not end by the notice of one party; withdraw from it (clause 33)");
        Phase phase = on.state.phase();
        require(
                phase.applies() || phase == Phase.SIGNED || phase == Phase.PROCEDURES_COMPLETED,
                "an agreement that is " + on.words(phase) + " cannot be " + act.word());
        require(
                on.soFar.stream().noneMatch(Notice.class::isInstance),
                "notice has been given already; " + act.party() + " need not repeat it");
    }

    private void side(Leg leg, String party) throws ActRefusedException {
        boolean concerned = leg.provider().equals(Leg.MEMBERS)
                || leg.consumer().equals(Leg.MEMBERS)
                || leg.provider().equals(party)
                || leg.consumer().equals(party);
        if (!concerned) {
            throw refused(Reason.NOT_ENTITLED, party + " is neither provider nor consumer of leg " + leg.id());
        }
    }

    private boolean stopped(Stop.Sort sort, @Nullable String leg, @Nullable String release) {
        return on.state.stops().stream()
                .anyMatch(s -> s.sort() == sort
                        && Objects.equals(s.leg(), leg)
                        && Objects.equals(s.release(), release)
                        && s.party().equals(on.act.party()));
    }
}
