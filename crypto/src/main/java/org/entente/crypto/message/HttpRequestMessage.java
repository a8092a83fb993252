package org.entente.crypto.message;

/**
 * A request as its signature sees it.
 *
 * @param method for instance {@code GET}
 * @param targetUri absolute, from the configured public base URI and never from forwarded headers
 * @param headers fields of the request
 * @param content length and digest of the content, computed from the bytes
 */
public record HttpRequestMessage(String method, String targetUri, Headers headers, Content content) {
    /** The same request with further fields. */
    public HttpRequestMessage plus(Headers more) {
        return new HttpRequestMessage(method, targetUri, headers.plus(more), content);
    }
}
