package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * The filter of one {@code c[ID]=} parameter (SDMX REST 2, data queries): {@code ,} means OR, {@code +} means AND, and
 * AND binds closer.
 *
 * @param anyOf at least one of these lists must hold whole
 */
record ComponentFilter(List<List<Test>> anyOf) {

    /** How a value is compared. */
    enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE,
        CO,
        NC,
        SW,
        EW
    }

    /** One comparison. */
    record Test(Operator operator, String value) {

        /** Whether the operator looks into a text. */
        boolean comparesText() {
            return switch (operator) {
                case CO, NC, SW, EW -> true;
                default -> false;
            };
        }

        /** Compares as text. */
        boolean holds(String text) {
            return switch (operator) {
                case CO -> text.contains(value);
                case NC -> !text.contains(value);
                case SW -> text.startsWith(value);
                case EW -> text.endsWith(value);
                default -> holds(text.compareTo(value));
            };
        }

        /** Whether a comparison with this sign satisfies the operator. */
        boolean holds(int sign) {
            return switch (operator) {
                case EQ -> sign == 0;
                case NE -> sign != 0;
                case LT -> sign < 0;
                case LE -> sign <= 0;
                case GT -> sign > 0;
                case GE -> sign >= 0;
                default -> throw new IllegalStateException(operator + " compares text only");
            };
        }
    }

    /**
     * Reads a decoded parameter value, for example {@code ge:2015+le:2020,2022}.
     *
     * @throws EntenteException {@code query-malformed}
     */
    static ComponentFilter parse(String component, String value) {
        List<List<Test>> anyOf = new ArrayList<>();
        for (String alternative : value.split(",", -1)) {
            List<Test> all = new ArrayList<>();
            for (String test : alternative.split("\\+", -1)) {
                all.add(test(component, test));
            }
            anyOf.add(List.copyOf(all));
        }
        return new ComponentFilter(List.copyOf(anyOf));
    }

    private static Test test(String component, String text) {
        Operator operator = Operator.EQ;
        String value = text;
        if (text.length() > 2 && text.charAt(2) == ':') {
            String name = text.substring(0, 2);
            for (Operator candidate : Operator.values()) {
                if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
                    operator = candidate;
                    value = text.substring(3);
                }
            }
        }
        if (value.isEmpty()) {
            throw new EntenteException(ErrorCode.QUERY_MALFORMED, "c[" + component + "] holds an empty value");
        }
        return new Test(operator, value);
    }

    /** Whether any comparison looks into a text. */
    boolean comparesText() {
        return anyOf.stream().flatMap(List::stream).anyMatch(Test::comparesText);
    }

    /** Whether every alternative names one value, as in {@code A,B}. */
    boolean namesValues() {
        return anyOf.stream().allMatch(all -> all.size() == 1 && all.getFirst().operator() == Operator.EQ);
    }

    /** The named values, if {@link #namesValues()}. */
    TreeSet<String> values() {
        TreeSet<String> values = new TreeSet<>();
        anyOf.forEach(all -> values.add(all.getFirst().value()));
        return values;
    }

    /** Whether a text satisfies the filter, compared as text. */
    boolean holds(String text) {
        return anyOf.stream().anyMatch(all -> all.stream().allMatch(test -> test.holds(text)));
    }
}
