package org.entente.gateway.partners;

import java.security.cert.X509Certificate;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.jspecify.annotations.Nullable;

/**
 * A partner's call that has passed the door: its TLS certificate is pinned and valid, its content has its digest, its
 * signature holds and is fresh.
 *
 * @param partner as it stood when the call was checked
 * @param cardDigest base64url digest of the card whose key signed
 * @param request with all its fields
 * @param signature its verified signature
 * @param body the content
 * @param certificate the TLS certificate that was presented; null for a message from a sealed file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AuthenticatedCall(
        Partner partner,
        String cardDigest,
        HttpRequestMessage request,
        VerifiedSignature signature,
        byte[] body,
        @Nullable X509Certificate certificate) {

    /** Whether the message came as a sealed file. Its nonce is of no use then; what it leads to is the same however often it comes. */
    public boolean isFiled() {
        return certificate == null;
    }
}
