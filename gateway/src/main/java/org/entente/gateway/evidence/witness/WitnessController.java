package org.entente.gateway.evidence.witness;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.JournalConflicts;

/** Partners' journals as this node has seen them, for staff, and what a person decides when one contradicts itself. */
@Controller(port = Listeners.STAFF, value = "/api/witness")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class WitnessController {
    private final Witness witness;
    private final OutsideWitnesses outside;
    private final JournalConflicts conflicts;

    WitnessController(Witness witness, OutsideWitnesses outside, JournalConflicts conflicts) {
        this.witness = witness;
        this.outside = outside;
        this.conflicts = conflicts;
    }

    /** Where this node is with its partners' journals, and its witnesses with its own. */
    record Overview(
            List<Witness.Standing> partners,
            List<OutsideWitnesses.Standing> witnesses,
            List<JournalConflicts.Conflict> conflicts) {}

    /** A decision. */
    record Decision(JournalConflicts.Followed followed, String reason) {}

    @Get
    Overview overview() {
        return new Overview(witness.standings(), outside.standings(), conflicts.all());
    }

    @Post("/{party}/resolution")
    @Status(HttpStatus.NO_CONTENT)
    @Secured({Roles.TREATY_OFFICER, Roles.ADMINISTRATOR})
    void resolve(String party, @Body Decision decision, StaffUser by) {
        witness.resolve(party, decision.followed(), decision.reason(), by);
    }
}
