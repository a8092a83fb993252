package org.entente.gateway.operations.reminders;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.entente.gateway.base.Listeners;

/** What is due or has not come, for all staff. */
@Controller(port = Listeners.STAFF, value = "/api/reminders")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class RemindersController {
    private final Reminders reminders;

    RemindersController(Reminders reminders) {
        this.reminders = reminders;
    }

    @Get
    List<Reminders.Reminder> open() {
        return reminders.open();
    }
}
