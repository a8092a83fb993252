package org.entente.gateway.releases.inventory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/**
 * Published releases as inventories show them: from their codes and periods alone, never from their values. Which counterpart areas have
 * figures is not said, since a small community is told by its name already.
 */
@Singleton
final class ReleaseSummaries {
    private static final String WHOLE = "_T";
    private static final int REMEMBERED = 200;
    private static final Set<Dimension.Role> BREAKING_DOWN = Set.of(
            Dimension.Role.FREQUENCY,
            Dimension.Role.REPORTING_AREA,
            Dimension.Role.COUNTERPART_BASIS,
            Dimension.Role.INDICATOR,
            Dimension.Role.BREAKDOWN);

    private final Cache<String, InventoryEntry> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** A dataset as its newest published release shows it. */
    InventoryEntry of(PublishedRelease release) {
        return known.get(release.id(), id -> summary(release.dataset(), release.cube()));
    }

    /** A dataset of which nothing is published. */
    static InventoryEntry of(Dataset dataset) {
        return new InventoryEntry(
                dataset.id(),
                dataset.authority(),
                InventoryEntry.Origin.DATASET,
                dataset.title(),
                null,
                null,
                null,
                dataset.coverage(),
                null,
                null,
                List.of("nothing of it is published yet"),
                null);
    }

    private static InventoryEntry summary(Dataset dataset, Cube cube) {
        Structure structure = cube.structure();
        SortedSet<TimePeriod> periods = new TreeSet<>();
        cube.codes(structure.time().id())
                .forEach(text -> TimePeriod.tryParse(text).ifPresent(periods::add));
        SortedMap<String, List<String>> breakdowns = new TreeMap<>();
        for (Dimension dimension : structure.keyDimensions()) {
            SortedSet<String> codes = cube.codes(dimension.id());
            if (BREAKING_DOWN.contains(dimension.role()) && !codes.equals(Set.of(WHOLE))) {
                breakdowns.put(dimension.id(), List.copyOf(codes));
            }
        }
        Integer counterparts = structure
                .dimension(Dimension.Role.COUNTERPART_AREA)
                .map(d -> cube.codes(d.id()).size())
                .orElse(null);
        return new InventoryEntry(
                dataset.id(),
                dataset.authority(),
                InventoryEntry.Origin.RELEASE,
                dataset.title(),
                concepts(structure, cube),
                text(periods.isEmpty() ? null : periods.first()),
                text(periods.isEmpty() ? null : periods.last()),
                dataset.coverage(),
                breakdowns,
                counterparts,
                gaps(structure, cube),
                null);
    }

    private static @Nullable String text(@Nullable TimePeriod period) {
        return period == null ? null : period.text();
    }

    /** What is counted, with the senses of the counterpart in which it is. */
    private static List<String> concepts(Structure structure, Cube cube) {
        Dimension indicator = structure.dimension(Dimension.Role.INDICATOR).orElse(null);
        if (indicator == null) {
            return List.of();
        }
        Dimension basis = structure.dimension(Dimension.Role.COUNTERPART_BASIS).orElse(null);
        List<String> concepts = new ArrayList<>();
        for (String counted : cube.codes(indicator.id())) {
            if (basis == null) {
                concepts.add(counted);
            } else {
                cube.slice(CubeSelection.ALL.and(indicator.id(), Set.of(counted)))
                        .codes(basis.id())
                        .forEach(sense -> concepts.add(counted + "/" + sense));
            }
        }
        return concepts;
    }

    /** Years without a figure between the first and the last, for what is made every year. */
    private static List<String> gaps(Structure structure, Cube cube) {
        Dimension frequency = structure.dimension(Dimension.Role.FREQUENCY).orElse(null);
        if (frequency == null || !cube.codes(frequency.id()).contains("A")) {
            return List.of();
        }
        SortedSet<Integer> years = new TreeSet<>();
        cube.slice(CubeSelection.ALL.and(frequency.id(), Set.of("A")))
                .codes(structure.time().id())
                .forEach(text -> TimePeriod.tryParse(text)
                        .map(TimePeriod::start)
                        .map(LocalDate::getYear)
                        .ifPresent(years::add));
        List<String> gaps = new ArrayList<>();
        for (int year = years.first(); year < years.last(); year++) {
            if (!years.contains(year)) {
                gaps.add("no figures for " + year);
            }
        }
        return gaps;
    }
}
