package org.entente.crypto.canonical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON in the one byte form of RFC 8785 (JCS): members ordered by UTF-16 code units, no white space, numbers as
 * ECMAScript writes them. Reading is strict: UTF-8 only, no duplicate names, nothing after the value, at most {@value
 * #MAX_DEPTH} levels, no number that a double cannot hold, no lone surrogate.
 */
public final class CanonicalJson {
    /** Deepest nesting that is read or written. */
    public static final int MAX_DEPTH = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonBuffers.shared()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(400)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /**
     * The canonical form of a JSON text.
     *
     * @throws IllegalArgumentException if the text is not strict JSON
     */
    public static byte[] canonicalize(byte[] json) {
        return CanonicalWriter.write(parseStrict(json), true);
    }

    /**
     * The canonical form of a JSON text.
     *
     * @throws IllegalArgumentException if the text is not strict JSON
     */
    public static byte[] canonicalize(String json) {
        return canonicalize(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The canonical form of a Jackson tree, map, list or record.
     *
     * @throws IllegalArgumentException if a number would change its value in a double (use a string for those)
     */
    public static byte[] encode(Object value) {
        JsonNode node = value instanceof JsonNode tree ? tree : MAPPER.valueToTree(value);
        return CanonicalWriter.write(node, false);
    }

    /** Whether the bytes are strict JSON in canonical form. */
    public static boolean isCanonical(byte[] json) {
        try {
            parseCanonical(json);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Reads strict JSON that is in canonical form.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static JsonNode parseCanonical(byte[] json) {
        JsonNode node = parseStrict(json);
        if (!Arrays.equals(json, CanonicalWriter.write(node, true))) {
            throw new IllegalArgumentException("the JSON text is not in canonical form (RFC 8785)");
        }
        return node;
    }

    /**
     * Reads strict JSON.
     *
     * @throws IllegalArgumentException saying what is wrong and where, if the bytes are not strict JSON
     */
    public static JsonNode parseStrict(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IllegalArgumentException("the JSON text is empty");
            }
            return node;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the JSON text is not UTF-8", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not strict JSON: " + e.getOriginalMessage(), e);
        }
    }
}
