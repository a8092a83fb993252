package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Names a clause of an agreement.
 *
 * @param number 1 to 40, as in the published list of clauses
 * @param agreement id of the agreement; absent when there is none
 * @param leg id of the leg the clause belongs to; absent for a clause of the whole agreement
 * @param member the member of the document that states it, for example {@code purposes}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClauseRef(
        int number, @Nullable String agreement, @Nullable String leg, String member) {
    @Override
    public String toString() {
        return "clause " + number + " (" + (leg == null ? "" : "leg " + leg + ", ") + member + ")";
    }
}
