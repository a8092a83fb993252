package org.entente.crypto.message;

import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Verification of HTTP message signatures as RFC 9421 section 3.2 has them, without the narrowing of the gateway
 * profile: any components, any of the known algorithms. It says that a signature holds, not that it covers enough.
 */
public final class MessageSignatures {
    private MessageSignatures() {}

    /**
     * Verifies the signature with this label on a request and returns its base.
     *
     * @throws VerificationException if it is absent, malformed or does not hold
     */
    public static byte[] verify(HttpRequestMessage request, String label, VerificationKey key)
            throws VerificationException {
        SignatureInput input = labelled(request.headers(), label);
        byte[] base = SignatureBase.of(input, request);
        verify(input, base, key);
        return base;
    }

    /**
     * Verifies the signature with this label on a response and returns its base.
     *
     * @param request what the response answers; needed where components are bound with {@code ;req}
     * @throws VerificationException if it is absent, malformed or does not hold
     */
    public static byte[] verify(
            HttpResponseMessage response, @Nullable HttpRequestMessage request, String label, VerificationKey key)
            throws VerificationException {
        SignatureInput input = labelled(response.headers(), label);
        byte[] base = SignatureBase.of(input, response, request);
        verify(input, base, key);
        return base;
    }

    /** The labels of a message's signatures, in order. */
    public static List<String> labels(Headers headers) throws VerificationException {
        return SignatureInput.read(headers).stream().map(SignatureInput::label).toList();
    }

    private static SignatureInput labelled(Headers headers, String label) throws VerificationException {
        return SignatureInput.read(headers).stream()
                .filter(input -> input.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.SIGNATURE_MISSING, "the message has no signature labelled " + label));
    }

    /** The algorithm follows from the key; where the message names one, it must be the same (section 3.2 step 6). */
    static void verify(SignatureInput input, byte[] base, VerificationKey key) throws VerificationException {
        String stated = input.text("alg").orElse(key.httpAlgorithm());
        if (!stated.equals(key.httpAlgorithm())) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH,
                    "the signature " + input.label() + " says alg " + stated + ", its key is for "
                            + key.httpAlgorithm());
        }
        if (!key.verify(base, input.signature())) {
            throw new VerificationException(
                    Reason.SIGNATURE_INVALID,
                    "the signature " + input.label() + " (keyid "
                            + input.text("keyid").orElse("none") + ") does not verify");
        }
    }
}
