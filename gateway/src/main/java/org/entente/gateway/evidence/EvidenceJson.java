package org.entente.gateway.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;

/** Evidence files as bytes: each is its own canonical form (RFC 8785), so that no byte is without meaning, and has a member {@code seal}. */
final class EvidenceJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private EvidenceJson() {}

    /**
     * Reads a file.
     *
     * @param format what its member {@code format} must say
     * @param required members that must be there
     * @throws VerificationException with NOT_CANONICAL or MALFORMED
     */
    static <T> T read(byte[] file, Class<T> type, String format, List<String> required) throws VerificationException {
        try {
            JsonNode tree = CanonicalJson.parseStrict(file);
            if (!CanonicalJson.isCanonical(file)) {
                throw new VerificationException(
                        Reason.NOT_CANONICAL, "The file is not byte for byte its own canonical form (RFC 8785).");
            }
            for (String member : required) {
                if (!tree.hasNonNull(member)) {
                    throw new VerificationException(Reason.MALFORMED, "The file lacks the member " + member + ".");
                }
            }
            T evidence = MAPPER.treeToValue(tree, type);
            if (!MAPPER.valueToTree(evidence).equals(tree)
                    || !format.equals(tree.path("format").asText())) {
                throw new VerificationException(
                        Reason.MALFORMED, "The file is not of format " + format + ", or lacks a member.");
            }
            return evidence;
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new VerificationException(Reason.MALFORMED, "The file is not evidence in JSON.", e);
        }
    }

    /** Of which format a file says that it is; empty if it says nothing that can be read. */
    static String format(byte[] file) {
        try {
            return CanonicalJson.parseStrict(file).path("format").asText();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The bytes of a file. */
    static byte[] encode(Object evidence) {
        return CanonicalJson.encode(MAPPER.valueToTree(evidence));
    }

    /** The canonical bytes of everything but the seal: what the seal covers. */
    static byte[] withoutSeal(Object evidence) {
        ObjectNode tree = MAPPER.valueToTree(evidence);
        tree.remove("seal");
        return CanonicalJson.encode(tree);
    }
}
