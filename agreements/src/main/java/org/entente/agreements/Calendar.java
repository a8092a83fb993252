package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When figures are due (clause 15).
 *
 * @param frequency code of SDMX CL_FREQ
 * @param due days of the year on which a delivery falls due, {@code --MM-DD}
 */
public record Calendar(
        String frequency, List<String> due, @Nullable IsoDate firstDelivery, int graceDays, List<Phase> phases) {
    public Calendar {
        due = Copies.of(due);
        phases = Copies.of(phases);
    }

    /** An obligation that starts later than the agreement. */
    public record Phase(IsoDate from, Text obligation) {}
}
