package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What it would cost everybody to protect a release as a leg asks for that its pattern does not satisfy.
 *
 * @param outcome what would become of it
 * @param cells how many cells more would be withheld; null where the figures cannot be protected so
 * @param persons by how much the sum of their finest counts would grow; null also to those who may not see small counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatternCost(
        Outcome outcome, @Nullable Long cells, @Nullable Double persons) {

    /** What would become of a new edition under the leg. */
    public enum Outcome {
        /** It could go out. */
        GOES_OUT,
        /** Together with what is out it would give something away; the leg comes too late for this period, or needs more withheld than that. */
        BLOCKED,
        /** Some cell cannot be protected so, whatever is withheld. */
        CANNOT_BE_PROTECTED,
        /** The leg asks for another method than the figures are protected by; one serves a source. */
        ANOTHER_METHOD
    }

    /** The same for those who may not see small counts. */
    public PatternCost withoutPersons() {
        return new PatternCost(outcome, cells, null);
    }
}
