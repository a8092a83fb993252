package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clause 33: how a state joins or leaves a framework, and what happens to data it has received. */
public record Accession(
        String depositary,
        List<String> openTo,
        boolean optOutPerLeg,
        int withdrawalNoticeDays,
        AfterEnd dataAfterLeaving,
        @Nullable Text conditions,
        @Nullable Text exclusion) {
    public Accession {
        openTo = Copies.of(openTo);
    }
}
