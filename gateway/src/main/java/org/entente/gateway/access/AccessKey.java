package org.entente.gateway.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal key for a user's tools, as the user and administrators see it: everything but the key.
 *
 * @param name what the user calls it
 * @param lastUsed to the minute; absent if it was never used
 * @param state {@code valid}, {@code expired} or {@code revoked}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessKey(
        UUID id,
        String name,
        Instant created,
        Instant expires,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked,
        String state) {

    /**
     * A key that was just made.
     *
     * @param text the key itself, which nobody can show again
     */
    public record Made(AccessKey key, String text) {
        @Override
        public String toString() {
            return "Made[" + key.id + "]";
        }
    }
}
