package org.entente.gateway.evidence.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/**
 * What partners ask this node as a witness. Reads are answered also while this node's own journal is guarded: they are what recovers
 * the partner's.
 */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class WitnessNodeController {
    static final String ADD_CHECKPOINT = "/witness/add-checkpoint";
    static final String COSIGNATURE = "/witness/cosignature";
    static final String SEEN = "/witness/seen";
    static final String HELD = "/witness/held/";
    static final String NOTE = "text/plain; charset=utf-8";

    /** The type that tells a client which size to begin with (C2SP tlog-witness). */
    private static final String SIZE = "text/x.tlog.size";

    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final WitnessDesk desk;
    private final WitnessTables tables;

    WitnessNodeController(NodeDoor door, WitnessDesk desk, WitnessTables tables) {
        this.door = door;
        this.desk = desk;
        this.tables = tables;
    }

    @Post(value = ADD_CHECKPOINT, consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> addCheckpoint(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        WitnessDesk.Reply reply = desk.addCheckpoint(body);
        return door.answer(
                call,
                reply.status(),
                reply.status() == 409 ? SIZE : NOTE,
                reply.body().getBytes(UTF_8));
    }

    /** The newest checkpoint that this node has cosigned of a journal (C2SP tlog-witness, monitoring). */
    @Get(value = "/witness/{origin}/checkpoint", produces = MediaType.ALL)
    HttpResponse<byte[]> cosigned(HttpRequest<?> request, String origin) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(call, 200, NOTE, desk.cosigned(origin).orElseThrow(() -> nothing("cosigned checkpoint")));
    }

    @Post(value = COSIGNATURE, consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> cosignature(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        desk.takeCosignature(call.partner(), body);
        return door.answer(call, 200, NOTE, NO_CONTENT);
    }

    /** The newest checkpoint of the caller's own journal that this node has seen. */
    @Get(value = SEEN, produces = MediaType.ALL)
    HttpResponse<byte[]> seen(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return door.answer(
                call, 200, NOTE, desk.seen(call.partner()).orElseThrow(() -> nothing("checkpoint of the caller")));
    }

    /** The caller's own tiles, as this node has recomputed and kept them. */
    @Get(value = HELD + "{+path}", produces = MediaType.ALL)
    HttpResponse<byte[]> held(HttpRequest<?> request, String path) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        WitnessTables.Log log = new WitnessTables.Log(
                call.partner().party(), call.partner().card().journalOrigin());
        try {
            byte[] tile = tables.tile(log, TileId.parsePath(path)).orElseThrow(() -> nothing(path));
            return door.answer(call, 200, MediaType.APPLICATION_OCTET_STREAM, tile);
        } catch (VerificationException e) {
            throw nothing(path);
        }
    }

    private static EntenteException nothing(String what) {
        return new EntenteException(ErrorCode.NOT_FOUND, "This node has no " + what + ".");
    }
}
