package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The law or treaty that lets a party exchange these figures (clause 3). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LegalBasis(
        Text title, @Nullable String reference, @Nullable String article) {}
