package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The closed list of purposes (clause 5); nothing outside it can be asked for. */
public enum Purpose {
    STATISTICS("statistics"),
    DIASPORA_PLANNING("diaspora-planning"),
    CRISIS_RESPONSE("crisis-response"),
    MIGRATION_PROFILE("migration-profile");

    private final String token;

    Purpose(String token) {
        this.token = token;
    }

    /** The spelling in documents, in the {@code Entente-Purpose} header and in records. */
    @JsonValue
    public String token() {
        return token;
    }

    /** The purpose with this token; empty when there is none, so that the caller can refuse by name. */
    public static Optional<Purpose> parse(String token) {
        return Arrays.stream(values()).filter(p -> p.token.equals(token)).findFirst();
    }
}
