package org.entente.gateway.region.comparison;

import org.jspecify.annotations.Nullable;

/**
 * What one member brings to a regional total.
 *
 * @param party the member
 * @param standing whether there is a figure
 * @param value the figure; null where there is none that may be seen
 * @param rounding by how much the figure may lie off since its provider rounded it; 0 if it did not
 * @param period the period of the figure
 */
public record Contribution(
        String party, Standing standing, @Nullable Double value, double rounding, String period) {

    /** Whether a member has a figure. */
    public enum Standing {
        PUBLISHED,
        /** There is one, and the member withholds it. */
        WITHHELD,
        /** The member's answer holds none: not collected, or no such row. */
        ABSENT
    }

    public Contribution {
        if ((standing == Standing.PUBLISHED) != (value != null)) {
            throw new IllegalArgumentException("a figure is there exactly if it is published");
        }
    }
}
