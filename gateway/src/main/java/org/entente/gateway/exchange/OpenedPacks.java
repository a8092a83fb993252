package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.decision.Decision;
import org.entente.gateway.treaties.Treaties;

/**
 * Answers from crisis packs that were declared open: where this node's own decision refuses the wider detail, or the partner is down. The
 * question must be one that the pack's cube, purposes and roles allow.
 */
@Singleton
class OpenedPacks {
    private final PackTables tables;
    private final Holdings holdings;
    private final Treaties treaties;
    private final OwnDecision ownDecision;

    OpenedPacks(PackTables tables, Holdings holdings, Treaties treaties, OwnDecision ownDecision) {
        this.tables = tables;
        this.holdings = holdings;
        this.treaties = treaties;
        this.ownDecision = ownDecision;
    }

    /** The newest opened pack that answers the question and may still be kept. */
    Optional<Holdings.Holding> covering(Question question) {
        for (PackTables.Held pack : tables.opened(question.provider())) {
            if (allows(pack, question)) {
                Optional<Holdings.Holding> holding = holdings.byExchange(pack.id());
                if (holding.isPresent()) {
                    return holding;
                }
            }
        }
        return Optional.empty();
    }

    private boolean allows(PackTables.Held pack, Question question) {
        boolean named = (question.leg() == null || question.leg().equals(pack.leg()))
                && (question.agreement() == null
                        || question.agreement().equals(pack.agreement())
                        || question.agreement().equals(pack.textDigest()));
        return named
                && treaties.find(pack.textDigest())
                        .map(treaty -> treaty.file())
                        .filter(file -> clause(file.agreement().crisis(), pack.leg())
                                .map(clause -> ownDecision.decidePack(question, file, clause))
                                .filter(Decision.Permit.class::isInstance)
                                .isPresent())
                        .isPresent();
    }

    private static Optional<CrisisClause.Pack> clause(
            @org.jspecify.annotations.Nullable CrisisClause crisis, String leg) {
        return crisis == null
                ? Optional.empty()
                : crisis.packs().stream().filter(pack -> pack.leg().equals(leg)).findFirst();
    }
}
