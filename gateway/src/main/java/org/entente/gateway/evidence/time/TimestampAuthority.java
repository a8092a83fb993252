package org.entente.gateway.evidence.time;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp authority that this node asks, in the order of the list {@code entente.timestamp.authorities}.
 *
 * @param index place in the list
 * @param url where requests are posted (RFC 3161 section 3.4)
 * @param trust PEM file with the authority's certificate or that of an issuer above it
 * @param policy object identifier of the policy to ask for; the authority's own without it
 */
@EachProperty(value = "entente.timestamp.authorities", list = true)
record TimestampAuthority(
        @Parameter Integer index,
        URI url,
        Path trust,
        @Nullable String policy) {}
