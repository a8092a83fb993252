package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Heading;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;
import org.jspecify.annotations.Nullable;

/** What a structure message holds of metadata structures and metadataflows, before it is put together. */
final class MetadataParts {

    /**
     * A metadata attribute as read.
     *
     * @param concept URN of its concept
     * @param format how it is represented, or null if the concept says so
     */
    record Part(
            String id,
            String concept,
            StructureParts.@Nullable Format format,
            boolean required,
            boolean presentational,
            List<Part> parts) {}

    private record Definition(ArtefactId id, LocalName name, List<Part> parts) {}

    private record Flow(ArtefactId id, LocalName name, String structure, List<String> targets) {}

    private final StructureParts beside;
    private final Map<ArtefactId, Definition> definitions = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();

    /** @param beside the message's concepts and code lists */
    MetadataParts(StructureParts beside) {
        this.beside = beside;
    }

    void definition(ArtefactId id, LocalName name, List<Part> parts) {
        definitions.put(id, new Definition(id, name, parts));
    }

    void flow(ArtefactId id, LocalName name, String structure, List<String> targets) {
        flows.add(new Flow(id, name, structure, targets));
    }

    /**
     * The metadataflows of the message. A structure without a flow gets one of its own name.
     *
     * @throws org.entente.gateway.base.EntenteException {@code file-unusable}; it names what is missing
     */
    List<Metadataflow> assemble() {
        Map<ArtefactId, MetadataStructure> structures = new LinkedHashMap<>();
        for (Definition definition : definitions.values()) {
            try {
                structures.put(
                        definition.id,
                        new MetadataStructure(definition.id, definition.name, headings(definition.parts)));
            } catch (IllegalArgumentException e) {
                throw StructureParts.unusable(e.getMessage() + ".");
            }
        }
        List<Metadataflow> assembled = new ArrayList<>();
        for (Flow flow : flows) {
            ArtefactId id =
                    StructureParts.resolve(flow.structure, structures.keySet(), "the metadata structure of " + flow.id);
            assembled.add(new Metadataflow(
                    flow.id, flow.name, Optional.ofNullable(structures.get(id)).orElseThrow(), flow.targets));
        }
        for (MetadataStructure structure : structures.values()) {
            if (assembled.stream().noneMatch(flow -> flow.structure().id().equals(structure.id()))) {
                assembled.add(new Metadataflow(structure.id(), structure.name(), structure, List.of()));
            }
        }
        return assembled;
    }

    private List<Heading> headings(List<Part> parts) {
        List<Heading> headings = new ArrayList<>();
        for (Part part : parts) {
            StructureParts.Format format = part.format == null ? beside.core.get(part.concept) : part.format;
            String list = format == null ? null : format.codelist();
            headings.add(new Heading(
                    part.id,
                    beside.concept(part.id, part.concept),
                    part.required,
                    part.presentational,
                    list == null ? null : beside.codelist(list, part.id),
                    headings(part.parts)));
        }
        return headings;
    }
}
