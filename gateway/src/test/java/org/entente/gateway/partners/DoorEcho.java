package org.entente.gateway.partners;

import io.micronaut.context.annotation.Requires;
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
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/** Routes behind the door that give back what came in. */
@Controller(port = Listeners.NODE, value = "/door-echo")
@Requires(property = "door-echo")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DoorEcho {
    private final NodeDoor door;
    private final Nonces nonces;

    DoorEcho(NodeDoor door, Nonces nonces) {
        this.door = door;
        this.nonces = nonces;
    }

    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> post(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        nonces.remember(call.signature());
        return door.answer(call, 200, "application/octet-stream", call.body());
    }

    @Get(value = "/refuse", produces = MediaType.ALL)
    HttpResponse<byte[]> refuse(HttpRequest<?> request) {
        door.authenticate(request, new byte[0], false);
        throw new EntenteException(ErrorCode.NOT_FOUND, "There is nothing here.");
    }

    @Get(value = "/fail", produces = MediaType.ALL)
    HttpResponse<byte[]> fail(HttpRequest<?> request) {
        door.authenticate(request, new byte[0], false);
        throw new IllegalStateException("nobody foresaw this");
    }

    @Get(value = "/exchange{/rest:.*}", produces = MediaType.ALL)
    HttpResponse<byte[]> exchange(HttpRequest<?> request, Optional<String> rest) {
        AuthenticatedCall call = door.authenticate(request, new byte[0], true);
        byte[] body = (call.partner().party() + " " + call.request().targetUri()).getBytes(StandardCharsets.UTF_8);
        HttpResponseMessage signed = door.sign(
                call,
                200,
                Headers.of(
                        "content-type",
                        "text/plain",
                        "entente-exchange",
                        call.request().headers().get("entente-exchange").orElseThrow()),
                body);
        return NodeDoor.send(signed, body);
    }
}
