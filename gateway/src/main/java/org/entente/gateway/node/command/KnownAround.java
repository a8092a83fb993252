package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
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
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** What this program, and a node of it, know around a document that is to be checked. */
final class KnownAround {

    private KnownAround() {}

    /** The structures that ship with the program. */
    static LintFacts offline() {
        return new LintFacts(List.of(structure(DiasporaStructure.load().structure())), List.of(), Map.of());
    }

    /** With the node's own datasets, and the root cards of itself and of the parties it knows. */
    static LintFacts of(ApplicationContext node) {
        NodeIdentity identity = node.getBean(NodeIdentity.class);
        List<LintFacts.Dataset> datasets = node.getBean(Datasets.class).all().stream()
                .map(d -> new LintFacts.Dataset(identity.party(), d.id(), Set.of(), d.coverage(), Map.of()))
                .toList();
        Map<String, String> cards = new HashMap<>();
        if (identity.issued()) {
            cards.put(identity.party(), identity.rootCardDigest());
        }
        for (Partner partner : node.getBean(Partners.class).all()) {
            cards.put(partner.party(), partner.rootDigest());
        }
        return new LintFacts(offline().structures(), datasets, cards);
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
