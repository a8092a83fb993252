package org.entente.gateway.partners;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How lists of revoked certificates are kept: {@code entente.revocation.*}.
 *
 * @param every how often the lists are fetched
 * @param grace how long an outdated list still counts towards a partner where no agreement that applies says it
 *     ({@code terms.security.revocationGraceDays})
 */
@ConfigurationProperties("entente.revocation")
record RevocationSettings(
        @Bindable(defaultValue = "1h") Duration every,
        @Bindable(defaultValue = "0s") Duration grace) {}
