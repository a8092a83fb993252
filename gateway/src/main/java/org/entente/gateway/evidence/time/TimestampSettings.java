package org.entente.gateway.evidence.time;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Timestamps: {@code entente.timestamp.*}. They are taken as soon as there is an authority under {@code
 * entente.timestamp.authorities}.
 *
 * @param interval how often a checkpoint is stamped while the journal grows
 * @param alarmAfter how long entries may be without a token before that is journaled and alarmed
 * @param stopAfter how long before new exchanges are stopped
 * @param renewBefore how long before the end of its certificate a token is stamped again
 * @param timeout time until an authority's whole answer is here
 */
@ConfigurationProperties("entente.timestamp")
record TimestampSettings(
        @Bindable(defaultValue = "1h") Duration interval,
        @Bindable(defaultValue = "6h") Duration alarmAfter,
        @Bindable(defaultValue = "72h") Duration stopAfter,
        @Bindable(defaultValue = "60d") Duration renewBefore,
        @Bindable(defaultValue = "10s") Duration timeout) {}
