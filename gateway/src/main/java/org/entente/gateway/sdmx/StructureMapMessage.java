package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as SDMX artefacts (SDMX-JSON 2.0.0 structure message): a StructureMap with a component map for each column, fixed
 * values for the constants, and a RepresentationMap for each list of codes. Column headers are no SDMX ids, and SDMX has no
 * words for sheets and wide tables; these stand in annotations.
 */
final class StructureMapMessage {

    private static final String HEADER = "ENTENTE_HEADER";
    private static final String SCHEME = "ENTENTE_AREA_SCHEME";
    private static final String ONLY = "ENTENTE_LISTED_ONLY";
    private static final String LAYOUT = "ENTENTE_LAYOUT";

    private StructureMapMessage() {}

    static byte[] write(TableMapping mapping, Structure structure, MessageHeader header) {
        return StructureFormat.JSON_2_0.bytes(
                StructureMessage.full(artefacts(mapping, structure, header.sender())), header, Languages.ANY);
    }

    /** The structure map, and after it the maps of codes. */
    static List<Artefact> artefacts(TableMapping mapping, Structure structure, String maintainer) {
        return new Maps(mapping, structure, maintainer).all();
    }

    /** The artefacts in the making. */
    private static final class Maps {
        private final TableMapping mapping;
        private final Structure structure;
        private final String maintainer;
        private final List<Artefact.ComponentMap> components = new ArrayList<>();
        private final List<Artefact> values = new ArrayList<>();

        Maps(TableMapping mapping, Structure structure, String maintainer) {
            this.mapping = mapping;
            this.structure = structure;
            this.maintainer = maintainer;
        }

        List<Artefact> all() {
            mapping.columns().forEach((header, column) -> {
                Map<String, String> annotations = new LinkedHashMap<>(Map.of(HEADER, header));
                if (column.scheme() != null) {
                    annotations.put(SCHEME, column.scheme());
                }
                if (column.listedOnly()) {
                    annotations.put(ONLY, "true");
                }
                component("COLUMN_" + (components.size() + 1), column.to(), column.codes(), annotations);
            });
            TableMapping.Wide wide = mapping.wide();
            if (wide != null && !wide.columns().isEmpty()) {
                component("HEADER", wide.to(), wide.columns(), Map.of(LAYOUT, "wide"));
            }
            List<Artefact> all = new ArrayList<>();
            all.add(new Artefact.StructureMap(
                    id(mapping.id()),
                    LocalName.en(mapping.name()),
                    Map.of(LAYOUT, mapping.layout()),
                    id(mapping.id()),
                    structure.id(),
                    components,
                    new TreeMap<>(mapping.constants())));
            all.addAll(values);
            return all;
        }

        private ArtefactId id(String id) {
            return new ArtefactId(maintainer, id, mapping.version());
        }

        private void component(
                String source, String target, Map<String, String> codes, Map<String, String> annotations) {
            ArtefactId map = codes.isEmpty() ? null : id(mapping.id() + "_" + source);
            components.add(new Artefact.ComponentMap(source, target, map, annotations));
            if (map != null) {
                values.add(new Artefact.ValueMap(
                        map,
                        LocalName.en(mapping.name() + ", codes of " + target),
                        null,
                        listOf(target),
                        new TreeMap<>(codes)));
            }
        }

        private @Nullable ArtefactId listOf(String target) {
            return structure.components().stream()
                    .filter(component -> component.id().equals(target))
                    .flatMap(component -> component.representation().codelist().stream())
                    .map(Codelist::id)
                    .findFirst()
                    .orElse(null);
        }
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
