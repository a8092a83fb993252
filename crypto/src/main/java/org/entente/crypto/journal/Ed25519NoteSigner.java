package org.entente.crypto.journal;

import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.entente.crypto.keys.SigningKey;

/**
 * Signs notes with type 0x01: Ed25519 over the text (C2SP signed-note). Deterministic: the same text always yields the
 * same bytes, so signing a checkpoint twice does not make two checkpoints.
 */
public final class Ed25519NoteSigner implements NoteSigner {
    private final VerifierKey key;
    private final UnaryOperator<byte[]> signing;

    private Ed25519NoteSigner(VerifierKey key, UnaryOperator<byte[]> signing) {
        this.key = key;
        this.signing = signing;
    }

    /**
     * A signer over a key that is held elsewhere, such as in a key ring.
     *
     * @param name the key name; for a journal its origin
     * @param publicKey 32 bytes (RFC 8032)
     * @param signing the raw Ed25519 signature over the given bytes; thread-safe
     */
    public static Ed25519NoteSigner of(String name, byte[] publicKey, UnaryOperator<byte[]> signing) {
        return new Ed25519NoteSigner(VerifierKey.of(name, VerifierKey.ED25519, publicKey), signing);
    }

    /**
     * A signer over a private key.
     *
     * @param seed 32 bytes (RFC 8032)
     */
    public static Ed25519NoteSigner ofSeed(String name, byte[] seed) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(seed);
        return of(name, key.generatePublicKey().getEncoded(), Ed25519.signing(key));
    }

    /**
     * A signer over the journal key of a key ring.
     *
     * @throws IllegalArgumentException if the key is not Ed25519
     */
    public static Ed25519NoteSigner of(String name, SigningKey key) {
        return of(name, Ed25519.rawPublicKey(key), key::sign);
    }

    @Override
    public VerifierKey verifierKey() {
        return key;
    }

    @Override
    public byte[] sign(byte[] text) {
        return signing.apply(text);
    }
}
