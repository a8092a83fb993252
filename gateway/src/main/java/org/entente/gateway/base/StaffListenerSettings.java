package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The listener for the node's own staff: {@code entente.staff.*}.
 *
 * @param host address to listen on, loopback by default; any other address requires {@code tls}
 * @param port port to listen on, 7101 by default
 * @param tls whether the listener speaks TLS, with the node's TLS key
 * @param keyInQuery whether an access key is also taken from the address ({@code key=}); off by default, since addresses are shown and kept in
 *     many places outside the gateway
 */
@ConfigurationProperties("entente.staff")
public record StaffListenerSettings(
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "7101") int port,
        @Bindable(defaultValue = "false") boolean tls,
        @Bindable(defaultValue = "false") boolean keyInQuery) {}
