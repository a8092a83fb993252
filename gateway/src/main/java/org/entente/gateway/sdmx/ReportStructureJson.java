package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Heading;
import org.entente.gateway.statistics.MetadataStructure;
import org.entente.gateway.statistics.Metadataflow;

/** Metadata structures and metadataflows as parts of SDMX-JSON 2.0.0 and 2.1.0 structure messages. */
final class ReportStructureJson {

    private ReportStructureJson() {}

    static void flow(Map<String, Object> object, Metadataflow flow) {
        object.put(
                "structure",
                new Ref(ArtefactType.METADATASTRUCTURE, flow.structure().id()).urn());
        if (!flow.targets().isEmpty()) {
            object.put("targets", flow.targets());
        }
    }

    static void structure(Map<String, Object> object, MetadataStructure structure) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("id", "MetadataAttributeDescriptor");
        list.put("metadataAttributes", headings(structure, "", structure.headings()));
        object.put("metadataStructureComponents", Map.of("metadataAttributeList", list));
    }

    private static List<Object> headings(MetadataStructure structure, String above, List<Heading> headings) {
        List<Object> list = new ArrayList<>();
        for (Heading heading : headings) {
            Map<String, Object> one = new LinkedHashMap<>();
            String path = above + heading.id();
            one.put("id", heading.id());
            one.put(
                    "links",
                    StructureJson.self(structure.id().urn("metadatastructure.MetadataAttribute") + "." + path));
            one.put("minOccurs", heading.required() ? 1 : 0);
            one.put("maxOccurs", 1);
            if (heading.presentational()) {
                one.put("isPresentational", true);
            }
            one.put(
                    "conceptIdentity",
                    new Ref(ArtefactType.CONCEPTSCHEME, structure.schemeOf(heading))
                            .urn(heading.concept().id()));
            if (!heading.presentational()) {
                one.put("localRepresentation", representation(heading));
            }
            if (!heading.headings().isEmpty()) {
                one.put("metadataAttributes", headings(structure, path + ".", heading.headings()));
            }
            list.add(one);
        }
        return list;
    }

    private static Map<String, Object> representation(Heading heading) {
        Codelist codes = heading.codes();
        if (codes != null) {
            return Map.of("enumeration", new Ref(ArtefactType.CODELIST, codes.id()).urn());
        }
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("dataType", "String");
        format.put("isMultiLingual", true);
        return Map.of("format", format);
    }
}
