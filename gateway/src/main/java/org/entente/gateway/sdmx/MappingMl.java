package org.entente.gateway.sdmx;

import java.util.Map;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.jspecify.annotations.Nullable;

/** Structure maps and representation maps in SDMX-ML 3.0; 2.1 has none that a table without a structure of its own could be mapped by. */
final class MappingMl {
    private MappingMl() {}

    static void structureMap(XmlNode node, Artefact.StructureMap map) {
        mapped(node, map);
        for (Artefact.ComponentMap one : map.components()) {
            XmlNode component = node.add("str:ComponentMap");
            annotations(component, one.annotations());
            component.add("str:Source", one.source());
            component.add("str:Target", one.target());
            ArtefactId values = one.values();
            if (values != null) {
                component.add("str:RepresentationMap", new Ref(ArtefactType.REPRESENTATIONMAP, values).urn());
            }
        }
        map.fixed().forEach((component, value) -> {
            XmlNode fixed = node.add("str:FixedValueMap");
            fixed.add("str:Target", component);
            fixed.add("str:Value", value);
        });
    }

    /** Between which structures; a stub says it too. */
    static void mapped(XmlNode node, Artefact.StructureMap map) {
        node.add("str:Source", new Ref(ArtefactType.DATASTRUCTURE, map.source()).urn());
        node.add("str:Target", new Ref(ArtefactType.DATASTRUCTURE, map.target()).urn());
    }

    static void annotations(XmlNode node, Map<String, String> annotations) {
        XmlNode list = new XmlNode("com:Annotations");
        annotations.forEach((type, value) -> {
            XmlNode annotation = list.add("com:Annotation");
            annotation.add("com:AnnotationType", type);
            annotation.add("com:AnnotationValue", value);
        });
        if (!list.isEmpty()) {
            node.add(list);
        }
    }

    static void valueMap(XmlNode node, Artefact.ValueMap map) {
        mapped(node, map);
        map.values().forEach((value, code) -> {
            XmlNode mapping = node.add("str:RepresentationMapping");
            mapping.add("str:SourceValue", value);
            mapping.add("str:TargetValue", code);
        });
    }

    /** Between which values; a stub says it too. */
    static void mapped(XmlNode node, Artefact.ValueMap map) {
        values(node, "Source", map.source());
        values(node, "Target", map.target());
    }

    private static void values(XmlNode node, String side, @Nullable ArtefactId list) {
        if (list == null) {
            node.add("str:" + side + "DataType", "String");
        } else {
            node.add("str:" + side + "Codelist", new Ref(ArtefactType.CODELIST, list).urn());
        }
    }
}
