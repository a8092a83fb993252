package org.entente.agreements.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.entente.agreements.AfterEnd;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Leg;
import org.entente.agreements.life.State;

/** Until when figures that came under a leg may be kept (clause 26). */
public final class RetentionEnd {
    private RetentionEnd() {}

    /**
     * The last day, cut short by an end of the agreement that is certain when figures are not kept beyond it.
     *
     * @param came day on which the figures came, in the agreement's time zone
     */
    public static IsoDate lastDay(Agreement agreement, State state, Leg leg, LocalDate came) {
        LocalDate retained = came.plusMonths(leg.retention().months());
        Course.Validity validity = agreement.course().validity();
        boolean certain = state.notice() != null || validity == null || validity.renewal() == null;
        Instant ends = state.endsAt();
        if (leg.retention().afterEnd() == AfterEnd.STAYS_BOUND || ends == null || !certain) {
            return new IsoDate(retained);
        }
        LocalDate lastDay = LocalDate.ofInstant(ends.minusNanos(1), ZoneId.of(agreement.timeZone()));
        return new IsoDate(lastDay.isBefore(retained) ? lastDay : retained);
    }
}
