package org.entente.crypto.journal;

import java.time.Instant;
import java.time.InstantSource;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.SigningKey;

/**
 * Signs checkpoints with type 0x06: ML-DSA-44 over origin, size and root, bound to the signer's name (C2SP tlog-cosignature v1.1). A journal
 * signs its own without a time, so that the same checkpoint always yields the same bytes; a witness states when.
 */
public final class SubtreeSigner implements NoteSigner {
    private final VerifierKey key;
    private final SigningKey signing;
    private final InstantSource clock;

    private SubtreeSigner(VerifierKey key, SigningKey signing, InstantSource clock) {
        this.key = key;
        this.signing = signing;
        this.clock = clock;
    }

    /**
     * The companion of a journal's own key.
     *
     * @param origin the journal's, which is also the name of its keys
     * @throws IllegalArgumentException if the key is not for ML-DSA-44
     */
    public static SubtreeSigner ofJournal(String origin, SigningKey key) {
        return of(origin, key, InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * The companion of a witness's key.
     *
     * @param clock the time that the cosignature states, in whole seconds
     * @throws IllegalArgumentException if the key is not for ML-DSA-44
     */
    public static SubtreeSigner of(String name, SigningKey key, InstantSource clock) {
        return new SubtreeSigner(
                VerifierKey.of(name, VerifierKey.ML_DSA_44_COSIGNATURE, Subtree.rawPublicKey(key)), key, clock);
    }

    @Override
    public VerifierKey verifierKey() {
        return key;
    }

    /** @throws IllegalArgumentException if the text is no checkpoint */
    @Override
    public byte[] sign(byte[] text) {
        long seconds = clock.instant().getEpochSecond();
        byte[] signature;
        try {
            signature = signing.sign(Subtree.message(key.name(), seconds, text));
        } catch (VerificationException e) {
            throw new IllegalArgumentException("only checkpoints are signed with ML-DSA-44: " + e.sentence(), e);
        }
        return CosignatureVerifier.timed(seconds, signature);
    }
}
