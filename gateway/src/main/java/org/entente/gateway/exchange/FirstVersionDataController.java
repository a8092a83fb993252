package org.entente.gateway.exchange;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.simple.SimpleHttpHeaders;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.sdmx.RestV1;

/**
 * SDMX data by REST 1, which many tools still speak: the address is translated and answered by {@link DataController}. A tool
 * that takes any format gets SDMX-ML 2.1 generic data, and nothing found is 404, as that version has it.
 */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class FirstVersionDataController {

    private static final String V1 = "/sdmx/v1";
    private static final String V2 = "/sdmx/v2";
    private static final String GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1";

    private final DataController second;

    FirstVersionDataController(DataController second) {
        this.second = second;
    }

    @Get("/sdmx/v1/data/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<?> data(HttpRequest<?> request, String path, StaffUser user) throws IOException {
        RestV1 translated = RestV1.translate(
                request.getUri().getRawPath().substring(V1.length()),
                request.getUri().getRawQuery());
        String query = translated.rawQuery().isEmpty() ? "" : "?" + translated.rawQuery();
        HttpResponse<?> answer =
                second.data(new Translated<>(request, URI.create(V2 + translated.rawPath() + query)), path, user);
        if (answer.status() == HttpStatus.NO_CONTENT) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "There are no data that the query means.");
        }
        return answer;
    }

    /** The request with another address, and with a format where it names none. */
    private static final class Translated<B> extends HttpRequestWrapper<B> {
        private final URI uri;
        private final io.micronaut.http.MutableHttpHeaders headers;

        Translated(HttpRequest<B> request, URI uri) {
            super(request);
            this.uri = uri;
            Map<String, String> copied = new LinkedHashMap<>();
            request.getHeaders().forEach((name, values) -> copied.put(name, String.join(",", values)));
            this.headers = new SimpleHttpHeaders(copied, io.micronaut.core.convert.ConversionService.SHARED);
            String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
            if (accept == null || accept.isBlank() || accept.strip().equals("*/*")) {
                headers.set(HttpHeaders.ACCEPT, GENERIC);
            }
        }

        @Override
        public URI getUri() {
            return uri;
        }

        @Override
        public io.micronaut.http.HttpHeaders getHeaders() {
            return headers;
        }
    }
}
