package org.entente.gateway.exchange;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Listeners;

/** Crisis packs for staff. */
@Controller(port = Listeners.STAFF, value = "/api/packs")
@Secured({Roles.TREATY_OFFICER, Roles.STATISTICIAN, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class PacksController {
    private final CrisisPacks packs;

    PacksController(CrisisPacks packs) {
        this.packs = packs;
    }

    @Get
    List<CrisisPacks.Held> held() {
        return packs.held();
    }

    @Get("/made")
    List<CrisisPacks.Made> made() {
        return packs.made();
    }
}
