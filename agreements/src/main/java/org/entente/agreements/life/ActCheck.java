package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.entente.agreements.Agreement;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Nature;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Departure;
import org.entente.agreements.life.State.Phase;

/** Which act is allowed in which state: what holds for all acts, and what the checks of the single subjects share. */
final class ActCheck {
    final AgreementFile file;
    final Agreement agreement;
    final List<AgreementFile> others;
    final List<Instrument> soFar;
    final Instrument act;
    /** The state at the act's own time. */
    final State state;

    private final Instant now;

    ActCheck(AgreementFile file, List<AgreementFile> others, Instrument act, Instant now) {
        this.file = file;
        this.agreement = file.agreement();
        this.others =
                others.stream().filter(o -> !o.digest().equals(file.digest())).toList();
        this.soFar = file.instruments();
        this.act = act;
        this.now = now;
        this.state = file.at(act.at().isAfter(now) ? now : act.at());
    }

    void check(Author author) throws ActRefusedException {
        Optional<String> missing = InstrumentReader.missing((Record) act);
        if (missing.isPresent()) {
            throw refused(Reason.INCOMPLETE, "the act has no " + missing.get());
        }
        sameText();
        party();
        if (act.at().isAfter(now.plus(Life.MAX_AHEAD))) {
            throw refused(
                    Reason.TIME, "the act is dated " + act.at() + ", which is still to come; set the clock right");
        }
        if (act instanceof Conclusion.Proposed proposed) {
            new ConclusionCheck(this).proposed(proposed);
            return;
        }
        if (!author.isSignatory()) {
            throw refused(
                    Reason.UNKNOWN_SIGNATORY,
                    "the certificate " + author.certificateSha256() + " is not among the signatories of " + act.party()
                            + "; have it added to that party's card");
        }
        replaced();
        switch (act) {
            case Conclusion c -> new ConclusionCheck(this).check(c, author);
            case Membership m -> new MembershipCheck(this).check(m);
            case TextChange t -> new TextChangeCheck(this).check(t);
            case Interruption i -> new InterruptionCheck(this).check(i);
            case Notice n -> new InterruptionCheck(this).notice(n);
            case CrisisAct c -> new CrisisCheck(this).check(c);
            case FigureAct f -> new FigureCheck(this).check(f);
        }
    }

    private void sameText() throws ActRefusedException {
        if (!act.agreement().equals(agreement.id())) {
            throw refused(Reason.OTHER_AGREEMENT, "the act is about agreement " + act.agreement());
        }
        if (!act.digest().equals(file.digest())) {
            throw refused(
                    Reason.OTHER_TEXT,
                    "the act is about another text of this agreement, with digest " + act.digest() + "; this one has "
                            + file.digest());
        }
    }

    private void party() throws ActRefusedException {
        boolean joins = act instanceof Membership.Acceded;
        if (file.concerned(act.party()).isEmpty() && !joins) {
            boolean open = agreement.kind() == Kind.FRAMEWORK;
            throw refused(
                    Reason.NOT_A_PARTY,
                    act.party() + " is not a party to this agreement" + (open ? "; it may accede first" : ""));
        }
        Departure left = state.departures().get(act.party());
        boolean gone = left != null && state.party(act.party()).isEmpty();
        boolean mayStill = joins
                || act instanceof FigureAct
                || act instanceof Interruption.HoldLifted
                || act instanceof Interruption.LegResumed;
        if (gone && !mayStill) {
            throw refused(
                    Reason.NOT_A_PARTY,
                    act.party() + " has left on " + Objects.requireNonNull(left).from()
                            + "; only acts about figures it holds are open to it, or a new accession");
        }
    }

    /** Once another text has taken over, only what concerns figures or lets something run again is done under the old one. */
    private void replaced() throws ActRefusedException {
        boolean free = act instanceof FigureAct
                || act instanceof TextChange
                || act instanceof Interruption.HoldLifted
                || act instanceof Interruption.LegResumed;
        if (!free) {
            holds(file);
        }
    }

    /** Refuses when a text has been replaced by another one at the time of the act. */
    void holds(AgreementFile text) throws ActRefusedException {
        List<AgreementFile> all = new ArrayList<>(others);
        all.add(file);
        for (AgreementFile each : AgreementFile.newestFirst(all)) {
            if (each.digest().equals(text.digest())) {
                return;
            }
            if (each.at(act.at()).hasTakenOver(act.at())) {
                throw refused(
                        Reason.OTHER_TEXT,
                        "that text was replaced by version " + each.agreement().version() + " with digest "
                                + each.digest() + "; act on that one");
            }
        }
    }

    boolean isTreaty() {
        return agreement.nature() == Nature.TREATY;
    }

    boolean isFramework() {
        return agreement.kind() == Kind.FRAMEWORK;
    }

    /** Refuses unless who acts is bound at the time of the act. */
    void bound() throws ActRefusedException {
        if (state.party(act.party()).isEmpty()) {
            throw refused(
                    Reason.NOT_A_PARTY,
                    act.party() + " is not bound yet; it must first sign" + (isFramework() ? " or accede" : ""));
        }
    }

    Leg knownLeg(String id) throws ActRefusedException {
        return agreement
                .leg(id)
                .orElseThrow(() -> refused(
                        Reason.UNKNOWN_LEG,
                        "there is no leg " + id + "; there are "
                                + String.join(
                                        ", ",
                                        agreement.legs().stream().map(Leg::id).toList())));
    }

    /** Refuses unless figures pass now. */
    void applies() throws ActRefusedException {
        require(
                state.phase().applies(),
                "the agreement is " + words(state.phase()) + "; this can be done while it is "
                        + words(Phase.IN_EFFECT));
    }

    boolean did(Class<? extends Instrument> kind) {
        return soFar.stream().anyMatch(i -> kind.isInstance(i) && i.party().equals(act.party()));
    }

    <T extends Instrument> T reference(String id, Class<T> kind, String what) throws ActRefusedException {
        return soFar.stream()
                .filter(i -> i.id().equals(id))
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> refused(
                        Reason.UNKNOWN_REFERENCE, "there is no " + what + " " + id + " on file; send that one first"));
    }

    static void require(boolean inOrder, String sentence) throws ActRefusedException {
        if (!inOrder) {
            throw refused(Reason.OUT_OF_ORDER, sentence);
        }
    }

    static void clause(boolean provides, String sentence) throws ActRefusedException {
        if (!provides) {
            throw refused(Reason.NOT_ALLOWED_BY_CLAUSE, sentence);
        }
    }

    static void nature(boolean allows, String sentence) throws ActRefusedException {
        if (!allows) {
            throw refused(Reason.NOT_ALLOWED_BY_NATURE, sentence);
        }
    }

    static ActRefusedException refused(Reason reason, String sentence) {
        return new ActRefusedException(reason, sentence);
    }

    /** The phase in the words of the agreement's nature. */
    String words(Phase phase) {
        boolean treaty = isTreaty();
        return switch (phase) {
            case DRAFT -> "a draft that has not been proposed";
            case PROPOSED -> "proposed but not signed by all";
            case INITIALLED -> "initialled but not signed";
            case SIGNED -> treaty ? "signed but not in force" : "signed but not in effect";
            case PROCEDURES_COMPLETED -> treaty ? "ratified but not yet in force" : "notified but not yet in effect";
            case PROVISIONALLY_APPLIED -> "applied provisionally";
            case IN_EFFECT -> treaty ? "in force" : "in effect";
            case DENOUNCED -> treaty ? "denounced" : "discontinued";
            case EXPIRED -> "expired";
        };
    }
}
