package org.entente.agreements;

import org.jspecify.annotations.Nullable;

/** The instrument this one belongs to: a framework (by id and digest) or a treaty on paper (by title) (clause 3). */
public record Parent(
        Text title,
        @Nullable String agreement,
        @Nullable String digest,
        @Nullable String reference) {}
