package org.entente.gateway.region.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Messages to addresses outside: {@code entente.webhooks.*}.
 *
 * @param privateAddresses whether hosts with loopback, private or otherwise special addresses may be called
 * @param plainHttp whether addresses without TLS may be called
 * @param authorities PEM file with certificates that are trusted beside the usual authorities; none by default
 * @param timeout for connecting, TLS and the answer together
 * @param giveUp how long a message is tried
 */
@ConfigurationProperties("entente.webhooks")
record WebhookSettings(
        @Bindable(defaultValue = "false") boolean privateAddresses,
        @Bindable(defaultValue = "false") boolean plainHttp,
        @Nullable Path authorities,
        @Bindable(defaultValue = "15s") Duration timeout,
        @Bindable(defaultValue = "72h") Duration giveUp) {}
