package org.entente.crypto.message;

/**
 * A response as its signature sees it.
 *
 * @param status for instance 200
 * @param headers fields of the response
 * @param content length and digest of the content, computed from the bytes
 */
public record HttpResponseMessage(int status, Headers headers, Content content) {
    /** The same response with further fields. */
    public HttpResponseMessage plus(Headers more) {
        return new HttpResponseMessage(status, headers.plus(more), content);
    }
}
