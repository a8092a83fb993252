package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;

/**
 * Reads and writes the document. Reading goes through four gates: JSON, the schema, the model (which must hold the document without loss, so
 * that nothing that was signed can go unnoticed) and the semantic checks.
 */
final class AgreementReader {
    /** No agreement seen comes near this; a document beyond it is refused before it is read. */
    private static final int MAX_BYTES = 8 << 20;

    /** Absent and empty are the same in the model, and only absent is written; the schema admits no empty array or text. */
    private static final ObjectMapper MODEL = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .build();

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // NO is Norway, not a falsehood.
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AgreementReader() {}

    static Agreement signed(byte[] canonical) throws InvalidAgreementException {
        JsonNode tree = json(canonical);
        if (!Arrays.equals(canonical, CanonicalJson.encode(tree))) {
            throw new InvalidAgreementException(
                    Reason.NOT_CANONICAL, "", "is not in canonical form (RFC 8785), so these bytes cannot be signed");
        }
        return model(tree);
    }

    static Agreement authored(byte[] jsonOrYaml) throws InvalidAgreementException {
        return model(tree(jsonOrYaml));
    }

    /** Strict JSON when the text begins like an object, else YAML. */
    static JsonNode tree(byte[] jsonOrYaml) throws InvalidAgreementException {
        int i = 0;
        while (i < jsonOrYaml.length && Character.isWhitespace(jsonOrYaml[i])) {
            i++;
        }
        return i < jsonOrYaml.length && jsonOrYaml[i] == '{' ? json(jsonOrYaml) : yaml(jsonOrYaml);
    }

    static Agreement model(JsonNode tree) throws InvalidAgreementException {
        Agreement agreement = schematic(tree);
        List<Problem> problems = Meaning.problems(agreement);
        if (!problems.isEmpty()) {
            throw new InvalidAgreementException(problems);
        }
        return agreement;
    }

    /** A document that follows the schema and that the model holds without loss; it may still contradict itself. */
    static Agreement schematic(JsonNode tree) throws InvalidAgreementException {
        AgreementSchema.check(tree);
        Agreement agreement = read(tree);
        if (!Arrays.equals(CanonicalJson.encode(tree), canonical(agreement))) {
            throw new InvalidAgreementException(
                    Reason.SCHEMA, "", "says something that this version of the model cannot hold");
        }
        return agreement;
    }

    static byte[] canonical(Agreement agreement) {
        return CanonicalJson.encode(MODEL.<JsonNode>valueToTree(agreement));
    }

    /** For people to read and edit: the members in the order of the model, every text in quotes. */
    static byte[] yaml(Agreement agreement) {
        try {
            return YAML.writeValueAsBytes(MODEL.<JsonNode>valueToTree(agreement));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }

    static String digest(byte[] canonical) {
        return Base64Url.encode(Digests.sha256(canonical));
    }

    private static JsonNode json(byte[] bytes) throws InvalidAgreementException {
        limit(bytes);
        try {
            return CanonicalJson.parseStrict(bytes);
        } catch (IllegalArgumentException e) {
            throw new InvalidAgreementException(Reason.UNREADABLE, "", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode yaml(byte[] bytes) throws InvalidAgreementException {
        limit(bytes);
        try {
            return YAML.readTree(bytes);
        } catch (JacksonException e) {
            throw new InvalidAgreementException(Reason.UNREADABLE, "", "not readable YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidAgreementException(Reason.UNREADABLE, "", "not readable: " + e.getMessage());
        }
    }

    private static void limit(byte[] bytes) throws InvalidAgreementException {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidAgreementException(
                    Reason.UNREADABLE, "", "has " + bytes.length + " bytes; at most " + MAX_BYTES + " are read");
        }
    }

    private static Agreement read(JsonNode tree) throws InvalidAgreementException {
        try {
            return MODEL.treeToValue(tree, Agreement.class);
        } catch (JsonMappingException e) {
            throw new InvalidAgreementException(Reason.SCHEMA, pointer(e), e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidAgreementException(Reason.SCHEMA, "", e.getOriginalMessage());
        }
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> "/" + (r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName()))
                .collect(Collectors.joining());
    }
}
