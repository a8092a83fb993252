package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.entente.gateway.statistics.Usage;

/**
 * The {@code structures} of an SDMX-JSON data message, which list the components and the values that occur; the codes of
 * cells that are not part of the answer are not named.
 */
final class JsonShape {

    /** What the schema admits as an id of a value. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_@$-]+");

    private final DataMessage message;
    private final Structure structure;
    private final Languages languages;

    JsonShape(DataMessage message) {
        this.message = message;
        this.structure = message.dataflow().structure();
        this.languages = message.options().languages();
    }

    /** The languages of the names, most used first. */
    List<String> languages() {
        List<LocalName> names = new ArrayList<>();
        names.add(message.dataflow().name());
        structure
                .components()
                .forEach(component -> names.add(component.concept().name()));
        return languages.used(names);
    }

    /** Links to the flow and its structure; the first is what was asked for. */
    static List<Map<String, Object>> links(Dataflow dataflow) {
        return List.of(
                link("dataflow", dataflow.id().urn("datastructure.Dataflow")),
                link("datastructure", dataflow.structure().id().urn("datastructure.DataStructure")));
    }

    private static Map<String, Object> link(String rel, String urn) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("urn", urn);
        link.put("rel", rel);
        return link;
    }

    /** The structure object of one data set. */
    Map<String, Object> structure(Arrangement arrangement, Usage usage, int dataSet) {
        ObservationCursor texts = arrangement.set().observations().get();
        List<Object> key = new ArrayList<>();
        for (int d : arrangement.key()) {
            key.add(dimension(d, texts.dimensionTexts(d), usage.dimension(d)));
        }
        List<Object> atObservation = new ArrayList<>();
        int own = arrangement.observationDimension();
        if (own >= 0) {
            atObservation.add(dimension(own, texts.dimensionTexts(own), usage.dimension(own)));
        }
        Map<String, Object> dimensions = new LinkedHashMap<>();
        dimensions.put("dataSet", List.of());
        dimensions.put("series", arrangement.flat() ? List.of() : key);
        dimensions.put("observation", arrangement.flat() ? key : atObservation);
        Map<String, Object> measure =
                named(structure.measure().id(), structure.measure().concept().name());
        measure.put("format", Map.of("dataType", "Double"));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dataSet", attributes(arrangement.ofDataset(), texts, usage));
        attributes.put("dimensionGroup", List.of());
        attributes.put("series", attributes(arrangement.ofSeries(), texts, usage));
        attributes.put("observation", attributes(arrangement.ofObservation(), texts, usage));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", languages.pick(message.dataflow().name()));
        object.put("names", shown(message.dataflow().name()));
        object.put("links", links(message.dataflow()));
        object.put("dataSets", List.of(dataSet));
        object.put("dimensions", dimensions);
        object.put(
                "measures", Map.of("observation", arrangement.projection().measure() ? List.of(measure) : List.of()));
        object.put("attributes", attributes);
        return object;
    }

    private Map<String, Object> dimension(int position, Dictionary texts, boolean[] used) {
        Dimension dimension = structure.dimensions().get(position);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                values.add(dimensionValue(dimension, texts.text(i)));
            }
        }
        Map<String, Object> object = named(dimension.id(), dimension.concept().name());
        object.put("keyPosition", position);
        object.put("roles", List.of(dimension.id()));
        object.put("values", values);
        return object;
    }

    private Map<String, Object> dimensionValue(Dimension dimension, String text) {
        if (!ID.matcher(text).matches()) {
            return Map.of("value", text);
        }
        Map<String, Object> value = coded(dimension, text);
        if (dimension.role() == Dimension.Role.TIME) {
            TimePeriod period = TimePeriod.parse(text);
            value.put("start", period.start() + "T00:00:00Z");
            value.put("end", period.end() + "T23:59:59Z");
        }
        return value;
    }

    /** A code with its name; a text without a list stands as its own name. */
    private Map<String, Object> coded(Component component, String text) {
        LocalName name = component
                .representation()
                .codelist()
                .flatMap(list -> list.code(text))
                .map(Code::name)
                .orElseGet(() -> LocalName.en(text));
        return named(text, name);
    }

    /** An object with {@code id}, {@code name} and {@code names}; readers differ in which of the two they want. */
    private Map<String, Object> named(String id, LocalName name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id);
        object.put("name", languages.pick(name));
        object.put("names", shown(name));
        return object;
    }

    /** The names in the languages asked for (RFC 4647 section 3.3.1, basic filtering), and always the one picked. */
    private SortedMap<String, String> shown(LocalName name) {
        SortedMap<String, String> shown = new TreeMap<>();
        name.byLanguage().forEach((tag, text) -> {
            if (languages.admits(tag)) {
                shown.put(tag, text);
            }
        });
        String picked = languages.tag(name);
        shown.put(picked, name.in(picked));
        return shown;
    }

    private List<Object> attributes(List<Integer> positions, ObservationCursor texts, Usage usage) {
        List<Object> objects = new ArrayList<>();
        for (int a : positions) {
            objects.add(attribute(a, texts.attributeTexts(a), usage.attribute(a)));
        }
        return objects;
    }

    private Map<String, Object> attribute(int position, Dictionary texts, boolean[] used) {
        Attribute attribute = structure.attributes().get(position);
        boolean coded = attribute.representation().codelist().isPresent();
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < used.length; i++) {
            if (used[i]) {
                values.add(coded ? coded(attribute, texts.text(i)) : Map.of("value", texts.text(i)));
            }
        }
        Map<String, Object> object = named(attribute.id(), attribute.concept().name());
        object.put("isMandatory", attribute.mandatory());
        object.put("relationship", relationship(attribute));
        object.put("values", values);
        return object;
    }

    private Map<String, Object> relationship(Attribute attribute) {
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
