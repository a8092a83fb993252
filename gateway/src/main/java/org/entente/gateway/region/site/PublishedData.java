package org.entente.gateway.region.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.sdmx.Catalogue;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;

/**
 * What published editions show: of the newest of each regional profile members' figures as data of their dataflows and totals as data of
 * the secretariat's own; of every national profile its annex as data of the state, in the version of its edition.
 */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
class PublishedData {
    private static final int MOST_EDITIONS = 50;

    private final PublicEditions editions;
    private final EditionReadings readings;
    private final NodeIdentity identity;
    private final NationalPublication national;
    private final AreaCodes areas;
    private final Structure annexed = DiasporaStructure.load().structure();

    /** By edition of the national profile; what an edition's structure depends on never changes. */
    private final Cache<Integer, Dataflow> annexes =
            Caffeine.newBuilder().maximumSize(MOST_EDITIONS).build();

    /** By digest; an edition's totals never change. */
    private final Cache<String, List<TotalsFlow>> totals =
            Caffeine.newBuilder().maximumSize(MOST_EDITIONS).build();

    PublishedData(
            PublicEditions editions,
            EditionReadings readings,
            NodeIdentity identity,
            NationalPublication national,
            AreaCodes areas) {
        this.editions = editions;
        this.readings = readings;
        this.identity = identity;
        this.national = national;
        this.areas = areas;
    }

    /** The newest published edition of each programme, the youngest last. */
    private List<ProfileEdition> newest() {
        Set<String> programmes = new HashSet<>();
        return editions.all().stream()
                .filter(edition -> programmes.add(edition.programme()))
                .toList()
                .reversed();
    }

    /** The regional totals of the newest editions. */
    private List<TotalsFlow> totals() {
        List<TotalsFlow> all = new ArrayList<>();
        newest().forEach(edition -> all.addAll(totals.get(edition.digest(), digest -> totals(edition))));
        return all;
    }

    private List<TotalsFlow> totals(ProfileEdition edition) {
        Reader reader = new Reader(SiteTexts.in("en"), false);
        EditionReading reading = readings.get(edition.programme(), edition.edition(), reader);
        Map<ArtefactId, List<String>> tables = new LinkedHashMap<>();
        Map<ArtefactId, Dataflow> flows = new LinkedHashMap<>();
        for (Profile.TableResult table : reading.profile().tables()) {
            if (table.groups().stream().anyMatch(group -> !group.totals().isEmpty())) {
                Dataflow flow = readings.flow(reading.programme(), table.id());
                flows.put(flow.id(), flow);
                tables.computeIfAbsent(flow.id(), id -> new ArrayList<>()).add(table.id());
            }
        }
        String process = identity.card().name().getOrDefault("en", identity.party());
        return flows.values().stream()
                .map(flow -> TotalsFlow.of(
                        reading.profile(),
                        identity.party(),
                        process,
                        flow,
                        tables.getOrDefault(flow.id(), List.of()),
                        reading.names()))
                .toList();
    }

    private Dataflow annex(int edition) {
        return annexes.get(
                edition, number -> NationalFlow.flow(national.get(number).profile(), annexed, areas));
    }

    /** The dataflows of which there are such figures, totals or annexes. */
    List<Dataflow> flows() {
        Map<ArtefactId, Dataflow> flows = new LinkedHashMap<>();
        for (ProfileEdition edition : newest()) {
            Programme programme = editions.programme(edition);
            programme.tables().stream()
                    .filter(table -> table.publish() == Programme.Publication.MEMBERS)
                    .map(table -> readings.flow(programme, table.id()))
                    .forEach(flow -> flows.put(flow.id(), flow));
        }
        totals().forEach(one -> flows.put(one.flow().id(), one.flow()));
        national.editions().stream().map(this::annex).forEach(flow -> flows.put(flow.id(), flow));
        return List.copyOf(flows.values());
    }

    /** These dataflows with all that they refer to. */
    Catalogue catalogue() {
        return new Catalogue(DiasporaStructure.AGENCY, flows(), List.of(), List.of());
    }

    /** All such figures, totals or annexes of a dataflow; where two profiles have the same figure, that of the one published last. */
    Cube cube(Dataflow flow) {
        for (TotalsFlow one : totals()) {
            if (one.flow().id().equals(flow.id())) {
                return one.cube();
            }
        }
        for (int edition : national.editions()) {
            if (annex(edition).id().equals(flow.id())) {
                return NationalFlow.cube(flow, national.get(edition).profile(), areas);
            }
        }
        List<Cube> parts = new ArrayList<>();
        for (ProfileEdition edition : newest()) {
            PublicEdition shown = editions.get(edition.programme(), edition.edition());
            Programme programme = editions.programme(edition);
            for (PublicEdition.MemberFigures one : shown.figures()) {
                if (readings.flow(programme, one.source().table()).id().equals(flow.id())) {
                    parts.add(one.cube());
                }
            }
        }
        return CubeUnion.overlay(flow.structure(), parts);
    }

    /** When the youngest of the editions was published. */
    Instant changed() {
        return Stream.concat(
                        editions.all().stream()
                                .map(ProfileEdition::published)
                                .filter(Objects::nonNull)
                                .limit(1),
                        national.latest().stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
