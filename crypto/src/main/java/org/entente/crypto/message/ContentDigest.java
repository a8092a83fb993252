package org.entente.crypto.message;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.StructuredFields.Item;
import org.entente.crypto.message.StructuredFields.MalformedException;

/** The {@code Content-Digest} field (RFC 9530 section 2) with SHA-256. */
public final class ContentDigest {
    /** Name of the field. */
    public static final String FIELD = "content-digest";

    private ContentDigest() {}

    /** The field value for this content. */
    public static String header(Content content) {
        return header(content.sha256());
    }

    /** The field value for content with this SHA-256 digest, 32 bytes. */
    public static String header(byte[] sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }

    /**
     * The SHA-256 digest that a field value states. Other algorithms beside it are refused: nobody would check them.
     *
     * @throws VerificationException if the value is anything else than one {@code sha-256} member of 32 bytes
     */
    public static byte[] parseSha256(String header) throws VerificationException {
        try {
            Map<String, Object> members = StructuredFields.dictionary(header);
            if (members.size() == 1
                    && members.get("sha-256") instanceof Item(byte[] digest, var parameters)
                    && parameters.isEmpty()
                    && digest.length == Digests.SHA256_BYTES) {
                return digest;
            }
            throw new VerificationException(
                    Reason.MALFORMED, "the field content-digest must hold one sha-256 digest and nothing else");
        } catch (MalformedException e) {
            throw new VerificationException(
                    Reason.MALFORMED, "the field content-digest cannot be read: " + e.getMessage(), e);
        }
    }

    /** Refuses a message whose content does not have the digest that its field states. */
    static void check(Headers headers, Content content) throws VerificationException {
        String header = headers.get(FIELD)
                .orElseThrow(() -> new VerificationException(
                        Reason.COMPONENTS_MISSING, "the message has no content-digest field"));
        if (!MessageDigest.isEqual(parseSha256(header), content.sha256())) {
            throw new VerificationException(
                    Reason.DIGEST_MISMATCH,
                    "the content has the digest " + header(content) + ", the message states " + header);
        }
    }
}
