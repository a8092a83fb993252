package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.comparison.SideFigure;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;

/** What each reporting party says of each other one's people as a whole: figures with every breakdown at its total. */
final class CorridorIndex {
    private final SortedMap<String, SortedMap<String, List<SideFigure>>> byReporter = new TreeMap<>();

    private CorridorIndex() {}

    /**
     * Indexes sources.
     *
     * @param partyOf the party whose territory an area is; empty if it is none's
     */
    static CorridorIndex of(List<SourceFigures> sources, Function<String, String> partyOf) {
        CorridorIndex index = new CorridorIndex();
        sources.forEach(source -> index.add(source, partyOf));
        return index;
    }

    private void add(SourceFigures source, Function<String, String> partyOf) {
        Structure structure = source.cube().structure();
        int counterpart = structure.position(Dimension.Role.COUNTERPART_AREA);
        if (counterpart < 0) {
            return;
        }
        String organisation = String.join("; ", source.source().organisations());
        for (Harmonised.Series series : source.series()) {
            String other = partyOf.apply(series.codes().get(counterpart));
            if (other.isEmpty() || !isWhole(structure, series.codes())) {
                continue;
            }
            List<SideFigure> figures = byReporter
                    .computeIfAbsent(source.source().party(), p -> new TreeMap<>())
                    .computeIfAbsent(other, p -> new ArrayList<>());
            series.figures()
                    .forEach((period, figure) -> figures.add(new SideFigure(
                            source.source().party(),
                            source.source().id(),
                            series.concept(),
                            period,
                            Double.isNaN(figure.value()) ? null : figure.value(),
                            figure.status(),
                            organisation)));
        }
    }

    /** Whether the codes of a series key stand for all persons: every breakdown and region at its total. */
    static boolean isWhole(Structure structure, List<String> codes) {
        List<Dimension> dimensions = structure.keyDimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            boolean divides = switch (dimensions.get(d).role()) {
                case BREAKDOWN, REPORTING_REGION, COUNTERPART_REGION -> true;
                default -> false;
            };
            if (divides && !codes.get(d).equals(Harmonised.TOTAL)) {
                return false;
            }
        }
        return true;
    }

    private List<SideFigure> figures(String reporter, String other) {
        return byReporter.getOrDefault(reporter, new TreeMap<>()).getOrDefault(other, List.of());
    }

    /** Every mirror pair between two parties that both report. */
    List<Corridor> pairs(ComparabilityTable table) {
        List<Corridor> pairs = new ArrayList<>();
        for (Map.Entry<String, SortedMap<String, List<SideFigure>>> reporter : byReporter.entrySet()) {
            reporter.getValue()
                    .forEach((other, figures) -> pairs.addAll(Corridor.pairs(
                            reporter.getKey(), other, figures, figures(other, reporter.getKey()), table)));
        }
        return pairs;
    }

    /** Every two figures of one party on the same thing that come from two of its own sources. */
    List<NationalPair> national(ComparabilityTable table) {
        List<NationalPair> pairs = new ArrayList<>();
        byReporter.forEach((reporter, others) ->
                others.forEach((other, figures) -> pairs.addAll(NationalPair.of(reporter, other, figures, table))));
        return pairs;
    }

    /** Every figure of one side beside every figure of the other, for somebody who has asked for exactly this. */
    List<Corridor> sideBySide(String origin, String destination, ComparabilityTable table) {
        return Corridor.sideBySide(
                origin, destination, figures(origin, destination), figures(destination, origin), table);
    }
}
