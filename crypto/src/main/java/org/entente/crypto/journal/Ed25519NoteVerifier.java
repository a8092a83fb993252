package org.entente.crypto.journal;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.entente.crypto.VerificationException;

/** Verifies notes signed with type 0x01 (C2SP signed-note, "Ed25519 signatures"). */
final class Ed25519NoteVerifier implements NoteVerifier {
    private final VerifierKey key;
    private final Ed25519PublicKeyParameters point;

    Ed25519NoteVerifier(VerifierKey key) throws VerificationException {
        this.key = key;
        this.point = Ed25519.publicKey(key);
    }

    @Override
    public String name() {
        return key.name();
    }

    @Override
    public int keyId() {
        return key.keyId();
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        return Ed25519.verify(point, text, signature);
    }
}
