package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;
import org.entente.gateway.statistics.ProvisionAgreement;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** A maintained artefact as structure messages carry it. */
public sealed interface Artefact {

    ArtefactType type();

    ArtefactId id();

    LocalName name();

    /** The artefacts that this one refers to, besides the agency scheme that holds its agency. */
    default Set<Ref> references() {
        return Set.of();
    }

    /** What an artefact is called among all. */
    default Ref ref() {
        return new Ref(type(), id());
    }

    /** The ids of the items; empty for what is no item scheme. */
    default List<String> itemIds() {
        return List.of();
    }

    /** This scheme with some of its items only. What is no item scheme stays as it is. */
    default Artefact only(Set<String> items) {
        return this;
    }

    /** A reference to an artefact. */
    record Ref(ArtefactType type, ArtefactId id) {
        public String urn() {
            return id.urn(type.urnClass());
        }

        /** The URN of one of its items. */
        String urn(String item) {
            return id.urn(type.itemClass()) + "." + item;
        }
    }

    /** A dataflow. */
    record Flow(Dataflow dataflow) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.DATAFLOW;
        }

        @Override
        public ArtefactId id() {
            return dataflow.id();
        }

        @Override
        public LocalName name() {
            return dataflow.name();
        }

        @Override
        public Set<Ref> references() {
            return Set.of(
                    new Ref(ArtefactType.DATASTRUCTURE, dataflow.structure().id()));
        }
    }

    /** A data structure definition. */
    record Definition(Structure structure) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.DATASTRUCTURE;
        }

        @Override
        public ArtefactId id() {
            return structure.id();
        }

        @Override
        public LocalName name() {
            return structure.name();
        }

        @Override
        public Set<Ref> references() {
            Set<Ref> references = new LinkedHashSet<>();
            structure.codelists().forEach(list -> references.add(new Ref(ArtefactType.CODELIST, list.id())));
            for (Component component : structure.components()) {
                references.add(new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(component)));
            }
            return references;
        }
    }

    /** A code list, whole or cut to some of its codes. */
    record Codes(Codelist list, List<Code> codes, boolean isPartial) implements Artefact {
        public Codes {
            codes = List.copyOf(codes);
        }

        /** Some of the codes of a list, or all. */
        public Codes(Codelist list, List<Code> codes) {
            this(list, codes, codes.size() < list.codes().size());
        }

        @Override
        public ArtefactType type() {
            return ArtefactType.CODELIST;
        }

        @Override
        public ArtefactId id() {
            return list.id();
        }

        @Override
        public LocalName name() {
            return list.name();
        }

        @Override
        public List<String> itemIds() {
            return codes.stream().map(Code::id).toList();
        }

        @Override
        public Codes only(Set<String> items) {
            List<Code> kept =
                    codes.stream().filter(code -> items.contains(code.id())).toList();
            return new Codes(list, kept, isPartial || kept.size() < codes.size());
        }
    }

    /** A concept scheme, as far as it is known here. */
    record Concepts(ArtefactId id, LocalName name, List<Concept> concepts, boolean isPartial) implements Artefact {
        public Concepts {
            concepts = List.copyOf(concepts);
        }

        @Override
        public ArtefactType type() {
            return ArtefactType.CONCEPTSCHEME;
        }

        @Override
        public List<String> itemIds() {
            return concepts.stream().map(Concept::id).toList();
        }

        @Override
        public Concepts only(Set<String> items) {
            List<Concept> kept = concepts.stream()
                    .filter(concept -> items.contains(concept.id()))
                    .toList();
            return new Concepts(id, name, kept, isPartial || kept.size() < concepts.size());
        }
    }

    /**
     * An item of a scheme that has nothing but a name.
     *
     * @param id of a category below another one: the ids from the top on, with dots between them
     */
    record Item(String id, LocalName name) {}

    /**
     * A scheme of agencies, providers, consumers or categories: items with names.
     *
     * @param items a category after the one that it stands below
     */
    record Scheme(ArtefactType type, ArtefactId id, LocalName name, List<Item> items, boolean isPartial)
            implements Artefact {
        public Scheme {
            items = List.copyOf(items);
        }

        /** The items by the id of the one that they stand below; the top ones by the empty text. */
        Map<String, List<Item>> byParent() {
            return items.stream()
                    .collect(Collectors.groupingBy(item ->
                            item.id().substring(0, Math.max(0, item.id().lastIndexOf('.')))));
        }

        @Override
        public List<String> itemIds() {
            return items.stream().map(Item::id).toList();
        }

        /** With an item stay those that it stands below. */
        @Override
        public Scheme only(Set<String> wanted) {
            List<Item> kept = items.stream()
                    .filter(item -> wanted.contains(item.id())
                            || wanted.stream().anyMatch(one -> one.startsWith(item.id() + ".")))
                    .toList();
            return new Scheme(type, id, name, kept, isPartial || kept.size() < items.size());
        }
    }

    /** A provision agreement; its constraint is an artefact of its own. */
    record Provision(ProvisionAgreement agreement, ArtefactId providers) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.PROVISIONAGREEMENT;
        }

        @Override
        public ArtefactId id() {
            return agreement.id();
        }

        @Override
        public LocalName name() {
            return agreement.name();
        }

        @Override
        public Set<Ref> references() {
            return Set.of(
                    new Ref(ArtefactType.DATAFLOW, agreement.dataflow().id()),
                    new Ref(ArtefactType.DATAPROVIDERSCHEME, providers));
        }
    }

    /**
     * A data constraint.
     *
     * @param attached what is constrained: a dataflow, a data structure or a provision agreement
     * @param structure whose components the region names
     * @param found what an availability query found, or null for what is allowed
     */
    record Constraint(
            ArtefactId id,
            LocalName name,
            Ref attached,
            Structure structure,
            CubeRegion region,
            @Nullable Availability found)
            implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.DATACONSTRAINT;
        }

        @Override
        public Set<Ref> references() {
            return Set.of(attached);
        }
    }

    /** That an artefact belongs to a category. */
    record Categorisation(ArtefactId id, LocalName name, Ref source, Ref scheme, String category) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.CATEGORISATION;
        }

        @Override
        public Set<Ref> references() {
            return Set.of(source, scheme);
        }
    }

    /**
     * How values in a file become codes.
     *
     * @param source the list of the values, or null if they are free text
     * @param target the list of the codes, or null if it is free text that they become
     * @param values value to code
     */
    record ValueMap(
            ArtefactId id,
            LocalName name,
            @Nullable ArtefactId source,
            @Nullable ArtefactId target,
            SortedMap<String, String> values)
            implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.REPRESENTATIONMAP;
        }

        @Override
        public Set<Ref> references() {
            Set<Ref> references = new LinkedHashSet<>();
            if (source != null) {
                references.add(new Ref(ArtefactType.CODELIST, source));
            }
            if (target != null) {
                references.add(new Ref(ArtefactType.CODELIST, target));
            }
            return references;
        }
    }

    /**
     * How a table becomes data of a structure.
     *
     * @param annotations type to value
     * @param source the structure that stands for the table; nobody holds it
     * @param target the structure of the data
     * @param fixed component to the value that it has in all data
     */
    record StructureMap(
            ArtefactId id,
            LocalName name,
            Map<String, String> annotations,
            ArtefactId source,
            ArtefactId target,
            List<ComponentMap> components,
            SortedMap<String, String> fixed)
            implements Artefact {
        public StructureMap {
            components = List.copyOf(components);
        }

        @Override
        public ArtefactType type() {
            return ArtefactType.STRUCTUREMAP;
        }

        @Override
        public Set<Ref> references() {
            Set<Ref> references = new LinkedHashSet<>();
            references.add(new Ref(ArtefactType.DATASTRUCTURE, target));
            for (ComponentMap component : components) {
                if (component.values() != null) {
                    references.add(new Ref(ArtefactType.REPRESENTATIONMAP, component.values()));
                }
            }
            return references;
        }
    }

    /**
     * Which part of a table becomes which component.
     *
     * @param values the map of its values, or null if they stay as they are
     * @param annotations type to value
     */
    record ComponentMap(
            String source, String target, @Nullable ArtefactId values, Map<String, String> annotations) {}

    /** A metadataflow. */
    record ReportFlow(Metadataflow metadataflow) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.METADATAFLOW;
        }

        @Override
        public ArtefactId id() {
            return metadataflow.id();
        }

        @Override
        public LocalName name() {
            return metadataflow.name();
        }

        @Override
        public Set<Ref> references() {
            return Set.of(new Ref(
                    ArtefactType.METADATASTRUCTURE, metadataflow.structure().id()));
        }
    }

    /** A metadata structure definition. */
    record ReportStructure(MetadataStructure structure) implements Artefact {
        @Override
        public ArtefactType type() {
            return ArtefactType.METADATASTRUCTURE;
        }

        @Override
        public ArtefactId id() {
            return structure.id();
        }

        @Override
        public LocalName name() {
            return structure.name();
        }

        @Override
        public Set<Ref> references() {
            Set<Ref> references = new LinkedHashSet<>();
            structure.codelists().forEach(list -> references.add(new Ref(ArtefactType.CODELIST, list.id())));
            structure
                    .conceptsByScheme()
                    .keySet()
                    .forEach(scheme -> references.add(new Ref(ArtefactType.CONCEPTSCHEME, scheme)));
            return references;
        }
    }

    /** The concepts of a structure by the scheme that holds them. */
    static Map<ArtefactId, List<Concept>> conceptsByScheme(Structure structure) {
        Map<ArtefactId, List<Concept>> schemes = new java.util.LinkedHashMap<>();
        for (Component component : structure.components()) {
            List<Concept> concepts =
                    schemes.computeIfAbsent(structure.schemeOf(component), scheme -> new ArrayList<>());
            boolean known = concepts.stream()
                    .anyMatch(concept -> concept.id().equals(component.concept().id()));
            if (!known) {
                concepts.add(component.concept());
            }
        }
        return schemes;
    }
}
