package org.entente.gateway.region.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.SideFigure;
import org.entente.gateway.region.indicator.IndicatorTable;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programme.Publication;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see of a published edition: of each table what the programme says. A table that is for members alone is not
 * mentioned; of one that is published as totals there is no member's figure anywhere, neither in a mirror pair nor among the changes.
 *
 * @param edition its number, dates and digest
 * @param profile the profile without what is not public
 * @param figures members' own figures, of the tables whose members' figures are public and as far as they are kept
 * @param gone ids of sources whose figures would be public but were deleted or recalled
 * @param bundle whether everything that proves the profile is public, so that everybody may have the bundle
 */
public record PublicEdition(
        ProfileEdition edition, Profile profile, List<MemberFigures> figures, SortedSet<String> gone, boolean bundle) {
    public PublicEdition {
        figures = List.copyOf(figures);
    }

    /**
     * One member's figures of one table.
     *
     * @param cube as the member gave them
     * @param lines the same with the programme's harmonisation applied
     */
    public record MemberFigures(Source source, Cube cube, List<Line> lines) {
        public MemberFigures {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Figures of one key, by period.
     *
     * @param counterpart its area; the total where there is none
     * @param key codes by dimension of everything else that divides; what is left out is the dimension's total
     * @param rules ids of the harmonisation rules that were applied
     */
    public record Line(
            FigureConcept concept,
            String counterpart,
            SortedMap<String, String> key,
            SortedSet<String> rules,
            SortedMap<String, Cell> cells) {}

    /**
     * A figure.
     *
     * @param value null if it is withheld or missing
     * @param status code of its observation status
     */
    public record Cell(@Nullable Double value, String status) {}

    /** The code of a whole, such as all counterparts. */
    public static String whole() {
        return Harmonised.TOTAL;
    }

    /** The source with this id, if it is public. */
    public Optional<Source> source(String id) {
        return profile.sources().stream()
                .filter(source -> source.id().equals(id))
                .findFirst();
    }

    /**
     * Makes it.
     *
     * @param sources what is kept and not recalled of the figures behind the profile
     */
    static PublicEdition of(ProfileEdition edition, Profile profile, Programme programme, List<SourceFigures> sources) {
        Map<String, Publication> publish = new HashMap<>();
        programme.tables().forEach(table -> publish.put(table.id(), table.publish()));
        Set<String> open = new HashSet<>();
        profile.sources().stream()
                .filter(source -> publish.get(source.table()) == Publication.MEMBERS)
                .forEach(source -> open.add(source.id()));
        List<MemberFigures> figures = sources.stream()
                .filter(source -> open.contains(source.source().id()))
                .map(PublicEdition::figures)
                .toList();
        SortedSet<String> gone = new TreeSet<>(open);
        figures.forEach(one -> gone.remove(one.source().id()));
        boolean all = publish.values().stream().allMatch(Publication.MEMBERS::equals);
        return new PublicEdition(edition, visible(profile, publish, open, gone), figures, gone, all && gone.isEmpty());
    }

    private static Profile visible(
            Profile profile, Map<String, Publication> publish, Set<String> open, Set<String> gone) {
        return new Profile(
                profile.format(),
                profile.party(),
                profile.title(),
                profile.edition(),
                profile.made(),
                profile.programme(),
                profile.round(),
                profile.year(),
                profile.agreement(),
                profile.comparability(),
                profile.members().stream()
                        .map(member -> new Profile.Member(
                                member.party(),
                                member.areas(),
                                member.replies().stream()
                                        .filter(reply -> mentioned(publish, reply.table()))
                                        .toList()))
                        .filter(member -> !member.replies().isEmpty())
                        .toList(),
                profile.sources().stream()
                        .filter(source -> mentioned(publish, source.table()))
                        .toList(),
                profile.tables().stream()
                        .filter(table -> mentioned(publish, table.id()))
                        .toList(),
                profile.corridors().stream()
                        .filter(corridor -> shown(corridor, open, gone))
                        .toList(),
                profile.changes().stream()
                        .filter(change -> publish.get(change.table()) == Publication.MEMBERS)
                        .toList(),
                profile.national().stream()
                        .filter(pair -> shown(pair.one(), open, gone) && shown(pair.other(), open, gone))
                        .toList(),
                visible(profile.reference(), publish),
                profile.reconciled().stream()
                        .filter(one -> open.contains(one.origin().source())
                                && !gone.contains(one.origin().source()))
                        .filter(one -> open.contains(one.destination().source())
                                && !gone.contains(one.destination().source()))
                        .toList(),
                profile.forComments());
    }

    /** Indicators are public where they come from, but for a share that would tell a member's own total. */
    private static @Nullable ReferenceSource visible(
            @Nullable ReferenceSource reference, Map<String, Publication> publish) {
        boolean all = publish.values().stream().allMatch(Publication.MEMBERS::equals);
        return reference == null || all ? reference : reference.without(IndicatorTable.MIGRANT_SHARE);
    }

    private static boolean mentioned(Map<String, Publication> publish, String table) {
        return publish.getOrDefault(table, Publication.NOTHING) != Publication.NOTHING;
    }

    /** Whether both sides of a mirror pair are members' figures that everybody may see. */
    private static boolean shown(Corridor corridor, Set<String> open, Set<String> gone) {
        return Stream.of(corridor.originSide(), corridor.destinationSide()).allMatch(side -> shown(side, open, gone));
    }

    private static boolean shown(SideFigure side, Set<String> open, Set<String> gone) {
        return open.contains(side.source()) && !gone.contains(side.source());
    }

    private static MemberFigures figures(SourceFigures source) {
        Structure structure = source.cube().structure();
        return new MemberFigures(
                source.source(),
                source.cube(),
                source.series().stream().map(series -> line(structure, series)).toList());
    }

    private static Line line(Structure structure, Harmonised.Series series) {
        List<Dimension> dimensions = structure.keyDimensions();
        String counterpart = Harmonised.TOTAL;
        SortedMap<String, String> key = new TreeMap<>();
        for (int d = 0; d < dimensions.size(); d++) {
            String code = series.codes().get(d);
            switch (dimensions.get(d).role()) {
                case COUNTERPART_AREA -> counterpart = code;
                case BREAKDOWN, REPORTING_REGION, COUNTERPART_REGION -> {
                    if (!code.equals(Harmonised.TOTAL)) {
                        key.put(dimensions.get(d).id(), code);
                    }
                }
                default -> {}
            }
        }
        SortedMap<String, Cell> cells = new TreeMap<>();
        series.figures()
                .forEach((period, figure) -> cells.put(
                        period, new Cell(Double.isNaN(figure.value()) ? null : figure.value(), figure.status())));
        return new Line(series.concept(), counterpart, key, series.rules(), cells);
    }
}
