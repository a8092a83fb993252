package org.entente.crypto.keys;

import java.security.PrivateKey;
import java.security.PublicKey;

/** A private key that signs. Safe for use by many threads at once. */
public interface SigningKey {
    /** The algorithm it signs with. */
    SignatureAlgorithm algorithm();

    /** Signs the data (not a digest of it); ECDSA signatures are r||s, 64 bytes. */
    byte[] sign(byte[] data);

    /** The public half. */
    PublicKey publicKey();

    /**
     * The signing key of a key pair; the algorithm follows from the key (EC P-256, Ed25519, ML-DSA).
     *
     * @throws IllegalArgumentException if the key is of another kind
     */
    static SigningKey of(PrivateKey privateKey, PublicKey publicKey) {
        return KeyCodec.signingKey(privateKey, publicKey);
    }

    /**
     * An ML-DSA key from its seed (FIPS 204 algorithm 6), the only form in which such keys are kept here.
     *
     * @param seed 32 bytes
     */
    static SigningKey mlDsa(SignatureAlgorithm algorithm, byte[] seed) {
        return KeyCodec.mlDsa(algorithm, seed);
    }
}
