package org.entente.crypto.journal;

/** Something that claims to belong to a journal is malformed or does not prove what it claims. */
public final class JournalVerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The rule that was broken. */
    public enum Reason {
        /** The text or the bytes are not in the format. */
        MALFORMED,
        /** The index is not below the tree size, or the older size is not below the newer. */
        OUTSIDE_TREE,
        /** The proof has too few or too many hashes for its index and size. */
        PROOF_LENGTH,
        /** The hashes do not lead to the root. */
        ROOT_MISMATCH,
        /** A signature made with a known key is wrong. */
        SIGNATURE_INVALID,
        /** No signature is from a key that the verifier knows. */
        NO_KNOWN_SIGNATURE,
        /** The checkpoint belongs to another journal. */
        ORIGIN_MISMATCH,
        /** The key's algorithm is none that this package verifies. */
        KEY_UNSUPPORTED
    }

    private final Reason reason;

    /** A failure with the rule and a sentence that names the particulars. */
    public JournalVerificationException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** The rule that was broken. */
    public Reason reason() {
        return reason;
    }
}
