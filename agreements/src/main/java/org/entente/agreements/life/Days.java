package org.entente.agreements.life;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days of an agreement: they begin in its own time zone. */
record Days(ZoneId zone) {
    /** The start of the day that many days after; the very moment when there are no days to wait. */
    Instant after(Instant from, int days) {
        return days == 0 ? from : start(dayOf(from).plusDays(days));
    }

    Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }
}
