package org.entente.gateway.evidence.reconciliation;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.time.Instant;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Comparisons of exchanges with partners, for auditors and administrators. */
@Controller(port = Listeners.STAFF, value = "/api/reconciliations")
@Secured({Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class ReconciliationController {
    private static final int LATEST = 100;

    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /** With whom, over which period. */
    record Wanted(
            String partner,
            @Nullable Instant from,
            @Nullable Instant to) {}

    @Get
    List<Reconciliation.Report> latest() {
        return reconciliation.latest(LATEST);
    }

    @Post
    @Status(HttpStatus.CREATED)
    Reconciliation.Report run(@Body Wanted wanted, StaffUser by) {
        return reconciliation.run(wanted.partner(), wanted.from(), wanted.to(), by);
    }
}
