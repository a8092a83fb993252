package org.entente.gateway.exchange;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/** This node's own exchanges whose answer waits for a person of the provider. */
@Controller(port = Listeners.STAFF, value = "/api/exchanges")
@Secured({Roles.STATISTICIAN, Roles.TREATY_OFFICER, Roles.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class WaitingController {
    private final DeferralWatch watch;

    WaitingController(DeferralWatch watch) {
        this.watch = watch;
    }

    @Get("/waiting")
    List<DeferralWatch.Status> waiting() {
        return watch.waiting();
    }

    @Get("/{exchange}/status")
    DeferralWatch.Status status(String exchange) {
        return watch.status(ExchangeHeaders.exchangeId(exchange));
    }

    /** Looks now whether there is an answer, and fetches it: 200 with where it stands then, or 202 while it waits. */
    @Post("/{exchange}/fetch")
    @Secured(Roles.STATISTICIAN)
    HttpResponse<DeferralWatch.Status> fetch(String exchange) {
        UUID id = ExchangeHeaders.exchangeId(exchange);
        try {
            watch.fetch(id);
            return HttpResponse.ok(watch.status(id));
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.ANSWER_WAITS) {
                throw e;
            }
            return HttpResponse.accepted().body(watch.status(id));
        }
    }
}
