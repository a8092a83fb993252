package org.entente.gateway.treaties;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
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
    private final TreatyDesk desk;
    private final Scans scans;
    private final PassedOnCards passedOn;
    private final Clock clock;

    AgreementsController(Treaties treaties, TreatyDesk desk, Scans scans, PassedOnCards passedOn, Clock clock) {
        this.treaties = treaties;
        this.desk = desk;
        this.scans = scans;
        this.passedOn = passedOn;
        this.clock = clock;
    }

    /** A fingerprint that a person has heard from a card's owner over another channel. */
    record Confirmation(String fingerprint) {}

    /** Where a scan is found. */
    record StoredScan(String scan) {}

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

    /** The post-quantum signatures over the text, in a file of their own: JWS general JSON without payload. */
    @Get(value = "/{id}/companion-signatures", produces = MediaType.APPLICATION_JSON)
    byte[] companionSignatures(String id) {
        return treaties.companionSignatures(id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "No signature over this text is accompanied by a post-quantum one."));
    }

    /** Puts a text before the other parties; the body is JSON or YAML. An answer to another text of the same version names that one. */
    @Post(consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt propose(@Body byte[] document, @Nullable @QueryValue String counters, StaffUser by) {
        return desk.propose(document, counters, by);
    }

    /** Hands in an officer's signature over a text. */
    @Post(value = "/signatures", consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt sign(@Body byte[] signed, StaffUser by) {
        return desk.submit(signed, by);
    }

    /** Hands in any act that an officer has signed, a proposal and a signature included. */
    @Post(value = "/acts", consumes = MediaType.ALL)
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    ActReceipt act(@Body byte[] signed, StaffUser by) {
        return desk.submit(signed, by);
    }

    /** Keeps the scan of a signature on paper that an act names by its digest. */
    @Post(
            value = "/scans",
            consumes = {"application/pdf", "image/png", "image/jpeg", "image/tiff"})
    @Status(HttpStatus.CREATED)
    @Secured(Roles.TREATY_OFFICER)
    StoredScan store(@Body byte[] scan, @Header(HttpHeaders.CONTENT_TYPE) String media, StaffUser by) {
        return new StoredScan(desk.store(scan, media, by));
    }

    /** A scan that is kept here. */
    @Get(value = "/scans/{digest}", produces = MediaType.ALL)
    HttpResponse<byte[]> scan(String digest) {
        Scans.Scan scan = scans.find(digest)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "No scan with this digest is kept here."));
        return HttpResponse.ok(scan.bytes()).contentType(scan.media());
    }

    /** Whether a partner holds the same texts of an agreement and the same acts on them. */
    @Get("/{id}/same-text/{party}")
    SameText sameText(String id, String party) {
        return treaties.sameText(id, party);
    }

    /** Cards of members that a depositary has passed on and nobody has confirmed yet. */
    @Get("/passed-on-cards")
    List<PassedOnCards.Waiting> passedOn() {
        return passedOn.waiting();
    }

    /** Makes a member a partner after its card's fingerprint has been compared with it. */
    @Post("/passed-on-cards/{party}")
    @Secured(Roles.ADMINISTRATOR)
    @Status(HttpStatus.NO_CONTENT)
    void confirm(String party, @Body Confirmation confirmation, StaffUser by) {
        treaties.confirmMember(party, confirmation.fingerprint(), by.id().toString());
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
