package org.entente.gateway.statistics;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time period as SDMX writes it: {@code 2020}, {@code 2020-07}, {@code 2020-07-01}, {@code 2020-A1}, {@code -S1},
 * {@code -T1}, {@code -Q1}, {@code -M01}, {@code -W01}, {@code -D001}. Reporting years start on 1 January. Periods with
 * a clock time or a duration ({@code 2020-01-01/P1Y}) are not taken: no stock or flow table uses them.
 *
 * @param text as written
 * @param start first day
 * @param end last day, inclusive
 */
public record TimePeriod(String text, LocalDate start, LocalDate end) implements Comparable<TimePeriod> {

    /** The reporting year that begins with the calendar year. */
    public static final MonthDay CALENDAR_YEAR = MonthDay.of(1, 1);

    private static final Pattern REPORTING = Pattern.compile("(\\d{4})-([ASTQMWD])(\\d{1,3})");
    private static final Pattern GREGORIAN = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?");
    private static final Comparator<TimePeriod> ORDER = Comparator.comparing(TimePeriod::start)
            .thenComparing(TimePeriod::end)
            .thenComparing(TimePeriod::text);

    /**
     * @throws IllegalArgumentException if the text is not a supported period
     */
    public static TimePeriod parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a time period"));
    }

    /** The period, or empty if the text is not one. */
    public static Optional<TimePeriod> tryParse(String text) {
        return tryParse(text, CALENDAR_YEAR);
    }

    /**
     * The period, or empty if the text is not one.
     *
     * @param yearStart when the reporting year begins that a period such as {@code 2010-Q3} is of; if that is not
     *     1 January, the year has its name from the calendar year in which it ends (SDMX REST, {@code reportingYearStartDay})
     */
    public static Optional<TimePeriod> tryParse(String text, MonthDay yearStart) {
        try {
            Matcher gregorian = GREGORIAN.matcher(text);
            if (gregorian.matches()) {
                return Optional.of(gregorian(text, gregorian));
            }
            Matcher reporting = REPORTING.matcher(text);
            return reporting.matches()
                    ? reporting(text, reporting).map(period -> period.inYearFrom(yearStart))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static TimePeriod gregorian(String text, Matcher parts) {
        int year = Integer.parseInt(parts.group(1));
        if (parts.group(2) == null) {
            return new TimePeriod(text, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }
        YearMonth month = YearMonth.of(year, Integer.parseInt(parts.group(2)));
        if (parts.group(3) == null) {
            return new TimePeriod(text, month.atDay(1), month.atEndOfMonth());
        }
        LocalDate day = LocalDate.of(year, month.getMonth(), Integer.parseInt(parts.group(3)));
        return new TimePeriod(text, day, day);
    }

    private static Optional<TimePeriod> reporting(String text, Matcher parts) {
        int year = Integer.parseInt(parts.group(1));
        int number = Integer.parseInt(parts.group(3));
        int digits = parts.group(3).length();
        return switch (parts.group(2)) {
            case "A" -> months(text, year, number, digits == 1, 12);
            case "S" -> months(text, year, number, digits == 1, 6);
            case "T" -> months(text, year, number, digits == 1, 4);
            case "Q" -> months(text, year, number, digits == 1, 3);
            case "M" -> months(text, year, number, digits == 2, 1);
            case "W" -> digits == 2 ? week(text, year, number) : Optional.empty();
            default -> digits == 3 ? day(text, LocalDate.ofYearDay(year, number)) : Optional.empty();
        };
    }

    private static Optional<TimePeriod> months(String text, int year, int number, boolean wellFormed, int length) {
        if (!wellFormed || number < 1 || number > 12 / length) {
            return Optional.empty();
        }
        LocalDate start = LocalDate.of(year, (number - 1) * length + 1, 1);
        return Optional.of(new TimePeriod(text, start, start.plusMonths(length).minusDays(1)));
    }

    private static Optional<TimePeriod> week(String text, int year, int number) {
        LocalDate fourthOfJanuary = LocalDate.of(year, 1, 4);
        long weeks = IsoFields.WEEK_OF_WEEK_BASED_YEAR
                .rangeRefinedBy(fourthOfJanuary)
                .getMaximum();
        if (number < 1 || number > weeks) {
            return Optional.empty();
        }
        LocalDate monday = fourthOfJanuary
                .minusDays(fourthOfJanuary.getDayOfWeek().getValue() - 1L)
                .plusWeeks(number - 1L);
        return Optional.of(new TimePeriod(text, monday, monday.plusDays(6)));
    }

    private static Optional<TimePeriod> day(String text, LocalDate day) {
        return Optional.of(new TimePeriod(text, day, day));
    }

    /** This reporting period, which was taken to be of the calendar year, in a year that begins on another day. */
    private TimePeriod inYearFrom(MonthDay yearStart) {
        if (yearStart.equals(CALENDAR_YEAR)) {
            return this;
        }
        int year = Integer.parseInt(text.substring(0, 4));
        LocalDate base = yearStart.atYear(year - 1);
        boolean byDays = text.charAt(5) == 'W' || text.charAt(5) == 'D';
        LocalDate january = LocalDate.of(year, 1, 1);
        LocalDate shifted = byDays
                ? base.plusDays(start.toEpochDay() - january.toEpochDay())
                : base.plusMonths(start.getMonthValue() - 1L);
        LocalDate end = byDays
                ? shifted.plusDays(this.end.toEpochDay() - start.toEpochDay())
                : base.plusMonths(this.end.getMonthValue()).minusDays(1);
        return new TimePeriod(text, shifted, end);
    }

    /** By first day, then last day, then text: the same on every machine. */
    @Override
    public int compareTo(TimePeriod other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
