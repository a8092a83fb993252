package org.entente.gateway.region.webhook;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Addresses outside that are told of new public editions, for administrators; auditors read. */
@Controller(port = Listeners.STAFF, value = "/api/webhooks")
@Secured({Roles.ADMINISTRATOR, Roles.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class WebhooksController {
    private final Webhooks webhooks;

    WebhooksController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** An address to be told. */
    record Wanted(String url, @Nullable String programme) {}

    /** Why a webhook ends. */
    record Why(String reason) {}

    @Get
    List<Webhook> list() {
        return webhooks.list();
    }

    @Post
    @Secured(Roles.ADMINISTRATOR)
    Webhook add(@Body Wanted wanted, StaffUser by) {
        return webhooks.add(wanted.url(), wanted.programme(), by);
    }

    @Get("/{id}/messages")
    List<Webhook.Delivery> deliveries(UUID id) {
        return webhooks.deliveries(id);
    }

    @Post("/{id}/end")
    @Secured(Roles.ADMINISTRATOR)
    Webhook end(UUID id, @Body Why why, StaffUser by) {
        return webhooks.end(id, why.reason(), by);
    }
}
