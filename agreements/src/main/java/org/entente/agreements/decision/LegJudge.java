package org.entente.agreements.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Purpose;
import org.entente.agreements.Quota;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.life.Crisis;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** Judges a request under one leg and collects every reason against it, so that the asker learns all of them at once. */
final class LegJudge {
    private final DataRequest request;
    private final AgreementBook.Candidate candidate;
    private final LegTerms terms;
    private final State state;
    private final Leg leg;
    private final Facts facts;
    private final Roles roles;
    private final List<Reason> reasons = new ArrayList<>();
    /** The crisis under whose wider terms this request is judged; null when it is judged as usual. */
    private final @Nullable Crisis crisis;

    LegJudge(DataRequest request, AgreementBook.Candidate candidate, Facts facts, Roles roles) {
        this.request = request;
        this.candidate = candidate;
        this.terms = candidate.terms();
        this.state = candidate.state();
        this.leg = terms.leg();
        this.facts = facts;
        this.roles = roles;
        this.crisis = crisis();
    }

    /**
     * Only who asks for the purpose of crisis response gets what the crisis clause widens; the others get what they always get.
     */
    private @Nullable Crisis crisis() {
        boolean response =
                terms.widens() != null && Purpose.CRISIS_RESPONSE.token().equals(request.purpose());
        return response
                ? state.crisisOn(leg.id(), request.provider(), request.consumer(), facts.now())
                        .orElse(null)
                : null;
    }

    Decision judge() {
        new StateJudge(request, candidate, facts, reasons).judge();
        Optional<Purpose> purpose = purpose();
        asker();
        CompiledCube widened = crisis == null ? null : terms.widened();
        CompiledCube cube = widened == null ? terms.cube() : widened;
        CompiledCube.Sides sides = terms.sides(state, request);
        Slice slice = new CubeJudge(request, terms, cube, facts, roles).judge(sides, reasons);
        Quota quota = quota();
        DisclosureRule disclosure =
                Protection.stricter(leg.disclosure().between(sides.provider(), sides.consumer()), facts.national());
        protection(disclosure);
        SortedSet<SensitiveGroup> separate =
                new CoverageJudge(terms, state, request, facts, roles).judge(slice, reasons);
        if (!reasons.isEmpty() || purpose.isEmpty()) {
            reasons.sort(Comparator.comparing(Reason::code));
            return new Decision.Refusal(Decisions.SEMANTICS, reasons, facts);
        }
        Obliging obliging = new Obliging(terms, state, facts, crisis);
        return new Decision.Permit(
                Decisions.SEMANTICS,
                terms.agreement().id(),
                terms.agreement().version(),
                terms.file().digest(),
                leg.id(),
                slice,
                obliging.obligations(purpose.get(), separate, quota, disclosure),
                terms.relied(crisis != null),
                facts);
    }

    private Optional<Purpose> purpose() {
        Optional<Purpose> purpose = Purpose.parse(request.purpose())
                .filter(p -> leg.purposes().contains(p) || (crisis != null && p == Purpose.CRISIS_RESPONSE));
        if (purpose.isEmpty()) {
            List<String> allowed = leg.purposes().stream().map(Purpose::token).toList();
            boolean noCrisis = terms.widens() != null && request.purpose().equals(Purpose.CRISIS_RESPONSE.token());
            refuse(
                    Reason.Code.PURPOSE,
                    terms.clause(5, "purposes"),
                    "purpose " + request.purpose() + " is not among those agreed: " + String.join(", ", allowed)
                            + (noCrisis ? "; it is while a declared and countersigned crisis lasts" : ""),
                    List.of(request.purpose()));
        }
        return purpose;
    }

    private void asker() {
        if (!leg.access().roles().contains(request.role())) {
            refuse(
                    Reason.Code.ROLE,
                    terms.clause(13, "access"),
                    "role " + request.role() + " may not see these figures; those who may: "
                            + String.join(", ", leg.access().roles()),
                    List.of(request.role()));
        }
        String authority = request.authority();
        List<String> authorities = leg.access().authorities();
        if (!authorities.isEmpty() && (authority == null || !authorities.contains(authority))) {
            refuse(
                    Reason.Code.AUTHORITY,
                    terms.clause(13, "access"),
                    (authority == null
                                    ? "the asker names no authority, and not every one may see these figures"
                                    : "authority " + authority + " may not see these figures")
                            + "; those that may: " + String.join(", ", authorities),
                    authority == null ? List.of() : List.of(authority));
        }
    }

    /** The quota that holds for this request, once it is known to have room; null when there is none. */
    private @Nullable Quota quota() {
        CrisisClause.Widening widens = crisis == null ? null : terms.widens();
        Quota quota = widens != null && widens.quota() != null ? widens.quota() : leg.quota();
        if (quota == null) {
            return null;
        }
        Facts.QuotaUse use = facts.quotas().get(terms.quotaKey());
        if (use == null) {
            if (facts.side() == Facts.Side.PROVIDER) {
                refuseQuota("the leg has a quota but what has been used of it is not known");
            }
            return quota;
        }
        if (use.windowStart().isBefore(quota.per().startAt(facts.now()))) {
            return quota;
        }
        Long cells = quota.cells();
        String window = quota.per().name().toLowerCase(Locale.ROOT);
        if (use.requests() >= quota.requests()) {
            refuseQuota("all " + quota.requests() + " requests of this " + window + " (UTC) are used");
        } else if (cells != null && use.cells() >= cells) {
            refuseQuota("all " + cells + " cells of this " + window + " (UTC) are used");
        }
        return quota;
    }

    private void refuseQuota(String sentence) {
        refuse(Reason.Code.QUOTA, terms.clause(16, "quota"), sentence, List.of());
    }

    /** The release must have been protected at least as well as the stricter of agreement and national law asks. */
    private void protection(DisclosureRule required) {
        Facts.Release release = facts.release();
        if (release != null && Boolean.TRUE.equals(release.publicSource())) {
            publicSource(release, required);
            return;
        }
        DisclosureRule applied = release == null ? null : release.protection();
        if (release != null && applied != null && !Protection.enough(applied, required)) {
            refuse(
                    Reason.Code.PROTECTION,
                    terms.clause(12, "disclosure"),
                    "release " + release.id() + " is protected by " + Protection.words(applied) + "; required is "
                            + Protection.words(required)
                            + ", so an edition with that protection must be published first",
                    List.of(release.id()));
        }
    }

    /** Figures that are public elsewhere reveal nothing more here, unless the leg asks for protection of them all the same. */
    private void publicSource(Facts.Release release, DisclosureRule required) {
        if (!required.publicSourcesPass() && required.method() != DisclosureRule.Method.NONE) {
            refuse(
                    Reason.Code.PROTECTION,
                    terms.clause(12, "disclosure"),
                    "release " + release.id() + " stands as a public source has it; required is "
                            + Protection.words(required) + " for public sources too",
                    List.of(release.id()));
        }
    }

    private void refuse(Reason.Code code, ClauseRef clause, String sentence, List<String> values) {
        reasons.add(new Reason(code, clause, sentence, values));
    }
}
