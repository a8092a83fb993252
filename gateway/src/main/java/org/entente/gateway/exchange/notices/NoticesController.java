package org.entente.gateway.exchange.notices;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Listeners;

/** Notices about releases, for staff. */
@Controller(port = Listeners.STAFF, value = "/api/notices")
@Secured({Roles.STATISTICIAN, Roles.APPROVER, Roles.TREATY_OFFICER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class NoticesController {
    private static final int MOST = 1000;

    private final Notices notices;

    NoticesController(Notices notices) {
        this.notices = notices;
    }

    /** Partners' notices, newest first. */
    @Get
    List<Notices.Received> received(@QueryValue(defaultValue = "100") int limit) {
        return notices.received(Math.clamp(limit, 1, MOST));
    }

    /** This node's own notices, newest first. */
    @Get("/sent")
    List<Notices.Sent> sent(@QueryValue(defaultValue = "100") int limit) {
        return notices.sent(Math.clamp(limit, 1, MOST));
    }

    /** What is held here and out of date. */
    @Get("/outdated")
    List<Notices.Outdated> outdated() {
        return notices.outdated();
    }
}
