package org.entente.gateway.releases;

import org.jspecify.annotations.Nullable;

/**
 * What goes with an import.
 *
 * @param status provisional or final
 * @param protection why the figures reveal no person
 * @param editionOf number of the release of which this is a wider edition; null for a new release
 */
public record ReleaseTerms(
        ReleaseStatus status,
        Protection protection,
        @Nullable Integer editionOf) {}
