package org.entente.gateway.evidence.obligations;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Calendar;

/** The due days of a leg's calendar (clause 15) in a year. Pure. */
final class DueDays {
    private DueDays() {}

    /**
     * One delivery.
     *
     * @param due the day in the calendar
     * @param last the last day of grace
     * @param after a release of this day or earlier belongs to the delivery before
     * @param before a release of this day or later belongs to the delivery after
     */
    record DueDay(LocalDate due, LocalDate last, LocalDate after, LocalDate before) {}

    /** Those whose day is in the year, in order; none before the first delivery. */
    static List<DueDay> of(Calendar calendar, int year) {
        List<MonthDay> days =
                calendar.due().stream().map(MonthDay::parse).sorted().toList();
        List<DueDay> found = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            LocalDate due = days.get(i).atYear(year);
            LocalDate previous =
                    i > 0 ? days.get(i - 1).atYear(year) : days.getLast().atYear(year - 1);
            LocalDate next = i + 1 < days.size()
                    ? days.get(i + 1).atYear(year)
                    : days.getFirst().atYear(year + 1);
            boolean begun = calendar.firstDelivery() == null
                    || !due.isBefore(calendar.firstDelivery().value());
            if (begun) {
                found.add(new DueDay(due, due.plusDays(calendar.graceDays()), previous, next.plusDays(1)));
            }
        }
        return found;
    }
}
