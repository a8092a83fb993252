package org.entente.gateway.exchange;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.treaties.ProseLanguage;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** What a draft would let out, for those who negotiate and those who answer for the figures. */
@Controller(port = Listeners.STAFF, value = "/api/simulation")
@Secured({Roles.TREATY_OFFICER, Roles.STATISTICIAN, Roles.APPROVER, Roles.AUDITOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class SimulationController {
    private final Simulation simulation;
    private final Treaties treaties;

    SimulationController(Simulation simulation, Treaties treaties) {
        this.simulation = simulation;
        this.treaties = treaties;
    }

    /**
     * Counts by leg and release. The body is the text, JSON or YAML; {@code against} names a text that this node holds. What changes
     * between the two, and why a leg would let nothing out, is said in the language of {@link ProseLanguage}. Where a release is refused for its
     * protection, what it would cost to protect it so is said; persons only to statisticians and approvers.
     */
    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<Simulation.Result> count(
            HttpRequest<?> request,
            @Body byte[] text,
            @Nullable @QueryValue String against,
            @Nullable @QueryValue String language,
            StaffUser by) {
        String spoken = ProseLanguage.of(request, language);
        return HttpResponse.ok(simulation.count(read(text), held(against), spoken, by))
                .header(HttpHeaders.VARY, "Accept-Language, Authorization")
                .header(HttpHeaders.CONTENT_LANGUAGE, spoken);
    }

    /** The same cell by cell, as CSV. */
    @Post("/cells")
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> cells(@Body byte[] text, @Nullable @QueryValue String against) {
        StringBuilder csv = new StringBuilder();
        try {
            simulation.list(read(text), held(against), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HttpResponse.ok(csv.toString().getBytes(StandardCharsets.UTF_8)).contentType("text/csv; charset=utf-8");
    }

    private @Nullable Agreement held(@Nullable String against) {
        return against == null ? null : treaties.get(against).file().agreement();
    }

    static Agreement read(byte[] text) {
        try {
            return Agreement.author(text);
        } catch (InvalidAgreementException e) {
            throw new EntenteException(ErrorCode.AGREEMENT_INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}
