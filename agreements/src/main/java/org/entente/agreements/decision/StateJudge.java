package org.entente.agreements.decision;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.entente.agreements.Federation;
import org.entente.agreements.Kind;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** Whether the agreement, its parties, the leg and the release are in a state in which figures may pass. */
final class StateJudge {
    private final DataRequest request;
    private final AgreementBook.Candidate candidate;
    private final LegTerms terms;
    private final State state;
    private final Facts facts;
    private final List<Reason> reasons;

    StateJudge(DataRequest request, AgreementBook.Candidate candidate, Facts facts, List<Reason> reasons) {
        this.request = request;
        this.candidate = candidate;
        this.terms = candidate.terms();
        this.state = candidate.state();
        this.facts = facts;
        this.reasons = reasons;
    }

    void judge() {
        AgreementFile replacedBy = candidate.replacedBy();
        if (replacedBy != null) {
            refuse(
                    Reason.Code.NOT_IN_EFFECT,
                    terms.ofAgreement(38, "course"),
                    "this text was replaced by version "
                            + replacedBy.agreement().version() + " with digest " + replacedBy.digest()
                            + "; name that one",
                    List.of(replacedBy.digest()));
        } else if (!state.phase().applies()) {
            refuse(Reason.Code.NOT_IN_EFFECT, terms.ofAgreement(37, "course"), notInEffect(), List.of());
        }
        for (String party : List.of(request.consumer(), request.provider())) {
            party(party);
        }
        federation();
        state.stopOn(terms.leg().id(), facts.now())
                .ifPresent(stop -> refuse(
                        Reason.Code.LEG_STOPPED,
                        terms.ofAgreement(39, "course"),
                        words(
                                stop,
                                stop.leg() == null
                                        ? "the agreement"
                                        : "leg " + terms.leg().id()),
                        List.of(terms.leg().id())));
        release();
        holds();
    }

    private static String words(State.Stop stop, String what) {
        return stop.party() + (stop.sort() == State.Stop.Sort.HOLD ? " holds " : " has suspended ") + what + " since "
                + stop.from() + ": " + stop.reason();
    }

    private void party(String party) {
        if (terms.agreement().kind() != Kind.FRAMEWORK) {
            return;
        }
        State.Departure left = state.departures().get(party);
        if (state.party(party).isEmpty()) {
            boolean gone = left != null && !left.from().isAfter(facts.now());
            refuse(
                    Reason.Code.NOT_A_PARTY,
                    terms.ofAgreement(33, "accession"),
                    gone
                            ? party + " has left this framework on "
                                    + Objects.requireNonNull(left).from()
                            : party + " has not joined this framework",
                    List.of(party));
        } else if (!state.takesPart(party, terms.leg().id())) {
            refuse(
                    Reason.Code.OPTED_OUT,
                    terms.ofAgreement(33, "accession"),
                    party + " takes no part in leg " + terms.leg().id(),
                    List.of(party));
        }
    }

    private void federation() {
        Federation federation = terms.agreement().federation();
        boolean pulls = terms.agreement().kind() == Kind.FRAMEWORK
                && federation != null
                && federation.secretariat().equals(request.consumer());
        if (pulls && !Objects.requireNonNull(federation).rights().contains(Federation.Right.PULL)) {
            refuse(
                    Reason.Code.FEDERATION,
                    terms.ofAgreement(34, "federation"),
                    "the secretariat has no right to ask members for figures; they deliver by the calendar",
                    List.of(request.consumer()));
        }
    }

    private String notInEffect() {
        Instant begins = state.inEffectSince();
        String since = begins == null ? "" : "; it will apply from " + begins;
        return switch (state.phase()) {
            case DRAFT -> "the agreement is a draft that nobody has proposed";
            case PROPOSED ->
                "the agreement is proposed but not signed by all; so far: "
                        + (state.signed().isEmpty()
                                ? "nobody"
                                : String.join(", ", state.signed().keySet()));
            case INITIALLED -> "the agreement is initialled but not signed by all";
            case SIGNED -> "the agreement is signed but not yet in effect" + since;
            case PROCEDURES_COMPLETED -> "all have notified, but the agreement is not yet in effect" + since;
            case DENOUNCED -> "the agreement ended by notice on " + state.endsAt();
            case EXPIRED -> "the agreement expired on " + state.endsAt();
            case IN_EFFECT, PROVISIONALLY_APPLIED -> throw new IllegalStateException("applies");
        };
    }

    private void release() {
        Facts.Release release = facts.release();
        if (release == null) {
            return;
        }
        if (state.recalled().contains(release.id())) {
            refuse(
                    Reason.Code.RELEASE_RECALLED,
                    terms.ofAgreement(19, "terms"),
                    "release " + release.id() + " has been recalled; ask for the one that corrects it",
                    List.of(release.id()));
        }
        state.stopOnRelease(release.id(), facts.now())
                .ifPresent(stop -> refuse(
                        Reason.Code.LEG_STOPPED,
                        terms.ofAgreement(39, "course"),
                        words(stop, "release " + release.id()),
                        List.of(release.id())));
    }

    private void holds() {
        for (Facts.Hold hold : facts.holds()) {
            if (!hold.since().isAfter(facts.now()) && concerns(hold)) {
                refuse(
                        Reason.Code.HOLD,
                        null,
                        "a hold on " + hold.scope().name().toLowerCase(Locale.ROOT)
                                + (hold.target() == null ? "" : " " + hold.target()) + " is in place since "
                                + hold.since() + ": " + hold.reason(),
                        hold.target() == null ? List.of() : List.of(hold.target()));
            }
        }
    }

    private boolean concerns(Facts.Hold hold) {
        String target = hold.target();
        Facts.Release release = facts.release();
        return switch (hold.scope()) {
            case NODE -> true;
            case PARTNER ->
                request.consumer().equals(target) || request.provider().equals(target);
            case AGREEMENT ->
                terms.agreement().id().equals(target) || terms.file().digest().equals(target);
            case LEG -> terms.quotaKey().equals(target);
            case RELEASE -> release != null && release.id().equals(target);
        };
    }

    private void refuse(Reason.Code code, @Nullable ClauseRef clause, String sentence, List<String> values) {
        reasons.add(new Reason(code, clause, sentence, values));
    }
}
