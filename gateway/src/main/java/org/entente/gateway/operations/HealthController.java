package org.entente.gateway.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.Listeners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the node works: 200 if it does, 503 if not. Open to monitoring without signing in; says nothing secret. */
@Controller(port = Listeners.STAFF, value = "/health")
@Secured(SecurityRule.IS_ANONYMOUS)
final class HealthController {

    private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);

    private final List<HealthCheck> checks;
    private final EntenteSettings settings;

    HealthController(List<HealthCheck> checks, EntenteSettings settings) {
        this.checks = checks;
        this.settings = settings;
    }

    /** The whole and its parts; the whole is as bad as its worst part. */
    record Health(String party, HealthCheck.Status status, Map<String, Part> checks) {}

    /** One check. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Part(HealthCheck.Status status, String note) {}

    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<Health> health() {
        HealthCheck.Status worst = HealthCheck.Status.UP;
        Map<String, Part> parts = new TreeMap<>();
        for (HealthCheck check : checks) {
            HealthCheck.Finding finding = look(check);
            parts.put(check.name(), new Part(finding.status(), finding.note()));
            worst = finding.status().compareTo(worst) > 0 ? finding.status() : worst;
        }
        HttpStatus status = worst == HealthCheck.Status.DOWN ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
        return HttpResponse.<Health>status(status).body(new Health(settings.party(), worst, parts));
    }

    private static HealthCheck.Finding look(HealthCheck check) {
        try {
            return check.look();
        } catch (RuntimeException e) {
            LOG.warn("health of {}: {}", check.name(), e.toString());
            return new HealthCheck.Finding(HealthCheck.Status.DOWN, "does not answer; the log says why");
        }
    }
}
