package org.entente.gateway.evidence;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/** What auditors compute from the node's own journal. */
@Controller(port = Listeners.STAFF, value = "/api/audit")
@Secured(Roles.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class AuditController {
    /** Most entries in one call; the report says where the next one begins. */
    private static final long MOST = 20_000;

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    /** Journaled decisions from an entry on, made again. */
    @Get("/replay")
    Audit.Report replay(@QueryValue(defaultValue = "0") long from) {
        if (from < 0) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A journal's entries are counted from 0.");
        }
        return audit.replay(from, from + MOST);
    }
}
