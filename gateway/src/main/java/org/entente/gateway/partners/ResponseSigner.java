package org.entente.gateway.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpResponseMessage;
import org.jspecify.annotations.Nullable;

/** Signs what the framework is about to send, where the route itself has not made a message of it. */
@Singleton
final class ResponseSigner {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final ObjectMapper mapper;

    ResponseSigner(NodeDoor door, ObjectMapper mapper) {
        this.door = door;
        this.mapper = mapper;
    }

    /** Fixes the body's bytes and adds digest and signature. */
    void sign(AuthenticatedCall call, HttpRequest<?> request, MutableHttpResponse<?> response)
            throws JsonProcessingException {
        byte[] body = bytes(response.body());
        Headers fields = body.length == 0 ? Headers.EMPTY : Headers.of("content-type", contentType(request, response));
        HttpResponseMessage signed = door.sign(call, response.code(), fields, body);
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
