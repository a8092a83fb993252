package org.entente.crypto.journal;

import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A key below checkpoints as its owner lists it. Where a companion is listed, the key's signature counts only with the companion's beside it.
 *
 * @param key Ed25519: of a journal (type 0x01) or of a witness (type 0x04)
 * @param companion ML-DSA-44 under the same name (type 0x06); null if none is listed
 */
public record ListedKey(VerifierKey key, @Nullable VerifierKey companion) {
    /** Refuses a companion of another type or name. */
    public ListedKey {
        if (companion != null
                && (companion.type() != VerifierKey.ML_DSA_44_COSIGNATURE
                        || !companion.name().equals(key.name()))) {
            throw new IllegalArgumentException("not a companion of " + key.name() + ": " + companion.name());
        }
    }

    /** The same keys as those of a witness, under the witness's name. */
    public ListedKey asWitness(String name) {
        return new ListedKey(
                VerifierKey.of(name, VerifierKey.ED25519_COSIGNATURE, key.publicKey()),
                companion == null ? null : VerifierKey.of(name, companion.type(), companion.publicKey()));
    }

    /** Its verifiers, ready for use. */
    record Verifiers(NoteVerifier key, @Nullable NoteVerifier companion) {
        boolean signed(NoteSignature line) {
            return matches(key, line);
        }

        /** @throws VerificationException with SIGNATURE_MISSING if a companion is listed and has not signed */
        void requireCompanion(Iterable<NoteSignature> verified) throws VerificationException {
            if (companion == null) {
                return;
            }
            for (NoteSignature line : verified) {
                if (matches(companion, line)) {
                    return;
                }
            }
            throw new VerificationException(
                    Reason.SIGNATURE_MISSING,
                    "The checkpoint lacks the signature of the post-quantum companion of " + key.name()
                            + ", which its card lists.");
        }

        boolean companionSigned(NoteSignature line) {
            return companion != null && matches(companion, line);
        }

        private static boolean matches(NoteVerifier verifier, NoteSignature line) {
            return line.keyId() == verifier.keyId() && line.name().equals(verifier.name());
        }
    }

    /** @throws VerificationException if a key is unusable */
    Verifiers verifiers() throws VerificationException {
        return new Verifiers(
                new RememberingVerifier(key.verifier()),
                companion == null ? null : new RememberingVerifier(companion.verifier()));
    }
}
