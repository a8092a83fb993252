package org.entente.crypto.keys;

import org.jspecify.annotations.Nullable;

/**
 * What signs a journal's checkpoints together, and is followed together.
 *
 * @param key Ed25519
 * @param companion ML-DSA-44; null if the journal has no post-quantum companion. Its certificate only carries it in the key file, like
 *     that of the key
 */
public record JournalSigning(CertifiedKey key, @Nullable CertifiedKey companion) {
    /** Refuses keys of other algorithms. */
    public JournalSigning {
        if (key.key().algorithm() != SignatureAlgorithm.ED25519) {
            throw new IllegalArgumentException(
                    "a journal key is one for Ed25519, not " + key.key().algorithm());
        }
        if (companion != null && companion.key().algorithm() != SignatureAlgorithm.ML_DSA_44) {
            throw new IllegalArgumentException("the companion of a journal key is one for ML-DSA-44, not "
                    + companion.key().algorithm());
        }
    }
}
