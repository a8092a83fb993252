package org.entente.agreements.decision;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Purpose;
import org.entente.agreements.Quota;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Terms;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** Judges a request under one leg and collects every reason against it, so that the asker learns all of them at once. */
final class LegJudge {
    private final DataRequest request;
    private final Decisions.Candidate candidate;
    private final Agreement agreement;
    private final Leg leg;
    private final Facts facts;
    private final Roles roles;
    private final List<Reason> reasons = new ArrayList<>();

    LegJudge(DataRequest request, Decisions.Candidate candidate, Facts facts, Roles roles) {
        this.request = request;
        this.candidate = candidate;
        this.agreement = candidate.file().agreement();
        this.leg = candidate.leg();
        this.facts = facts;
        this.roles = roles;
    }

    Decision judge() {
        state();
        holds();
        Optional<Purpose> purpose = purpose();
        asker();
        CubeJudge cube = new CubeJudge(request, agreement, leg, leg.cube(), facts, roles);
        Slice slice = cube.judge(reasons);
        quota();
        SortedSet<SensitiveGroup> separate =
                new CoverageJudge(agreement, leg, request, facts, roles).judge(slice, reasons);
        if (!reasons.isEmpty() || purpose.isEmpty()) {
            List<Reason> sorted =
                    reasons.stream().sorted(Comparator.comparing(Reason::code)).toList();
            return new Decision.Refusal(Decisions.SEMANTICS, sorted, facts);
        }
        return new Decision.Permit(
                Decisions.SEMANTICS,
                agreement.id(),
                agreement.version(),
                candidate.file().digest(),
                leg.id(),
                slice,
                obligations(purpose.get(), separate),
                clauses(),
                facts);
    }

    private void state() {
        State state = candidate.state();
        if (!state.phase().applies()) {
            refuse(Reason.Code.NOT_IN_EFFECT, ofAgreement(37, "course"), notInEffect(state), List.of());
        }
        if (agreement.kind() == Kind.FRAMEWORK) {
            for (String party : List.of(request.consumer(), request.provider())) {
                if (!state.signed().containsKey(party)) {
                    refuse(
                            Reason.Code.NOT_A_PARTY,
                            ofAgreement(33, "accession"),
                            party + " has not joined this framework",
                            List.of(party));
                }
            }
        }
        state.stopOn(leg.id(), facts.now())
                .ifPresent(stop -> refuse(
                        Reason.Code.LEG_STOPPED,
                        ofAgreement(39, "course"),
                        stop.party() + (stop.sort() == State.Stop.Sort.HOLD ? " holds " : " has suspended ")
                                + (stop.leg() == null ? "the agreement" : "leg " + leg.id()) + " since " + stop.from()
                                + ": " + stop.reason(),
                        List.of(leg.id())));
    }

    private static String notInEffect(State state) {
        String since = state.inEffectSince() == null ? "" : "; it will apply from " + state.inEffectSince();
        return switch (state.phase()) {
            case DRAFT -> "the agreement is a draft that nobody has proposed";
            case PROPOSED ->
                "the agreement is proposed but not signed by all; so far: "
                        + (state.signed().isEmpty()
                                ? "nobody"
                                : String.join(", ", state.signed().keySet()));
            case SIGNED -> "the agreement is signed but not yet in effect" + since;
            case DENOUNCED -> "the agreement ended by notice on " + state.endsAt();
            case EXPIRED -> "the agreement expired on " + state.endsAt();
            case IN_EFFECT, PROVISIONALLY_APPLIED -> throw new IllegalStateException("applies");
        };
    }

    private void holds() {
        for (Facts.Hold hold : facts.holds()) {
            if (!hold.since().isAfter(facts.now()) && concerns(hold)) {
                refuse(
                        Reason.Code.HOLD,
                        null,
                        "a hold on " + hold.scope().name().toLowerCase(java.util.Locale.ROOT)
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
                agreement.id().equals(target) || candidate.file().digest().equals(target);
            case LEG -> Facts.quotaKey(agreement.id(), leg.id()).equals(target);
            case RELEASE -> release != null && release.id().equals(target);
        };
    }

    private Optional<Purpose> purpose() {
        Optional<Purpose> purpose = Purpose.parse(request.purpose()).filter(leg.purposes()::contains);
        if (purpose.isEmpty()) {
            List<String> allowed = leg.purposes().stream().map(Purpose::token).toList();
            refuse(
                    Reason.Code.PURPOSE,
                    ofLeg(5, "purposes"),
                    "purpose " + request.purpose() + " is not among those agreed: " + String.join(", ", allowed),
                    List.of(request.purpose()));
        }
        return purpose;
    }

    private void asker() {
        if (!leg.access().roles().contains(request.role())) {
            refuse(
                    Reason.Code.ROLE,
                    ofLeg(13, "access"),
                    "role " + request.role() + " may not see these figures; those who may: "
                            + String.join(", ", leg.access().roles()),
                    List.of(request.role()));
        }
        String authority = request.authority();
        List<String> authorities = leg.access().authorities();
        if (!authorities.isEmpty() && (authority == null || !authorities.contains(authority))) {
            refuse(
                    Reason.Code.AUTHORITY,
                    ofLeg(13, "access"),
                    (authority == null
                                    ? "the asker names no authority, and not every one may see these figures"
                                    : "authority " + authority + " may not see these figures")
                            + "; those that may: " + String.join(", ", authorities),
                    authority == null ? List.of() : List.of(authority));
        }
    }

    private void quota() {
        Quota quota = leg.quota();
        if (quota == null) {
            return;
        }
        Facts.QuotaUse use = facts.quotas().get(Facts.quotaKey(agreement.id(), leg.id()));
        if (use == null) {
            if (facts.side() == Facts.Side.PROVIDER) {
                refuse(
                        Reason.Code.QUOTA,
                        ofLeg(16, "quota"),
                        "the leg has a quota but what has been used of it is not known",
                        List.of());
            }
            return;
        }
        if (use.windowStart().isBefore(quota.per().startAt(facts.now()))) {
            return;
        }
        Long cells = quota.cells();
        String window = quota.per().name().toLowerCase(java.util.Locale.ROOT);
        if (use.requests() >= quota.requests()) {
            refuse(
                    Reason.Code.QUOTA,
                    ofLeg(16, "quota"),
                    "all " + quota.requests() + " requests of this " + window + " (UTC) are used",
                    List.of());
        } else if (cells != null && use.cells() >= cells) {
            refuse(
                    Reason.Code.QUOTA,
                    ofLeg(16, "quota"),
                    "all " + cells + " cells of this " + window + " (UTC) are used",
                    List.of());
        }
    }

    private Obligations obligations(Purpose purpose, SortedSet<SensitiveGroup> separate) {
        LocalDate today = LocalDate.ofInstant(facts.now(), ZoneId.of(agreement.timeZone()));
        Terms.Publication publication = agreement.terms().publication();
        Terms.Confidentiality confidentiality = agreement.terms().confidentiality();
        return new Obligations(
                new IsoDate(today.plusMonths(leg.retention().months())),
                leg.retention().proofOfDeletion(),
                facts.now().plusSeconds(3600L * leg.receiptHours()),
                purpose,
                leg.access(),
                leg.onward(),
                publication == null ? null : publication.citation(),
                confidentiality == null ? List.of() : confidentiality.marking(),
                separate,
                leg.answering(),
                leg.disclosure());
    }

    private List<ClauseRef> clauses() {
        List<ClauseRef> clauses = new ArrayList<>(List.of(
                ofAgreement(2, "parties"),
                ofAgreement(37, "course"),
                ofLeg(5, "purposes"),
                ofLeg(7, "cube"),
                ofLeg(12, "disclosure"),
                ofLeg(13, "access"),
                ofLeg(16, "answering"),
                ofLeg(21, "onward"),
                ofLeg(26, "retention")));
        if (!leg.cube().neverCross().isEmpty()) {
            clauses.add(ofLeg(8, "cube"));
        }
        if (leg.quota() != null) {
            clauses.add(ofLeg(16, "quota"));
        }
        clauses.sort(Comparator.comparingInt(ClauseRef::number).thenComparing(ClauseRef::member));
        return clauses;
    }

    private ClauseRef ofLeg(int number, String member) {
        return new ClauseRef(number, agreement.id(), leg.id(), member);
    }

    private ClauseRef ofAgreement(int number, String member) {
        return new ClauseRef(number, agreement.id(), null, member);
    }

    private void refuse(Reason.Code code, @Nullable ClauseRef clause, String sentence, List<String> values) {
        reasons.add(new Reason(code, clause, Objects.requireNonNull(sentence), values));
    }
}
