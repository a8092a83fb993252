package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Limits that protect the node: {@code entente.limits.*}.
 *
 * @param bodyBytes largest message body that is read or sent, 256 MiB by default
 * @param jsonDepth deepest nesting of a JSON document that is read
 */
@ConfigurationProperties("entente.limits")
public record LimitSettings(
        @Bindable(defaultValue = "268435456") long bodyBytes,
        @Bindable(defaultValue = "64") int jsonDepth) {
    /** Deepest nesting of a JSON document, unless a node is told otherwise; the default of {@link #jsonDepth}. */
    static final int JSON_DEPTH = 64;
}
