package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.entente.agreements.decision.Decision;

/**
 * Answers from crisis packs that were declared open: where this node's own decision refuses the wider detail, or the partner is down. The
 * question must be one that the pack's cube, purposes and roles allow.
 */
@Singleton
class OpenedPacks {
    private final PackTables tables;
    private final Holdings holdings;
    private final OwnDecision ownDecision;

    OpenedPacks(PackTables tables, Holdings holdings, OwnDecision ownDecision) {
        this.tables = tables;
        this.holdings = holdings;
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
                && ownDecision
                        .decidePack(question, pack.textDigest(), pack.leg())
                        .filter(Decision.Permit.class::isInstance)
                        .isPresent();
    }
}
