package org.entente.gateway.exchange;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** What comes after an answer, for staff: notes beside figures, what is owed on them, and copies that left the gateway. */
@Controller(port = Listeners.STAFF, value = "/api")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class AfterwardsController {
    private final FigureNotes notes;
    private final Exports exports;

    AfterwardsController(FigureNotes notes, Exports exports) {
        this.notes = notes;
        this.exports = exports;
    }

    /** What became of a copy: {@code deleted}, or {@code kept} with a reason. */
    record Attestation(String verdict, @Nullable String reason) {}

    /** What stands beside the figures of an exchange that this node asked for, or, with {@code partner}, that it answered. */
    @Get("/exchanges/{exchange}/notes")
    FigureNotes.Notes notes(String exchange, @Nullable @QueryValue String partner) {
        UUID id = ExchangeHeaders.exchangeId(exchange);
        return partner == null ? notes.ofAsked(id) : notes.ofAnswered(partner, id);
    }

    /** Corrections, replies and destructions that are owed, by whom and until when. */
    @Get("/owed")
    List<FigureNotes.Owed> owed() {
        return notes.owed();
    }

    @Get("/exports")
    List<Exports.Line> exports(@QueryValue(defaultValue = "false") boolean all) {
        return exports.list(all);
    }

    @Post("/exports/{export}/attestation")
    Exports.Line attest(UUID export, @Body Attestation attestation, StaffUser by) {
        return exports.attest(export, attestation.verdict(), attestation.reason(), by);
    }
}
