package org.entente.agreements;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;

/** The published JSON Schema (draft 2020-12). */
public final class AgreementSchema {
    private static final String RESOURCE = "agreement-1.json";

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    new String(bytes(), java.nio.charset.StandardCharsets.UTF_8),
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ENGLISH)
                            .build());

    private AgreementSchema() {}

    /** The schema as published. */
    public static byte[] bytes() {
        try (InputStream in = AgreementSchema.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(in, RESOURCE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a document that does not follow the schema, naming every fault that was found. */
    static void check(JsonNode document) throws InvalidAgreementException {
        List<Problem> problems = SCHEMA.validate(document).stream()
                .map(AgreementSchema::problem)
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidAgreementException(problems);
        }
    }

    private static Problem problem(ValidationMessage message) {
        return new Problem(Reason.SCHEMA, message.getInstanceLocation().toString(), message.getError());
    }
}
