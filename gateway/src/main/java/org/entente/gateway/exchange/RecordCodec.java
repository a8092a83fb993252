package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.canonical.JsonBuffers;

/** Exchange records as JSON, strictly: an unknown member is refused, since nobody would have checked it. */
public final class RecordCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonBuffers.shared().build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private RecordCodec() {}

    /** The record as a JSON object; its canonical form (RFC 8785) is what the journal commits to. */
    public static ObjectNode toJson(ExchangeRecord record) {
        return MAPPER.valueToTree(record);
    }

    /** Any value as a JSON tree, by the same conventions. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads canonical bytes as a record of the wanted type.
     *
     * @throws VerificationException with NOT_CANONICAL or MALFORMED
     */
    public static <T extends ExchangeRecord> T read(byte[] canonical, Class<T> type) throws VerificationException {
        JsonNode tree;
        try {
            tree = CanonicalJson.parseCanonical(canonical);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(
                    VerificationException.Reason.NOT_CANONICAL, "The record is not canonical JSON (RFC 8785).", e);
        }
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new VerificationException(
                    VerificationException.Reason.MALFORMED,
                    "The record is not of kind " + type.getSimpleName() + ".",
                    e);
        }
    }

    /**
     * Reads canonical bytes as any value.
     *
     * @throws VerificationException with MALFORMED
     */
    static <T> T value(byte[] canonical, Class<T> type) throws VerificationException {
        return value(CanonicalJson.parseStrict(canonical), type);
    }

    /**
     * Reads a JSON tree as any value.
     *
     * @throws VerificationException with MALFORMED
     */
    public static <T> T value(JsonNode tree, Class<T> type) throws VerificationException {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new VerificationException(
                    VerificationException.Reason.MALFORMED, "It cannot be read as " + type.getSimpleName() + ".", e);
        }
    }
}
