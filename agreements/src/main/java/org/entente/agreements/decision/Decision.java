package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Permit or refusal, with everything that is needed to show why and to compute it again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Decision.Permit.class, name = "permit"),
    @JsonSubTypes.Type(value = Decision.Refusal.class, name = "refusal")
})
public sealed interface Decision {
    /** Version of the rules that decided; see {@link Decisions#SEMANTICS}. */
    String semantics();

    /** The facts the decision was made on. */
    Facts facts();

    /**
     * The request may be answered, with exactly this slice and under these obligations. When {@link Obligations#approval} is present the
     * provider answers nothing yet: it files the request for a person, who approves it, two different persons where four eyes are asked
     * for, or refuses it on one of the grounds given there, by the time given there. On approval the provider decides again, with the facts
     * of that moment, and answers what that decision permits; a permit is never kept for later, since a hold or a recall may have come
     * between.
     *
     * @param clauses the clauses relied on
     */
    record Permit(
            String semantics,
            String agreement,
            int version,
            String digest,
            String leg,
            Slice slice,
            Obligations obligations,
            List<ClauseRef> clauses,
            Facts facts)
            implements Decision {
        public Permit {
            clauses = List.copyOf(clauses);
        }
    }

    /** Nothing may be answered; there is at least one reason. */
    record Refusal(String semantics, List<Reason> reasons, Facts facts) implements Decision {
        public Refusal {
            reasons = List.copyOf(reasons);
        }
    }
}
