package org.entente.gateway.exchange;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.entente.agreements.decision.Facts.Hold.Scope;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Holds of this node, for its staff. */
@Controller(port = Listeners.STAFF, value = "/api/holds")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class HoldsController {
    private final Holds holds;

    HoldsController(Holds holds) {
        this.holds = holds;
    }

    /** What to stop, or to let go on, and why. */
    record Change(Scope scope, @Nullable String target, String reason) {}

    @Get
    List<Holds.Standing> list() {
        return holds.list();
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Secured({Roles.TREATY_OFFICER, Roles.ADMINISTRATOR, Roles.APPROVER})
    Holds.Standing set(@Body Change change, StaffUser by) {
        return holds.set(change.scope(), change.target(), change.reason(), by);
    }

    @Post("/lifting")
    @Status(HttpStatus.NO_CONTENT)
    @Secured({Roles.TREATY_OFFICER, Roles.ADMINISTRATOR, Roles.APPROVER})
    void lift(@Body Change change, StaffUser by) {
        holds.lift(change.scope(), change.target(), change.reason(), by);
    }
}
