package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls to partners: {@code entente.outbound.*}.
 *
 * @param proxy HTTP proxy through which partners are reached by CONNECT ({@code http://host:port}); none by default
 * @param connectTimeout time to connect and to agree on TLS
 * @param answerTimeout time until a partner's whole answer is here
 */
@ConfigurationProperties("entente.outbound")
public record OutboundSettings(
        @Nullable URI proxy,
        @Bindable(defaultValue = "10s") Duration connectTimeout,
        @Bindable(defaultValue = "60s") Duration answerTimeout) {}
