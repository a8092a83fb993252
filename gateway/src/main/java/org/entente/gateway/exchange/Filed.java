package org.entente.gateway.exchange;

import java.util.List;
import java.util.Optional;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;

/** Signed messages as files hold them: every field in its order, and the body as base64url without padding. */
public final class Filed {
    private Filed() {}

    /** A request: its head and its content. */
    public record Request(String method, String url, List<List<String>> headers, String body) {
        /** A message with its bytes. */
        public static Request of(HttpRequestMessage message, byte[] content) {
            return new Request(
                    message.method(),
                    message.targetUri(),
                    StoredMessage.lines(message.headers()),
                    Base64Url.encode(content));
        }

        /** The value of a field that is there once. */
        public Optional<String> field(String name) {
            return headers.stream()
                    .filter(line -> line.getFirst().equals(name))
                    .map(List::getLast)
                    .findFirst();
        }

        /** The message; its digest is that of the bytes that are here. */
        public HttpRequestMessage message() throws VerificationException {
            return new HttpRequestMessage(method, url, headersOf(headers), Content.of(content()));
        }

        /** The content's bytes. */
        public byte[] content() throws VerificationException {
            return Base64Url.decode("request.body", body);
        }
    }

    /** A response: its head and its content. */
    public record Response(int status, List<List<String>> headers, String body) {
        /** A message with its bytes. */
        public static Response of(HttpResponseMessage message, byte[] content) {
            return of(message.status(), message.headers(), content);
        }

        /** A message with its bytes. */
        public static Response of(int status, Headers headers, byte[] content) {
            return new Response(status, StoredMessage.lines(headers), Base64Url.encode(content));
        }

        /** The message; its digest is that of the bytes that are here. */
        public HttpResponseMessage message() throws VerificationException {
            return new HttpResponseMessage(status, headersOf(headers), Content.of(content()));
        }

        /** The content's bytes. */
        public byte[] content() throws VerificationException {
            return Base64Url.decode("response.body", body);
        }
    }

    private static Headers headersOf(List<List<String>> lines) throws VerificationException {
        try {
            return StoredMessage.headers(lines);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "A header line is not a name and a value.", e);
        }
    }
}
