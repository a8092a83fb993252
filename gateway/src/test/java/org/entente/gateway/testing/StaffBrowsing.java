package org.entente.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A member of staff who is signed in at the pages of a node and sends forms, as a browser does. */
public final class StaffBrowsing {
    private static final String BOUNDARY = "----boundary-of-a-form";

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestNode node;
    private final String session;

    private StaffBrowsing(TestNode node, String user) throws IOException, InterruptedException {
        this.node = node;
        HttpResponse<String> begun = http.send(
                HttpRequest.newBuilder(URI.create(node.staff() + "/console/sign-in"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                encoded(Map.of("username", user, "password", Corridor.PASSWORD))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = begun.headers().firstValue("set-cookie").orElseThrow();
        session = cookie.substring(0, cookie.indexOf(';'));
    }

    /** Signs in. */
    public static StaffBrowsing as(String user, TestNode node) throws IOException, InterruptedException {
        return new StaffBrowsing(node, user);
    }

    /** A request of the person, to be changed and sent. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.staff() + path))
                .header("cookie", session)
                .header("accept-language", "en");
    }

    /** Sends it. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A page. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Sends a form. */
    public HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(request(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))));
    }

    /**
     * Sends a form with a file.
     *
     * @param file name of the field
     * @param name of the file; empty where none was chosen
     */
    public HttpResponse<String> upload(
            String path, Map<String, String> fields, String file, String name, byte[] content)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            part(body, "name=\"" + field.getKey() + "\"", field.getValue().getBytes(StandardCharsets.UTF_8));
        }
        part(
                body,
                "name=\"" + file + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream",
                content);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return send(request(path)
                .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static void part(ByteArrayOutputStream body, String about, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + about + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
