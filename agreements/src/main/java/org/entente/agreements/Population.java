package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom the figures of a leg count (clauses 4, 8 and 9).
 *
 * @param concepts how a person belongs to the counterpart area
 * @param residenceMonths months of actual or intended stay that make a person a usual resident
 * @param referenceDate day of the year the figures describe, {@code --MM-DD}; absent for flows over a period
 * @param origins which of the people concerned are in scope (clause 9)
 * @param excluded populations or topics left out, in words (clause 8)
 */
public record Population(
        List<Concept> concepts,
        Measure measure,
        int residenceMonths,
        @Nullable String referenceDate,
        List<Origin> origins,
        List<Text> excluded) {
    public Population {
        concepts = Copies.of(concepts);
        origins = Copies.of(origins);
        excluded = Copies.of(excluded);
    }

    /** The closed list of population concepts. */
    public enum Concept {
        BIRTH,
        CITIZENSHIP,
        CITIZENSHIP_AT_BIRTH,
        FORMER_CITIZENSHIP,
        PARENTS_BIRTH,
        ANCESTRY,
        PREVIOUS_RESIDENCE,
        /** The counterpart is where people went, so they are not the counterpart's own people. */
        NEXT_RESIDENCE
    }

    /** The closed list of what is measured. */
    public enum Measure {
        STOCK,
        FLOW,
        STOCK_AND_FLOW
    }

    /** Which origin populations are concerned (clause 9). */
    public enum Origin {
        OWN_BORN,
        OWN_CITIZENS,
        DESCENDANTS,
        RESIDENTS
    }
}
