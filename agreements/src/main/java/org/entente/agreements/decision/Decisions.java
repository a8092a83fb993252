package org.entente.agreements.decision;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;

/**
 * Judges requests. Nothing is permitted but what a leg in effect allows; where anything is open, the answer is a refusal that says what.
 */
public final class Decisions {
    /** Version of the rules; recorded in every decision so that it is replayed by the rules that made it. */
    public static final String SEMANTICS = "entente-decision/1";

    private Decisions() {}

    /**
     * Decides a request. Pure: the same arguments always give the same decision, and the order of files and legs does not matter.
     *
     * @param files every agreement this node has with the two parties, in effect or not
     */
    public static Decision decide(DataRequest request, List<AgreementFile> files, Facts facts, Roles roles) {
        return decide(request, AgreementBook.of(files), facts, roles);
    }

    /**
     * Decides a request by a book that the caller keeps until an act is added; the decision is the same as from its files.
     *
     * @param book every agreement this node has, in effect or not
     */
    public static Decision decide(DataRequest request, AgreementBook book, Facts facts, Roles roles) {
        List<AgreementBook.Candidate> candidates = book.candidates(request, facts.now());
        if (candidates.size() == 1) {
            return new LegJudge(request, candidates.getFirst(), facts, roles).judge();
        }
        if (candidates.isEmpty()) {
            return refusal(facts, NoCandidate.reasons(request, book, facts.now()));
        }
        return choose(
                candidates.stream()
                        .map(c -> new LegJudge(request, c, facts, roles).judge())
                        .toList(),
                facts);
    }

    /**
     * Decides as if the text applied, whatever acts are on file: for looking ahead before anybody signs. No figure passes on such a
     * decision.
     *
     * @param leg one of the agreement's legs, by which the provider would answer the consumer
     */
    public static Decision foresee(DataRequest request, Agreement agreement, Leg leg, Facts facts, Roles roles) {
        LegTerms terms = new LegTerms(AgreementFile.of(agreement, List.of()), leg);
        State applied = State.foreseen(agreement, facts.now());
        return new LegJudge(request, new AgreementBook.Candidate(terms, applied, null), facts, roles).judge();
    }

    /**
     * Decides on the crisis pack of a leg (clause 32) as on a request under that leg, by the pack's cube instead of the leg's: at the
     * provider for the whole pack, at the consumer for what is asked of an opened one. The caller makes sure that the request is from the
     * leg's consumer to its provider.
     *
     * @param pack one of the agreement's packs
     */
    public static Decision decidePack(
            DataRequest request, AgreementFile file, CrisisClause.Pack pack, Facts facts, Roles roles) {
        Leg leg = file.agreement()
                .leg(pack.leg())
                .orElseThrow(() -> new IllegalArgumentException("no leg " + pack.leg()));
        AgreementBook.Candidate candidate =
                new AgreementBook.Candidate(LegTerms.ofPack(file, leg.ofPack(pack)), file.at(facts.now()), null);
        return new LegJudge(request, candidate, facts, roles).judge();
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

    private static Decision choose(List<Decision> decisions, Facts facts) {
        List<Decision.Permit> permits = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Permit permit -> permits.add(permit);
                case Decision.Refusal refusal -> reasons.addAll(refusal.reasons());
            }
        }
        if (permits.isEmpty()) {
            return refusal(facts, reasons);
        }
        Decision.Permit first = permits.getFirst();
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
