package org.entente.gateway.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.entente.gateway.base.NodeListenerSettings;

/**
 * The same door for the journal's routes, which stand below this package and know nothing of partners: calls are
 * authenticated before the route, answers and refusals signed behind it.
 */
@ServerFilter("/journal/**")
@ExecuteOn(TaskExecutors.BLOCKING)
final class JournalDoor {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final ResponseSigner signer;
    private final int nodePort;

    JournalDoor(NodeDoor door, ResponseSigner signer, NodeListenerSettings listener) {
        this.door = door;
        this.signer = signer;
        this.nodePort = listener.port();
    }

    @RequestFilter
    void authenticate(HttpRequest<?> request) {
        if (request.getServerAddress().getPort() == nodePort) {
            door.authenticate(request, NO_CONTENT, false);
        }
    }

    @ResponseFilter
    void sign(HttpRequest<?> request, MutableHttpResponse<?> response) throws JsonProcessingException {
        Optional<AuthenticatedCall> call = NodeDoor.callOf(request);
        if (call.isPresent() && !response.getHeaders().contains("signature")) {
            signer.sign(call.get(), request, response);
        }
    }
}
