package org.entente.gateway.releases;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;

/** Mappings of offices' own tables over HTTP. */
@Controller(port = Listeners.STAFF, value = "/api/mappings")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MappingsController {

    private final Mappings mappings;

    MappingsController(Mappings mappings) {
        this.mappings = mappings;
    }

    @Get
    List<Mappings.Listed> list() {
        return mappings.all();
    }

    /** The SDMX message; the name is an id, or {@code ID@VERSION}. */
    @Get("/{name}")
    @Produces("application/vnd.sdmx.structure+json;version=2.0.0")
    byte[] get(String name) {
        return mappings.get(name).document();
    }

    /** The body is a mapping in the short form or an SDMX message. */
    @Post(consumes = MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    Mappings.Listed store(@Body byte[] json, StaffUser by) {
        return mappings.store(json, by);
    }
}
