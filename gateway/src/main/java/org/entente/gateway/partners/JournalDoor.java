package org.entente.gateway.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.NodeListenerSettings;
import org.jspecify.annotations.Nullable;

/**
 * The same door for the journal's routes, which stand below this package and know nothing of partners: calls are
 * authenticated before the route, answers and refusals signed behind it.
 */
@ServerFilter("/journal/**")
@ExecuteOn(TaskExecutors.BLOCKING)
final class JournalDoor {
    private static final String CALL = JournalDoor.class.getName();
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final ObjectMapper mapper;
    private final int nodePort;

    JournalDoor(NodeDoor door, ObjectMapper mapper, NodeListenerSettings listener) {
        this.door = door;
        this.mapper = mapper;
        this.nodePort = listener.port();
    }

    @RequestFilter
    void authenticate(HttpRequest<?> request) {
        if (request.getServerAddress().getPort() == nodePort) {
            request.setAttribute(CALL, door.authenticate(request, NO_CONTENT, false));
        }
    }

    @ResponseFilter
    void sign(HttpRequest<?> request, MutableHttpResponse<?> response) throws JsonProcessingException {
        Optional<AuthenticatedCall> call = request.getAttribute(CALL, AuthenticatedCall.class);
        if (call.isEmpty()) {
            return;
        }
        byte[] body = bytes(response.body());
        Headers fields = body.length == 0 ? Headers.EMPTY : Headers.of("content-type", contentType(request, response));
        HttpResponseMessage signed = door.sign(call.get(), response.code(), fields, body);
        response.body(body);
        signed.headers().all().forEach(field -> response.getHeaders().set(field.name(), field.value()));
    }

    private byte[] bytes(@Nullable Object body) throws JsonProcessingException {
        return switch (body) {
            case null -> NO_CONTENT;
            case byte[] bytes -> bytes;
            case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
            default -> mapper.writeValueAsBytes(body);
        };
    }

    private static String contentType(HttpRequest<?> request, MutableHttpResponse<?> response) {
        return response.getContentType()
                .or(() -> RouteAttributes.getRouteInfo(request)
                        .map(route -> route.getProduces().getFirst()))
                .orElse(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .toString();
    }
}
