package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.lint.LintFacts;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** What this program, and a node of it, know around a document that is to be checked. */
@Singleton
public final class KnownAround {
    private final NodeIdentity identity;
    private final Datasets datasets;
    private final Releases releases;
    private final Partners partners;

    KnownAround(NodeIdentity identity, Datasets datasets, Releases releases, Partners partners) {
        this.identity = identity;
        this.datasets = datasets;
        this.releases = releases;
        this.partners = partners;
    }

    /** The structures that ship with the program. */
    public static LintFacts offline() {
        return new LintFacts(List.of(structure(DiasporaStructure.load().structure())), List.of(), Map.of());
    }

    /** With the node's own datasets and what their newest releases hold, and the root cards of itself and of the parties it knows. */
    public LintFacts here() {
        Map<String, String> cards = new HashMap<>();
        if (identity.issued()) {
            cards.put(identity.party(), identity.rootCardDigest());
        }
        for (Partner partner : partners.all()) {
            cards.put(partner.party(), partner.rootDigest());
        }
        return new LintFacts(
                offline().structures(),
                datasets.all().stream().map(this::dataset).toList(),
                cards);
    }

    /** A dataset of which nothing is published may come to hold anything. */
    private LintFacts.Dataset dataset(Dataset dataset) {
        for (PublishedRelease release : releases.current(dataset.dataflow(), List.of(dataset.id()))) {
            Cube cube = release.cube();
            Map<String, Set<String>> codes = new HashMap<>();
            Set<String> bases = Set.of();
            for (Dimension dimension : cube.structure().keyDimensions()) {
                codes.put(dimension.id(), cube.codes(dimension.id()));
                if (dimension.role() == Dimension.Role.COUNTERPART_BASIS) {
                    bases = cube.codes(dimension.id());
                }
            }
            return LintFacts.Dataset.published(identity.party(), dataset.id(), dataset.coverage(), codes, bases);
        }
        return new LintFacts.Dataset(identity.party(), dataset.id(), Set.of(), dataset.coverage(), Map.of());
    }

    private static LintFacts.Structure structure(Structure structure) {
        SortedMap<String, LintFacts.Dimension> dimensions = new TreeMap<>();
        for (Dimension dimension : structure.dimensions()) {
            if (dimension.role() != Dimension.Role.TIME) {
                dimensions.put(dimension.id(), new LintFacts.Dimension(role(dimension.role()), codes(dimension)));
            }
        }
        return new LintFacts.Structure(ArtefactRef.parse(structure.id().toString()), dimensions);
    }

    private static @Nullable Set<String> codes(Dimension dimension) {
        return dimension
                .representation()
                .codelist()
                .map(list -> {
                    Set<String> codes = new HashSet<>();
                    list.codes().forEach(c -> codes.add(c.id()));
                    return codes;
                })
                .orElse(null);
    }

    private static LintFacts.Role role(Dimension.Role role) {
        return switch (role) {
            case FREQUENCY -> LintFacts.Role.FREQUENCY;
            case REPORTING_AREA -> LintFacts.Role.REPORTING_AREA;
            case COUNTERPART_AREA -> LintFacts.Role.COUNTERPART_AREA;
            case COUNTERPART_BASIS -> LintFacts.Role.BASIS;
            case INDICATOR -> LintFacts.Role.INDICATOR;
            case UNIT -> LintFacts.Role.UNIT;
            case REPORTING_REGION, COUNTERPART_REGION, BREAKDOWN -> LintFacts.Role.BREAKDOWN;
            case TIME -> throw new IllegalArgumentException("time is no dimension of a cube");
        };
    }
}
