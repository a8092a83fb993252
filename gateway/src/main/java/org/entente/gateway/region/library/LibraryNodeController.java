package org.entente.gateway.region.library;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** Where partners harvest the library. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class LibraryNodeController {
    static final String PATH = "/library";
    static final String MEDIA_TYPE = "application/jose+json";

    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final Library library;

    LibraryNodeController(NodeDoor door, Library library) {
        this.door = door;
        this.library = library;
    }

    @Get(value = PATH, produces = MediaType.ALL)
    HttpResponse<byte[]> list(HttpRequest<?> request, @QueryValue(defaultValue = "") String resumption) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(call, 200, MEDIA_TYPE, library.list(resumption));
    }
}
