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
            LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
            LocalDate first = switch (this) {
                case DAY -> day;
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
            };
            return first.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
