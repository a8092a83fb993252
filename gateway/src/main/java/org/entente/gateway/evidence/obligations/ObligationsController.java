package org.entente.gateway.evidence.obligations;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** The audit of what was owed under an agreement, for auditors. */
@Controller(port = Listeners.STAFF, value = "/api/audit")
@Secured(Roles.AUDITOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class ObligationsController {
    private final Obligations obligations;

    ObligationsController(Obligations obligations) {
        this.obligations = obligations;
    }

    /** All obligations of a year, or a sample; the look is journaled. */
    @Get("/obligations")
    Obligations.Report obligations(
            @QueryValue String agreement,
            @QueryValue int year,
            @Nullable @QueryValue Integer sample,
            @Nullable @QueryValue String seed,
            StaffUser by) {
        return obligations.audit(new Obligations.Asked(agreement, year, sample, seed), "obligations", by);
    }

    /** The same to take away; the export is journaled. */
    @Get(value = "/obligations.csv", produces = "text/csv")
    HttpResponse<byte[]> export(
            @QueryValue String agreement,
            @QueryValue int year,
            @Nullable @QueryValue Integer sample,
            @Nullable @QueryValue String seed,
            StaffUser by) {
        Obligations.Asked asked = new Obligations.Asked(agreement, year, sample, seed);
        return HttpResponse.ok(
                        obligations.audit(asked, "obligations-export", by).csv())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"obligations-" + year + ".csv\"");
    }
}
