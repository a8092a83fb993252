package org.entente.gateway.evidence.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.exchange.ExchangeLedger;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** Gives a partner this node's records of their exchanges, and of no others. Not journaled: the caller journals what it finds. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class ReconciliationNodeController {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final ExchangeLedger ledger;
    private final ObjectMapper mapper;

    ReconciliationNodeController(NodeDoor door, ExchangeLedger ledger, ObjectMapper mapper) {
        this.door = door;
        this.ledger = ledger;
        this.mapper = mapper;
    }

    @Get(value = LedgerPage.PATH, produces = MediaType.ALL)
    HttpResponse<byte[]> lines(
            HttpRequest<?> request, @QueryValue String side, @QueryValue String from, @QueryValue String to)
            throws JsonProcessingException {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        try {
            LedgerPage page = LedgerPage.of(
                    ledger,
                    LedgerPage.Side.valueOf(side),
                    call.partner().party(),
                    UUID.fromString(from),
                    UUID.fromString(to));
            return door.answer(call, 200, MediaType.APPLICATION_JSON, mapper.writeValueAsBytes(page));
        } catch (IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "The side is ASKED or ANSWERED, and from and to are exchange ids.", e);
        }
    }
}
