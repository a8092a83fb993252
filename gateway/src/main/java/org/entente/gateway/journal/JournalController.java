package org.entente.gateway.journal;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/**
 * Serves the journal to partners and witnesses (C2SP tlog-tiles): its tree is public to them, its records are not. A plain
 * read that is answered also while the guard keeps the journal from being written.
 */
@Controller(value = "/journal", port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class JournalController {
    /** "SHOULD prevent caching beyond a few seconds." */
    private static final String BRIEF = "public, max-age=1";

    /** "Immutable, so its caching headers SHOULD be long-lived." */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final JournalTiles tiles;

    JournalController(JournalTiles tiles) {
        this.tiles = tiles;
    }

    @Get("/checkpoint")
    @Produces("text/plain; charset=utf-8")
    HttpResponse<byte[]> checkpoint() {
        byte[] note =
                tiles.checkpoint().orElseThrow(() -> nothing("checkpoint")).encode();
        return HttpResponse.ok(note).header(HttpHeaders.CACHE_CONTROL, BRIEF);
    }

    @Get("/tile/{+path}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<byte[]> tile(String path) {
        String name = "tile/" + path;
        Optional<byte[]> bytes;
        try {
            bytes = path.startsWith("entries/")
                    ? tiles.entries(TileId.parseEntriesPath(name))
                    : tiles.tile(TileId.parsePath(name));
        } catch (VerificationException e) {
            throw nothing(name);
        }
        return HttpResponse.ok(bytes.orElseThrow(() -> nothing(name))).header(HttpHeaders.CACHE_CONTROL, FOREVER);
    }

    private static EntenteException nothing(String name) {
        return new EntenteException(ErrorCode.NOT_FOUND, "The journal has no " + name + ".");
    }
}
