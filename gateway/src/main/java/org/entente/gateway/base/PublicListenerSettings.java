package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The listener for everybody: {@code entente.public.*}. Without a port there is none.
 *
 * @param host address to listen on, loopback by default; any other address requires {@code tls}
 * @param port port to listen on; 0 if there is no such listener
 * @param tls whether the listener speaks TLS, with the node's TLS key
 * @param publicUri base URI under which people reach it, with which feeds and exports name permanent addresses; by default made of host
 *     and port
 */
@ConfigurationProperties("entente.public")
public record PublicListenerSettings(
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "0") int port,
        @Bindable(defaultValue = "false") boolean tls,
        @Nullable URI publicUri) {

    /** Whether there is such a listener. */
    public boolean open() {
        return port != 0;
    }

    /** Whether a request came in by it. */
    public boolean received(HttpRequest<?> request) {
        return open() && request.getServerAddress().getPort() == port;
    }

    /** The base URI of permanent addresses, without a slash at its end. */
    public String baseUri() {
        String text = publicUri == null ? (tls ? "https://" : "http://") + host + ":" + port : publicUri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
