package org.entente.gateway.releases;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How released figures are kept: {@code entente.releases.*}.
 *
 * @param memoryBytes memory for the cubes of published releases, 256 MiB by default; what does not fit is read from the
 *     database when it is asked for
 * @param fresh for how long the list of published releases is taken to be current, 2 s by default; a release published
 *     by another process of the node is seen after that time at the latest
 */
@ConfigurationProperties("entente.releases")
public record ReleaseSettings(
        @Bindable(defaultValue = "268435456") long memoryBytes,
        @Bindable(defaultValue = "2s") Duration fresh) {}
