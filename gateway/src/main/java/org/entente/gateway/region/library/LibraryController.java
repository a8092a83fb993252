package org.entente.gateway.region.library;

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
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** The library, for staff. */
@Controller(port = Listeners.STAFF, value = "/api/library")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class LibraryController {
    private final Library library;
    private final LibraryHarvest harvest;

    LibraryController(Library library, LibraryHarvest harvest) {
        this.library = library;
        this.harvest = harvest;
    }

    /**
     * What is entered.
     *
     * @param fileName and content, base64, of a file; null where the entry has a link
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wanted(LibraryEntry entry, @Nullable String fileName, byte @Nullable [] content) {}

    /** Why an entry is withdrawn. */
    record Withdrawal(String reason) {}

    /** What a harvest has brought. */
    record Harvested(int entries) {}

    /** Everything, withdrawn entries too. */
    @Get
    List<Library.Held> all() {
        return library.all();
    }

    /** Enters a profile. */
    @Post
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    LibraryEntry.Listed add(@Body Wanted wanted, StaffUser by) {
        String name = wanted.fileName();
        byte[] content = wanted.content();
        return name == null || content == null
                ? library.add(wanted.entry(), by)
                : library.add(wanted.entry(), name, content, by);
    }

    /** Withdraws one. */
    @Post("/{id}/withdrawal")
    @Secured(Roles.STATISTICIAN)
    void withdraw(UUID id, @Body Withdrawal withdrawal, StaffUser by) {
        library.withdraw(id, withdrawal.reason(), by);
    }

    /** Harvests a partner's library now. */
    @Post("/harvests/{party}")
    @Secured(Roles.STATISTICIAN)
    Harvested harvest(String party) {
        return new Harvested(harvest.harvest(party));
    }
}
