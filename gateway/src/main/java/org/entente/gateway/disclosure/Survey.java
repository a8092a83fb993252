package org.entente.gateway.disclosure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a table that was estimated from a sample must hold before a cell is shown. The unweighted counts and the coefficients of variation
 * stay in the office: unweighted counts add up, so that those of the cells shown would tell those of the cells withheld.
 *
 * @param sample column with the unweighted count of each cell
 * @param minimum least unweighted count of a cell that is shown, at least 1
 * @param variation column with the coefficient of variation in per cent; null if the office judges by the sample alone
 * @param unreliable coefficient in per cent from which an estimate is marked as unreliable; null if none is
 * @param limit coefficient in per cent above which an estimate is withheld; null if none is
 */
public record Survey(
        String sample,
        long minimum,
        @Nullable String variation,
        @Nullable BigDecimal unreliable,
        @Nullable BigDecimal limit) {

    public Survey {
        if (minimum < 1 || minimum > 1_000_000) {
            throw new IllegalArgumentException("the least unweighted count is 1 to 1000000");
        }
        boolean asked = unreliable != null || limit != null;
        if (asked != (variation != null)) {
            throw new IllegalArgumentException(
                    "a column of coefficients of variation needs a bound (unreliable or limit), and a bound needs the column");
        }
        if ((unreliable != null && unreliable.signum() <= 0) || (limit != null && limit.signum() <= 0)) {
            throw new IllegalArgumentException("a bound of the coefficient of variation is above 0 per cent");
        }
        if (unreliable != null && limit != null && unreliable.compareTo(limit) > 0) {
            throw new IllegalArgumentException("an estimate is called unreliable before it is withheld, not after");
        }
    }

    /** How an estimate is judged. */
    enum Grade {
        /** Shown as an estimate. */
        ESTIMATED,
        /** Shown with a warning. */
        UNRELIABLE,
        /** Not shown. */
        UNSUPPORTED
    }

    /**
     * Judges an estimate.
     *
     * @param count its unweighted count
     * @param coefficient its coefficient of variation in per cent; null if it has none, as an estimate of nobody
     */
    Grade grade(long count, @Nullable BigDecimal coefficient) {
        if (count < minimum || (coefficient != null && limit != null && coefficient.compareTo(limit) > 0)) {
            return Grade.UNSUPPORTED;
        }
        boolean doubtful = coefficient != null && unreliable != null && coefficient.compareTo(unreliable) >= 0;
        return doubtful ? Grade.UNRELIABLE : Grade.ESTIMATED;
    }
}
