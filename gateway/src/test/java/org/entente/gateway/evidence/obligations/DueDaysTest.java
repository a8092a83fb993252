package org.entente.gateway.evidence.obligations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.entente.agreements.Calendar;
import org.entente.agreements.IsoDate;
import org.entente.gateway.evidence.obligations.DueDays.DueDay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueDaysTest {
    private static Calendar calendar(@Nullable String first, String... due) {
        return new Calendar(
                "A", List.of(due), first == null ? null : new IsoDate(LocalDate.parse(first)), 30, List.of());
    }

    @Test
    void aDeliveryGathersWhatCameSinceTheDayBefore() {
        assertEquals(
                List.of(
                        new DueDay(
                                LocalDate.parse("2026-03-31"),
                                LocalDate.parse("2026-04-30"),
                                LocalDate.parse("2025-09-30"),
                                LocalDate.parse("2026-10-01")),
                        new DueDay(
                                LocalDate.parse("2026-09-30"),
                                LocalDate.parse("2026-10-30"),
                                LocalDate.parse("2026-03-31"),
                                LocalDate.parse("2027-04-01"))),
                DueDays.of(calendar(null, "--09-30", "--03-31"), 2026));
    }

    @Test
    void nothingIsDueBeforeTheFirstDelivery() {
        assertEquals(
                List.of(LocalDate.parse("2026-09-30")),
                DueDays.of(calendar("2026-09-30", "--03-31", "--09-30"), 2026).stream()
                        .map(DueDay::due)
                        .toList());
        assertEquals(List.of(), DueDays.of(calendar("2027-01-01", "--12-31"), 2026));
    }

    @Test
    void theLastOfFebruaryExistsInEveryYear() {
        assertEquals(
                LocalDate.parse("2026-02-28"),
                DueDays.of(calendar(null, "--02-29"), 2026).getFirst().due());
    }
}
