package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.jspecify.annotations.Nullable;

/** Structure maps and representation maps in SDMX-JSON 2.0.0 and 2.1.0, which have the same of them. */
final class MappingJson {
    private MappingJson() {}

    static void structureMap(Map<String, Object> object, Artefact.StructureMap map) {
        annotations(object, map.annotations());
        object.put("source", new Ref(ArtefactType.DATASTRUCTURE, map.source()).urn());
        object.put("target", new Ref(ArtefactType.DATASTRUCTURE, map.target()).urn());
        List<Object> components = new ArrayList<>();
        for (Artefact.ComponentMap one : map.components()) {
            Map<String, Object> component = new LinkedHashMap<>();
            annotations(component, one.annotations());
            component.put("source", List.of(one.source()));
            component.put("target", List.of(one.target()));
            ArtefactId values = one.values();
            if (values != null) {
                component.put("representationMap", new Ref(ArtefactType.REPRESENTATIONMAP, values).urn());
            }
            components.add(component);
        }
        List<Object> fixed = new ArrayList<>();
        map.fixed().forEach((component, value) -> fixed.add(Map.of("target", component, "values", List.of(value))));
        StructureJson.put(object, "componentMaps", components);
        StructureJson.put(object, "fixedValueMaps", fixed);
    }

    private static void annotations(Map<String, Object> object, Map<String, String> annotations) {
        List<Object> list = new ArrayList<>();
        annotations.forEach((type, value) -> {
            Map<String, Object> annotation = new LinkedHashMap<>();
            annotation.put("type", type);
            annotation.put("value", value);
            list.add(annotation);
        });
        StructureJson.put(object, "annotations", list);
    }

    static void valueMap(Map<String, Object> object, Artefact.ValueMap map) {
        object.put("source", List.of(values(map.source())));
        object.put("target", List.of(values(map.target())));
        List<Object> mappings = new ArrayList<>();
        map.values().forEach((value, code) -> {
            Map<String, Object> mapping = new LinkedHashMap<>();
            mapping.put("sourceValues", List.of(Map.of("value", value)));
            mapping.put("targetValues", List.of(code));
            mappings.add(mapping);
        });
        StructureJson.put(object, "representationMappings", mappings);
    }

    private static Map<String, String> values(@Nullable ArtefactId list) {
        return list == null
                ? Map.of("dataType", "String")
                : Map.of("codelist", new Ref(ArtefactType.CODELIST, list).urn());
    }
}
