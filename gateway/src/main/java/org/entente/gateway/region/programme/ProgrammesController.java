package org.entente.gateway.region.programme;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;

/** Programmes and rounds, for the secretariat's staff. */
@Controller(port = Listeners.STAFF, value = "/api")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class ProgrammesController {
    private final Programmes programmes;
    private final Rounds rounds;

    ProgrammesController(Programmes programmes, Rounds rounds) {
        this.programmes = programmes;
        this.rounds = rounds;
    }

    /** The year that a round is for. */
    record Wanted(int year) {}

    /** Who is asked again. */
    record Again(String party) {}

    /** The newest version of every programme. */
    @Get("/programmes")
    List<Programmes.Declared> all() {
        return programmes.all();
    }

    /** Declares a programme or its next version; the body is the programme, JSON or YAML. */
    @Post("/programmes")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_YAML, MediaType.TEXT_PLAIN})
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    Programmes.Declared declare(@Body byte[] programme, StaffUser by) {
        return programmes.declare(programme, by);
    }

    /** The rounds of a programme, newest first. */
    @Get("/programmes/{programme}/rounds")
    List<Round> of(String programme) {
        return rounds.of(programme);
    }

    /** Opens a round. */
    @Post("/programmes/{programme}/rounds")
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    Rounds.Progress open(String programme, @Body Wanted wanted, StaffUser by) {
        return rounds.open(programme, wanted.year(), by);
    }

    /** A round with what has become of each question. */
    @Get("/rounds/{round}")
    Rounds.Progress progress(UUID round) {
        return rounds.progress(round);
    }

    /** Asks for whatever is not settled. */
    @Post("/rounds/{round}/turns")
    @Secured(Roles.STATISTICIAN)
    Rounds.Progress turn(UUID round) {
        return rounds.turn(round);
    }

    /** Asks a member again that has refused. */
    @Post("/rounds/{round}/again")
    @Secured(Roles.STATISTICIAN)
    Rounds.Progress again(UUID round, @Body Again again, StaffUser by) {
        return rounds.again(round, again.party(), by);
    }

    /** Closes a round before its deadline. */
    @Post("/rounds/{round}/close")
    @Secured(Roles.STATISTICIAN)
    Rounds.Progress close(UUID round, StaffUser by) {
        return rounds.close(round, by);
    }
}
