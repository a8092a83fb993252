package org.entente.gateway.releases;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.entente.gateway.base.StaffListenerSettings;
import org.jspecify.annotations.Nullable;

/**
 * Lets scripts of any web page read the SDMX service of the staff listener (Fetch standard, CORS), errors included. A page gets
 * nothing by it that it has no token or access key for: credentials that a browser keeps are never sent along, since the origin
 * is answered with {@code *}.
 */
@ServerFilter("/sdmx/**")
final class SdmxCors implements Ordered {

    private static final String ORIGIN = "Access-Control-Allow-Origin";

    private final StaffListenerSettings staff;

    SdmxCors(StaffListenerSettings staff) {
        this.staff = staff;
    }

    /** Answers the question before a request, which carries no credentials and is asked of no route. */
    @RequestFilter
    @Nullable
    HttpResponse<?> preflight(HttpRequest<?> request) {
        boolean asks = request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().contains("Access-Control-Request-Method");
        if (!asks || !onStaffListener(request)) {
            return null;
        }
        return HttpResponse.noContent()
                .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .header(
                        "Access-Control-Allow-Headers",
                        "Accept, Accept-Language, Authorization, If-Modified-Since, If-None-Match")
                .header("Access-Control-Max-Age", "86400");
    }

    @ResponseFilter
    void open(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (onStaffListener(request) && !response.getHeaders().contains(ORIGIN)) {
            response.header(ORIGIN, "*")
                    .header("Access-Control-Expose-Headers", "*, ETag, Last-Modified, Location, Retry-After");
        }
    }

    private boolean onStaffListener(HttpRequest<?> request) {
        return request.getServerAddress().getPort() == staff.port();
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 100;
    }
}
