package org.entente.gateway.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A staff user as administrators see it: everything but the password. */
public record UserAccount(
        UUID id,
        String name,
        String fullName,
        Set<Grant> grants,
        boolean enabled,
        @Nullable Instant lockedUntil,
        Instant created) {}
