package org.entente.gateway.exchange.subscriptions;

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

/** Standing requests, for staff. */
@Controller(port = Listeners.STAFF, value = "/api/subscriptions")
@Secured({Roles.STATISTICIAN, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class SubscriptionsController {
    private final Subscriptions subscriptions;

    SubscriptionsController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Why a subscription is refused or ended. */
    record Why(String reason) {}

    /** A subscription with the times that it asked. */
    record Whole(Subscription subscription, List<Subscription.Turn> turns) {}

    @Get
    List<Subscription> list() {
        return subscriptions.list();
    }

    @Post
    @Secured(Roles.STATISTICIAN)
    Subscription add(@Body Subscriptions.Wish wish, StaffUser by) {
        return subscriptions.add(wish, by);
    }

    @Get("/{id}")
    Whole show(UUID id) {
        return new Whole(subscriptions.get(id), subscriptions.turns(id));
    }

    @Post("/{id}/approval")
    @Secured(Roles.APPROVER)
    Subscription approve(UUID id, StaffUser by) {
        return subscriptions.approve(id, by);
    }

    @Post("/{id}/refusal")
    @Secured(Roles.APPROVER)
    Subscription refuse(UUID id, @Body Why why, StaffUser by) {
        return subscriptions.refuse(id, why.reason(), by);
    }

    @Post("/{id}/end")
    Subscription end(UUID id, @Body Why why, StaffUser by) {
        return subscriptions.end(id, why.reason(), by);
    }
}
