package org.entente.gateway.releases;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.sdmx.StructureQuery;
import org.entente.gateway.statistics.Dataflow;

/** SDMX structures for the node's own staff (REST 2, {@code /structure}), so that tools can read what data they may ask for. */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
final class StructureController {

    private static final String BASE = "/sdmx/v2";

    private final Dataflow dataflow;
    private final EntenteSettings settings;
    private final Clock clock;
    private final Uuids ids;

    StructureController(Dataflow dataflow, EntenteSettings settings, Clock clock, Uuids ids) {
        this.dataflow = dataflow;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    /** Everything that is held. */
    @Get("/sdmx/v2/structure")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> everything(HttpRequest<?> request) {
        return answer(request);
    }

    /** @param path bound by the framework, and not used: it turns the version {@code +} into a space */
    @Get("/sdmx/v2/structure/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> some(HttpRequest<?> request, String path) {
        return answer(request);
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request) {
        String rawQuery = request.getUri().getRawQuery();
        StructureQuery query =
                StructureQuery.parse(request.getUri().getRawPath().substring(BASE.length()), rawQuery);
        String format = request.getParameters().get("format");
        StructureFormat chosen = Negotiation.choose(
                StructureFormat.offered(),
                String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)),
                format == null ? Map.of() : Map.of("format", format));
        StructureMessage message = query.select(List.of(dataflow));
        if (message.isEmpty()) {
            return HttpResponse.noContent();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            message.write(new MessageHeader(ids.next().toString(), clock.instant(), settings.party()), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HttpResponse.ok(out.toByteArray())
                .contentType(chosen.contentType())
                .header(HttpHeaders.VARY, "Accept, Accept-Encoding");
    }
}
