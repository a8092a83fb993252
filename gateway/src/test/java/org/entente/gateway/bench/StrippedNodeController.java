package org.entente.gateway.bench;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import org.entente.crypto.message.Content;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.journal.Journal;

/** The answering half of the stripped exchange. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = StrippedPeer.SWITCH)
class StrippedNodeController {
    private final StrippedPeer peer;
    private final Journal journal;

    StrippedNodeController(StrippedPeer peer, Journal journal) {
        this.peer = peer;
        this.journal = journal;
    }

    @Get(StrippedPeer.PATH + "/{id}")
    HttpResponse<byte[]> answer(String id, @Header(StrippedPeer.SIGNATURE) String signature) throws Exception {
        peer.verify(id, Content.EMPTY, signature);
        byte[] body = StrippedEntries.distinctBody(id);
        Content content = Content.of(body);
        String own = peer.sign(id, content);
        journal.append(StrippedEntries.draft("answered", id, List.of(StrippedEntries.body(content.sha256(), body))));
        // The fourth entry of an exchange, the provider's note of the receipt, is nobody's to wait for.
        journal.appendAsync(StrippedEntries.draft("receipted", id, List.of()));
        return HttpResponse.ok(body).header(StrippedPeer.SIGNATURE, own);
    }
}
