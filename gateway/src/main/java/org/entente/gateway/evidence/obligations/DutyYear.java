package org.entente.gateway.evidence.obligations;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A calendar year in the time zone of an agreement. */
record DutyYear(int year, ZoneId zone) {
    /** The first moment. */
    Instant from() {
        return start(LocalDate.of(year, 1, 1));
    }

    /** The first moment after it. */
    Instant to() {
        return start(LocalDate.of(year + 1, 1, 1));
    }

    boolean contains(Instant moment) {
        return !moment.isBefore(from()) && moment.isBefore(to());
    }

    Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The end of the day that many days after a moment. */
    Instant endOfDayAfter(Instant moment, int days) {
        return start(LocalDate.ofInstant(moment, zone).plusDays(days + 1L));
    }
}
