package org.entente.crypto.keys;

import java.security.PublicKey;

/**
 * A public key made ready to verify. Building one costs far more than one verification, so keep it as long as the
 * key is in use. Safe for use by many threads at once.
 */
public interface VerificationKey {
    /** Name of its algorithm in HTTP message signatures. */
    String httpAlgorithm();

    /** Whether the signature over the data verifies; false, never an exception, for a malformed signature. */
    boolean verify(byte[] data, byte[] signature);

    /**
     * Makes a public key ready.
     *
     * @throws IllegalArgumentException if the key is not one of that algorithm
     */
    static VerificationKey of(SignatureAlgorithm algorithm, PublicKey key) {
        return KeyCodec.verificationKey(algorithm, key);
    }

    /**
     * Makes a bare public key ready, as Ed25519 and ML-DSA keys are published.
     *
     * @throws IllegalArgumentException if the bytes are no such key, or the algorithm has no bare form
     */
    static VerificationKey ofRaw(SignatureAlgorithm algorithm, byte[] key) {
        return KeyCodec.rawVerificationKey(algorithm, key);
    }
}
