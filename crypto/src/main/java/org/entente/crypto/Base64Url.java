package org.entente.crypto;

import java.util.Base64;
import org.entente.crypto.VerificationException.Reason;

/** Base64url without padding (RFC 7515 appendix C), the one way in which this project writes bytes as text. */
public final class Base64Url {
    private Base64Url() {}

    /** Bytes as text. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What this program has written, or what is only compared afterwards.
     *
     * @throws IllegalArgumentException if it is not base64url
     */
    public static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    /**
     * What somebody else has written, read strictly: no padding, no other characters, no stray bits at the end.
     *
     * @param name what it is called in a refusal
     * @throws VerificationException if it is not the one base64url form of its bytes
     */
    public static byte[] decode(String name, String text) throws VerificationException {
        try {
            byte[] bytes = decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
            throw new VerificationException(Reason.NOT_CANONICAL, name + " is not in its one base64url form");
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, name + " is not base64url", e);
        }
    }
}
