package org.entente.gateway.releases.inventory;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;

/** Inventories for staff: the own one, who may read it, and those of partners. */
@Controller(port = Listeners.STAFF, value = "/api/inventory")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class InventoryController {
    private final Inventory inventory;
    private final PartnerInventory others;

    InventoryController(Inventory inventory, PartnerInventory others) {
        this.inventory = inventory;
        this.others = others;
    }

    /** What this party's authorities hold. */
    @Get
    Inventory.Listing own() {
        return inventory.own();
    }

    /** What a partner's authorities hold, as its node says now. */
    @Get("/partners/{party}")
    @Secured({Roles.STATISTICIAN, Roles.TREATY_OFFICER, Roles.ADMINISTRATOR})
    Inventory.Listing of(String party) {
        return others.of(party);
    }

    /** Declares by hand what no dataset of this node says. */
    @Post("/entries")
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    InventoryEntry declare(@Body InventoryDeclaration declaration, StaffUser by) {
        return inventory.declare(declaration, by);
    }

    /** Takes back what was declared by hand. */
    @Delete("/entries/{id}")
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.NO_CONTENT)
    void remove(UUID id, StaffUser by) {
        inventory.remove(id, by);
    }

    /** The partners that may read the inventory. */
    @Get("/readers")
    List<String> readers() {
        return inventory.readers();
    }

    /** Lets a partner read the inventory. */
    @Put("/readers/{party}")
    @Secured(Roles.ADMINISTRATOR)
    List<String> admit(String party, StaffUser by) {
        inventory.admit(party, by);
        return inventory.readers();
    }

    /** Lets a partner read it no longer. */
    @Delete("/readers/{party}")
    @Secured(Roles.ADMINISTRATOR)
    @Status(HttpStatus.OK)
    List<String> exclude(String party, StaffUser by) {
        inventory.exclude(party, by);
        return inventory.readers();
    }
}
