package org.entente.gateway.evidence;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
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
    private final AuditTrail trail;

    AuditController(Audit audit, AuditTrail trail) {
        this.audit = audit;
        this.trail = trail;
    }

    /** Exchanges with all that the journal says of them; the look is journaled. */
    @Get("/exchanges{?filter*}")
    List<AuditTrail.Line> exchanges(@RequestBean AuditQuery filter, StaffUser by) {
        return trail.look(filter.toFilter(), "view", by);
    }

    /** The same to take away; the export is journaled. */
    @Get(value = "/exchanges.csv{?filter*}", produces = "text/csv")
    HttpResponse<byte[]> export(@RequestBean AuditQuery filter, StaffUser by) {
        return HttpResponse.ok(AuditTrail.csv(trail.look(filter.toFilter(), "export", by)))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"exchanges.csv\"");
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
