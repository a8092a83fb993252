package org.entente.agreements;

import org.jspecify.annotations.Nullable;

/** How much may be asked in one UTC calendar window (clause 16). */
public record Quota(int requests, Window per, @Nullable Long cells) {
    /** A window of the UTC calendar. */
    public enum Window {
        DAY,
        MONTH,
        YEAR
    }
}
