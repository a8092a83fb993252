package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Problem;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Negotiation;

/** SDMX data for the node's own staff (REST 2, {@code /data}). Where each partner's figures came from is said in {@code Entente-} fields. */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class DataController {
    private static final String BASE = "/sdmx/v2";
    private static final int ACCEPTED = 202;

    private final StaffData data;
    private final Askers askers;
    private final FigureNotes notes;
    private final Exports exports;
    private final NodeIdentity identity;
    private final ObjectMapper mapper;
    private final Clock clock;

    DataController(
            StaffData data,
            Askers askers,
            FigureNotes notes,
            Exports exports,
            NodeIdentity identity,
            ObjectMapper mapper,
            Clock clock) {
        this.data = data;
        this.askers = askers;
        this.notes = notes;
        this.exports = exports;
        this.identity = identity;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Get("/sdmx/v2/data/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> data(HttpRequest<?> request, String path, StaffUser user) {
        String rawPath = request.getUri().getRawPath().substring(BASE.length());
        DataQuery query = DataQuery.parse(rawPath, request.getUri().getRawQuery(), StaffData.PARAMETERS);
        DataFormat format = Negotiation.choose(
                DataFormat.offered(),
                String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)),
                query.extensions());
        StaffData.Found found;
        try {
            found = data.find(query, askers.of(user));
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.ANSWER_WAITS) {
                return waits(e);
            }
            throw e;
        }
        DataMessage message = DataMessage.of(
                data.dataflow(),
                found.cube(),
                found.query(),
                new MessageHeader(UUID.randomUUID().toString(), clock.instant(), identity.party()));
        boolean empty = !message.observations().get().next();
        MutableHttpResponse<byte[]> response = empty
                ? HttpResponse.noContent()
                : HttpResponse.ok(write(format, message)).contentType(format.contentType());
        origins(found, response);
        if ("true".equals(query.extensions().get("export")) && !empty) {
            export(found, format, user, response);
        }
        return response.header(HttpHeaders.VARY, "Accept, Accept-Encoding, Authorization");
    }

    /** A partner lets a person decide: no figures yet, and where to ask after them. */
    private HttpResponse<byte[]> waits(EntenteException e) {
        String exchange = String.valueOf(e.members().get("exchange"));
        Problem notice = new Problem(
                e.code().type(),
                e.code().title(),
                ACCEPTED,
                e.detail(),
                e.code().remedy(),
                e.members());
        try {
            return HttpResponse.<byte[]>accepted()
                    .body(mapper.writeValueAsBytes(notice))
                    .contentType(MediaType.APPLICATION_JSON_PROBLEM)
                    .header("Location", "/api/exchanges/" + exchange + "/status")
                    .header("Entente-Exchange", exchange);
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The copy is recorded with the person who takes it before it is handed over. */
    private void export(
            StaffData.Found found, DataFormat format, StaffUser user, MutableHttpResponse<byte[]> response) {
        exports.record(found.figures(), user).forEach(id -> response.header("Entente-Export", id.toString()));
        response.header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"figures." + (format.contentType().contains("json") ? "json" : "csv") + "\"");
    }

    private void origins(StaffData.Found found, MutableHttpResponse<byte[]> response) {
        for (Asking.Figures figures : found.figures()) {
            Duration age = Duration.between(figures.received(), clock.instant());
            response.header("Entente-Exchange", figures.exchange().toString());
            response.header(
                    "Entente-Source",
                    figures.provider() + ";exchange=" + figures.exchange() + ";leg=" + figures.leg() + ";held="
                            + (figures.held() ? "?1" : "?0") + ";age=" + Math.max(0, age.toSeconds()));
            Duties duties = figures.duties();
            if (duties != null) {
                response.header("Entente-Obligations", duties.field(figures.provider()));
            }
            int said = notes.count(figures.agreement(), figures.release());
            if (said > 0) {
                response.header(
                        "Entente-Notes",
                        figures.provider() + ";count=" + said + ";at=\"/api/exchanges/" + figures.exchange()
                                + "/notes\"");
            }
        }
    }

    private static byte[] write(DataFormat format, DataMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            format.write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
