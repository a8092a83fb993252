package org.entente.crypto.keys;

import java.security.PublicKey;

/** One-off verification. For a key that is used often, keep a {@link VerificationKey}. */
public final class SignatureVerifier {
    private SignatureVerifier() {}

    /**
     * Whether the signature over the data verifies under the key.
     *
     * @throws IllegalArgumentException if the key is not one of that algorithm
     */
    public static boolean verify(SignatureAlgorithm algorithm, PublicKey key, byte[] data, byte[] signature) {
        return VerificationKey.of(algorithm, key).verify(data, signature);
    }
}
