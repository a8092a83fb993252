package org.entente.gateway.region.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The people of one state who go to or live in another, as both states count them.
 *
 * @param origin party that the people come from
 * @param destination party that they go to or live in
 * @param period of both figures
 * @param asymmetry how far the figures lie apart; null if one of them is withheld
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Corridor(
        String origin,
        String destination,
        String period,
        Relation relation,
        SideFigure originSide,
        SideFigure destinationSide,
        @Nullable Asymmetry asymmetry,
        List<Comparison.Reason> reasons) {
    private static final Comparator<Corridor> ORDER = Comparator.comparing(Corridor::origin)
            .thenComparing(Corridor::destination)
            .thenComparing(corridor -> corridor.originSide.concept().toString())
            .thenComparing(corridor -> corridor.destinationSide.concept().toString())
            .thenComparing(Corridor::period)
            .thenComparing(corridor -> corridor.originSide.source())
            .thenComparing(corridor -> corridor.destinationSide.source());

    public Corridor {
        reasons = List.copyOf(reasons);
    }

    /**
     * The mirror pairs of a corridor. What is no pair is left out: see {@link #sideBySide}.
     *
     * @param byOrigin what the state of origin counts of its people there
     * @param byDestination what the state of destination counts of them
     */
    public static List<Corridor> pairs(
            String origin,
            String destination,
            List<SideFigure> byOrigin,
            List<SideFigure> byDestination,
            ComparabilityTable table) {
        return all(origin, destination, byOrigin, byDestination, table).stream()
                .filter(corridor -> corridor.relation == Relation.MIRROR_PAIR)
                .toList();
    }

    /**
     * Every figure of one side beside every figure of the other for the same period, different concepts included: only for somebody who has
     * asked for exactly this.
     */
    public static List<Corridor> sideBySide(
            String origin,
            String destination,
            List<SideFigure> byOrigin,
            List<SideFigure> byDestination,
            ComparabilityTable table) {
        return all(origin, destination, byOrigin, byDestination, table);
    }

    private static List<Corridor> all(
            String origin,
            String destination,
            List<SideFigure> byOrigin,
            List<SideFigure> byDestination,
            ComparabilityTable table) {
        List<Corridor> corridors = new ArrayList<>();
        for (SideFigure one : byOrigin) {
            for (SideFigure other : byDestination) {
                if (one.period().equals(other.period())) {
                    corridors.add(of(origin, destination, one, other, table));
                }
            }
        }
        corridors.sort(ORDER);
        return corridors;
    }

    private static Corridor of(
            String origin, String destination, SideFigure one, SideFigure other, ComparabilityTable table) {
        Comparison comparison = table.oppositeSides(one.concept(), other.concept());
        Asymmetry asymmetry =
                one.value() == null || other.value() == null ? null : Asymmetry.of(one.value(), other.value(), table);
        return new Corridor(
                origin, destination, one.period(), comparison.relation(), one, other, asymmetry, comparison.reasons());
    }
}
