package org.entente.gateway.bench;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.entente.crypto.message.Content;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Journal;

/** The asking half of the stripped exchange. */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = StrippedPeer.SWITCH)
class StrippedStaffController {
    private final StrippedPeer peer;
    private final Journal journal;

    StrippedStaffController(StrippedPeer peer, Journal journal) {
        this.peer = peer;
        this.journal = journal;
    }

    @Get(value = StrippedPeer.PATH, produces = MediaType.ALL)
    HttpResponse<byte[]> ask() throws Exception {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Appended> asked = journal.appendAsync(StrippedEntries.draft("asked", id, List.of()));
        java.net.http.HttpResponse<byte[]> answer = peer.ask(id);
        Content content = Content.of(answer.body());
        peer.verify(
                id, content, answer.headers().firstValue(StrippedPeer.SIGNATURE).orElse(""));
        asked.join();
        journal.append(
                StrippedEntries.draft("received", id, List.of(StrippedEntries.body(content.sha256(), answer.body()))));
        return HttpResponse.ok(answer.body());
    }
}
