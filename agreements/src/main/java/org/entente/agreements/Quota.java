package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How much may be asked in one UTC calendar window (clause 16). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Quota(int requests, Window per, @Nullable Long cells) {
    /** A window of the UTC calendar. */
    public enum Window {
        DAY,
        MONTH,
        YEAR;

        /** Start of the window that contains this time. */
        public Instant startAt(Instant now) {
            return start(firstDay(now));
        }

        /** Start of the window after the one that contains this time. */
        public Instant endAt(Instant now) {
            LocalDate first = firstDay(now);
            return start(
                    switch (this) {
                        case DAY -> first.plusDays(1);
                        case MONTH -> first.plusMonths(1);
                        case YEAR -> first.plusYears(1);
                    });
        }

        private LocalDate firstDay(Instant now) {
            LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
            return switch (this) {
                case DAY -> day;
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        private static Instant start(LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
