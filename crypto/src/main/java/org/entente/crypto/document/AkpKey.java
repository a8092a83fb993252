package org.entente.crypto.document;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;

/**
 * A public ML-DSA-65 key as a JSON Web Key: {@code kty} {@code AKP}, {@code alg}, {@code pub} (RFC 9964). Immutable, compared by value.
 */
public final class AkpKey {
    private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ML_DSA_65;
    /** Bytes of the public key (FIPS 204 table 2). */
    private static final int LENGTH = 1952;

    private static final Set<String> NAMES = Set.of("alg", "kty", "pub");

    private final byte[] key;
    private final String thumbprint;

    private AkpKey(byte[] key) {
        this.key = key;
        this.thumbprint = Base64Url.encode(Digests.sha256(CanonicalJson.encode(json(key))));
    }

    /**
     * The public half of a key.
     *
     * @throws IllegalArgumentException if it is not for ML-DSA-65
     */
    public static AkpKey of(SigningKey key) {
        if (key.algorithm() != ALGORITHM) {
            throw new IllegalArgumentException("documents have companions by ML-DSA-65, not " + key.algorithm());
        }
        byte[] encoded = key.publicKey().getEncoded();
        return new AkpKey(Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length)); // RFC 9881 section 4
    }

    /**
     * Reads a JSON Web Key strictly.
     *
     * @throws VerificationException with MALFORMED, NOT_CANONICAL or ALGORITHM_MISMATCH
     */
    public static AkpKey read(JsonNode json) throws VerificationException {
        SignedDocument.requireMembers("a post-quantum key", json, NAMES);
        boolean expected = json.path("kty").asText().equals("AKP")
                && json.path("alg").asText().equals(ALGORITHM.joseName());
        if (!expected) {
            throw new VerificationException(
                    Reason.ALGORITHM_MISMATCH, "a post-quantum key has kty AKP and alg " + ALGORITHM.joseName());
        }
        byte[] key = Base64Url.decode("pub", json.path("pub").asText());
        if (key.length != LENGTH) {
            throw new VerificationException(
                    Reason.MALFORMED, "a key for ML-DSA-65 has " + LENGTH + " bytes, not " + key.length);
        }
        return new AkpKey(key);
    }

    /** The JSON Web Key. */
    @JsonValue
    public ObjectNode toJson() {
        return json(key);
    }

    private static ObjectNode json(byte[] key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alg", ALGORITHM.joseName())
                .put("kty", "AKP")
                .put("pub", Base64Url.encode(key));
    }

    /** Its name in signatures, {@code kid}: base64url of its thumbprint by SHA-256 (RFC 7638; members as RFC 9964 says). */
    public String thumbprint() {
        return thumbprint;
    }

    VerificationKey verificationKey() {
        return VerificationKey.ofRaw(ALGORITHM, key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AkpKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The thumbprint. */
    @Override
    public String toString() {
        return thumbprint;
    }
}
