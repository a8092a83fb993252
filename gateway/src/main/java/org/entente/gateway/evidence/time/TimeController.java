package org.entente.gateway.evidence.time;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Listeners;

/** How well the journal's time is attested, for the node's own staff. */
@Controller(port = Listeners.STAFF, value = "/api/time")
@Secured({Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class TimeController {
    private static final int MOST = 1_000;

    private final Timestamps timestamps;
    private final TimestampTables tables;

    TimeController(Timestamps timestamps, TimestampTables tables) {
        this.timestamps = timestamps;
        this.tables = tables;
    }

    /**
     * The state, and the exchanges whose time is not attested yet.
     *
     * @param marked exchanges that a declared crisis let through during an outage, each marked {@code time-unattested} until a
     *     token covers its entries
     */
    record Time(TimeState state, List<TimestampTables.Marked> marked) {}

    @Get
    Time time() {
        return new Time(timestamps.state(), tables.marked(MOST));
    }
}
