package org.entente.gateway.node;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.entente.gateway.base.ClientCertificate;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeListenerSettings;

/**
 * Refuses whatever reaches the node listener without a TLS session and a certificate of the caller, before any route is
 * looked at. TLS itself should have refused it; this stands behind it because a listener whose TLS context failed to load
 * serves plain HTTP.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class NodeDoorFilter implements Ordered {

    private final int nodePort;

    NodeDoorFilter(NodeListenerSettings node) {
        this.nodePort = node.port();
    }

    @RequestFilter
    void requireCallersCertificate(HttpRequest<?> request) {
        if (request.getServerAddress().getPort() == nodePort
                && ClientCertificate.of(request).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PLAIN_TEXT_REFUSED, "The call reached the node port without TLS and certificate.");
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
