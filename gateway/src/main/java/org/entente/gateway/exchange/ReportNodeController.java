package org.entente.gateway.exchange;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** Where partners that were given figures of a release read the report that belongs to it. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class ReportNodeController {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final GivenReports reports;

    ReportNodeController(NodeDoor door, GivenReports reports) {
        this.door = door;
        this.reports = reports;
    }

    @Get(value = ReceivedReports.PATH + "{release}", produces = MediaType.ALL)
    HttpResponse<byte[]> report(HttpRequest<?> request, UUID release) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        String partner = call.partner().party();
        byte[] document = reports.of(partner, release)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND,
                        "There is no report of a release " + release + " of which " + partner + " was given figures."));
        return door.answer(call, 200, ReceivedReports.MEDIA_TYPE, document);
    }
}
