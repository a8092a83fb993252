package org.entente.gateway.node;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Takes away an {@code Accept-Language} that is none, since a server may disregard the field (RFC 9110, section 12.5.4) and the framework,
 * which reads it for every route, fails at one such as {@code ;} with an error of its own.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class LanguageFilter implements Ordered {

    @RequestFilter
    void disregardWhatIsNone(HttpRequest<?> request) {
        try {
            request.getLocale();
        } catch (RuntimeException unreadable) {
            if (request.getHeaders() instanceof MutableHttpHeaders fields) {
                fields.remove(HttpHeaders.ACCEPT_LANGUAGE);
            }
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
