package org.entente.gateway.region.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum over members, which never counts a withheld figure as nothing.
 *
 * @param kind whether it is exact, a lower bound, or not shown
 * @param value the sum of the published figures; null if it is not shown
 * @param contributors how many members' figures are in it
 * @param withheldBy members that withhold their figure
 * @param absent members whose answer holds no figure
 * @param rounding by how much it may lie off since members rounded their figures
 * @param periods the periods of the figures in it, each once, sorted
 * @param why it is not shown; null if it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegionalTotal(
        Kind kind,
        @Nullable Double value,
        int contributors,
        List<String> withheldBy,
        List<String> absent,
        double rounding,
        List<String> periods,
        @Nullable String why) {

    /** What a total says. */
    public enum Kind {
        /** The sum of all figures of those who report. */
        EXACT,
        /** At least so many: somebody withholds a figure. */
        AT_LEAST,
        /** Suppressed by the secretariat. */
        NOT_SHOWN
    }

    public RegionalTotal {
        withheldBy = List.copyOf(withheldBy);
        absent = List.copyOf(absent);
        periods = List.copyOf(periods);
    }

    /**
     * The rule of a programme.
     *
     * @param minimum how many members must have a figure other than nothing
     * @param dominance in per cent of the largest figure: how close the second largest contributor may come to it by subtracting its own
     *     (p% rule); no matter where the members' figures are shown beside the total anyway
     * @param membersShown whether every member's own figure stands beside the total
     */
    public record Rule(int minimum, double dominance, boolean membersShown) {
        public Rule {
            if (minimum < 3) {
                throw new IllegalArgumentException("a regional figure has at least three contributors");
            }
        }
    }

    /** Adds up. */
    public static RegionalTotal of(List<Contribution> contributions, Rule rule) {
        List<Contribution> published = of(contributions, Contribution.Standing.PUBLISHED);
        List<String> withheld = parties(contributions, Contribution.Standing.WITHHELD);
        List<String> absent = parties(contributions, Contribution.Standing.ABSENT);
        List<String> periods =
                published.stream().map(Contribution::period).distinct().sorted().toList();
        String why = suppressed(published, rule);
        double sum = 0;
        double rounding = 0;
        for (Contribution one : published) {
            sum += value(one);
            rounding += one.rounding();
        }
        Kind kind = why != null ? Kind.NOT_SHOWN : withheld.isEmpty() ? Kind.EXACT : Kind.AT_LEAST;
        return new RegionalTotal(
                kind,
                why == null ? sum : null,
                published.size(),
                withheld,
                absent,
                why == null ? rounding : 0,
                periods,
                why);
    }

    private static @Nullable String suppressed(List<Contribution> published, Rule rule) {
        List<Double> sizes = new ArrayList<>(published.stream()
                .map(RegionalTotal::value)
                .filter(value -> value > 0)
                .sorted(Comparator.reverseOrder())
                .toList());
        if (published.size() < rule.minimum()) {
            return "fewer than " + rule.minimum() + " members have a figure";
        }
        if (rule.membersShown()) {
            return null;
        }
        // A total of nothing would tell of every member that it has nothing.
        if (sizes.size() < rule.minimum()) {
            return "fewer than " + rule.minimum() + " members have a figure other than 0";
        }
        double rest = sizes.stream().skip(2).mapToDouble(Double::doubleValue).sum();
        return rest < sizes.getFirst() * rule.dominance() / 100
                ? "one member's figure could be told from it by another"
                : null;
    }

    private static double value(Contribution one) {
        return one.value() == null ? 0 : one.value();
    }

    private static List<Contribution> of(List<Contribution> all, Contribution.Standing standing) {
        return all.stream().filter(one -> one.standing() == standing).toList();
    }

    private static List<String> parties(List<Contribution> all, Contribution.Standing standing) {
        return of(all, standing).stream().map(Contribution::party).sorted().toList();
    }
}
