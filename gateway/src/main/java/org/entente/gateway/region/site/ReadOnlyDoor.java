package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.PublicListenerSettings;

/** Refuses whatever reaches the public listener and does not only read, but for deposits and comments by a link, before any route is looked at. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(property = Listeners.PUBLIC_PORT)
final class ReadOnlyDoor implements Ordered {
    /** Where focal points hand in figures by a link; its token is asked for there. */
    static final String DEPOSITS = "/deposits/";

    /** Where those who were asked comment on drafts by a link; its token is asked for there. */
    static final String CONSULTATIONS = "/consultations/";

    private final PublicListenerSettings listener;

    ReadOnlyDoor(PublicListenerSettings listener) {
        this.listener = listener;
    }

    @RequestFilter
    void requireReading(HttpRequest<?> request) {
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (listener.received(request) && !reads && !takes(request)) {
            throw new EntenteException(
                    ErrorCode.METHOD_NOT_ALLOWED, "The public site is only read, with GET and HEAD.");
        }
    }

    private static boolean takes(HttpRequest<?> request) {
        return request.getPath().startsWith(DEPOSITS) || request.getPath().startsWith(CONSULTATIONS);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
