package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.clause;
import static org.entente.agreements.life.ActCheck.nature;
import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import java.util.Optional;
import org.entente.agreements.Course;
import org.entente.agreements.Nature;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Phase;

/** Proposing, initialling, signing, notifying and provisional application (clause 37). */
final class ConclusionCheck {
    private final ActCheck on;

    ConclusionCheck(ActCheck on) {
        this.on = on;
    }

    void check(Conclusion act, Author author) throws ActRefusedException {
        switch (act) {
            case Conclusion.Proposed p -> proposed(p);
            case Conclusion.Initialled i -> initialled();
            case Conclusion.Signed s -> {
                if (!s.certificateSha256().equals(author.certificateSha256())) {
                    throw refused(
                            Reason.UNKNOWN_SIGNATORY, "the act names another certificate than the one that signed it");
                }
                signed();
            }
            case Conclusion.SignedOnPaper s -> signed();
            case Conclusion.ProceduresCompleted c -> completed();
            case Conclusion.ProvisionalApplication p -> provisional();
        }
    }

    void proposed(Conclusion.Proposed act) throws ActRefusedException {
        require(on.state.phase() == Phase.DRAFT, "this text has been proposed already; sign it or counter it");
        if (on.agreement.version() > 1) {
            before(String.valueOf(on.agreement.supersedes()));
        }
        String counters = act.counters();
        if (counters != null) {
            countered(counters, act);
        }
    }

    private void before(String digest) throws ActRefusedException {
        Optional<AgreementFile> before =
                on.others.stream().filter(o -> o.digest().equals(digest)).findFirst();
        boolean concluded = before.isPresent()
                && before.get().agreement().version() == on.agreement.version() - 1
                && before.get().at(on.act.at()).signed().size() > 1;
        if (!concluded) {
            throw refused(
                    Reason.TEXT_NOT_HELD,
                    "the version that this text supersedes, with digest " + digest
                            + ", is not held or not signed; conclude it first");
        }
    }

    /** A proposal that answers another text counters it while it is open, or puts forward its correction once it is concluded. */
    private void countered(String digest, Conclusion.Proposed act) throws ActRefusedException {
        AgreementFile other = on.others.stream()
                .filter(o -> o.digest().equals(digest))
                .filter(o -> o.agreement().version() == on.agreement.version())
                .findFirst()
                .orElseThrow(() -> refused(
                        Reason.TEXT_NOT_HELD,
                        "the text that this proposal answers, with digest " + digest + ", is not held as version "
                                + on.agreement.version()));
        State state = other.at(act.at());
        require(state.phase() != Phase.DRAFT, "that text has not been proposed; propose this one as the first");
        require(state.phase() != Phase.INITIALLED, "that text is initialled by all and so is settled; sign it");
        require(!state.phase().ended(), "that text is over; propose a new agreement");
        require(
                state.phase() != Phase.PROPOSED || state.signed().isEmpty(),
                "that text has been signed by "
                        + String.join(", ", state.signed().keySet())
                        + "; it is amended by a new version once it is concluded");
    }

    private void initialled() throws ActRefusedException {
        require(on.state.phase() == Phase.PROPOSED, "this text cannot be initialled: it is " + phase());
        require(!on.did(Conclusion.Initialled.class), on.act.party() + " has initialled this text already; sign it");
        require(
                !on.state.signed().containsKey(on.act.party()),
                on.act.party() + " has signed this text, which is more than initials");
    }

    private void signed() throws ActRefusedException {
        Phase phase = on.state.phase();
        boolean signed = on.did(Conclusion.Signed.class) || on.did(Conclusion.SignedOnPaper.class);
        clause(
                on.soFar.stream().noneMatch(TextChange.CorrectionProposed.class::isInstance),
                "this text corrects a signed one; consent to the correction instead of signing");
        require(!signed, on.act.party() + " has signed this text already");
        boolean joinsLater = on.agreement.course().entryIntoForce().rule() == Course.Entry.AFTER_PARTIES;
        boolean open = phase == Phase.PROPOSED
                || phase == Phase.INITIALLED
                || (joinsLater && (phase.applies() || phase == Phase.SIGNED));
        require(open, "this text cannot be signed: it is " + phase());
        if (on.agreement.party(on.act.party()).isEmpty()) {
            throw refused(
                    Reason.NOT_A_PARTY,
                    "the text does not name " + on.act.party() + "; it joins by accession, not by signing");
        }
        for (AgreementFile other : on.others) {
            boolean same = other.agreement().version() == on.agreement.version();
            require(
                    !same || !other.at(on.act.at()).signed().containsKey(on.act.party()),
                    on.act.party() + " has signed another text of version " + on.agreement.version() + ", with digest "
                            + other.digest() + "; a party signs one text of a version");
        }
    }

    private void completed() throws ActRefusedException {
        nature(
                on.agreement.nature() != Nature.MOU,
                "a memorandum has no internal procedures to notify; it is enough to sign it");
        clause(
                on.agreement.course().entryIntoForce().rule() == Course.Entry.DAYS_AFTER_LAST_NOTIFICATION,
                "entry into force does not wait for notifications (clause 37); it is enough to sign");
        require(on.state.signed().containsKey(on.act.party()), on.act.party() + " has not signed yet; sign first");
        require(!on.did(Conclusion.ProceduresCompleted.class), on.act.party() + " has notified already");
        Phase phase = on.state.phase();
        require(
                phase == Phase.PROPOSED
                        || phase == Phase.INITIALLED
                        || phase == Phase.SIGNED
                        || phase == Phase.PROVISIONALLY_APPLIED,
                "nothing waits for a notification: the agreement is " + phase());
    }

    private void provisional() throws ActRefusedException {
        nature(
                on.agreement.nature() != Nature.MOU,
                "a memorandum is not applied provisionally; it comes into effect when it is signed");
        clause(
                on.agreement.course().entryIntoForce().declaresProvisional(),
                "clause 37 provides for no declaration of provisional application");
        require(on.state.signed().containsKey(on.act.party()), on.act.party() + " has not signed yet; sign first");
        require(!on.did(Conclusion.ProvisionalApplication.class), on.act.party() + " has declared this already");
        Phase phase = on.state.phase();
        require(
                phase == Phase.PROPOSED
                        || phase == Phase.INITIALLED
                        || phase == Phase.SIGNED
                        || phase == Phase.PROCEDURES_COMPLETED,
                "there is nothing left to apply provisionally: the agreement is " + phase());
    }

    private String phase() {
        return on.words(on.state.phase());
    }
}
