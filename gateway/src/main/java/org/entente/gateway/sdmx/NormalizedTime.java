package org.entente.gateway.sdmx;

import java.util.List;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.TimePeriod;

/**
 * Periods brought to the finest granularity that a message holds (SDMX-CSV field guide, {@code timeFormat=normalized}): a
 * year beside days becomes its first day, for stocks are counted when a period begins.
 */
final class NormalizedTime {

    private NormalizedTime() {}

    private enum Grain {
        YEAR,
        MONTH,
        DAY
    }

    /**
     * For each number of the dictionaries the normalized text; all dictionaries share one granularity.
     *
     * @param used which of their entries the message holds
     */
    static String[][] texts(List<Dictionary> dictionaries, List<boolean[]> used) {
        Grain finest = Grain.YEAR;
        for (int d = 0; d < dictionaries.size(); d++) {
            for (int i = 0; i < dictionaries.get(d).size(); i++) {
                Grain grain = used.get(d)[i]
                        ? grain(TimePeriod.parse(dictionaries.get(d).text(i)))
                        : Grain.YEAR;
                finest = grain.compareTo(finest) > 0 ? grain : finest;
            }
        }
        String[][] texts = new String[dictionaries.size()][];
        for (int d = 0; d < texts.length; d++) {
            texts[d] = new String[dictionaries.get(d).size()];
            for (int i = 0; i < texts[d].length; i++) {
                texts[d][i] = at(TimePeriod.parse(dictionaries.get(d).text(i)), finest);
            }
        }
        return texts;
    }

    private static Grain grain(TimePeriod period) {
        boolean wholeMonths =
                period.start().getDayOfMonth() == 1 && period.end().plusDays(1).getDayOfMonth() == 1;
        boolean wholeYear = period.start().getDayOfYear() == 1
                && period.end().equals(period.start().plusYears(1).minusDays(1));
        return wholeYear ? Grain.YEAR : wholeMonths ? Grain.MONTH : Grain.DAY;
    }

    private static String at(TimePeriod period, Grain grain) {
        String day = period.start().toString();
        return switch (grain) {
            case YEAR -> day.substring(0, 4);
            case MONTH -> day.substring(0, 7);
            case DAY -> day;
        };
    }
}
