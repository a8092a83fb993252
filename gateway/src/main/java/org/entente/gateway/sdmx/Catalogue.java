package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.ProvisionAgreement;
import org.entente.gateway.statistics.Structure;

/**
 * Every artefact that a node can show, and who refers to whom: what it holds, and what follows from that (constraints of
 * confined dataflows and of agreements, schemes of agencies, providers and consumers).
 */
public final class Catalogue {

    /** Where schemes of organisations stand that no agency of the standard maintains. */
    private static final String TOP_AGENCY = "SDMX";

    private static final String SCHEME_VERSION = "1.0";

    private final Map<Ref, Artefact> artefacts = new LinkedHashMap<>();
    private final Map<Ref, Set<Ref>> down = new LinkedHashMap<>();
    private final Map<Ref, Set<Ref>> up = new LinkedHashMap<>();
    private final String maintainer;

    /**
     * @param maintainer the agency under which this service keeps schemes of providers and consumers
     * @param flows all dataflows
     * @param agreements all provision agreements
     * @param others further artefacts: maps, categories, and metadataflows, which bring their structures
     */
    public Catalogue(
            String maintainer,
            Collection<Dataflow> flows,
            Collection<ProvisionAgreement> agreements,
            Collection<? extends Artefact> others) {
        this.maintainer = maintainer;
        flows.forEach(this::flow);
        agreements.forEach(this::agreement);
        parties(agreements);
        for (Artefact other : others) {
            if (other instanceof Artefact.ReportFlow flow) {
                reportFlow(flow);
            } else {
                add(other);
            }
        }
        agencies();
        artefacts.values().forEach(this::edges);
    }

    /** A dataflow with all that it refers to, and nothing else. */
    public static Catalogue of(Dataflow dataflow) {
        return new Catalogue(dataflow.id().agency(), List.of(dataflow), List.of(), List.of());
    }

    /**
     * The same for tools that know dimensions by code lists only, which many tools of version 1 do: dimensions of free text get a
     * partial list, of the codes that their pattern names and those that constraints name (see {@link ListedDimensions}).
     */
    public Catalogue withListedDimensions() {
        return new Catalogue(this);
    }

    private Catalogue(Catalogue free) {
        this.maintainer = free.maintainer;
        List<Artefact.Constraint> constraints = free.ofType(ArtefactType.DATACONSTRAINT).stream()
                .map(Artefact.Constraint.class::cast)
                .toList();
        for (Artefact artefact : free.artefacts.values()) {
            if (artefact instanceof Artefact.Definition definition) {
                ListedDimensions listed = ListedDimensions.of(definition.structure(), constraints);
                add(new Artefact.Definition(listed.structure()));
                listed.lists().forEach(this::add);
            } else {
                add(artefact);
            }
        }
        artefacts.values().forEach(this::edges);
    }

    private void add(Artefact artefact) {
        artefacts.putIfAbsent(artefact.ref(), artefact);
    }

    private void flow(Dataflow flow) {
        add(new Artefact.Flow(flow));
        definition(flow.structure());
        if (!flow.region().isWhole()) {
            add(new Artefact.Constraint(
                    new ArtefactId(
                            flow.id().agency(),
                            "CR_" + flow.id().id(),
                            flow.id().version()),
                    flow.name(),
                    new Ref(ArtefactType.DATAFLOW, flow.id()),
                    flow.structure(),
                    flow.region(),
                    null));
        }
    }

    private void definition(Structure structure) {
        add(new Artefact.Definition(structure));
        for (Codelist list : structure.codelists()) {
            add(new Artefact.Codes(list, list.codes()));
        }
        Artefact.conceptsByScheme(structure).forEach((scheme, concepts) -> {
            LocalName name = scheme.equals(structure.conceptScheme()) ? structure.name() : LocalName.en(scheme.id());
            concepts(scheme, name, concepts);
        });
    }

    /** Several structures may take concepts from one scheme. */
    private void concepts(ArtefactId scheme, LocalName name, List<Concept> concepts) {
        Ref ref = new Ref(ArtefactType.CONCEPTSCHEME, scheme);
        List<Concept> known = new ArrayList<>();
        if (artefacts.get(ref) instanceof Artefact.Concepts earlier) {
            known.addAll(earlier.concepts());
        }
        for (Concept concept : concepts) {
            if (known.stream().noneMatch(other -> other.id().equals(concept.id()))) {
                known.add(concept);
            }
        }
        artefacts.put(ref, new Artefact.Concepts(scheme, name, known, false));
    }

    /** A metadataflow with all that it refers to. */
    private void reportFlow(Artefact.ReportFlow flow) {
        MetadataStructure structure = flow.metadataflow().structure();
        add(flow);
        add(new Artefact.ReportStructure(structure));
        structure.codelists().forEach(list -> add(new Artefact.Codes(list, list.codes())));
        structure.conceptsByScheme().forEach((scheme, concepts) -> concepts(scheme, structure.name(), concepts));
    }

    private void agreement(ProvisionAgreement agreement) {
        add(new Artefact.Provision(agreement, providers().id()));
        add(new Artefact.Constraint(
                new ArtefactId(
                        agreement.id().agency(),
                        "CR_" + agreement.id().id(),
                        agreement.id().version()),
                agreement.name(),
                new Ref(ArtefactType.PROVISIONAGREEMENT, agreement.id()),
                agreement.dataflow().structure(),
                agreement.allowed(),
                null));
    }

    private Ref providers() {
        return new Ref(ArtefactType.DATAPROVIDERSCHEME, new ArtefactId(maintainer, "DATA_PROVIDERS", SCHEME_VERSION));
    }

    private void parties(Collection<ProvisionAgreement> agreements) {
        Set<String> providers = new TreeSet<>();
        Set<String> consumers = new TreeSet<>();
        for (ProvisionAgreement agreement : agreements) {
            providers.add(agreement.provider());
            consumers.add(agreement.consumer());
        }
        scheme(providers(), "Parties that provide data", providers);
        scheme(
                new Ref(ArtefactType.DATACONSUMERSCHEME, new ArtefactId(maintainer, "DATA_CONSUMERS", SCHEME_VERSION)),
                "Parties that receive data",
                consumers);
    }

    private void scheme(Ref ref, String name, Collection<String> ids) {
        if (!ids.isEmpty()) {
            List<Artefact.Item> items = ids.stream()
                    .map(id -> new Artefact.Item(id, LocalName.en(id)))
                    .toList();
            add(new Artefact.Scheme(ref.type(), ref.id(), LocalName.en(name), items, false));
        }
    }

    /** An agency {@code A.B} stands in the scheme of {@code A}, one without a dot in the scheme of SDMX. */
    private void agencies() {
        Map<String, Set<String>> schemes = new TreeMap<>();
        Set<String> open = new TreeSet<>(Set.of(TOP_AGENCY));
        artefacts.keySet().forEach(ref -> open.add(ref.id().agency()));
        for (String agency : open) {
            String rest = agency;
            while (!rest.isEmpty()) {
                int dot = rest.lastIndexOf('.');
                String parent = dot < 0 ? TOP_AGENCY : rest.substring(0, dot);
                schemes.computeIfAbsent(parent, key -> new TreeSet<>()).add(rest.substring(dot + 1));
                rest = dot < 0 ? "" : parent;
            }
        }
        schemes.forEach((parent, ids) -> scheme(agencyScheme(parent), "Agencies", ids));
    }

    private static Ref agencyScheme(String parent) {
        return new Ref(ArtefactType.AGENCYSCHEME, new ArtefactId(parent, "AGENCIES", SCHEME_VERSION));
    }

    /** The scheme that holds an agency. */
    static Ref schemeOf(String agency) {
        int dot = agency.lastIndexOf('.');
        return agencyScheme(dot < 0 ? TOP_AGENCY : agency.substring(0, dot));
    }

    private void edges(Artefact artefact) {
        Set<Ref> below = new LinkedHashSet<>(artefact.references());
        below.add(schemeOf(artefact.id().agency()));
        below.remove(artefact.ref());
        below.removeIf(ref -> !artefacts.containsKey(ref));
        down.put(artefact.ref(), below);
        below.forEach(
                ref -> up.computeIfAbsent(ref, key -> new LinkedHashSet<>()).add(artefact.ref()));
    }

    /** All artefacts of a type. */
    List<Artefact> ofType(ArtefactType type) {
        return artefacts.values().stream()
                .filter(artefact -> artefact.type() == type)
                .toList();
    }

    Optional<Artefact> find(Ref ref) {
        return Optional.ofNullable(artefacts.get(ref));
    }

    /** What an artefact refers to. */
    Set<Ref> below(Ref ref) {
        return down.getOrDefault(ref, Set.of());
    }

    /** What refers to an artefact. */
    Set<Ref> above(Ref ref) {
        return up.getOrDefault(ref, Set.of());
    }

    /** The dataflow, data structure or provision agreement that data, availability or schema queries may name. */
    Optional<Dataflow> dataflowOf(Ref context) {
        return switch (artefacts.get(context)) {
            case Artefact.Flow flow -> Optional.of(flow.dataflow());
            case Artefact.Provision provision ->
                Optional.of(provision.agreement().dataflow());
            case null, default -> Optional.empty();
        };
    }
}
