package org.entente.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A member of staff at a node's staff listener: sends what it is told to, with the token it got. */
public final class StaffClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final @Nullable String token;

    private StaffClient(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** Somebody who has not signed in. */
    public static StaffClient anonymous(URI base) {
        return new StaffClient(base, null);
    }

    /** Signs in; fails the test if that is refused. */
    public static StaffClient signIn(URI base, String name, String password) {
        HttpResponse<String> response = anonymous(base)
                .send(
                        "POST",
                        "/login",
                        JSON.createObjectNode()
                                .put("username", name)
                                .put("password", password)
                                .toString());
        if (response.statusCode() != 200) {
            throw new AssertionError("sign-in of " + name + " was refused: " + response.body());
        }
        return new StaffClient(base, json(response).get("access_token").textValue());
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder builder = request(path).GET();
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    /** @param body JSON text */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder = request(path)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    public HttpResponse<String> post(String path, Map<String, ?> body) {
        return send("POST", path, JSON.valueToTree(body).toString());
    }

    public HttpResponse<String> put(String path, Object body) {
        return send("PUT", path, JSON.valueToTree(body).toString());
    }

    /** The body as JSON. */
    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    /** The code of a problem document. */
    public static String problem(HttpResponse<String> response) {
        String type = json(response).path("type").asText();
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            builder.header("authorization", "Bearer " + token);
        }
        return builder;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
