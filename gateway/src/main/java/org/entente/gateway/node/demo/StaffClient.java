package org.entente.gateway.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A member of staff with a browser or R: signs in at the own gateway and asks. */
final class StaffClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    StaffClient(URI base, String user, String password) {
        this.base = base;
        try {
            HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(base.resolve("/login"))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofByteArray(
                            MAPPER.writeValueAsBytes(Map.of("username", user, "password", password)))));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(user + " cannot sign in: " + answer.statusCode());
            }
            this.token = MAPPER.readTree(answer.body()).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token() {
        return token;
    }

    HttpResponse<byte[]> get(String path, String accept) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("authorization", "Bearer " + token)
                .header("accept", accept));
    }

    HttpResponse<byte[]> post(String path, byte[] json) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(json)));
    }

    JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
