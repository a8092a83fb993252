package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.JsonBuffers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.Signed;
import org.entente.crypto.message.VerifiedSignature;

/**
 * What a journal record says of a signed request. Every member can be rebuilt from the raw message.
 *
 * @param base base64url SHA-256 of the signature base (RFC 9421 section 2.5)
 * @param signature base64url of the signature's bytes
 * @param keyid card digest and key name
 * @param contentDigest the {@code Content-Digest} field as sent (RFC 9530)
 */
public record RequestPart(String base, String signature, String keyid, String contentDigest) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper(JsonBuffers.shared().build());

    /** The part of a request whose signature was verified. */
    public static RequestPart of(HttpRequestMessage request, VerifiedSignature signature) {
        return of(request, signature.base(), signature.signature(), signature.keyid());
    }

    /** The part of a request that this node has signed. */
    public static RequestPart of(HttpRequestMessage request, Signed signed) {
        return of(request, signed.base(), signed.signature(), signed.keyid());
    }

    private static RequestPart of(HttpRequestMessage request, byte[] base, byte[] signature, String keyid) {
        return new RequestPart(
                Base64Url.encode(Digests.sha256(base)),
                Base64Url.encode(signature),
                keyid,
                request.headers().get("content-digest").orElse(""));
    }

    /** As a row keeps it. */
    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@link #json} wrote. */
    static RequestPart parse(String json) {
        try {
            return MAPPER.readValue(json, RequestPart.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored request part cannot be read", e);
        }
    }
}
