package org.entente.crypto.journal;

import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.entente.crypto.keys.SigningKey;

/**
 * Signs other journals' checkpoints as a witness, with type 0x04 (C2SP tlog-cosignature): the statement that, at the
 * time in the signature, this was the largest consistent tree the witness had seen. The signature does not bind the
 * witness's name, so a key serves one witness only.
 */
public final class CosignatureSigner implements NoteSigner {
    private final VerifierKey key;
    private final UnaryOperator<byte[]> signing;
    private final InstantSource clock;

    private CosignatureSigner(VerifierKey key, UnaryOperator<byte[]> signing, InstantSource clock) {
        this.key = key;
        this.signing = signing;
        this.clock = clock;
    }

    /**
     * A signer over a key that is held elsewhere.
     *
     * @param name the witness's key name
     * @param publicKey 32 bytes (RFC 8032)
     * @param signing the raw Ed25519 signature over the given bytes; thread-safe
     * @param clock the time that the cosignature states, in whole seconds
     */
    public static CosignatureSigner of(
            String name, byte[] publicKey, UnaryOperator<byte[]> signing, InstantSource clock) {
        return new CosignatureSigner(VerifierKey.of(name, VerifierKey.ED25519_COSIGNATURE, publicKey), signing, clock);
    }

    /** A signer over a private key of 32 bytes (RFC 8032). */
    public static CosignatureSigner ofSeed(String name, byte[] seed, InstantSource clock) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(seed);
        return of(name, key.generatePublicKey().getEncoded(), Ed25519.signing(key), clock);
    }

    /**
     * A signer over a key of a key ring.
     *
     * @throws IllegalArgumentException if the key is not Ed25519
     */
    public static CosignatureSigner of(String name, SigningKey key, InstantSource clock) {
        return of(name, Ed25519.rawPublicKey(key), key::sign, clock);
    }

    @Override
    public VerifierKey verifierKey() {
        return key;
    }

    @Override
    public byte[] sign(byte[] text) {
        long seconds = clock.instant().getEpochSecond();
        byte[] signature = signing.apply(CosignatureVerifier.message(seconds, text));
        return CosignatureVerifier.timed(seconds, signature);
    }
}
