package org.entente.gateway.region.indicator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A core indicator of one state.
 *
 * @param party the state
 * @param indicator code of the reference structure's list, or of a computed one
 * @param name in words, with its unit
 * @param period of the figure
 * @param value null where the keeper of the series has none
 * @param asOf day, month or year as of which the keeper had the figure; null if the release does not say
 * @param source organisation that keeps the series; for a computed one, what it was computed from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Indicator(
        String party,
        String indicator,
        String name,
        String period,
        @Nullable Double value,
        @Nullable String asOf,
        String source) {
    /** Whether its value is a year, such as that of a ratification, and no amount of anything. */
    @JsonIgnore
    public boolean isYear() {
        return indicator.startsWith(ReferenceIndicators.RATIFICATION);
    }
}
