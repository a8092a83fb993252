package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of one dimension add up to its total.
 *
 * @param dimension id of a dimension
 * @param total the code of the total
 * @param parts the codes that add up to it; absent means all other codes that occur in the release
 * @param additivity what is promised
 * @param tolerance largest difference that {@link Additivity#TOLERANCE} admits, in the unit of the figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SumRule(
        String dimension,
        String total,
        @Nullable List<String> parts,
        Additivity additivity,
        @Nullable Double tolerance) {

    /** What is promised of a sum. */
    public enum Additivity {
        /** The parts equal the total; anything else is refused. */
        EXACT,
        /** The parts may differ from the total by so much; differences are listed and a person accepts them. */
        TOLERANCE,
        /** The parts need not add up, for instance because the office has rounded. */
        NOT_ADDITIVE
    }

    public SumRule {
        parts = parts == null ? null : List.copyOf(parts);
    }

    /** The largest difference that is not refused. */
    double allowed() {
        return switch (additivity) {
            case EXACT -> 0;
            case TOLERANCE -> tolerance == null ? 0 : tolerance;
            case NOT_ADDITIVE -> Double.POSITIVE_INFINITY;
        };
    }
}
