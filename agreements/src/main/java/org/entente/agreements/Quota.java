package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How much may be asked in one UTC calendar window (clause 16). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Quota(int requests, Window per, @Nullable Long cells) {
    /** A window of the UTC calendar. */
    public enum Window {
        DAY,
        MONTH,
        YEAR
    }
}
