package org.entente.agreements.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;

/**
 * Judges requests. Nothing is permitted but what a leg in effect allows; where anything is open, the answer is a refusal that says what.
 */
public final class Decisions {
    /** Version of the rules; recorded in every decision so that it is replayed by the rules that made it. */
    public static final String SEMANTICS = "entente-decision/1";

    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate c) -> c.file().agreement().id())
            .thenComparing(c -> c.leg().id());

    private Decisions() {}

    /** A leg that might answer, with its agreement and the agreement's state. */
    record Candidate(AgreementFile file, State state, Leg leg) {}

    /**
     * Decides a request. Pure: the same arguments always give the same decision, and the order of files and legs does not matter.
     *
     * @param files every agreement this node has with the two parties, in effect or not
     */
    public static Decision decide(DataRequest request, List<AgreementFile> files, Facts facts, Roles roles) {
        List<AgreementFile> current = AgreementFile.current(named(request, files), facts.now());
        if (current.isEmpty()) {
            return refusal(facts, List.of(noAgreement(request, files)));
        }
        List<Candidate> candidates = candidates(request, current, facts);
        if (candidates.isEmpty()) {
            return refusal(facts, noLeg(request, current));
        }
        List<Decision> decisions = candidates.stream()
                .map(c -> new LegJudge(request, c, facts, roles).judge())
                .toList();
        return decisions.size() == 1 ? decisions.get(0) : choose(decisions, facts);
    }

    /**
     * Decides as if the text applied, whatever acts are on file: for looking ahead before anybody signs. No figure passes on such a
     * decision.
     *
     * @param leg one of the agreement's legs, by which the provider would answer the consumer
     */
    public static Decision foresee(DataRequest request, Agreement agreement, Leg leg, Facts facts, Roles roles) {
        SortedMap<String, Instant> signed = new TreeMap<>();
        agreement.parties().forEach(party -> signed.put(party.id(), facts.now()));
        State applied = new State(State.Phase.IN_EFFECT, signed, facts.now(), null, List.of());
        return new LegJudge(request, new Candidate(AgreementFile.of(agreement, List.of()), applied, leg), facts, roles)
                .judge();
    }

    /**
     * Decides again what was recorded, by the rules that decided then.
     *
     * @param recorded the decision as recorded; its facts are used, not today's
     * @param files the agreements with the instruments that were on file then
     * @throws IllegalArgumentException when the recorded decision was made by rules that this version does not have
     */
    public static Decision replay(DataRequest request, List<AgreementFile> files, Roles roles, Decision recorded) {
        if (!recorded.semantics().equals(SEMANTICS)) {
            throw new IllegalArgumentException("no rules " + recorded.semantics() + "; there are: " + SEMANTICS);
        }
        return decide(request, files, recorded.facts(), roles);
    }

    /** The files that concern both parties and, when the asker named one, that agreement. */
    private static List<AgreementFile> named(DataRequest request, List<AgreementFile> files) {
        String named = request.agreement();
        return files.stream()
                .filter(f -> named == null || isNamed(f, named))
                .filter(f -> f.agreement().party(request.consumer()).isPresent())
                .filter(f -> f.agreement().party(request.provider()).isPresent())
                .toList();
    }

    private static boolean isNamed(AgreementFile file, String named) {
        return file.digest().equals(named) || file.agreement().id().equals(named);
    }

    private static List<Candidate> candidates(DataRequest request, List<AgreementFile> files, Facts facts) {
        List<Candidate> candidates = new ArrayList<>();
        for (AgreementFile file : files) {
            State state = file.at(facts.now());
            for (Leg leg : file.agreement().legs()) {
                if (matches(request, leg) && serves(request, file.agreement(), leg)) {
                    candidates.add(new Candidate(file, state, leg));
                }
            }
        }
        candidates.sort(ORDER);
        return candidates;
    }

    private static boolean matches(DataRequest request, Leg leg) {
        return (request.leg() == null || request.leg().equals(leg.id()))
                && (request.dataflow() == null || request.dataflow().equals(leg.dataflow()));
    }

    private static boolean serves(DataRequest request, Agreement agreement, Leg leg) {
        return !request.provider().equals(request.consumer())
                && side(agreement, leg.provider(), request.provider())
                && side(agreement, leg.consumer(), request.consumer());
    }

    private static boolean side(Agreement agreement, String side, String party) {
        return side.equals(party)
                || (side.equals(Leg.MEMBERS)
                        && agreement.party(party).map(Party::form).orElse(Party.Form.SECRETARIAT) == Party.Form.STATE);
    }

    private static Reason noAgreement(DataRequest request, List<AgreementFile> files) {
        String named = request.agreement();
        boolean known = named != null && files.stream().anyMatch(f -> isNamed(f, named));
        if (known) {
            return new Reason(
                    Reason.Code.NOT_A_PARTY,
                    new ClauseRef(2, named, null, "parties"),
                    request.consumer() + " and " + request.provider() + " are not both parties to agreement " + named,
                    List.of(request.consumer(), request.provider()));
        }
        String which = named == null ? "no agreement" : "no agreement " + named;
        return new Reason(
                Reason.Code.NO_AGREEMENT,
                null,
                "there is " + which + " between " + request.provider() + " and " + request.consumer()
                        + "; figures pass only under a signed agreement",
                List.of(request.consumer(), request.provider()));
    }

    private static List<Reason> noLeg(DataRequest request, List<AgreementFile> files) {
        return files.stream()
                .map(f -> {
                    Agreement agreement = f.agreement();
                    String leg = request.leg();
                    List<String> legs = agreement.legs().stream()
                            .filter(l -> serves(request, agreement, l))
                            .map(Leg::id)
                            .sorted()
                            .toList();
                    String sentence = "agreement " + agreement.id() + " has "
                            + (leg == null ? "no leg" : "no leg " + leg) + " by which " + request.provider()
                            + " answers " + request.consumer()
                            + (request.dataflow() == null ? "" : " on " + request.dataflow())
                            + (legs.isEmpty() ? "" : "; there are: " + String.join(", ", legs));
                    return new Reason(
                            Reason.Code.NO_LEG, new ClauseRef(7, agreement.id(), null, "legs"), sentence, legs);
                })
                .toList();
    }

    private static Decision choose(List<Decision> decisions, Facts facts) {
        List<Decision.Permit> permits = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Permit permit) {
                permits.add(permit);
            } else if (decision instanceof Decision.Refusal refusal) {
                reasons.addAll(refusal.reasons());
            }
        }
        if (permits.isEmpty()) {
            return refusal(facts, reasons);
        }
        Decision.Permit first = permits.get(0);
        boolean same = permits.stream()
                .allMatch(p ->
                        p.obligations().equals(first.obligations()) && p.slice().equals(first.slice()));
        return same ? first : refusal(facts, List.of(ambiguous(permits)));
    }

    private static Reason ambiguous(List<Decision.Permit> permits) {
        List<String> legs = permits.stream()
                .map(p -> Facts.quotaKey(p.agreement(), p.leg()))
                .toList();
        return new Reason(
                Reason.Code.LEG_AMBIGUOUS,
                null,
                "several legs would answer, with different terms; name one of: " + String.join(", ", legs),
                legs);
    }

    private static Decision.Refusal refusal(Facts facts, List<Reason> reasons) {
        return new Decision.Refusal(SEMANTICS, reasons, facts);
    }
}
