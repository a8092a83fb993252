package org.entente.gateway.treaties;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Iso;
import org.entente.agreements.Nature;
import org.entente.agreements.Party;
import org.entente.agreements.Text;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.State;
import org.entente.agreements.prose.Prose;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Agreements for staff: reading them, putting texts before partners, and handing in what officers have signed. */
@Controller(port = Listeners.STAFF, value = "/api/agreements")
@Secured({Roles.TREATY_OFFICER, Roles.AUDITOR, Roles.STATISTICIAN, Roles.APPROVER, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
final class AgreementsController {
    private final Treaties treaties;
    private final Clock clock;

    AgreementsController(Treaties treaties, Clock clock) {
        this.treaties = treaties;
        this.clock = clock;
    }

    /** An agreement in a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            String id,
            int version,
            String digest,
            Text title,
            Nature nature,
            State.Phase phase,
            List<String> parties,
            Set<String> signed,
            @Nullable @Iso Instant inEffectSince,
            @Nullable @Iso Instant endsAt) {}

    /** An agreement with everything on it. */
    record Whole(
            Summary summary,
            List<State.Stop> stops,
            List<Instrument> acts,
            List<Delivery> deliveries,
            JsonNode document) {}

    @Get
    List<Summary> list() {
        return treaties.all().stream().map(this::summary).toList();
    }

    @Get("/{id}")
    Whole one(String id) {
        Treaty treaty = treaties.get(id);
        return new Whole(
                summary(treaty),
                treaty.file().at(clock.instant()).stops(),
                treaty.file().instruments(),
                treaties.deliveries(treaty.file().digest()),
                CanonicalJson.parseStrict(treaty.file().agreement().canonical()));
    }

    /** The bytes that officers sign. */
    @Get(value = "/{id}/document", produces = MediaType.APPLICATION_JSON)
    byte[] document(String id) {
        return treaties.get(id).file().agreement().canonical();
    }

    /** The text with all signatures on it: JWS general JSON. */
    @Get(value = "/{id}/signed", produces = MediaType.APPLICATION_JSON)
    byte[] signed(String id) {
        return treaties.signedDocument(id);
    }

    /** The agreement in words. */
    @Get(value = "/{id}/prose", produces = "text/plain; charset=utf-8")
    String prose(String id, @QueryValue(defaultValue = "en") String language) {
        if (!Prose.LANGUAGES.contains(language)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "There is no prose in " + language + "; there is " + String.join(", ", Prose.LANGUAGES) + ".");
        }
        return Prose.of(treaties.get(id).file().agreement(), language).plain();
    }

    /** Puts a text before the other parties; the body is JSON or YAML. */
    @Post(consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt propose(@Body byte[] document, StaffUser by) {
        return treaties.propose(document, by.id().toString());
    }

    /** Hands in an officer's signature over a text. */
    @Post(value = "/signatures", consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt sign(@Body byte[] jws, StaffUser by) {
        return treaties.sign(jws, by.id().toString());
    }

    /** Hands in another act that an officer has signed. */
    @Post(value = "/acts", consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt act(@Body byte[] jws, StaffUser by) {
        return treaties.act(jws, by.id().toString());
    }

    /** Sends what waits for a partner and fetches what this node has missed. */
    @Post(value = "/catch-up/{party}")
    @Secured({Roles.TREATY_OFFICER, Roles.ADMINISTRATOR})
    List<ActReceipt> catchUp(String party) {
        return treaties.catchUpWith(party);
    }

    private Summary summary(Treaty treaty) {
        Agreement agreement = treaty.file().agreement();
        State state = treaty.file().at(clock.instant());
        return new Summary(
                agreement.id(),
                agreement.version(),
                treaty.file().digest(),
                agreement.title(),
                agreement.nature(),
                state.phase(),
                agreement.parties().stream().map(Party::id).toList(),
                state.signed().keySet(),
                state.inEffectSince(),
                state.endsAt());
    }
}
