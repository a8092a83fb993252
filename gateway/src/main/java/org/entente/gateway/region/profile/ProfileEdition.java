package org.entente.gateway.region.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An edition of a profile, as it is kept.
 *
 * @param programme id of the programme
 * @param edition 1, 2, ... within the programme
 * @param digest SHA-256 of the canonical profile, base64url
 * @param madeBy staff user
 * @param published when it was published; null while it is for members alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileEdition(
        String programme,
        int edition,
        UUID round,
        String digest,
        Instant made,
        @JsonIgnore UUID madeBy,
        @Nullable Instant published) {}
