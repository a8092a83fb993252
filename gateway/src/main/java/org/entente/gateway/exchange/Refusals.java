package org.entente.gateway.exchange;

import java.util.stream.Collectors;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Reason;

/** A refusal in words. */
final class Refusals {
    private Refusals() {}

    /** All reasons with the clauses that say so, as one text for a person. */
    static String sentence(Decision.Refusal refusal) {
        return refusal.reasons().stream().map(Refusals::sentence).collect(Collectors.joining(" "));
    }

    private static String sentence(Reason reason) {
        return reason.clause() == null ? reason.sentence() : reason.sentence() + " [" + reason.clause() + "]";
    }
}
