package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.ProvisionAgreement;
import org.entente.gateway.statistics.Structure;

/** The message that answers an {@link AvailabilityQuery}: a constraint per artefact that the path means, and what it refers to. */
public final class AvailabilityAnswer {

    private final AvailabilityQuery query;
    private final Catalogue catalogue;
    private final Map<Ref, Artefact> artefacts = new LinkedHashMap<>();

    private AvailabilityAnswer(AvailabilityQuery query, Catalogue catalogue) {
        this.query = query;
        this.catalogue = catalogue;
    }

    /**
     * The answer; an empty message if nothing is there.
     *
     * @param cubes all data at hand of a dataflow
     */
    public static StructureMessage of(
            AvailabilityQuery query, Catalogue catalogue, Function<Dataflow, List<Cube>> cubes) {
        return new AvailabilityAnswer(query, catalogue).message(cubes);
    }

    private StructureMessage message(Function<Dataflow, List<Cube>> cubes) {
        ArtefactType type = switch (query.data().context()) {
            case DATASTRUCTURE -> ArtefactType.DATASTRUCTURE;
            case PROVISIONAGREEMENT -> ArtefactType.PROVISIONAGREEMENT;
            case DATAFLOW, ANY -> ArtefactType.DATAFLOW;
        };
        List<Artefact> constraints = new ArrayList<>();
        for (Artefact meant : query.data().artefact().select(catalogue.ofType(type), Artefact::id)) {
            for (Dataflow flow : flows(meant)) {
                Availability found = Availability.of(query, flow, selected(meant, cubes.apply(flow)));
                if (!found.isEmpty()) {
                    Artefact.Constraint constraint = constraint(meant, flow, found);
                    constraints.add(constraint);
                    references(constraint, flow, found);
                }
            }
        }
        List<Artefact> all = new ArrayList<>(constraints);
        all.addAll(artefacts.values());
        return StructureMessage.full(all);
    }

    /** The dataflows that answer for an artefact; for a structure the widest of its flows. */
    private List<Dataflow> flows(Artefact meant) {
        return switch (meant) {
            case Artefact.Flow flow -> List.of(flow.dataflow());
            case Artefact.Provision provision -> List.of(provision.agreement().dataflow());
            case Artefact.Definition definition ->
                catalogue.above(definition.ref()).stream()
                        .filter(ref -> ref.type() == ArtefactType.DATAFLOW)
                        .flatMap(ref -> catalogue.dataflowOf(ref).stream())
                        .sorted(java.util.Comparator.comparingInt(
                                flow -> flow.region().codes().size()))
                        .limit(1)
                        .toList();
            default -> List.of();
        };
    }

    private static List<Cube> selected(Artefact meant, List<Cube> cubes) {
        if (!(meant instanceof Artefact.Provision provision)) {
            return cubes;
        }
        ProvisionAgreement agreement = provision.agreement();
        return cubes.stream()
                .map(cube -> cube.slice(agreement.allowed().selection()))
                .toList();
    }

    private static Artefact.Constraint constraint(Artefact meant, Dataflow flow, Availability found) {
        ArtefactId id = meant.id();
        return new Artefact.Constraint(
                new ArtefactId(id.agency(), "CR_A_" + id.id(), id.version()),
                LocalName.en("Data that there are of " + meant.id()),
                meant.ref(),
                flow.structure(),
                flow.region(),
                found);
    }

    private void references(Artefact.Constraint constraint, Dataflow flow, Availability found) {
        Structure structure = flow.structure();
        if (query.references("dataflow")) {
            put(new Ref(ArtefactType.DATAFLOW, flow.id()));
        }
        if (query.references("datastructure")) {
            put(new Ref(ArtefactType.DATASTRUCTURE, structure.id()));
        }
        if (query.references("dataproviderscheme") && constraint.attached().type() == ArtefactType.PROVISIONAGREEMENT) {
            catalogue.below(constraint.attached()).stream()
                    .filter(ref -> ref.type() == ArtefactType.DATAPROVIDERSCHEME)
                    .forEach(this::put);
        }
        Map<Ref, Set<String>> concepts = new LinkedHashMap<>();
        for (Dimension dimension : structure.dimensions()) {
            Set<String> values = found.values().get(dimension.id());
            if (values == null) {
                continue;
            }
            concepts.computeIfAbsent(
                            new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(dimension)), ref -> new HashSet<>())
                    .add(dimension.concept().id());
            if (query.references("codelist")) {
                dimension
                        .representation()
                        .codelist()
                        .ifPresent(list ->
                                cut(new Ref(ArtefactType.CODELIST, list.id()), PartialLists.withParents(list, values)));
            }
        }
        if (query.references("conceptscheme")) {
            concepts.forEach(this::cut);
        }
    }

    private void put(Ref ref) {
        catalogue.find(ref).ifPresent(artefact -> artefacts.putIfAbsent(ref, artefact));
    }

    /** Adds a scheme with these items, and those that it is in the answer with already. */
    private void cut(Ref ref, Set<String> items) {
        catalogue.find(ref).ifPresent(whole -> {
            Set<String> all = new HashSet<>(items);
            Artefact earlier = artefacts.get(ref);
            if (earlier != null) {
                all.addAll(earlier.itemIds());
            }
            artefacts.put(ref, whole.only(all));
        });
    }
}
