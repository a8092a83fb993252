package org.entente.gateway.exchange;

import java.util.Base64;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;

/** The {@code Entente-Proof} field: a tlog-proof as an RFC 8941 byte sequence. */
final class ProofField {
    private ProofField() {}

    /** The field's value. */
    static String encode(TlogProof proof) {
        return ":" + Base64.getEncoder().encodeToString(proof.encode()) + ":";
    }

    /**
     * The proof in an answer's fields, not yet believed.
     *
     * @throws VerificationException with PROOF_INVALID if it is absent or cannot be read
     */
    static TlogProof of(Headers headers) throws VerificationException {
        var values = headers.values(ExchangeHeaders.PROOF);
        if (values.size() != 1) {
            throw invalid("The answer carries no proof that it is in the provider's journal.", null);
        }
        String value = values.getFirst();
        if (value.length() < 2 || value.charAt(0) != ':' || value.charAt(value.length() - 1) != ':') {
            throw invalid("The proof in the answer is not a byte sequence (RFC 8941 section 3.3.5).", null);
        }
        try {
            return TlogProof.parse(Base64.getDecoder().decode(value.substring(1, value.length() - 1)));
        } catch (IllegalArgumentException e) {
            throw invalid("The proof in the answer is not base64: " + e.getMessage(), e);
        }
    }

    private static VerificationException invalid(String sentence, @org.jspecify.annotations.Nullable Throwable cause) {
        return cause == null
                ? new VerificationException(VerificationException.Reason.PROOF_INVALID, sentence)
                : new VerificationException(VerificationException.Reason.PROOF_INVALID, sentence, cause);
    }
}
