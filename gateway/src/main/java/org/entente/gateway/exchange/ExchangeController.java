package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** What partners may call: data under a leg, where a request stands, receipts and deletion records. Reads the address as it came, since frameworks decode {@code +} and brackets. */
@Controller(port = Listeners.NODE)
@ExecuteOn(TaskExecutors.BLOCKING)
@io.micronaut.security.annotation.Secured(io.micronaut.security.rules.SecurityRule.IS_ANONYMOUS)
class ExchangeController {
    private static final byte[] NOTHING = new byte[0];

    private final NodeDoor door;
    private final Answering answering;
    private final WaitingDesk waiting;
    private final ReceiptDesk desk;
    private final DeletionDesk deletions;
    private final ObjectMapper mapper;

    ExchangeController(
            NodeDoor door,
            Answering answering,
            WaitingDesk waiting,
            ReceiptDesk desk,
            DeletionDesk deletions,
            ObjectMapper mapper) {
        this.door = door;
        this.answering = answering;
        this.waiting = waiting;
        this.desk = desk;
        this.deletions = deletions;
        this.mapper = mapper;
    }

    @Get("/sdmx/v2/data/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> data(HttpRequest<?> request, String path) {
        AuthenticatedCall call = door.authenticate(request, NOTHING, true);
        String rawPath = request.getUri().getRawPath();
        Answering.Answer answer = answering.answer(
                call,
                rawPath.substring(WireQuery.BASE.length()),
                request.getUri().getRawQuery());
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(answer.status(), reason(answer.status()))
                .body(answer.body());
        answer.headers().all().forEach(field -> response.header(field.name(), field.value()));
        return response;
    }

    /** Where a request of the caller stands that a person of this node decides. Not journaled: the answer will be. */
    @Get("/requests/{exchange}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> request(HttpRequest<?> request, String exchange) {
        AuthenticatedCall call = door.authenticate(request, NOTHING, false);
        DeferralNotice notice = waiting.status(call.partner().party(), ExchangeHeaders.exchangeId(exchange));
        try {
            return door.answer(call, 200, DeferralNotice.MEDIA_TYPE, mapper.writeValueAsBytes(notice));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Post("/receipts")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> receipts(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        try {
            ReceiptMessage.Verdict verdict = desk.take(call, mapper.readValue(body, ReceiptMessage.Batch.class));
            return door.answer(call, 200, MediaType.APPLICATION_JSON, mapper.writeValueAsBytes(verdict));
        } catch (JsonProcessingException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The receipts are not in the agreed form.", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Proofs that the caller has deleted what this node answered. */
    @Post("/deletions")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> deletions(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        try {
            ReceiptMessage.Verdict verdict = deletions.take(call, mapper.readValue(body, DeletionMessage.Batch.class));
            return door.answer(call, 200, MediaType.APPLICATION_JSON, mapper.writeValueAsBytes(verdict));
        } catch (JsonProcessingException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "The deletion records are not in the agreed form.", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            default -> "Refused";
        };
    }
}
