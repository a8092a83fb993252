package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.MetadataSet.Reported;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is kept, and as it travels between nodes: an SDMX-JSON 2.0.0 metadata message that holds one metadata set. Its digest is
 * what journals and answers name, so the bytes are kept as they were first written.
 */
public final class MetadataDocument {

    /** Largest document that is taken from a partner. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 40;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private MetadataDocument() {}

    /** The document for a report, in all languages. */
    public static byte[] write(MetadataSet set, MessageHeader header) {
        return new MetadataJson("2.0.0", Languages.ANY).bytes(List.of(set), false, header);
    }

    /**
     * Reads a document.
     *
     * @throws EntenteException {@code file-unusable} if it is no metadata message with exactly one metadata set
     */
    public static MetadataSet read(byte[] document) {
        if (document.length > MAX_BYTES) {
            throw StructureParts.unusable("The metadata message is larger than " + MAX_BYTES + " bytes.");
        }
        try {
            JsonNode sets = MAPPER.readTree(document).path("data").path("metadataSets");
            if (sets.size() != 1) {
                throw StructureParts.unusable("The metadata message does not hold exactly one set.");
            }
            return set(sets.get(0));
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The metadata message cannot be read: " + e.getMessage(), e);
        }
    }

    private static MetadataSet set(JsonNode node) {
        Matcher flow = StructureParts.urn(node.path("metadataflow").asText(), "the metadataflow");
        List<String> targets = new ArrayList<>();
        node.path("targets").forEach(target -> targets.add(target.asText()));
        return new MetadataSet(
                new ArtefactId(
                        node.path("agencyID").asText(),
                        node.path("id").asText(),
                        node.path("version").asText("1.0.0")),
                texts(node.path("names"), node.path("name").asText()),
                new ArtefactId(flow.group(1), flow.group(2), flow.group(3)),
                targets,
                headings(node.path("attributes")));
    }

    private static List<Reported> headings(JsonNode attributes) {
        List<Reported> headings = new ArrayList<>();
        for (JsonNode one : attributes) {
            String id = one.path("id").asText();
            JsonNode value = one.path("value");
            LocalName text = value.isObject() ? texts(value, "") : null;
            headings.add(new Reported(id, name(one, id), text, code(value), headings(one.path("attributes"))));
        }
        return headings;
    }

    private static @Nullable String code(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static LocalName name(JsonNode attribute, String id) {
        for (JsonNode annotation : attribute.path("annotations")) {
            if (annotation.path("type").asText().equals(MetadataJson.NAME)) {
                return texts(annotation.path("texts"), annotation.path("text").asText(id));
            }
        }
        return LocalName.en(id);
    }

    private static LocalName texts(JsonNode texts, String otherwise) {
        TreeMap<String, String> byLanguage = new TreeMap<>();
        texts.properties()
                .forEach(
                        entry -> byLanguage.put(entry.getKey(), entry.getValue().asText()));
        if (byLanguage.isEmpty()) {
            byLanguage.put("en", otherwise);
        }
        return new LocalName(byLanguage);
    }
}
