package org.entente.crypto;

import java.io.Serial;

/** A signature, document or proof that was checked and did not hold. Carries a reason for machines and a sentence for people. */
public final class VerificationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What did not hold. */
    public enum Reason {
        /** The bytes do not follow the format. */
        MALFORMED,
        /** The bytes are one of several encodings of the same content, and not the canonical one. */
        NOT_CANONICAL,
        /** A required signature is absent. */
        SIGNATURE_MISSING,
        /** A signature is present that the profile does not expect. */
        SIGNATURE_UNEXPECTED,
        /** The signature does not verify under the key. */
        SIGNATURE_INVALID,
        /** The signature does not cover exactly what it must. */
        COMPONENTS_MISSING,
        /** A component or parameter that the profile does not know. */
        COMPONENTS_UNEXPECTED,
        /** A signature parameter is absent, unknown or out of its range. */
        PARAMETERS_WRONG,
        /** The named algorithm is not that of the key. */
        ALGORITHM_MISMATCH,
        /** The content does not have the stated digest. */
        DIGEST_MISMATCH,
        /** The message's time is past. */
        EXPIRED,
        /** The message's time and ours differ by more than is allowed. */
        CLOCK_SKEW,
        /** Nobody known owns the key. */
        KEY_UNKNOWN,
        /** The certificate is outside its validity, or does not fit the key or digest beside it. */
        CERTIFICATE_INVALID,
        /** The certificate's issuer has revoked it. */
        CERTIFICATE_REVOKED,
        /** Whether the certificate's issuer has revoked it cannot be told. */
        REVOCATION_UNKNOWN,
        /** A proof does not lead to the stated root. */
        PROOF_INVALID
    }

    private final Reason reason;
    private final String sentence;

    /** A failed check: the reason, and a sentence that names what was checked and what was found. */
    public VerificationException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
        this.sentence = sentence;
    }

    /** A failed check with the failure underneath. */
    public VerificationException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
        this.sentence = sentence;
    }

    /** What did not hold. */
    public Reason reason() {
        return reason;
    }

    /** What was checked and what was found, for a person. */
    public String sentence() {
        return sentence;
    }
}
