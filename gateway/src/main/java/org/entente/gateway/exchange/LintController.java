package org.entente.gateway.exchange;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import org.entente.agreements.lint.Finding;
import org.entente.agreements.lint.Linter;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Contradictions and gaps in a text that nobody has signed yet, by what this node knows. */
@Controller(port = Listeners.STAFF, value = "/api/lint")
@Secured({Roles.TREATY_OFFICER, Roles.STATISTICIAN, Roles.APPROVER, Roles.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class LintController {
    private final KnownAround known;

    LintController(KnownAround known) {
        this.known = known;
    }

    /** One finding, as the command {@code agreement lint --json} prints it. */
    record Found(String severity, String code, @Nullable Integer clause, String pointer, String sentence) {
        static Found of(Finding finding) {
            return new Found(
                    finding.severity().name(), finding.code(), finding.clause(), finding.pointer(), finding.sentence());
        }
    }

    /** The body is the text or a draft of it, JSON or YAML; nothing is kept. */
    @Post
    @Consumes(MediaType.ALL)
    List<Found> lint(@Body byte[] text) {
        return Linter.lint(text, known.here()).stream().map(Found::of).toList();
    }
}
