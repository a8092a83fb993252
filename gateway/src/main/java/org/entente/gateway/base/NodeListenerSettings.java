package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The listener for partners: {@code entente.node.*}.
 *
 * @param host address to listen on; all interfaces are {@code 0.0.0.0}
 * @param port port to listen on, 7201 by default
 * @param publicUri base URI under which partners reach this listener, which messages are signed for ({@code
 *     https://host:port}, no path); by default made of host and port
 */
@ConfigurationProperties("entente.node")
public record NodeListenerSettings(
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "7201") int port,
        @Nullable URI publicUri) {

    /** The base URI for {@code @target-uri} and the card, without a slash at its end. */
    public URI baseUri() {
        URI uri = publicUri == null ? URI.create("https://" + host + ":" + port) : publicUri;
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }
}
