package org.entente.crypto.document;

import java.util.Base64;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** Base64url without padding (RFC 7515 appendix C), read strictly: no padding, no other characters, no stray bits at the end. */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] decode(String name, String text) throws VerificationException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
            throw new VerificationException(Reason.NOT_CANONICAL, name + " is not in its one base64url form");
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, name + " is not base64url", e);
        }
    }
}
