package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.Leg;
import org.entente.agreements.Nature;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;
import org.entente.agreements.life.State.Stop;
import org.jspecify.annotations.Nullable;

/** Which act is allowed in which state. */
final class ActCheck {
    private final Agreement agreement;
    private final List<Instrument> soFar;
    private final Instant now;
    private final State state;

    ActCheck(Agreement agreement, List<Instrument> soFar, Instant now) {
        this.agreement = agreement;
        this.soFar = soFar;
        this.now = now;
        this.state = Life.fold(agreement, soFar, now);
    }

    void check(Instrument act, Author author) throws ActRefusedException {
        sameText(act);
        if (agreement.party(act.party()).isEmpty()) {
            throw refused(Reason.NOT_A_PARTY, act.party() + " is not a party to this agreement");
        }
        if (act.at().isAfter(now.plus(Life.MAX_AHEAD))) {
            throw refused(Reason.TIME, "the act is dated " + act.at() + ", which is still to come");
        }
        if (act instanceof Conclusion.Proposed) {
            require(state.phase() == Phase.DRAFT, "this text has been proposed already");
            return;
        }
        if (!author.isSignatory()) {
            throw refused(
                    Reason.UNKNOWN_SIGNATORY,
                    "the certificate " + author.certificateSha256() + " is not among the signatories of " + act.party()
                            + "; have it added to that party's card");
        }
        if (act instanceof Conclusion.Signed s) {
            signed(s, author);
        } else if (act instanceof Conclusion.ProceduresCompleted c) {
            completed(c);
        } else if (act instanceof Notice d) {
            denounced(d);
        } else {
            stop(act);
        }
    }

    private void sameText(Instrument act) throws ActRefusedException {
        if (!act.agreement().equals(agreement.id())) {
            throw refused(Reason.OTHER_AGREEMENT, "the act is about agreement " + act.agreement());
        }
        if (!act.digest().equals(agreement.digest())) {
            throw refused(
                    Reason.OTHER_TEXT, "the act is about another text of this agreement, with digest " + act.digest());
        }
    }

    private void signed(Conclusion.Signed act, Author author) throws ActRefusedException {
        if (!act.certificateSha256().equals(author.certificateSha256())) {
            throw refused(Reason.UNKNOWN_SIGNATORY, "the act names another certificate than the one that signed it");
        }
        boolean open = state.phase() == Phase.PROPOSED
                || (joinsLater() && (state.phase().applies() || state.phase() == Phase.SIGNED));
        require(!state.signed().containsKey(act.party()), act.party() + " has signed this text already");
        require(open, "this text cannot be signed: it is " + words(state.phase()));
    }

    private boolean joinsLater() {
        return agreement.course().entryIntoForce().rule() == Course.Entry.AFTER_PARTIES;
    }

    private void completed(Conclusion.ProceduresCompleted act) throws ActRefusedException {
        if (agreement.nature() == Nature.MOU) {
            throw refused(Reason.NOT_ALLOWED_BY_NATURE, "a memorandum has no internal procedures to notify");
        }
        if (agreement.course().entryIntoForce().rule() != Course.Entry.DAYS_AFTER_LAST_NOTIFICATION) {
            throw refused(Reason.NOT_ALLOWED_BY_CLAUSE, "entry into force does not wait for notifications (clause 37)");
        }
        require(state.signed().containsKey(act.party()), act.party() + " has not signed yet");
        require(
                soFar.stream()
                        .noneMatch(i -> i instanceof Conclusion.ProceduresCompleted
                                && i.party().equals(act.party())),
                act.party() + " has notified already");
        require(
                state.phase() == Phase.PROPOSED
                        || state.phase() == Phase.SIGNED
                        || state.phase() == Phase.PROVISIONALLY_APPLIED,
                "nothing waits for a notification: the agreement is " + words(state.phase()));
    }

    private void denounced(Notice act) throws ActRefusedException {
        require(
                state.phase().applies() || state.phase() == Phase.SIGNED,
                "an agreement that is " + words(state.phase()) + " cannot be "
                        + (agreement.nature() == Nature.TREATY ? "denounced" : "discontinued"));
        require(
                soFar.stream().noneMatch(Notice.class::isInstance),
                "notice has been given already; " + act.party() + " need not repeat it");
    }

    private void stop(Instrument act) throws ActRefusedException {
        if (act instanceof Interruption.LegSuspended s) {
            if (!agreement.course().suspension().perLeg()) {
                throw refused(
                        Reason.NOT_ALLOWED_BY_CLAUSE,
                        "single legs cannot be suspended under this agreement (clause 39)");
            }
            side(knownLeg(s.leg()), s.party());
            require(state.phase().applies(), "the agreement is " + words(state.phase()));
            require(
                    !stopped(Stop.Sort.SUSPENSION, s.leg(), null, s.party()),
                    s.party() + " has suspended leg " + s.leg());
        } else if (act instanceof Interruption.LegResumed r) {
            require(
                    stopped(Stop.Sort.SUSPENSION, r.leg(), null, r.party()),
                    r.party() + " has not suspended leg " + r.leg() + "; only who suspended it can resume it");
        } else if (act instanceof Interruption.HoldSet h) {
            String leg = h.leg();
            if (leg != null) {
                knownLeg(leg);
            }
            require(
                    state.phase().applies() || state.phase() == Phase.SIGNED,
                    "the agreement is " + words(state.phase()));
            require(!stopped(Stop.Sort.HOLD, leg, h.release(), h.party()), h.party() + " has set this hold already");
        } else if (act instanceof Interruption.HoldLifted l) {
            require(
                    stopped(Stop.Sort.HOLD, l.leg(), l.release(), l.party()),
                    l.party() + " has set no such hold; only who set it can lift it");
        } else if (act instanceof FigureAct) {
            // Data already supplied stay bound, so acts about them remain possible after the end.
            require(state.inEffectSince() != null, "no figures have passed under this agreement yet");
        } else {
            throw refused(
                    Reason.NOT_ALLOWED_BY_CLAUSE, "no clause of this agreement provides for the act " + act.word());
        }
    }

    private Leg knownLeg(String id) throws ActRefusedException {
        return agreement.leg(id).orElseThrow(() -> refused(Reason.UNKNOWN_LEG, "there is no leg " + id));
    }

    private static void side(Leg leg, String party) throws ActRefusedException {
        boolean concerned = leg.provider().equals(Leg.MEMBERS)
                || leg.consumer().equals(Leg.MEMBERS)
                || leg.provider().equals(party)
                || leg.consumer().equals(party);
        if (!concerned) {
            throw refused(Reason.NOT_A_PARTY, party + " is neither provider nor consumer of leg " + leg.id());
        }
    }

    private boolean stopped(Stop.Sort sort, @Nullable String leg, @Nullable String release, String party) {
        return state.stops().stream()
                .anyMatch(s -> s.sort() == sort
                        && Objects.equals(s.leg(), leg)
                        && Objects.equals(s.release(), release)
                        && s.party().equals(party));
    }

    private static void require(boolean inOrder, String sentence) throws ActRefusedException {
        if (!inOrder) {
            throw refused(Reason.OUT_OF_ORDER, sentence);
        }
    }

    private static ActRefusedException refused(Reason reason, String sentence) {
        return new ActRefusedException(reason, sentence);
    }

    private String words(Phase phase) {
        boolean treaty = agreement.nature() == Nature.TREATY;
        return switch (phase) {
            case DRAFT -> "a draft that has not been proposed";
            case PROPOSED -> "proposed but not signed by all";
            case SIGNED -> treaty ? "signed but not in force" : "signed but not in effect";
            case PROVISIONALLY_APPLIED -> "applied provisionally";
            case IN_EFFECT -> treaty ? "in force" : "in effect";
            case DENOUNCED -> treaty ? "denounced" : "discontinued";
            case EXPIRED -> "expired";
        };
    }
}
