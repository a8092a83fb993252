package org.entente.gateway.sdmx;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.AreaCrosswalk;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * How an office's own table becomes figures of a structure: which column is which component, which codes mean which, what is
 * the same in all rows. An office writes it down in this short form; it is kept as an SDMX StructureMap with RepresentationMaps
 * ({@link StructureMapMessage}).
 *
 * @param id letters, digits and {@code _@$-}
 * @param version three numbers; a stored mapping is never changed, a new version is stored beside it
 * @param name for people
 * @param table where the table stands in its file
 * @param columns by the text in the header row
 * @param constants by component id, the value of all rows
 * @param wide columns that stand for codes of one dimension, or null
 * @param markers texts that stand in place of a value, each with the attributes that say why there is none
 * @param structure {@code AGENCY:ID(VERSION)} of the structure that the figures follow; null for the first that a node knows
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableMapping(
        String id,
        String version,
        String name,
        Table table,
        Map<String, Column> columns,
        Map<String, String> constants,
        @Nullable Wide wide,
        Map<String, Map<String, String>> markers,
        @Nullable String structure) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_@$-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Where a table stands.
     *
     * @param sheet of a workbook; null for the first
     * @param headerRow counted from 1; null for 1
     * @param separator of a text file; null for the one that is most frequent in the header
     * @param decimal mark of numbers; null for a point
     * @param thousands mark between thousands; null for none
     * @param charset of a text file; null for UTF-8
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Table(
            @Nullable String sheet,
            @Nullable Integer headerRow,
            @Nullable String separator,
            @Nullable String decimal,
            @Nullable String thousands,
            @Nullable String charset) {}

    /**
     * What a column is.
     *
     * @param to the component
     * @param codes the office's codes and what they mean; codes that are not listed mean themselves, unless {@code only}
     * @param scheme the scheme of area codes that the column follows, see {@link AreaCrosswalk#schemes()}
     * @param only whether a code that is not listed is refused
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Column(
            String to,
            Map<String, String> codes,
            @Nullable String scheme,
            @Nullable Boolean only) {
        public Column {
            codes = codes == null ? Map.of() : Map.copyOf(codes);
        }

        boolean listedOnly() {
            return Boolean.TRUE.equals(only);
        }
    }

    /**
     * Columns with figures, each for one code.
     *
     * @param to the dimension
     * @param columns header to code; empty for every column whose header is a code or period of the dimension
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Wide(String to, Map<String, String> columns) {
        public Wide {
            columns = columns == null ? Map.of() : Map.copyOf(columns);
        }
    }

    public TableMapping {
        table = table == null ? new Table(null, null, null, null, null, null) : table;
        name = name == null ? String.valueOf(id) : name;
        columns = columns == null ? Map.of() : new LinkedHashMap<>(columns);
        constants = constants == null ? Map.of() : Map.copyOf(constants);
        markers = markers == null ? Map.of() : Map.copyOf(markers);
    }

    /**
     * Reads a mapping in the short form or as the SDMX message that {@link #message} writes.
     *
     * @throws EntenteException {@code mapping-invalid}
     */
    public static TableMapping parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null) {
                throw invalid("the file is empty");
            }
            TableMapping mapping =
                    node.has("data") ? StructureMapMessage.read(node) : MAPPER.treeToValue(node, TableMapping.class);
            mapping.checkForm();
            return mapping;
        } catch (JsonProcessingException e) {
            throw invalid(Refusal.shortened(e.getOriginalMessage()));
        } catch (IOException e) {
            throw invalid("it is no JSON");
        }
    }

    static EntenteException invalid(String why) {
        return new EntenteException(ErrorCode.MAPPING_INVALID, "The mapping cannot be used: " + why + ".");
    }

    private void checkForm() {
        if (id == null
                || !ID.matcher(id).matches()
                || version == null
                || !VERSION.matcher(version).matches()) {
            throw invalid("id has letters, digits and _@$-, version three numbers such as 1.0.0");
        }
        for (Column column : columns.values()) {
            String scheme = column.scheme();
            if (scheme != null && !AreaCrosswalk.load().schemes().contains(scheme)) {
                throw invalid("'" + scheme + "' is none of "
                        + String.join(
                                ", ",
                                AreaCrosswalk.load().schemes().stream().sorted().toList()));
            }
        }
    }

    /**
     * Holds the mapping against a structure.
     *
     * @throws EntenteException {@code mapping-invalid}: a component is unknown, mapped twice or not at all, or a code is none
     */
    public void check(Structure structure) {
        Map<String, String> sources = new LinkedHashMap<>();
        columns.forEach((header, column) -> source(sources, column.to(), "column " + header));
        constants.keySet().forEach(component -> source(sources, component, "constants"));
        if (wide != null) {
            source(sources, wide.to(), "wide");
            sources.put(structure.measure().id(), "wide");
        }
        for (String component : sources.keySet()) {
            if (structure.components().stream().noneMatch(known -> known.id().equals(component))) {
                throw invalid(structure.id() + " has no component " + component);
            }
        }
        for (Component component : structure.components()) {
            boolean needed = !(component instanceof Component.Attribute attribute)
                    || (attribute.mandatory() && attribute.level() != Component.Attribute.Level.DATASET);
            if (needed && !sources.containsKey(component.id())) {
                throw invalid("nothing says what " + component.id() + " is");
            }
            requireCodes(component);
        }
    }

    private static void source(Map<String, String> sources, String component, String source) {
        String earlier = sources.put(component, source);
        if (earlier != null) {
            throw invalid(component + " is said twice: by " + earlier + " and by " + source);
        }
    }

    private void requireCodes(Component component) {
        constants.forEach((id, text) -> requireCode(component, id, text));
        columns.values()
                .forEach(column -> column.codes().values().forEach(text -> requireCode(component, column.to(), text)));
        if (wide != null) {
            wide.columns().values().forEach(text -> requireCode(component, wide.to(), text));
        }
        markers.values().forEach(said -> said.forEach((id, text) -> requireCode(component, id, text)));
    }

    private static void requireCode(Component component, String id, String text) {
        if (component.id().equals(id) && !component.representation().accepts(text)) {
            throw invalid("'" + Refusal.shortened(text) + "' is no value of " + id);
        }
    }

    /** The mapping as an SDMX-JSON 2.0.0 structure message, in which it is kept and passed on. */
    public byte[] message(Structure structure, MessageHeader header) {
        return StructureMapMessage.write(this, structure, header);
    }

    /**
     * The mapping as artefacts of a catalogue: a structure map, and a representation map for each list of codes.
     *
     * @param maintainer the agency that they are of
     */
    public List<Artefact> artefacts(Structure structure, String maintainer) {
        return StructureMapMessage.artefacts(this, structure, maintainer);
    }

    /** What SDMX has no words for, as text for an annotation. */
    String layout() {
        try {
            return MAPPER.writeValueAsString(Map.of(
                    "table", table, "wide", wide == null ? Map.of() : Map.of("to", wide.to()), "markers", markers));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    List<String> headers() {
        return List.copyOf(columns.keySet());
    }
}
