package org.entente.agreements.life;

import static org.entente.agreements.life.ActCheck.clause;
import static org.entente.agreements.life.ActCheck.nature;
import static org.entente.agreements.life.ActCheck.refused;
import static org.entente.agreements.life.ActCheck.require;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.agreements.Accession;
import org.entente.agreements.Federation;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Voting;
import org.entente.agreements.life.ActRefusedException.Reason;
import org.entente.agreements.life.State.Departure;
import org.entente.agreements.life.State.Phase;
import org.jspecify.annotations.Nullable;

/** Joining, choosing tables, declaring, leaving, excluding and the chair (clauses 33 and 34). */
final class MembershipCheck {
    private final ActCheck on;
    private final @Nullable Accession accession;

    MembershipCheck(ActCheck on) {
        this.on = on;
        this.accession = on.agreement.accession();
    }

    void check(Membership act) throws ActRefusedException {
        if (act instanceof Membership.Declared d) {
            declared(d);
            return;
        }
        clause(
                on.isFramework(),
                "a bilateral agreement has no members that come and go; suspend a leg or give notice (clause 39)");
        switch (act) {
            case Membership.Acceded a -> acceded(a);
            case Membership.AccessionAccepted a -> accepted(a);
            case Membership.OptedOut o -> opted(o.leg(), true);
            case Membership.OptedIn o -> opted(o.leg(), false);
            case Membership.Withdrawn w -> withdrawn();
            case Membership.Excluded e -> excluded(e);
            case Membership.ChairHandedOver c -> handedOver(c);
            case Membership.Declared d -> throw new IllegalStateException("checked above");
        }
    }

    private void declared(Membership.Declared act) throws ActRefusedException {
        String leg = act.leg();
        if (leg != null) {
            on.knownLeg(leg);
        }
        require(
                on.state.phase() != Phase.DRAFT && !on.state.phase().ended(),
                "a declaration is made on a text that is proposed or holds; this one is " + on.words(on.state.phase()));
    }

    private Accession clause33() throws ActRefusedException {
        clause(accession != null, "the agreement has no clause on accession (clause 33)");
        return Objects.requireNonNull(accession);
    }

    private void acceded(Membership.Acceded act) throws ActRefusedException {
        Accession clause = clause33();
        nature(
                act.reservation() == null || on.isTreaty(),
                "a reservation is made to a treaty only; make a declaration instead");
        on.applies();
        clause(
                clause.openTo().isEmpty() || clause.openTo().contains(act.party()),
                "accession is open to " + String.join(", ", clause.openTo()) + "; others need an amendment");
        if (!act.entry().id().equals(act.party())) {
            throw refused(Reason.INCOMPLETE, "the entry is for " + act.entry().id() + ", not for " + act.party());
        }
        Departure left = on.state.departures().get(act.party());
        require(
                on.state.party(act.party()).isEmpty(),
                act.party() + " is a party already" + (left == null ? "" : ", until " + left.from()));
        require(
                on.agreement.party(act.party()).isEmpty() || left != null,
                "the text names " + act.party() + "; it joins by signing");
        require(!waiting().containsKey(act.party()), act.party() + " has acceded; its accession waits for acceptance");
        for (String leg : act.optOuts()) {
            optional(leg);
        }
        try {
            on.agreement.requireAdmissible(act.entry(), act.areas());
        } catch (InvalidAgreementException e) {
            throw refused(
                    Reason.INCOMPLETE, "the entry of " + act.party() + " does not fit the text: " + e.getMessage());
        }
    }

    private Map<String, Set<String>> waiting() {
        Consents consents = new Consents(on.agreement, on.soFar);
        List<Instrument> ordered = Life.ordered(on.soFar);
        Days days = new Days(ZoneId.of(on.agreement.timeZone()));
        return new Members(on.agreement, ordered, consents.signed, days).waiting();
    }

    private void accepted(Membership.AccessionAccepted act) throws ActRefusedException {
        Accession clause = clause33();
        Voting rule = clause.acceptanceNeeded();
        clause(rule != null, "an accession needs no acceptance under clause 33; it counts by itself");
        on.applies();
        on.bound();
        Set<String> accepted = waiting().get(act.member());
        require(accepted != null, "no accession of " + act.member() + " waits for acceptance");
        require(
                !Objects.requireNonNull(accepted).contains(act.party()),
                act.party() + " has accepted " + act.member() + " already");
        votes(Objects.requireNonNull(rule), clause, act.member(), "accept an accession");
    }

    private void votes(Voting rule, Accession clause, String member, String what) throws ActRefusedException {
        boolean depositary = rule == Voting.DEPOSITARY;
        boolean state = on.state
                .party(on.act.party())
                .filter(p -> p.form() == Party.Form.STATE)
                .isPresent();
        boolean may = depositary
                ? on.act.party().equals(clause.depositary())
                : state && !on.act.party().equals(member);
        if (!may) {
            throw refused(
                    Reason.NOT_ENTITLED,
                    "under clause 33 it is for "
                            + (depositary ? "the depositary, " + clause.depositary() + "," : "the other members")
                            + " to " + what);
        }
    }

    private void opted(String leg, boolean out) throws ActRefusedException {
        on.bound();
        optional(leg);
        require(!on.state.phase().ended(), "the agreement is " + on.words(on.state.phase()));
        boolean takesPart = on.state.takesPart(on.act.party(), leg);
        require(
                takesPart == out,
                on.act.party()
                        + (out ? " has opted out of leg " : " has not opted out of leg ")
                        + leg
                        + (out ? " already" : ""));
    }

    private void optional(String id) throws ActRefusedException {
        Leg leg = on.knownLeg(id);
        clause(
                clause33().optOutPerLeg()
                        && (leg.provider().equals(Leg.MEMBERS) || leg.consumer().equals(Leg.MEMBERS)),
                "clause 33 lets nobody opt out of leg " + id + "; suspend it where clause 39 allows that");
    }

    private void withdrawn() throws ActRefusedException {
        on.bound();
        require(!on.state.phase().ended(), "the agreement is " + on.words(on.state.phase()));
        require(
                !on.state.departures().containsKey(on.act.party()),
                on.act.party() + " has given notice of withdrawal already");
    }

    private void excluded(Membership.Excluded act) throws ActRefusedException {
        Accession clause = clause33();
        Voting rule = clause.exclusionBy();
        clause(rule != null, "clause 33 has no rule by which a member is excluded; amend the agreement for that");
        on.applies();
        on.bound();
        require(
                on.state.party(act.member()).isPresent(),
                act.member() + " is no member that could be excluded at this time");
        votes(Objects.requireNonNull(rule), clause, act.member(), "exclude a member");
        require(
                on.soFar.stream()
                        .noneMatch(i -> i instanceof Membership.Excluded e
                                && e.party().equals(act.party())
                                && e.member().equals(act.member())),
                act.party() + " has voted for the exclusion of " + act.member() + " already");
    }

    private void handedOver(Membership.ChairHandedOver act) throws ActRefusedException {
        Federation federation = on.agreement.federation();
        clause(federation != null, "the agreement has no clause on a secretariat or chair (clause 34)");
        on.applies();
        on.bound();
        String holder = on.state.offices().get(act.office());
        String secretariat = Objects.requireNonNull(federation).secretariat();
        boolean may =
                act.party().equals(secretariat) || holder == null || act.party().equals(holder);
        if (!may) {
            throw refused(
                    Reason.NOT_ENTITLED,
                    "the office is handed over by who holds it, " + holder + ", or by the secretariat, " + secretariat);
        }
        require(
                act.office() == Membership.Office.HOST
                        || on.state.party(act.to()).isPresent(),
                act.to() + " is no member and so cannot take the chair");
        require(!act.to().equals(holder), act.to() + " holds this office already");
    }
}
