package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.sdmx.StructureMessage.Shown;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimeWindow;

/** Structures as SDMX-JSON 2.0.0 and 2.1.0 (structure message). */
final class StructureJson {

    private static final String SCHEMAS =
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/";

    private final boolean newer;
    private final Languages languages;

    /** @param newer whether the version is 2.1.0, not 2.0.0 */
    StructureJson(boolean newer, Languages languages) {
        this.newer = newer;
        this.languages = languages;
    }

    void write(StructureMessage message, MessageHeader header, OutputStream out) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        for (ArtefactType type : ArtefactType.values()) {
            List<Object> artefacts = new ArrayList<>();
            List<Object> found = new ArrayList<>();
            for (Shown shown : message.ofType(type)) {
                if (newer && shown.artefact() instanceof Artefact.Constraint constraint && constraint.found() != null) {
                    found.add(availability(constraint, constraint.found()));
                } else {
                    artefacts.add(artefact(shown));
                }
            }
            put(data, type.jsonMember(), artefacts);
            put(data, "availabilityConstraints", found);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("meta", header.meta(SCHEMAS + (newer ? "2.1.0" : "2.0.0") + "/sdmx-json-structure-schema.json"));
        whole.put("data", data);
        out.write(Json.bytes(whole));
        out.flush();
    }

    /** The schemas refuse empty arrays. */
    static void put(Map<String, Object> object, String member, List<?> values) {
        if (!values.isEmpty()) {
            object.put(member, values);
        }
    }

    private Map<String, Object> artefact(Shown shown) {
        Artefact artefact = shown.artefact();
        Map<String, Object> object = named(artefact.id().id(), artefact.name());
        object.put("agencyID", artefact.id().agency());
        object.put("version", artefact.id().version());
        object.put("isExternalReference", false);
        object.put("links", self(artefact.ref().urn()));
        if (shown.isStub()) {
            return object;
        }
        switch (artefact) {
            case Artefact.Flow flow -> flow(object, flow.dataflow());
            case Artefact.Definition definition ->
                object.put("dataStructureComponents", components(definition.structure()));
            case Artefact.Codes list -> codes(object, list);
            case Artefact.Concepts scheme -> concepts(object, scheme);
            case Artefact.Scheme scheme -> items(object, scheme);
            case Artefact.Provision provision -> provision(object, provision);
            case Artefact.Constraint constraint -> constraint(object, constraint);
            case Artefact.Categorisation categorisation -> {
                object.put("source", categorisation.source().urn());
                object.put("target", categorisation.scheme().urn(categorisation.category()));
            }
            case Artefact.ValueMap map -> MappingJson.valueMap(object, map);
            case Artefact.StructureMap map -> MappingJson.structureMap(object, map);
            case Artefact.ReportFlow flow -> ReportStructureJson.flow(object, flow.metadataflow());
            case Artefact.ReportStructure structure -> ReportStructureJson.structure(object, structure.structure());
        }
        return object;
    }

    /** An object with {@code id}, {@code name} and {@code names}; readers differ in which of the two they want. */
    private Map<String, Object> named(String id, LocalName name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id);
        object.put("name", languages.pick(name));
        object.put("names", languages.all(name));
        return object;
    }

    static List<Map<String, String>> self(String urn) {
        Map<String, String> link = new LinkedHashMap<>();
        link.put("rel", "self");
        link.put("urn", urn);
        return List.of(link);
    }

    private static void flow(Map<String, Object> object, Dataflow flow) {
        object.put(
                "structure",
                new Ref(ArtefactType.DATASTRUCTURE, flow.structure().id()).urn());
    }

    private void codes(Map<String, Object> object, Artefact.Codes list) {
        object.put("isPartial", list.isPartial());
        Set<String> shown = Set.copyOf(list.itemIds());
        List<Object> codes = new ArrayList<>();
        for (Code code : list.codes()) {
            Map<String, Object> item = named(code.id(), code.name());
            item.put("links", self(list.ref().urn(code.id())));
            String parent = code.parent();
            if (parent != null && shown.contains(parent)) {
                item.put("parent", parent);
            }
            codes.add(item);
        }
        put(object, "codes", codes);
    }

    private void concepts(Map<String, Object> object, Artefact.Concepts scheme) {
        object.put("isPartial", scheme.isPartial());
        List<Object> concepts = new ArrayList<>();
        for (Concept concept : scheme.concepts()) {
            Map<String, Object> item = named(concept.id(), concept.name());
            item.put("description", languages.pick(concept.description()));
            item.put("descriptions", languages.all(concept.description()));
            item.put("links", self(scheme.ref().urn(concept.id())));
            concepts.add(item);
        }
        put(object, "concepts", concepts);
    }

    private void items(Map<String, Object> object, Artefact.Scheme scheme) {
        object.put("isPartial", scheme.isPartial());
        String member = switch (scheme.type()) {
            case AGENCYSCHEME -> "agencies";
            case DATAPROVIDERSCHEME -> "dataProviders";
            case DATACONSUMERSCHEME -> "dataConsumers";
            default -> "categories";
        };
        put(object, member, items(scheme, scheme.byParent(), ""));
    }

    private List<Object> items(Artefact.Scheme scheme, Map<String, List<Artefact.Item>> byParent, String parent) {
        List<Object> items = new ArrayList<>();
        for (Artefact.Item item : byParent.getOrDefault(parent, List.of())) {
            Map<String, Object> one = named(item.id().substring(item.id().lastIndexOf('.') + 1), item.name());
            one.put("links", self(scheme.ref().urn(item.id())));
            put(one, "categories", items(scheme, byParent, item.id()));
            items.add(one);
        }
        return items;
    }

    private static void provision(Map<String, Object> object, Artefact.Provision provision) {
        object.put(
                "dataflow",
                new Ref(ArtefactType.DATAFLOW, provision.agreement().dataflow().id()).urn());
        object.put(
                "dataProvider",
                new Ref(ArtefactType.DATAPROVIDERSCHEME, provision.providers())
                        .urn(provision.agreement().provider()));
    }

    private void constraint(Map<String, Object> object, Artefact.Constraint constraint) {
        Availability found = constraint.found();
        if (!newer) {
            object.put("role", found == null ? "Allowed" : "Actual");
        }
        object.put(
                "constraintAttachment",
                Map.of(
                        constraint.attached().type().jsonMember(),
                        List.of(constraint.attached().urn())));
        if (found != null) {
            object.put(
                    "annotations",
                    List.of(
                            metric("series_count", found.seriesCount()),
                            metric("obs_count", found.observationCount())));
        }
        List<Object> keys = found == null ? keys(constraint) : foundKeys(constraint, found);
        if (!keys.isEmpty()) {
            object.put("cubeRegions", List.of(cubeRegion(keys)));
        }
    }

    private static Map<String, Object> cubeRegion(List<Object> keys) {
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("include", true);
        put(region, "keyValues", keys);
        return region;
    }

    private static Map<String, Object> metric(String id, long value) {
        Map<String, Object> annotation = new LinkedHashMap<>();
        annotation.put("id", id);
        annotation.put("title", String.valueOf(value));
        annotation.put("type", "sdmx_metrics");
        return annotation;
    }

    private static List<Object> keys(Artefact.Constraint constraint) {
        List<Object> keys = new ArrayList<>();
        CubeRegion region = constraint.region();
        for (Dimension dimension : constraint.structure().dimensions()) {
            Set<String> codes = region.codes().get(dimension.id());
            if (codes != null && !codes.isEmpty()) {
                keys.add(key(dimension.id(), List.copyOf(codes)));
            }
        }
        if (!region.time().equals(TimeWindow.ALL)) {
            Map<String, Object> key = new LinkedHashMap<>();
            key.put("id", constraint.structure().time().id());
            key.put("include", true);
            key.put("timeRange", timeRange(region.time()));
            keys.add(key);
        }
        return keys;
    }

    private static Map<String, Object> timeRange(TimeWindow window) {
        Map<String, Object> range = new LinkedHashMap<>();
        if (window.to() == null) {
            range.put("afterPeriod", inclusive(String.valueOf(window.from())));
        } else if (window.from() == null) {
            range.put("beforePeriod", inclusive(String.valueOf(window.to())));
        } else {
            range.put("startPeriod", inclusive(String.valueOf(window.from())));
            range.put("endPeriod", inclusive(String.valueOf(window.to())));
        }
        return range;
    }

    private static Map<String, Object> inclusive(String period) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("period", period);
        end.put("isInclusive", true);
        return end;
    }

    private static List<Object> foundKeys(Artefact.Constraint constraint, Availability found) {
        List<Object> keys = new ArrayList<>();
        for (Dimension dimension : constraint.structure().dimensions()) {
            var values = found.values().get(dimension.id());
            if (values != null && !values.isEmpty()) {
                keys.add(key(dimension.id(), List.copyOf(values)));
            }
        }
        return keys;
    }

    private static Map<String, Object> key(String id, List<String> values) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("id", id);
        key.put("include", true);
        key.put("values", values);
        return key;
    }

    /** In 2.1.0 what is available is an artefact of its own that nobody maintains. */
    private static Map<String, Object> availability(Artefact.Constraint constraint, Availability found) {
        Map<String, Object> object = new LinkedHashMap<>();
        String attached = switch (constraint.attached().type()) {
            case DATASTRUCTURE -> "dataStructure";
            case PROVISIONAGREEMENT -> "provisionAgreement";
            default -> "dataflow";
        };
        object.put(
                "constraintAttachment", Map.of(attached, constraint.attached().urn()));
        object.put("cubeRegion", cubeRegion(foundKeys(constraint, found)));
        object.put("seriesCount", found.seriesCount());
        object.put("obsCount", found.observationCount());
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
        String role = Roles.of(component);
        if (!role.isEmpty()) {
            item.put("annotations", List.of(annotation(role)));
        }
        item.put(
                "conceptIdentity",
                new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(component))
                        .urn(component.concept().id()));
        item.put("localRepresentation", representation(component.representation()));
        return item;
    }

    private static Map<String, Object> annotation(String role) {
        Map<String, Object> annotation = new LinkedHashMap<>();
        annotation.put("title", role);
        annotation.put("type", Roles.ANNOTATION_TYPE);
        return annotation;
    }

    private static Map<String, Object> representation(Representation representation) {
        return switch (representation) {
            case Representation.Coded coded ->
                Map.of(
                        "enumeration",
                        new Ref(ArtefactType.CODELIST, coded.list().id()).urn());
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
