package org.entente.gateway.partners;

import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** What a failed check of a message is called towards the caller. */
final class Refusals {
    private Refusals() {}

    static EntenteException of(VerificationException failure) {
        return new EntenteException(code(failure.reason()), capital(failure.sentence()) + ".", failure);
    }

    static ErrorCode code(VerificationException.Reason reason) {
        return switch (reason) {
            case SIGNATURE_MISSING, MALFORMED, NOT_CANONICAL -> ErrorCode.SIGNATURE_MISSING;
            case SIGNATURE_INVALID, SIGNATURE_UNEXPECTED, ALGORITHM_MISMATCH, PROOF_INVALID ->
                ErrorCode.SIGNATURE_INVALID;
            case COMPONENTS_MISSING, COMPONENTS_UNEXPECTED, PARAMETERS_WRONG -> ErrorCode.SIGNATURE_COMPONENTS_MISSING;
            case DIGEST_MISMATCH -> ErrorCode.DIGEST_MISMATCH;
            case EXPIRED -> ErrorCode.REQUEST_EXPIRED;
            case CLOCK_SKEW -> ErrorCode.CLOCK_SKEW;
            case KEY_UNKNOWN -> ErrorCode.CARD_UNKNOWN;
            case CERTIFICATE_INVALID -> ErrorCode.CERTIFICATE_EXPIRED;
            case CERTIFICATE_REVOKED -> ErrorCode.CERTIFICATE_REVOKED;
            case REVOCATION_UNKNOWN -> ErrorCode.REVOCATION_UNKNOWN;
        };
    }

    static String capital(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
