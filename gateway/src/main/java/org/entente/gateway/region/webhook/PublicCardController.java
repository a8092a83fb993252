package org.entente.gateway.region.webhook;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;

/** The node's chain of cards for everybody, root card first: with it a receiver verifies who has signed a message. */
@Controller(port = Listeners.PUBLIC)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class PublicCardController {
    static final String PATH = "/card/chain";

    private final NodeIdentity identity;

    PublicCardController(NodeIdentity identity) {
        this.identity = identity;
    }

    @Get(value = PATH, produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> chain() {
        return HttpResponse.ok(CardList.write(identity.chain()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "public, max-age=300");
    }
}
