package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * Structures ready to be written as SDMX-JSON 2.0.0.
 *
 * @param dataflows flows to include
 * @param structures data structure definitions to include
 * @param codelists code lists to include; a list that was cut to some codes says so
 * @param conceptSchemes structures whose concept schemes to include
 * @param stubs of which artefacts only id, name and version are written
 */
public record StructureMessage(
        List<Dataflow> dataflows,
        List<Structure> structures,
        List<Codes> codelists,
        List<Structure> conceptSchemes,
        Set<ArtefactId> stubs) {

    private static final String SCHEMA =
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";

    /** A code list, whole or cut to some of its codes. */
    public record Codes(Codelist list, List<Code> codes) {
        static Codes of(Codelist list) {
            return new Codes(list, list.codes());
        }

        boolean isPartial() {
            return codes.size() < list.codes().size();
        }
    }

    /** A dataflow with all that it refers to ({@code references=all}). */
    public static StructureMessage all(Dataflow dataflow) {
        Structure structure = dataflow.structure();
        return new StructureMessage(
                List.of(dataflow),
                List.of(structure),
                structure.codelists().stream().map(Codes::of).toList(),
                List.of(structure),
                Set.of());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return dataflows.isEmpty() && structures.isEmpty() && codelists.isEmpty() && conceptSchemes.isEmpty();
    }

    /** Writes the message; the stream is flushed, not closed. */
    public void write(MessageHeader header, OutputStream out) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        put(data, "dataStructures", structures.stream().map(this::structure).toList());
        put(data, "conceptSchemes", conceptSchemes.stream().map(this::scheme).toList());
        put(data, "codelists", codelists.stream().map(this::codelist).toList());
        put(data, "dataflows", dataflows.stream().map(this::dataflow).toList());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("meta", header.meta(SCHEMA));
        message.put("data", data);
        out.write(Json.bytes(message));
        out.flush();
    }

    /** The schema refuses empty arrays. */
    private static void put(Map<String, Object> object, String member, List<?> values) {
        if (!values.isEmpty()) {
            object.put(member, values);
        }
    }

    private static Map<String, Object> maintained(ArtefactId id, LocalName name, String packageAndClass) {
        Map<String, Object> object = Json.named(id.id(), name);
        object.put("agencyID", id.agency());
        object.put("version", id.version());
        object.put("isExternalReference", false);
        object.put("links", self(id.urn(packageAndClass)));
        return object;
    }

    private static List<Map<String, String>> self(String urn) {
        Map<String, String> link = new LinkedHashMap<>();
        link.put("rel", "self");
        link.put("urn", urn);
        return List.of(link);
    }

    private Map<String, Object> dataflow(Dataflow dataflow) {
        Map<String, Object> object = maintained(dataflow.id(), dataflow.name(), "datastructure.Dataflow");
        if (stubs.contains(dataflow.id())) {
            return object;
        }
        object.put("structure", dataflow.structure().id().urn("datastructure.DataStructure"));
        return object;
    }

    private Map<String, Object> codelist(Codes shown) {
        Codelist list = shown.list();
        Map<String, Object> object = maintained(list.id(), list.name(), "codelist.Codelist");
        if (stubs.contains(list.id())) {
            return object;
        }
        object.put("isPartial", shown.isPartial());
        List<Object> codes = new ArrayList<>();
        for (Code code : shown.codes()) {
            Map<String, Object> item = Json.named(code.id(), code.name());
            item.put("links", self(list.id().urn("codelist.Code") + "." + code.id()));
            String parent = code.parent();
            if (parent != null
                    && shown.codes().stream().anyMatch(other -> other.id().equals(parent))) {
                item.put("parent", parent);
            }
            codes.add(item);
        }
        object.put("codes", codes);
        return object;
    }

    private Map<String, Object> scheme(Structure structure) {
        ArtefactId id = structure.conceptScheme();
        Map<String, Object> object = maintained(id, structure.name(), "conceptscheme.ConceptScheme");
        if (stubs.contains(id)) {
            return object;
        }
        object.put("isPartial", false);
        List<Object> concepts = new ArrayList<>();
        for (Component component : structure.components()) {
            Map<String, Object> item =
                    Json.named(component.concept().id(), component.concept().name());
            item.put("description", component.concept().description().in("en"));
            item.put("descriptions", component.concept().description().byLanguage());
            item.put("links", self(conceptUrn(structure, component)));
            concepts.add(item);
        }
        object.put("concepts", concepts);
        return object;
    }

    private static String conceptUrn(Structure structure, Component component) {
        return structure.conceptScheme().urn("conceptscheme.Concept") + "."
                + component.concept().id();
    }

    private Map<String, Object> structure(Structure structure) {
        Map<String, Object> object = maintained(structure.id(), structure.name(), "datastructure.DataStructure");
        if (!stubs.contains(structure.id())) {
            object.put("dataStructureComponents", components(structure));
        }
        return object;
    }

    private static Map<String, Object> components(Structure structure) {
        Map<String, Object> dimensionList = new LinkedHashMap<>();
        dimensionList.put("id", "DimensionDescriptor");
        List<Object> dimensions = new ArrayList<>();
        for (Dimension dimension : structure.keyDimensions()) {
            Map<String, Object> item = component(structure, dimension, "datastructure.Dimension");
            item.put("position", dimensions.size());
            dimensions.add(item);
        }
        dimensionList.put("dimensions", dimensions);
        dimensionList.put("timeDimension", component(structure, structure.time(), "datastructure.TimeDimension"));

        Map<String, Object> measure = component(structure, structure.measure(), "datastructure.Measure");
        measure.put("usage", "mandatory");
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("dimensionList", dimensionList);
        components.put("measureList", Map.of("id", "MeasureDescriptor", "measures", List.of(measure)));
        List<Object> attributes = new ArrayList<>();
        for (Attribute attribute : structure.attributes()) {
            Map<String, Object> item = component(structure, attribute, "datastructure.DataAttribute");
            item.put("usage", attribute.mandatory() ? "mandatory" : "optional");
            item.put("attributeRelationship", relationship(structure, attribute));
            attributes.add(item);
        }
        if (!attributes.isEmpty()) {
            components.put("attributeList", Map.of("id", "AttributeDescriptor", "attributes", attributes));
        }
        return components;
    }

    private static Map<String, Object> component(Structure structure, Component component, String packageAndClass) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", component.id());
        item.put("links", self(structure.id().urn(packageAndClass) + "." + component.id()));
        item.put("conceptIdentity", conceptUrn(structure, component));
        item.put("localRepresentation", representation(component.representation()));
        return item;
    }

    private static Map<String, Object> representation(Representation representation) {
        return switch (representation) {
            case Representation.Coded coded ->
                Map.of("enumeration", coded.list().id().urn("codelist.Codelist"));
            case Representation.Time time -> Map.of("format", Map.of("dataType", "ObservationalTimePeriod"));
            case Representation.Numeric numeric -> Map.of("format", Map.of("dataType", "Double"));
            case Representation.Text text -> {
                Map<String, Object> format = new LinkedHashMap<>();
                format.put("dataType", text.type());
                if (text.type().equals("String")) {
                    format.put("maxLength", text.maxLength());
                    format.put("pattern", text.pattern().pattern());
                }
                yield Map.of("format", format);
            }
        };
    }

    private static Map<String, Object> relationship(Structure structure, Attribute attribute) {
        return switch (attribute.level()) {
            case DATASET -> Map.of("dataflow", Map.of());
            case SERIES ->
                Map.of(
                        "dimensions",
                        structure.keyDimensions().stream().map(Dimension::id).toList());
            case OBSERVATION -> Map.of("observation", Map.of());
        };
    }
}
