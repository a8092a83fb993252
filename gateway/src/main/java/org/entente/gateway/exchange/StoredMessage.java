package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.canonical.JsonBuffers;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;

/** The head of a signed message as it is kept in the database: exactly the fields that crossed the wire, in their order. */
public final class StoredMessage {
    private static final ObjectMapper MAPPER =
            new ObjectMapper(JsonBuffers.shared().build());

    private record Request(String method, String url, List<List<String>> headers) {}

    private record Response(int status, List<List<String>> headers) {}

    private StoredMessage() {}

    /** The head of a request. */
    public static byte[] encode(HttpRequestMessage request) {
        return write(new Request(request.method(), request.targetUri(), lines(request.headers())));
    }

    /** The head of a response. */
    public static byte[] encode(HttpResponseMessage response) {
        return write(new Response(response.status(), lines(response.headers())));
    }

    /** A request from its stored head and its content. */
    public static HttpRequestMessage request(byte[] stored, Content content) {
        Request request = read(stored, Request.class);
        return new HttpRequestMessage(request.method, request.url, headers(request.headers), content);
    }

    /** A response from its stored head and its content. */
    public static HttpResponseMessage response(byte[] stored, Content content) {
        Response response = read(stored, Response.class);
        return new HttpResponseMessage(response.status, headers(response.headers), content);
    }

    /** Header lines as pairs, for files that show them. */
    public static List<List<String>> lines(Headers headers) {
        List<List<String>> lines = new ArrayList<>();
        headers.all().forEach(field -> lines.add(List.of(field.name(), field.value())));
        return lines;
    }

    /** Headers from pairs. */
    public static Headers headers(List<List<String>> lines) {
        Headers.Builder builder = Headers.builder();
        for (List<String> line : lines) {
            if (line.size() != 2) {
                throw new IllegalArgumentException("a header line is a name and a value");
            }
            builder.add(line.get(0), line.get(1));
        }
        return builder.build();
    }

    private static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(byte[] stored, Class<T> type) {
        try {
            return MAPPER.readValue(stored, type);
        } catch (IOException e) {
            throw new IllegalStateException("a stored message cannot be read", e);
        }
    }
}
