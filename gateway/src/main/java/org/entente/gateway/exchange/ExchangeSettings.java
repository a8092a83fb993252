package org.entente.gateway.exchange;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Exchanges: {@code entente.exchange.*}.
 *
 * @param giveUpAfter how long after the last request an exchange without an answer is closed as never received; no shorter than a
 *     provider repeats its answers makes sense
 * @param fileValidity how old the messages in a sealed file may be, and how long an answer by file is waited for
 * @param memoryBytes memory for the cubes of partners' answers, 64 MiB by default; what does not fit is read from the database when it is
 *     asked for
 */
@ConfigurationProperties("entente.exchange")
record ExchangeSettings(
        @Bindable(defaultValue = "72h") Duration giveUpAfter,
        @Bindable(defaultValue = "30d") Duration fileValidity,
        @Bindable(defaultValue = "67108864") long memoryBytes) {}
