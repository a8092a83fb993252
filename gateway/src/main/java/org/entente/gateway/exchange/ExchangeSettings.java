package org.entente.gateway.exchange;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Exchanges: {@code entente.exchange.*}.
 *
 * @param giveUpAfter how long after the last request an exchange without an answer is closed as never received; no shorter than a
 *     provider repeats its answers makes sense
 */
@ConfigurationProperties("entente.exchange")
record ExchangeSettings(@Bindable(defaultValue = "72h") Duration giveUpAfter) {}
