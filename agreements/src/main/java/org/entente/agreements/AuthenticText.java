package org.entente.agreements;

import org.jspecify.annotations.Nullable;

/** A signed text outside this document, pinned by its digest; it prevails when {@link AuthenticForm#TEXT} was chosen. */
public record AuthenticText(
        String language,
        String mediaType,
        String sha256,
        @Nullable Text title) {}
