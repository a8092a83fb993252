package org.entente.gateway.partners;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.gateway.base.Listeners;

/** This node's own card, for partners: the current one, and the chain from the root card. */
@Controller(port = Listeners.NODE, value = "/card")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CardController {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final NodeIdentity identity;

    CardController(NodeDoor door, NodeIdentity identity) {
        this.door = door;
        this.identity = identity;
    }

    @Get(produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> current(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(
                call, 200, MediaType.APPLICATION_JSON, identity.current().toJson());
    }

    @Get(value = "/chain", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> chain(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(call, 200, MediaType.APPLICATION_JSON, CardList.write(identity.chain()));
    }

    /** The caller's own cards as they are held here: what it has lost of them with its database, it takes back from its partners. */
    @Get(value = "/held", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> held(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(
                call,
                200,
                MediaType.APPLICATION_JSON,
                CardList.write(call.partner().chain()));
    }
}
