package org.entente.agreements.decision;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SDMX time period as the days it covers, both included.
 *
 * @param first first day
 * @param last last day
 */
public record Period(LocalDate first, LocalDate last) {
    private static final Pattern SHAPE =
            Pattern.compile("(\\d{4})(?:-A1|-S([12])|-Q([1-4])|-M?(\\d{2})|-(\\d{2})-(\\d{2}))?");

    /**
     * Reads {@code 2020}, {@code 2020-A1}, {@code 2020-S1}, {@code 2020-Q3}, {@code 2020-07}, {@code 2020-M07} or {@code 2020-07-01}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Period parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a time period: " + text);
        }
        try {
            return read(m);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time period: " + text, e);
        }
    }

    private static Period read(Matcher m) {
        int year = Integer.parseInt(m.group(1));
        if (m.group(2) != null) {
            return months(year, 6 * Integer.parseInt(m.group(2)) - 5, 6);
        }
        if (m.group(3) != null) {
            return months(year, 3 * Integer.parseInt(m.group(3)) - 2, 3);
        }
        if (m.group(4) != null) {
            return months(year, Integer.parseInt(m.group(4)), 1);
        }
        if (m.group(5) != null) {
            LocalDate day = LocalDate.of(year, Integer.parseInt(m.group(5)), Integer.parseInt(m.group(6)));
            return new Period(day, day);
        }
        return months(year, 1, 12);
    }

    private static Period months(int year, int firstMonth, int count) {
        YearMonth first = YearMonth.of(year, firstMonth);
        return new Period(first.atDay(1), first.plusMonths(count - 1L).atEndOfMonth());
    }
}
