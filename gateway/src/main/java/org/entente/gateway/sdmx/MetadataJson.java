package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.MetadataSet.Reported;

/** Reports about data as SDMX-JSON 2.0.0 and 2.1.0 metadata messages. The name of each heading is an annotation of it. */
final class MetadataJson {

    /** Type of the annotation that holds a heading's name, for readers that do not have the structure. */
    static final String NAME = "ENTENTE_NAME";

    private static final String SCHEMAS =
            "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/metadata-message/tools/schemas/";

    private final String version;
    private final Languages languages;

    /** @param version {@code 2.0.0} or {@code 2.1.0} */
    MetadataJson(String version, Languages languages) {
        this.version = version;
        this.languages = languages;
    }

    /** @param stubs whether only the topmost headings are named, without what they say; the schemas know no stub without headings */
    byte[] bytes(List<MetadataSet> sets, boolean stubs, MessageHeader header) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("meta", header.meta(SCHEMAS + version + "/sdmx-json-metadata-schema.json"));
        whole.put(
                "data",
                Map.of("metadataSets", sets.stream().map(set -> set(set, stubs)).toList()));
        return Json.bytes(whole);
    }

    private Map<String, Object> set(MetadataSet set, boolean stub) {
        ArtefactId id = set.id();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id.id());
        object.put("agencyID", id.agency());
        object.put("version", id.version());
        object.put("name", languages.pick(set.name()));
        object.put("names", languages.all(set.name()));
        object.put("metadataflow", set.flow().urn(ArtefactType.METADATAFLOW.urnClass()));
        object.put("targets", set.targets());
        object.put(
                "attributes",
                stub
                        ? set.headings().stream()
                                .map(heading -> Map.of("id", heading.id()))
                                .toList()
                        : attributes(set.headings()));
        return object;
    }

    private List<Object> attributes(List<Reported> headings) {
        List<Object> attributes = new ArrayList<>();
        for (Reported heading : headings) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", heading.id());
            Map<String, Object> name = new LinkedHashMap<>();
            name.put("type", NAME);
            name.put("text", languages.pick(heading.name()));
            name.put("texts", languages.all(heading.name()));
            one.put("annotations", List.of(name));
            LocalName text = heading.text();
            if (text != null) {
                one.put("value", text.byLanguage());
            } else if (heading.code() != null) {
                one.put("value", heading.code());
            }
            if (!heading.headings().isEmpty()) {
                one.put("attributes", attributes(heading.headings()));
            }
            attributes.add(one);
        }
        return attributes;
    }
}
