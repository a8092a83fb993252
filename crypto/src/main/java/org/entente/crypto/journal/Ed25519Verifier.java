package org.entente.crypto.journal;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.entente.crypto.VerificationException;

/** What the verifiers of both Ed25519 signature types share: the name and id of a key, and its point. */
abstract sealed class Ed25519Verifier implements NoteVerifier permits Ed25519NoteVerifier, CosignatureVerifier {
    private final VerifierKey key;
    private final Ed25519PublicKeyParameters point;

    Ed25519Verifier(VerifierKey key) throws VerificationException {
        this.key = key;
        this.point = Ed25519.publicKey(key);
    }

    @Override
    public final String name() {
        return key.name();
    }

    @Override
    public final int keyId() {
        return key.keyId();
    }

    /** Whether the raw signature of 64 bytes over these bytes is the key's. */
    final boolean signed(byte[] message, byte[] signature) {
        return Ed25519.verify(point, message, signature);
    }
}
