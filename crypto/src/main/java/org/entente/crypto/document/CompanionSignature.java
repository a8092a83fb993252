package org.entente.crypto.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;

/**
 * A post-quantum signature that stands beside a document and not in it: JWS with detached content (RFC 7515 appendix F) by ML-DSA-65
 * (RFC 9964), over the payload of the document. Its header is exactly {@code alg cty iat kid}. Kept apart so that a validator which
 * does not know ML-DSA finds nothing but signatures that it can judge.
 *
 * @param protectedHeader canonical JSON of the header, as signed
 * @param signature 3309 bytes
 * @param keyId the {@code kid}: thumbprint of the key
 * @param issuedAt the {@code iat}, in whole seconds: the same as in the signature that it accompanies
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record CompanionSignature(byte[] protectedHeader, byte[] signature, String keyId, Instant issuedAt) {
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ML_DSA_65;
    private static final Set<String> HEADER_NAMES = Set.of("alg", "cty", "iat", "kid");
    private static final Set<String> NAMES = Set.of("protected", "signature");

    /**
     * Signs the payload of a document.
     *
     * @param payload canonical JSON
     * @param beside the signature that it accompanies; content type and time are taken from it
     * @param key for ML-DSA-65
     */
    public static CompanionSignature sign(byte[] payload, DocumentSignature beside, SigningKey key) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", ALGORITHM.joseName());
        header.put("cty", beside.contentType());
        header.put("iat", beside.issuedAt().getEpochSecond());
        String keyId = AkpKey.of(key).thumbprint();
        header.put("kid", keyId);
        byte[] bytes = CanonicalJson.encode(header);
        return new CompanionSignature(
                bytes, key.sign(DocumentSignature.signingInput(bytes, payload)), keyId, beside.issuedAt());
    }

    /**
     * Reads {@code {"protected": ..., "signature": ...}} strictly, without believing it.
     *
     * @throws VerificationException naming what is wrong
     */
    public static CompanionSignature read(JsonNode json) throws VerificationException {
        SignedDocument.requireMembers("a companion signature", json, NAMES);
        byte[] bytes = Base64Url.decode("protected", json.path("protected").asText());
        JsonNode header = SignedDocument.canonicalObject("the header of the companion signature", bytes);
        SignedDocument.requireMembers("the header of the companion signature", header, HEADER_NAMES);
        JsonNode issuedAt = header.path("iat");
        if (!header.path("alg").asText().equals(ALGORITHM.joseName())) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH,
                    "a companion signature has alg " + ALGORITHM.joseName() + ", not "
                            + header.path("alg").asText());
        }
        if (!header.path("cty").isTextual()
                || !header.path("kid").isTextual()
                || !issuedAt.isIntegralNumber()
                || !issuedAt.canConvertToLong()) {
            throw new VerificationException(Reason.MALFORMED, "cty and kid must be texts and iat whole seconds");
        }
        return new CompanionSignature(
                bytes,
                Base64Url.decode("signature", json.path("signature").asText()),
                header.path("kid").asText(),
                Instant.ofEpochSecond(issuedAt.longValue()));
    }

    /**
     * Verifies that the holder of a key has signed the payload, at the time of the signature that this one accompanies.
     *
     * @throws VerificationException with KEY_UNKNOWN, DIGEST_MISMATCH or SIGNATURE_INVALID
     */
    public void verify(byte[] payload, DocumentSignature beside, AkpKey key) throws VerificationException {
        if (!keyId.equals(key.thumbprint())) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN, "the companion signature is by the key " + keyId + ", not " + key);
        }
        if (!issuedAt.equals(beside.issuedAt())) {
            throw new VerificationException(
                    Reason.DIGEST_MISMATCH,
                    "the companion signature states " + issuedAt + ", and the signature beside it "
                            + beside.issuedAt());
        }
        if (!key.verificationKey().verify(DocumentSignature.signingInput(protectedHeader, payload), signature)) {
            throw new VerificationException(Reason.SIGNATURE_INVALID, "the companion signature does not verify");
        }
    }

    /** The JSON form. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("protected", Base64Url.encode(protectedHeader))
                .put("signature", Base64Url.encode(signature));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompanionSignature that
                && Arrays.equals(protectedHeader, that.protectedHeader)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(protectedHeader);
    }
}
