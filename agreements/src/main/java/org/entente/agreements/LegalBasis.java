package org.entente.agreements;

import org.jspecify.annotations.Nullable;

/** The law or treaty that lets a party exchange these figures (clause 3). */
public record LegalBasis(
        Text title, @Nullable String reference, @Nullable String article) {}
