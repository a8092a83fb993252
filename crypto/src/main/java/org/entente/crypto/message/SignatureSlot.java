package org.entente.crypto.message;

/**
 * A place for one signature on a message: its label in the two signature fields, and its tags.
 *
 * @param label dictionary key in {@code Signature-Input} and {@code Signature}
 * @param requestTag {@code tag} parameter in a request
 * @param responseTag {@code tag} parameter in a response
 */
public record SignatureSlot(String label, String requestTag, String responseTag) {
    /** The signature that every message carries. */
    public static final SignatureSlot PRIMARY = new SignatureSlot("entente", "entente-request", "entente-response");

    /** The ML-DSA companion, where the sender's card lists one. */
    public static final SignatureSlot POST_QUANTUM =
            new SignatureSlot("entente-pq", "entente-request-pq", "entente-response-pq");
}
