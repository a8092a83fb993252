package org.entente.gateway.exchange;

import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.Signed;
import org.entente.crypto.message.VerifiedSignature;

/**
 * What a journal record says of a signed response. Every member can be rebuilt from the two raw messages.
 *
 * @param base base64url SHA-256 of the signature base, which binds the request with {@code ;req} components
 * @param signature base64url of the signature's bytes
 * @param keyid card digest and key name
 * @param status HTTP status
 * @param contentDigest the {@code Content-Digest} field as sent
 * @param contentType the {@code Content-Type} field as sent
 */
public record ResponsePart(
        String base, String signature, String keyid, int status, String contentDigest, String contentType) {

    /** The part of a response whose signature was verified. */
    public static ResponsePart of(HttpResponseMessage response, VerifiedSignature signature) {
        return of(response, signature.base(), signature.signature(), signature.keyid());
    }

    /** The part of a response that this node has signed. */
    public static ResponsePart of(HttpResponseMessage response, Signed signed) {
        return of(response, signed.base(), signed.signature(), signed.keyid());
    }

    private static ResponsePart of(HttpResponseMessage response, byte[] base, byte[] signature, String keyid) {
        return new ResponsePart(
                Base64Url.encode(Digests.sha256(base)),
                Base64Url.encode(signature),
                keyid,
                response.status(),
                response.headers().get("content-digest").orElse(""),
                response.headers().get("content-type").orElse(""));
    }
}
