package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.StructureParts.Format;
import org.entente.gateway.sdmx.StructureParts.Kind;
import org.entente.gateway.sdmx.StructureParts.Part;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.LocalName;
import org.jspecify.annotations.Nullable;

/** SDMX-JSON 2.0.0 and 2.1.0 structure messages. */
final class JsonStructureReader {

    private static final int MAX_DEPTH = 50;
    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private final StructureParts parts = new StructureParts();

    private JsonStructureReader() {}

    static StructureParts read(byte[] bytes, int from) throws IOException {
        JsonNode message;
        try {
            message = MAPPER.readTree(bytes, from, bytes.length - from);
        } catch (JsonProcessingException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The structure message is not JSON: " + e.getOriginalMessage(), e);
        }
        JsonStructureReader reader = new JsonStructureReader();
        try {
            reader.data(message.has("data") ? message.get("data") : message);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The structure message: " + e.getMessage() + ".", e);
        }
        return reader.parts;
    }

    private void data(JsonNode data) {
        data.path("codelists").forEach(this::codelist);
        data.path("conceptSchemes").forEach(this::scheme);
        data.path("dataStructures").forEach(this::definition);
        data.path("dataflows")
                .forEach(flow -> parts.flows.add(
                        new StructureParts.Flow(id(flow), name(flow, "name"), required(flow, "structure"))));
        data.path("metadataStructures")
                .forEach(one -> parts.metadata.definition(
                        id(one),
                        name(one, "name"),
                        headings(one.path("metadataStructureComponents").path("metadataAttributeList"))));
        data.path("metadataflows").forEach(this::metadataflow);
        for (JsonNode scheme : data.path("categorySchemes")) {
            List<Artefact.Item> items = new ArrayList<>();
            categories(scheme, "", items);
            parts.categories.scheme(
                    id(scheme),
                    name(scheme, "name"),
                    items,
                    scheme.path("isPartial").asBoolean(false));
        }
        for (JsonNode one : data.path("categorisations")) {
            parts.categories.claim(
                    new Categories.Claim(id(one), name(one, "name"), required(one, "source"), required(one, "target")));
        }
    }

    private static void categories(JsonNode parent, String path, List<Artefact.Item> items) {
        for (JsonNode one : parent.path("categories")) {
            String id = Categories.path(path, required(one, "id"));
            items.add(new Artefact.Item(id, name(one, "name")));
            categories(one, id, items);
        }
    }

    private void metadataflow(JsonNode flow) {
        List<String> targets = new ArrayList<>();
        flow.path("targets").forEach(target -> targets.add(target.asText()));
        parts.metadata.flow(id(flow), name(flow, "name"), required(flow, "structure"), targets);
    }

    private static List<MetadataParts.Part> headings(JsonNode parent) {
        List<MetadataParts.Part> headings = new ArrayList<>();
        for (JsonNode one : parent.path("metadataAttributes")) {
            headings.add(new MetadataParts.Part(
                    required(one, "id"),
                    required(one, "conceptIdentity"),
                    format(one.path("localRepresentation")),
                    one.path("minOccurs").asInt(1) > 0,
                    one.path("isPresentational").asBoolean(false),
                    headings(one)));
        }
        return headings;
    }

    private static String required(JsonNode node, String member) {
        if (!node.hasNonNull(member)) {
            throw StructureParts.unusable(
                    "'" + member + "' is missing in " + node.path("id").asText("an artefact") + ".");
        }
        return node.get(member).asText();
    }

    private static ArtefactId id(JsonNode node) {
        return new ArtefactId(
                required(node, "agencyID"),
                required(node, "id"),
                node.path("version").asText("1.0"));
    }

    private static LocalName name(JsonNode node, String member) {
        TreeMap<String, String> names = new TreeMap<>();
        node.path(member + "s")
                .properties()
                .forEach(entry -> names.put(entry.getKey(), entry.getValue().asText()));
        String single = node.path(member).asText("");
        if (names.isEmpty()) {
            names.put("en", single.isEmpty() ? node.path("id").asText("") : single);
        }
        return new LocalName(names);
    }

    private void codelist(JsonNode node) {
        List<Code> codes = new ArrayList<>();
        for (JsonNode code : node.path("codes")) {
            codes.add(new Code(
                    required(code, "id"),
                    name(code, "name"),
                    code.hasNonNull("parent") ? code.get("parent").asText() : null));
        }
        ArtefactId id = id(node);
        parts.codelists.put(id, new Codelist(id, name(node, "name"), codes));
    }

    private void scheme(JsonNode node) {
        ArtefactId id = id(node);
        Map<String, Concept> concepts = new HashMap<>();
        for (JsonNode one : node.path("concepts")) {
            String concept = required(one, "id");
            LocalName name = name(one, "name");
            LocalName description = one.has("description") || one.has("descriptions") ? name(one, "description") : name;
            concepts.put(concept, new Concept(concept, name, description, id));
            Format format = format(one.path("coreRepresentation"));
            if (format != null) {
                parts.core.put(id.urn("conceptscheme.Concept") + "." + concept, format);
            }
        }
        parts.concepts.put(id, concepts);
    }

    private void definition(JsonNode node) {
        JsonNode components = node.path("dataStructureComponents");
        if (components.isMissingNode()) {
            return;
        }
        List<Part> list = new ArrayList<>();
        JsonNode dimensions = components.path("dimensionList");
        dimensions.path("dimensions").forEach(one -> list.add(part(Kind.DIMENSION, one)));
        if (dimensions.hasNonNull("timeDimension")) {
            list.add(part(Kind.TIME, dimensions.get("timeDimension")));
        }
        dimensions.path("timeDimensions").forEach(one -> list.add(part(Kind.TIME, one)));
        components.path("measureList").path("measures").forEach(one -> list.add(part(Kind.MEASURE, one)));
        components.path("attributeList").path("attributes").forEach(one -> list.add(part(Kind.ATTRIBUTE, one)));
        ArtefactId id = id(node);
        parts.definitions.put(id, new StructureParts.Definition(id, name(node, "name"), list));
    }

    private static Part part(Kind kind, JsonNode node) {
        String role = "";
        for (JsonNode annotation : node.path("annotations")) {
            if (annotation.path("type").asText("").equals(Roles.ANNOTATION_TYPE)) {
                role = annotation.path("title").asText("");
            }
        }
        return new Part(
                kind,
                kind == Kind.TIME ? node.path("id").asText(Dimension.TIME_ID) : required(node, "id"),
                required(node, "conceptIdentity"),
                format(node.path("localRepresentation")),
                level(node.path("attributeRelationship")),
                node.path("usage").asText("").equalsIgnoreCase("mandatory"),
                role);
    }

    private static @Nullable Format format(JsonNode representation) {
        if (representation.hasNonNull("enumeration")) {
            return new Format(representation.get("enumeration").asText(), "", null, null);
        }
        JsonNode format = representation.path("format");
        if (format.isMissingNode()) {
            return null;
        }
        return new Format(
                null,
                format.path("dataType").asText(format.path("textType").asText("")),
                format.hasNonNull("maxLength") ? format.get("maxLength").asText() : null,
                format.hasNonNull("pattern") ? format.get("pattern").asText() : null);
    }

    private static Attribute.Level level(JsonNode relationship) {
        if (relationship.has("observation") || relationship.has("primaryMeasure")) {
            return Attribute.Level.OBSERVATION;
        }
        for (JsonNode dimension : relationship.path("dimensions")) {
            if (dimension.asText().equals(Dimension.TIME_ID)) {
                return Attribute.Level.OBSERVATION;
            }
        }
        return relationship.has("dimensions") || relationship.has("group")
                ? Attribute.Level.SERIES
                : Attribute.Level.DATASET;
    }
}
