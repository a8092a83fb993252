package org.entente.agreements.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Quota;
import org.jspecify.annotations.Nullable;

/** Clause 32: whether a crisis widens what it says it widens, and whether the figures for it exist. */
final class CrisisCheck extends Check {
    CrisisCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        CrisisClause crisis = agreement.crisis();
        if (crisis == null) {
            return;
        }
        declaring(crisis);
        for (int i = 0; i < crisis.widenings().size(); i++) {
            CrisisClause.Widening widening = crisis.widenings().get(i);
            String at = "/crisis/widenings/" + i;
            agreement.leg(widening.leg()).ifPresent(leg -> widening(leg, widening, at));
        }
        for (int i = 0; i < crisis.packs().size(); i++) {
            CrisisClause.Pack pack = crisis.packs().get(i);
            String at = "/crisis/packs/" + i;
            agreement.leg(pack.leg()).ifPresent(leg -> pack(leg, pack, crisis, at));
        }
    }

    private void declaring(CrisisClause crisis) {
        find(
                crisis.widenings().isEmpty() && crisis.packs().isEmpty(),
                Rule.CRISIS_CLAUSE_EMPTY,
                "/crisis",
                "a declared crisis would change nothing; add a widening or a pack, or leave the clause out");
        find(
                !crisis.extraLog(),
                Rule.CRISIS_UNLOGGED,
                "/crisis/extraLog",
                "what is done in a crisis is not logged apart, so the review has nothing to look at; set extraLog");
        Set<String> involved = involved(crisis);
        for (int i = 0; i < crisis.declarableBy().size(); i++) {
            String party = crisis.declarableBy().get(i);
            find(
                    !involved.isEmpty() && !involved.contains(party),
                    Rule.CRISIS_DECLARER_UNINVOLVED,
                    "/crisis/declarableBy/" + i,
                    party + " may declare a crisis but is on neither side of a leg that it widens; leave it out");
        }
        boolean onlyItself =
                crisis.declarableBy().size() == 1 && crisis.countersigned().equals(crisis.declarableBy());
        find(
                onlyItself,
                Rule.CRISIS_COUNTERSIGNED_BY_ITSELF,
                "/crisis/countersigned",
                Codes.list(crisis.countersigned())
                        + " has countersigned in advance what only it declares; that takes another party");
    }

    private Set<String> involved(CrisisClause crisis) {
        Set<String> legs = new HashSet<>();
        crisis.widenings().forEach(w -> legs.add(w.leg()));
        crisis.packs().forEach(p -> legs.add(p.leg()));
        Set<String> parties = new HashSet<>();
        for (String id : legs) {
            agreement.leg(id).ifPresent(leg -> {
                side(leg.provider()).stream().map(Party::id).forEach(parties::add);
                side(leg.consumer()).stream().map(Party::id).forEach(parties::add);
            });
        }
        return parties;
    }

    private void widening(Leg leg, CrisisClause.Widening widening, String at) {
        List<String> narrower = Codes.narrower(widening.cube(), leg.cube());
        find(
                !narrower.isEmpty(),
                Rule.CRISIS_NARROWER,
                at + "/cube",
                "while a crisis lasts, leg " + leg.id() + " would allow less than it does without one, in "
                        + Codes.list(narrower) + "; repeat there what the leg allows, and add to it");
        Quota quota = widening.quota();
        find(
                widening.cube().equals(leg.cube()) && widening.answerHours() == null && quota == null,
                Rule.CRISIS_WITHOUT_EFFECT,
                at,
                "a crisis changes nothing for leg " + leg.id()
                        + "; widen it, set answerHours or a quota, or leave it out");
        Integer hours = widening.answerHours();
        int usual = leg.answering().days() * 24;
        find(
                hours != null && usual > 0 && hours > usual,
                Rule.CRISIS_SLOWER,
                at + "/answerHours",
                "in a crisis leg " + leg.id() + " may be answered after " + hours + " hours, otherwise within " + usual
                        + "; make it shorter");
        find(
                quota != null && narrower(quota, leg.quota()),
                Rule.CRISIS_QUOTA_NARROWER,
                at + "/quota",
                "in a crisis fewer requests may be made on leg " + leg.id() + " than otherwise; raise the quota");
        outside(leg, widening.cube(), at + "/cube");
    }

    /** Compared per day, so that windows of different length can be. */
    private static boolean narrower(Quota crisis, @Nullable Quota usual) {
        return usual == null || perDay(crisis) < perDay(usual);
    }

    private static double perDay(Quota quota) {
        return quota.requests()
                / switch (quota.per()) {
                    case DAY -> 1.0;
                    case MONTH -> 30.0;
                    case YEAR -> 365.0;
                };
    }

    private void pack(Leg leg, CrisisClause.Pack pack, CrisisClause crisis, String at) {
        boolean opens = side(leg.consumer()).stream().map(Party::id).anyMatch(crisis.declarableBy()::contains);
        find(
                !opens,
                Rule.CRISIS_PACK_UNOPENABLE,
                at,
                "the pack of leg " + leg.id() + " is opened by its consumer's declaration, and " + leg.consumer()
                        + " may not declare; add it to declarableBy");
        Optional<CrisisClause.Widening> widening = crisis.widenings().stream()
                .filter(w -> w.leg().equals(leg.id()))
                .findFirst();
        List<String> beyond =
                widening.map(w -> Codes.narrower(w.cube(), pack.cube())).orElse(List.of());
        find(
                !beyond.isEmpty(),
                Rule.CRISIS_PACK_BEYOND_WIDENING,
                at + "/cube",
                "the pack holds more than may be asked for in a crisis, in " + Codes.list(beyond)
                        + "; keep it within the widening of the leg");
        outside(leg, pack.cube(), at + "/cube");
    }

    /** What a release's universe can hold is what its dataset holds. */
    private void outside(Leg leg, AllowedCube cube, String at) {
        notHeld(leg, cube)
                .forEach((dimension, absent) -> find(
                        true,
                        Rule.CRISIS_OUTSIDE_UNIVERSE,
                        at + "/dimensions/" + dimension,
                        "no dataset of the provider holds " + dimension + " " + Codes.list(absent)
                                + ", so it is in no release's universe and cannot be opened in a crisis; leave it out or"
                                + " collect it"));
    }
}
