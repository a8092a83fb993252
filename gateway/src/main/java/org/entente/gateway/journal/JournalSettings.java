package org.entente.gateway.journal;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the journal works: {@code entente.journal.*}. The defaults fit; none of them weakens durability.
 *
 * @param maxBatch entries in one transaction at most
 * @param queueLimit appends that may wait; further ones are refused with {@code journal-busy}
 * @param resolveTimeout how long a commit whose outcome is unknown is looked up before its callers are told so
 * @param keepInterval how often signed notes are stored and the anchor file is written
 */
@ConfigurationProperties("entente.journal")
public record JournalSettings(
        @Bindable(defaultValue = "256") int maxBatch,
        @Bindable(defaultValue = "4096") int queueLimit,
        @Bindable(defaultValue = "30s") Duration resolveTimeout,
        @Bindable(defaultValue = "100ms") Duration keepInterval) {}
