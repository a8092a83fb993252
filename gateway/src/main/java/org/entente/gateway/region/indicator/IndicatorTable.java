package org.entente.gateway.region.indicator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/** The figures of a reference release, looked up by state, indicator and year. */
public final class IndicatorTable {
    /** Migrant stock, as the state itself counts it, in per cent of its population. */
    public static final String MIGRANT_SHARE = "MIGRANT_SHARE";

    private final Map<List<String>, SortedMap<String, Figure>> series = new HashMap<>();
    private final @Nullable Codelist names;

    private record Figure(double value, String asOf, String source) {}

    private IndicatorTable(Structure structure) {
        this.names = structure
                .dimension(Dimension.Role.INDICATOR)
                .flatMap(dimension -> dimension.representation().codelist())
                .orElse(null);
    }

    /** Reads a release under {@link ReferenceIndicators#FLOW}. */
    public static IndicatorTable of(Cube cube) {
        Structure structure = cube.structure();
        IndicatorTable table = new IndicatorTable(structure);
        int area = structure.position(Dimension.Role.REPORTING_AREA);
        int indicator = structure.position(Dimension.Role.INDICATOR);
        int source = structure.position(Attribute.Role.SOURCE);
        int asOf = structure.attributePosition(ReferenceIndicators.AS_OF);
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            table.series
                    .computeIfAbsent(
                            List.of(cursor.dimensionText(area), cursor.dimensionText(indicator)), k -> new TreeMap<>())
                    .put(
                            cursor.dimensionText(structure.timePosition()),
                            new Figure(
                                    cursor.value(),
                                    asOf < 0 ? "" : cursor.attributeText(asOf),
                                    source < 0 ? "" : cursor.attributeText(source)));
        }
        return table;
    }

    /**
     * An indicator of a state at the period nearest to a year, the later of two as near.
     *
     * @param areas of the state, in order; the first that the release knows counts
     */
    public Optional<Indicator> at(String party, List<String> areas, String indicator, int year) {
        for (String area : areas) {
            SortedMap<String, Figure> figures = series.get(List.of(area, indicator));
            if (figures != null) {
                String period = figures.keySet().stream()
                        .min(java.util.Comparator.comparingInt((String p) -> Math.abs(year(p) - year))
                                .thenComparing(java.util.Comparator.reverseOrder()))
                        .orElseThrow();
                Figure figure = java.util.Objects.requireNonNull(figures.get(period));
                return Optional.of(new Indicator(
                        party,
                        indicator,
                        name(indicator),
                        period,
                        Double.isNaN(figure.value()) ? null : figure.value(),
                        figure.asOf().isEmpty() ? null : figure.asOf(),
                        figure.source()));
            }
        }
        return Optional.empty();
    }

    private static int year(String period) {
        return TimePeriod.parse(period).start().getYear();
    }

    private String name(String indicator) {
        return names == null
                ? indicator
                : names.code(indicator).map(code -> code.name().in("en")).orElse(indicator);
    }

    /**
     * A state's own total of migrants in per cent of its population of the same year; nothing where either is not there.
     *
     * @param stock all migrants by the state's own count
     * @param concept how it counts them, in words
     */
    public Optional<Indicator> migrantShare(
            String party, List<String> areas, double stock, String concept, String period) {
        List<Indicator> shares = new ArrayList<>();
        at(party, areas, ReferenceIndicators.POPULATION, year(period))
                .filter(population -> year(population.period()) == year(period))
                .ifPresent(population -> {
                    Double persons = population.value();
                    if (persons != null && persons > 0) {
                        shares.add(new Indicator(
                                party,
                                MIGRANT_SHARE,
                                "Migrants in per cent of the population",
                                period,
                                stock / persons * 100,
                                population.asOf(),
                                party + " (" + concept + "); " + population.source()));
                    }
                });
        return shares.stream().findFirst();
    }

    /** Codes that a programme may choose: those of the list. */
    public static List<String> codes() {
        return ReferenceIndicators.load().structure().keyDimensions().stream()
                .filter(dimension -> dimension.role() == Dimension.Role.INDICATOR)
                .map(Component::representation)
                .flatMap(representation -> representation.codelist().stream())
                .flatMap(list -> list.codes().stream())
                .map(org.entente.gateway.statistics.Code::id)
                .toList();
    }
}
