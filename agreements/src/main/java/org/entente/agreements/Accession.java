package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clause 33: how a state joins or leaves a framework, and what happens to data it has received.
 *
 * @param openTo parties that may accede; empty when any state may
 * @param conditions what an acceding state must fulfil, in words
 * @param exclusion when a member may be excluded, in words
 * @param acceptance who accepts an accession; when absent it needs no acceptance, or, where there are conditions, that of the depositary
 * @param exclusionBy how an exclusion is decided; when absent nobody can be excluded by an act
 * @param effectDays days after the accession, or its acceptance, at whose end the state is a party; absent for at once
 */
public record Accession(
        String depositary,
        List<String> openTo,
        boolean optOutPerLeg,
        int withdrawalNoticeDays,
        AfterEnd dataAfterLeaving,
        @Nullable Text conditions,
        @Nullable Text exclusion,
        @Nullable Voting acceptance,
        @Nullable Voting exclusionBy,
        @Nullable Integer effectDays) {
    public Accession {
        openTo = Copies.of(openTo);
    }

    /** Who must accept an accession; null when it counts by itself. */
    public @Nullable Voting acceptanceNeeded() {
        return acceptance == null && conditions != null ? Voting.DEPOSITARY : acceptance;
    }
}
