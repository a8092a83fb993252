package org.entente.gateway.releases.inventory;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.ErrorResponses;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Problem;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** The inventory for partners that were admitted to it. A refusal is signed like an answer. */
@Controller(port = Listeners.NODE, value = "/inventory")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class InventoryNodeController {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final Inventory inventory;
    private final ErrorResponses errors;

    InventoryNodeController(NodeDoor door, Inventory inventory, ErrorResponses errors) {
        this.door = door;
        this.inventory = inventory;
        this.errors = errors;
    }

    @Get(produces = MediaType.ALL)
    HttpResponse<byte[]> inventory(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        byte[] body;
        try {
            body = inventory.shownTo(call.partner().party());
        } catch (RuntimeException e) {
            Problem problem = errors.problem(request, e);
            return door.answer(call, problem.status(), Problem.MEDIA_TYPE, CanonicalJson.encode(problem));
        }
        return door.answer(call, 200, MediaType.APPLICATION_JSON, body);
    }
}
