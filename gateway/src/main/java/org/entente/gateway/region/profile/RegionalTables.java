package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.region.comparison.Contribution;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile.Group;
import org.entente.gateway.region.profile.Profile.Total;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCrosswalk;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/** Adds up the members' figures of one table: for each definition by itself, at the period of each member that is nearest to the year. */
final class RegionalTables {
    private static final Comparator<FigureConcept> BY_CONCEPT = Comparator.comparing(FigureConcept::toString);

    private final Programme programme;
    private final Programme.Table table;
    private final int year;
    private final TimePeriod period;
    private final AreaCrosswalk crosswalk = AreaCrosswalk.load();

    private RegionalTables(Programme programme, Programme.Table table, int year) {
        this.programme = programme;
        this.table = table;
        this.year = year;
        this.period = TimePeriod.parse(String.valueOf(year));
    }

    /** The table, from the sources of all who have answered it. */
    static Profile.TableResult of(Programme programme, Programme.Table table, int year, List<SourceFigures> sources) {
        RegionalTables making = new RegionalTables(programme, table, year);
        SortedMap<FigureConcept, Collected> groups = new TreeMap<>(BY_CONCEPT);
        for (SourceFigures source : sources) {
            making.collect(source, groups);
        }
        List<Group> found = new ArrayList<>();
        groups.forEach((concept, collected) -> found.add(making.group(concept, collected)));
        return new Profile.TableResult(
                table.id(), table.title(), table.publish().name(), found);
    }

    /** What there is of one definition. */
    private static final class Collected {
        private final SortedSet<String> parties = new TreeSet<>();
        private final SortedSet<String> rules = new TreeSet<>();
        private final Map<List<String>, SortedMap<String, Contribution>> cells = new LinkedHashMap<>();
        private List<String> names = List.of();
        private String counterpart = "";
    }

    private void collect(SourceFigures source, SortedMap<FigureConcept, Collected> groups) {
        Structure structure = source.cube().structure();
        int[] positions = positions(structure);
        List<String> names = names(structure, positions);
        String party = source.source().party();
        for (Harmonised.Series series : source.series()) {
            Collected group = groups.computeIfAbsent(undated(series.concept()), concept -> new Collected());
            group.parties.add(party);
            group.rules.addAll(series.rules());
            if (!addsUp(structure, series.codes())) {
                continue;
            }
            group.names = names;
            group.counterpart = structure
                    .dimension(Dimension.Role.COUNTERPART_AREA)
                    .map(Dimension::id)
                    .orElse("");
            List<String> key = new ArrayList<>(positions.length);
            for (int position : positions) {
                key.add(series.codes().get(position));
            }
            nearest(series.figures(), year, programme.acceptedYears())
                    .ifPresent(found -> group.cells
                            .computeIfAbsent(List.copyOf(key), k -> new TreeMap<>())
                            .merge(
                                    party,
                                    contribution(source, found.getKey(), found.getValue()),
                                    RegionalTables::nearerOf));
        }
    }

    /**
     * Whether a figure goes into a regional total: not that on a part of the member, which lies in the figure on the whole of it, nor that on
     * moves within the member, whose regions nobody else has.
     */
    static boolean addsUp(Structure structure, List<String> codes) {
        return isWhole(structure, codes, Dimension.Role.REPORTING_REGION)
                && (isWhole(structure, codes, Dimension.Role.COUNTERPART_REGION) || !isWithin(structure, codes));
    }

    private static boolean isWhole(Structure structure, List<String> codes, Dimension.Role role) {
        int position = structure.position(role);
        return position < 0 || codes.get(position).equals(Harmonised.TOTAL);
    }

    private static boolean isWithin(Structure structure, List<String> codes) {
        int reporting = structure.position(Dimension.Role.REPORTING_AREA);
        int counterpart = structure.position(Dimension.Role.COUNTERPART_AREA);
        return reporting >= 0 && counterpart >= 0 && codes.get(reporting).equals(codes.get(counterpart));
    }

    /** Two frequencies of one member may give the same cell; what has a figure goes first. */
    private static Contribution nearerOf(Contribution one, Contribution other) {
        return one.value() == null && other.value() != null ? other : one;
    }

    static FigureConcept undated(FigureConcept concept) {
        return new FigureConcept(
                concept.indicator(),
                concept.basis(),
                concept.unit(),
                concept.residenceRule(),
                concept.referenceDateType(),
                "");
    }

    /** The dimensions by which totals are told apart: all that are neither the reporter's nor part of the definition. */
    private static int[] positions(Structure structure) {
        List<Dimension> dimensions = structure.keyDimensions();
        return java.util.stream.IntStream.range(0, dimensions.size())
                .filter(d -> switch (dimensions.get(d).role()) {
                    case COUNTERPART_AREA, COUNTERPART_REGION, BREAKDOWN -> true;
                    default -> false;
                })
                .toArray();
    }

    private static List<String> names(Structure structure, int[] positions) {
        List<String> names = new ArrayList<>(positions.length);
        for (int position : positions) {
            names.add(structure.keyDimensions().get(position).id());
        }
        return names;
    }

    /** The codes of a series by which totals are told apart, by dimension; what is left out is the dimension's total. */
    static SortedMap<String, String> named(Structure structure, List<String> codes) {
        int[] positions = positions(structure);
        List<String> key = new ArrayList<>(positions.length);
        for (int position : positions) {
            key.add(codes.get(position));
        }
        return named(names(structure, positions), key);
    }

    /** The accepted period nearest to the year; of two as near, the later. */
    static Optional<Map.Entry<String, Harmonised.Figure>> nearest(
            SortedMap<String, Harmonised.Figure> figures, int year, int acceptedYears) {
        Map.Entry<String, Harmonised.Figure> best = null;
        int distance = Integer.MAX_VALUE;
        for (Map.Entry<String, Harmonised.Figure> figure : figures.entrySet()) {
            int away = Math.abs(TimePeriod.parse(figure.getKey()).start().getYear() - year);
            if (away <= acceptedYears && away <= distance) {
                best = figure;
                distance = away;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Contribution contribution(SourceFigures source, String period, Harmonised.Figure figure) {
        Contribution.Standing standing = figure.withheld()
                ? Contribution.Standing.WITHHELD
                : figure.missing() ? Contribution.Standing.ABSENT : Contribution.Standing.PUBLISHED;
        boolean published = standing == Contribution.Standing.PUBLISHED;
        return new Contribution(
                source.source().party(),
                standing,
                published ? figure.value() : null,
                published ? source.source().rounding() : 0,
                period);
    }

    private Group group(FigureConcept concept, Collected collected) {
        List<String> parties = List.copyOf(collected.parties);
        List<String> rules = List.copyOf(collected.rules);
        if (parties.size() < programme.minimumReporting()) {
            return new Group(
                    concept,
                    parties,
                    rules,
                    List.of(),
                    "Only " + parties.size() + " report by this definition; a regional figure needs "
                            + programme.minimumReporting() + ".");
        }
        RegionalTotal.Rule rule = new RegionalTotal.Rule(
                programme.minimumReporting(), programme.dominance(), table.publish() != Programme.Publication.TOTALS);
        List<Total> totals = new ArrayList<>(collected.cells.size());
        collected.cells.forEach((key, contributions) -> {
            SortedMap<String, String> named = named(collected.names, key);
            totals.add(new Total(named, total(parties, contributions, rule), note(named.get(collected.counterpart))));
        });
        totals.sort(Comparator.comparing(total -> total.key().toString()));
        return new Group(concept, parties, rules, totals, null);
    }

    /** A figure on a state that is no more stays its own: it is given to none of the successors. */
    private @Nullable String note(@Nullable String counterpart) {
        return counterpart != null && crosswalk.isFormer(counterpart, period)
                ? counterpart + " is no state of " + year + "; its figures are given to none of its successors"
                : null;
    }

    private static SortedMap<String, String> named(List<String> names, List<String> key) {
        SortedMap<String, String> named = new TreeMap<>();
        for (int i = 0; i < key.size(); i++) {
            if (!key.get(i).equals(Harmonised.TOTAL)) {
                named.put(names.get(i), key.get(i));
            }
        }
        return named;
    }

    private static RegionalTotal total(
            List<String> parties, SortedMap<String, Contribution> contributions, RegionalTotal.Rule rule) {
        List<Contribution> all = new ArrayList<>(parties.size());
        for (String party : parties) {
            Contribution given = contributions.get(party);
            all.add(given == null ? new Contribution(party, Contribution.Standing.ABSENT, null, 0, "") : given);
        }
        return RegionalTotal.of(all, rule);
    }
}
