package org.entente.gateway.exchange;

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
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;

/** Recalls for staff: of own releases, and of what this node holds. */
@Controller(port = Listeners.STAFF, value = "/api/recalls")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class RecallsController {
    private final Recalls recalls;
    private final RecallBook book;

    RecallsController(Recalls recalls, RecallBook book) {
        this.recalls = recalls;
        this.book = book;
    }

    /** Which release, and why. */
    record Wanted(UUID release, String reason) {}

    /** Which partner's recall is carried out. */
    record Destruction(String recall) {}

    @Get
    RecallBook.Book list() {
        return book.book();
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Secured(Roles.APPROVER)
    Recalls.Recall recall(@Body Wanted wanted, StaffUser by) {
        return recalls.recall(wanted.release(), wanted.reason(), by);
    }

    @Post("/destructions")
    @Secured({Roles.TREATY_OFFICER, Roles.ADMINISTRATOR})
    RecallBook.Destroyed destroy(@Body Destruction destruction, StaffUser by) {
        return book.destroy(destruction.recall(), by);
    }
}
