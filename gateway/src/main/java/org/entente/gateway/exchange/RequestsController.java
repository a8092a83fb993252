package org.entente.gateway.exchange;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Partners' requests that a person of this node decides. */
@Controller(port = Listeners.STAFF, value = "/api/requests")
@Secured({Roles.APPROVER, Roles.TREATY_OFFICER, Roles.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class RequestsController {
    private final Approvals approvals;

    RequestsController(Approvals approvals) {
        this.approvals = approvals;
    }

    /** An approval. */
    record Approval(@Nullable String note) {}

    /** A refusal, on a ground of the agreement. */
    record Refusal(String ground, @Nullable String note) {}

    @Get
    List<Approvals.Line> list(@QueryValue(defaultValue = "false") boolean decided) {
        return approvals.list(decided);
    }

    @Get("/{partner}/{exchange}")
    Approvals.Whole show(String partner, String exchange) {
        return approvals.show(partner, ExchangeHeaders.exchangeId(exchange));
    }

    @Post("/{partner}/{exchange}/approval")
    @Secured(Roles.APPROVER)
    Approvals.Line approve(String partner, String exchange, @Body Approval approval, StaffUser by) {
        return approvals.approve(partner, ExchangeHeaders.exchangeId(exchange), approval.note(), by);
    }

    @Post("/{partner}/{exchange}/refusal")
    @Secured(Roles.APPROVER)
    Approvals.Line refuse(String partner, String exchange, @Body Refusal refusal, StaffUser by) {
        return approvals.refuse(partner, ExchangeHeaders.exchangeId(exchange), refusal.ground(), refusal.note(), by);
    }
}
