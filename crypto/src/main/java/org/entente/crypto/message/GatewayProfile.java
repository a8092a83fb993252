package org.entente.crypto.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.SigningKey;

/**
 * How gateways sign their messages: RFC 9421 narrowed to one list of components, one set of parameters and no choices.
 * A missing component, an unknown parameter, an unexpected or missing signature is refused.
 */
public final class GatewayProfile {
    private GatewayProfile() {}

    /** Signs a request. */
    public static Signed signRequest(
            HttpRequestMessage unsigned, boolean exchange, List<MessageSigner> signers, Instant now, String nonce) {
        throw new UnsupportedOperationException();
    }

    /** Signs a request with the one signature that is always there. */
    public static Signed signRequest(
            HttpRequestMessage unsigned, boolean exchange, String keyid, SigningKey key, Instant now, String nonce) {
        return signRequest(unsigned, exchange, List.of(MessageSigner.primary(keyid, key)), now, nonce);
    }

    /** Verifies a request. */
    public static VerifiedSignature verifyRequest(
            HttpRequestMessage request, boolean exchange, Instant now, Duration skew, KeyResolver keys)
            throws VerificationException {
        throw new UnsupportedOperationException();
    }

    /** Signs a response to a request. */
    public static Signed signResponse(
            HttpResponseMessage unsigned,
            HttpRequestMessage request,
            boolean exchange,
            List<MessageSigner> signers,
            Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Signs a response with the one signature that is always there. */
    public static Signed signResponse(
            HttpResponseMessage unsigned,
            HttpRequestMessage request,
            boolean exchange,
            String keyid,
            SigningKey key,
            Instant now) {
        return signResponse(unsigned, request, exchange, List.of(MessageSigner.primary(keyid, key)), now);
    }

    /** Verifies a response to a request. */
    public static VerifiedSignature verifyResponse(
            HttpResponseMessage response,
            HttpRequestMessage request,
            boolean exchange,
            Instant now,
            Duration skew,
            KeyResolver keys)
            throws VerificationException {
        throw new UnsupportedOperationException();
    }
}
