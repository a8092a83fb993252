package org.entente.gateway.treaties;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/**
 * How far an act has got on its way to a partner.
 *
 * @param delivered when the partner acknowledged it; null while it is under way
 * @param error why the last try failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        String act,
        String partner,
        String digest,
        int tries,
        @Nullable @Iso Instant delivered,
        @Nullable String error) {}
