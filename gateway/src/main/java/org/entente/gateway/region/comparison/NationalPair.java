package org.entente.gateway.region.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two figures of one state on the same thing, from two of its own sources: a register and a census, or two offices. They are compared as the
 * two sides of a corridor are, and none of them is taken for the right one.
 *
 * @param party whose figures they are
 * @param counterpart party on whose people they are
 * @param period of both
 * @param relation {@link Relation#SAME} if both are defined alike, so that the difference is one of the sources; else {@link
 *     Relation#DIFFERENT}
 * @param asymmetry null where a figure is withheld or missing; the ratio is that of the other source over the one
 * @param reasons why they may differ
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NationalPair(
        String party,
        String counterpart,
        String period,
        Relation relation,
        SideFigure one,
        SideFigure other,
        @Nullable Asymmetry asymmetry,
        List<Comparison.Reason> reasons) {
    private static final Comparator<NationalPair> ORDER = Comparator.comparing(NationalPair::party)
            .thenComparing(NationalPair::counterpart)
            .thenComparing(NationalPair::period)
            .thenComparing(pair -> pair.one().source())
            .thenComparing(pair -> pair.other().source())
            .thenComparing(pair -> pair.one().concept().toString());

    public NationalPair {
        reasons = List.copyOf(reasons);
    }

    /**
     * Every two figures of different sources on one indicator, for the same period and the same counterpart.
     *
     * @param figures of one party on one counterpart
     */
    public static List<NationalPair> of(
            String party, String counterpart, List<SideFigure> figures, ComparabilityTable table) {
        List<NationalPair> pairs = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            for (int j = i + 1; j < figures.size(); j++) {
                SideFigure one = figures.get(i);
                SideFigure other = figures.get(j);
                boolean comparable = !one.source().equals(other.source())
                        && one.period().equals(other.period())
                        && one.concept().indicator().equals(other.concept().indicator())
                        && one.concept().basis().equals(other.concept().basis())
                        && one.concept().unit().equals(other.concept().unit());
                if (comparable) {
                    pairs.add(of(party, counterpart, one, other, table));
                }
            }
        }
        pairs.sort(ORDER);
        return pairs;
    }

    private static NationalPair of(
            String party, String counterpart, SideFigure one, SideFigure other, ComparabilityTable table) {
        Comparison comparison = table.sameSide(one.concept(), other.concept());
        Asymmetry asymmetry =
                one.value() == null || other.value() == null ? null : Asymmetry.of(one.value(), other.value(), table);
        return new NationalPair(
                party, counterpart, one.period(), comparison.relation(), one, other, asymmetry, comparison.reasons());
    }
}
