package org.entente.gateway.disclosure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A rate that leaves with a table: each cell as a part of another one. It is computed from what is shown, never from what was counted; where
 * one of the two is withheld, so is the rate, since it and the other term would tell it.
 *
 * @param column its column in the protected table
 * @param per by column, the code that the cell it is a part of has there; in all others it has the same codes
 * @param times what the quotient is multiplied by, such as 100
 * @param decimals places after the point, 0 to 6
 */
public record Rate(String column, SortedMap<String, String> per, long times, int decimals) {

    private static final int MOST_DECIMALS = 6;

    public Rate {
        if (per.isEmpty()) {
            throw new IllegalArgumentException("a rate says of which cell its cells are parts");
        }
        if (times < 1 || decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException("a rate is multiplied by 1 or more and has 0 to 6 decimals");
        }
    }

    /** The published counts of a table by their codes. */
    static Map<List<String>, Long> published(CountTable table) {
        Map<List<String>, Long> published = new HashMap<>();
        table.rows().stream()
                .filter(row -> row.count() != CountTable.WITHHELD)
                .forEach(row -> published.put(row.codes(), row.count()));
        return published;
    }

    /**
     * The rate of a cell as it is written; {@code NaN} where one of its terms is withheld or not there, or nobody is in the whole.
     *
     * @param columns of the codes
     * @param published as {@link #published}
     */
    String of(List<String> codes, List<String> columns, Map<List<String>, Long> published) {
        List<String> whole = new ArrayList<>(codes);
        per.forEach((dimension, code) -> whole.set(columns.indexOf(dimension), code));
        @Nullable Long part = published.get(codes);
        @Nullable Long all = published.get(whole);
        if (part == null || all == null || all == 0) {
            return "NaN";
        }
        return BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(times))
                .divide(BigDecimal.valueOf(all), decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
