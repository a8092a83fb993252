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
 * @param exchangesAtOnce how many exchanges with one partner are under way at once; further ones wait their turn for as long as for an answer
 */
@ConfigurationProperties("entente.outbound")
public record OutboundSettings(
        @Nullable URI proxy,
        @Bindable(defaultValue = "10s") Duration connectTimeout,
        @Bindable(defaultValue = "60s") Duration answerTimeout,
        @Bindable(defaultValue = "16") int exchangesAtOnce) {

    public OutboundSettings {
        if (exchangesAtOnce < 1) {
            throw new IllegalArgumentException(
                    "entente.outbound.exchanges-at-once must be 1 or more, and is " + exchangesAtOnce);
        }
    }
}
