package org.entente.gateway.disclosure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read and protected.
 *
 * @param dimensions its classifications in the order of the table's columns
 * @param count name of the column of counts
 * @param ignored columns that are carried along and have no meaning here
 * @param rules what must not be learnt
 * @param absent what a cell that is not in the table means
 * @param method how it is protected
 * @param known names of files with figures of the same source that are public already
 * @param approver who answers for it
 * @param survey what an estimate from a sample must rest on; null for a table that was counted
 * @param rates that leave with the table
 * @param holders who has true counts of his own and must learn no more
 */
public record Specification(
        List<Dimension> dimensions,
        String count,
        List<String> ignored,
        Rules rules,
        Absent absent,
        Method method,
        List<String> known,
        String approver,
        @Nullable Survey survey,
        List<Rate> rates,
        List<Holder> holders) {

    /** What a cell that is not in the table means. */
    public enum Absent {
        /** There is nobody. */
        ZERO,
        /** It was not collected, or the codes are not crossed in this table. */
        UNKNOWN
    }

    /**
     * How the table is protected.
     *
     * @param kind withholding or rounding
     * @param base rounding base; 0 for withholding
     */
    public record Method(Kind kind, int base) {
        /** Sorts of methods. */
        public enum Kind {
            /** Cells are withheld; what is shown is true. */
            SUPPRESS,
            /** Small inner counts are rounded, totals are rebuilt from them. */
            ROUND_SMALL_COUNTS,
            /** Every cell is rounded for itself. */
            ROUND
        }

        /** Withholding. */
        public static final Method SUPPRESS = new Method(Kind.SUPPRESS, 0);

        public Method {
            boolean fits = switch (kind) {
                case SUPPRESS -> base == 0;
                case ROUND_SMALL_COUNTS -> base == 3 || base == 5;
                case ROUND -> base == 5 || base == 10 || base == 100;
            };
            if (!fits) {
                throw new IllegalArgumentException(
                        "small counts are rounded to 3 or 5, whole tables to 5, 10 or 100; withholding has no base");
            }
        }
    }

    public Specification {
        dimensions = List.copyOf(dimensions);
        ignored = List.copyOf(ignored);
        known = List.copyOf(known);
        rates = List.copyOf(rates);
        holders = List.copyOf(holders);
    }

    /** A specification of a table that was counted, without rates. */
    public Specification(
            List<Dimension> dimensions,
            String count,
            List<String> ignored,
            Rules rules,
            Absent absent,
            Method method,
            List<String> known,
            String approver) {
        this(dimensions, count, ignored, rules, absent, method, known, approver, null, List.of(), List.of());
    }

    /** The columns of the dimensions. */
    List<String> columns() {
        return dimensions.stream().map(Dimension::column).toList();
    }

    /** A specification of suppression with nothing else declared. */
    public static Specification of(List<Dimension> dimensions, String count, Rules rules) {
        return new Specification(dimensions, count, List.of(), rules, Absent.ZERO, Method.SUPPRESS, List.of(), "");
    }

    /** The same under other rules. */
    public Specification with(Rules other) {
        return new Specification(
                dimensions, count, ignored, other, absent, method, known, approver, survey, rates, holders);
    }

    /** The same with another meaning of absent cells. */
    public Specification with(Absent other) {
        return new Specification(
                dimensions, count, ignored, rules, other, method, known, approver, survey, rates, holders);
    }

    /** The same against others who have counts of their own. */
    public Specification against(List<Holder> others) {
        return new Specification(
                dimensions, count, ignored, rules, absent, method, known, approver, survey, rates, others);
    }

    /** The same over other dimensions. */
    Specification over(List<Dimension> others) {
        return new Specification(
                others, count, ignored, rules, absent, method, known, approver, survey, rates, holders);
    }

    /** The position of a dimension's column, or null. */
    @Nullable
    Integer position(String column) {
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).column().equals(column)) {
                return d;
            }
        }
        return null;
    }
}
