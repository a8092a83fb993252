package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.sdmx.Catalogue;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;

/** Members' figures that the newest published editions show, as data of their dataflows. */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
class PublishedData {
    private final PublicEditions editions;
    private final EditionReadings readings;

    PublishedData(PublicEditions editions, EditionReadings readings) {
        this.editions = editions;
        this.readings = readings;
    }

    /** The newest published edition of each programme, the youngest last. */
    private List<ProfileEdition> newest() {
        Set<String> programmes = new HashSet<>();
        return editions.all().stream()
                .filter(edition -> programmes.add(edition.programme()))
                .toList()
                .reversed();
    }

    /** The dataflows of which there are such figures. */
    List<Dataflow> flows() {
        Map<ArtefactId, Dataflow> flows = new LinkedHashMap<>();
        for (ProfileEdition edition : newest()) {
            Programme programme = editions.programme(edition);
            programme.tables().stream()
                    .filter(table -> table.publish() == Programme.Publication.MEMBERS)
                    .map(table -> readings.flow(programme, table.id()))
                    .forEach(flow -> flows.put(flow.id(), flow));
        }
        return List.copyOf(flows.values());
    }

    /** These dataflows with all that they refer to. */
    Catalogue catalogue() {
        return new Catalogue(DiasporaStructure.AGENCY, flows(), List.of(), List.of());
    }

    /** All such figures of a dataflow; where two profiles have the same figure, that of the one published last. */
    Cube cube(Dataflow flow) {
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
        return editions.all().stream()
                .map(ProfileEdition::published)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
