package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.gateway.region.indicator.Indicator;
import org.entente.gateway.region.indicator.IndicatorTable;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;

/** The chosen indicators of every member, from a reference release and, where they are computed, from the member's own answer. */
final class CoreIndicators {
    private static final String STOCK = "STOCK_IN";

    private CoreIndicators() {}

    static ReferenceSource of(
            ReferenceSource reference,
            IndicatorTable table,
            Programme.Indicators chosen,
            List<Profile.Member> members,
            List<SourceFigures> sources,
            int year) {
        List<Indicator> found = new ArrayList<>();
        for (Profile.Member member : members) {
            for (String code : chosen.codes()) {
                if (code.equals(IndicatorTable.MIGRANT_SHARE)) {
                    sources.stream()
                            .filter(source -> source.source().party().equals(member.party()))
                            .forEach(source -> found.addAll(shares(source, table, member, year)));
                } else {
                    table.at(member.party(), member.areas(), code, year).ifPresent(found::add);
                }
            }
        }
        return reference.with(found);
    }

    /** For each definition by which the member gives a total of all migrants, its share; only of the member's own total, never of a sum of ours. */
    private static List<Indicator> shares(SourceFigures source, IndicatorTable table, Profile.Member member, int year) {
        Structure structure = source.cube().structure();
        int counterpart = structure.position(Dimension.Role.COUNTERPART_AREA);
        List<Indicator> shares = new ArrayList<>();
        for (Harmonised.Series series : source.series()) {
            Harmonised.Figure figure = series.figures().get(String.valueOf(year));
            boolean total = series.concept().indicator().equals(STOCK)
                    && counterpart >= 0
                    && series.codes().get(counterpart).equals(Harmonised.TOTAL)
                    && CorridorIndex.isWhole(structure, series.codes());
            if (total && figure != null && !Double.isNaN(figure.value())) {
                Optional<Indicator> share = table.migrantShare(
                        member.party(),
                        member.areas(),
                        figure.value(),
                        STOCK + " by " + series.concept().basis(),
                        String.valueOf(year));
                share.ifPresent(shares::add);
            }
        }
        return shares;
    }
}
