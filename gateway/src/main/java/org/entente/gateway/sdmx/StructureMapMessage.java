package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Structure;

/**
 * A mapping as SDMX artefacts (SDMX-JSON 2.0.0 structure message): a StructureMap with a component map for each column, fixed
 * values for the constants, and a RepresentationMap for each list of codes. Column headers are no SDMX ids, and SDMX has no
 * words for sheets and wide tables; these stand in annotations.
 */
final class StructureMapMessage {

    private static final String SCHEMA =
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";
    private static final String HEADER = "ENTENTE_HEADER";
    private static final String SCHEME = "ENTENTE_AREA_SCHEME";
    private static final String ONLY = "ENTENTE_LISTED_ONLY";
    private static final String LAYOUT = "ENTENTE_LAYOUT";

    private StructureMapMessage() {}

    static byte[] write(TableMapping mapping, Structure structure, MessageHeader header) {
        List<Object> componentMaps = new ArrayList<>();
        List<Object> representationMaps = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, TableMapping.Column> entry : mapping.columns().entrySet()) {
            TableMapping.Column column = entry.getValue();
            number++;
            List<Object> annotations = new ArrayList<>(List.of(annotation(HEADER, entry.getKey())));
            if (column.scheme() != null) {
                annotations.add(annotation(SCHEME, column.scheme()));
            }
            if (column.listedOnly()) {
                annotations.add(annotation(ONLY, "true"));
            }
            componentMaps.add(componentMap(
                    mapping,
                    structure,
                    "COLUMN_" + number,
                    column.to(),
                    column.codes(),
                    annotations,
                    representationMaps));
        }
        TableMapping.Wide wide = mapping.wide();
        if (wide != null && !wide.columns().isEmpty()) {
            componentMaps.add(componentMap(
                    mapping,
                    structure,
                    "HEADER",
                    wide.to(),
                    wide.columns(),
                    List.of(annotation(LAYOUT, "wide")),
                    representationMaps));
        }
        Map<String, Object> map = artefact(mapping, structure, mapping.id(), mapping.name());
        map.put("annotations", List.of(annotation(LAYOUT, mapping.layout())));
        map.put(
                "source",
                "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                        + structure.id().agency() + ":" + mapping.id() + "(" + mapping.version() + ")");
        map.put("target", structure.id().urn("datastructure.DataStructure"));
        if (!componentMaps.isEmpty()) {
            map.put("componentMaps", componentMaps);
        }
        List<Object> fixed = new ArrayList<>();
        mapping.constants().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> fixed.add(Map.of("target", entry.getKey(), "values", List.of(entry.getValue()))));
        if (!fixed.isEmpty()) {
            map.put("fixedValueMaps", fixed);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("structureMaps", List.of(map));
        if (!representationMaps.isEmpty()) {
            data.put("representationMaps", representationMaps);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("meta", header.meta(SCHEMA));
        message.put("data", data);
        return Json.bytes(message);
    }

    private static Map<String, Object> annotation(String type, String value) {
        Map<String, Object> annotation = new LinkedHashMap<>();
        annotation.put("type", type);
        annotation.put("value", value);
        return annotation;
    }

    private static Map<String, Object> artefact(TableMapping mapping, Structure structure, String id, String name) {
        Map<String, Object> artefact = new LinkedHashMap<>();
        artefact.put("id", id);
        artefact.put("agencyID", structure.id().agency());
        artefact.put("version", mapping.version());
        artefact.put("name", name);
        return artefact;
    }

    private static Map<String, Object> componentMap(
            TableMapping mapping,
            Structure structure,
            String source,
            String target,
            Map<String, String> codes,
            List<Object> annotations,
            List<Object> representationMaps) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("annotations", annotations);
        map.put("source", List.of(source));
        map.put("target", List.of(target));
        if (!codes.isEmpty()) {
            String id = mapping.id() + "_" + source;
            Map<String, Object> representation =
                    artefact(mapping, structure, id, mapping.name() + ", codes of " + target);
            representation.put("source", List.of(Map.of("dataType", "String")));
            representation.put("target", List.of(targetType(structure, target)));
            List<Object> values = new ArrayList<>();
            codes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> values.add(Map.of(
                            "sourceValues",
                            List.of(Map.of("value", entry.getKey())),
                            "targetValues",
                            List.of(entry.getValue()))));
            representation.put("representationMappings", values);
            representationMaps.add(representation);
            map.put(
                    "representationMap",
                    "urn:sdmx:org.sdmx.infomodel.structuremapping.RepresentationMap="
                            + structure.id().agency() + ":" + id + "(" + mapping.version() + ")");
        }
        return map;
    }

    private static Map<String, Object> targetType(Structure structure, String target) {
        for (Component component : structure.components()) {
            if (component.id().equals(target)
                    && component.representation().codelist().isPresent()) {
                return Map.of(
                        "codelist",
                        component.representation().codelist().orElseThrow().id().urn("codelist.Codelist"));
            }
        }
        return Map.of("dataType", "String");
    }

    /** Reads what {@link #write} wrote, whoever passed it on. */
    static TableMapping read(JsonNode message) throws JsonProcessingException {
        JsonNode maps = message.path("data").path("structureMaps");
        if (maps.size() != 1) {
            throw TableMapping.invalid("the message has " + maps.size() + " structure maps; one is read");
        }
        JsonNode map = maps.get(0);
        Map<String, Map<String, String>> codes = new LinkedHashMap<>();
        for (JsonNode representation : message.path("data").path("representationMaps")) {
            Map<String, String> pairs = new LinkedHashMap<>();
            for (JsonNode pair : representation.path("representationMappings")) {
                pairs.put(
                        pair.path("sourceValues").path(0).path("value").asText(""),
                        pair.path("targetValues").path(0).asText(""));
            }
            codes.put(representation.path("id").asText(""), pairs);
        }
        String layout = annotation(map, LAYOUT);
        JsonNode laidOut = TableMapping.mapper().readTree(layout.isEmpty() ? "{}" : layout);
        Map<String, TableMapping.Column> columns = new LinkedHashMap<>();
        Map<String, String> wideColumns = Map.of();
        for (JsonNode component : map.path("componentMaps")) {
            String urn = component.path("representationMap").asText("");
            String id =
                    urn.substring(urn.indexOf(':', urn.indexOf('=') + 1) + 1).replaceAll("\\(.*", "");
            Map<String, String> pairs = codes.getOrDefault(id, Map.of());
            String target = component.path("target").path(0).asText("");
            String header = annotation(component, HEADER);
            if (annotation(component, LAYOUT).equals("wide")) {
                wideColumns = pairs;
            } else {
                String scheme = annotation(component, SCHEME);
                columns.put(
                        header,
                        new TableMapping.Column(
                                target,
                                pairs,
                                scheme.isEmpty() ? null : scheme,
                                annotation(component, ONLY).isEmpty() ? null : true));
            }
        }
        Map<String, String> constants = new LinkedHashMap<>();
        for (JsonNode fixed : map.path("fixedValueMaps")) {
            constants.put(
                    fixed.path("target").asText(""),
                    fixed.path("values").path(0).asText(""));
        }
        String reference = map.path("target").asText("");
        String target = reference.substring(reference.indexOf('=') + 1);
        String wideTo = laidOut.path("wide").path("to").asText("");
        return new TableMapping(
                map.path("id").asText(""),
                map.path("version").asText(""),
                map.path("name").asText(""),
                TableMapping.mapper().treeToValue(laidOut.path("table"), TableMapping.Table.class),
                columns,
                constants,
                wideTo.isEmpty() ? null : new TableMapping.Wide(wideTo, wideColumns),
                markers(laidOut.path("markers")),
                target.isEmpty() ? null : target);
    }

    private static Map<String, Map<String, String>> markers(JsonNode node) {
        Map<String, Map<String, String>> markers = new LinkedHashMap<>();
        node.fields().forEachRemaining(marker -> {
            Map<String, String> said = new LinkedHashMap<>();
            marker.getValue()
                    .fields()
                    .forEachRemaining(
                            pair -> said.put(pair.getKey(), pair.getValue().asText()));
            markers.put(marker.getKey(), said);
        });
        return markers;
    }

    private static String annotation(JsonNode artefact, String type) {
        for (JsonNode annotation : artefact.path("annotations")) {
            if (annotation.path("type").asText("").equals(type)) {
                return annotation.path("value").asText("");
            }
        }
        return "";
    }
}
