package org.entente.crypto.journal;

import org.entente.crypto.VerificationException;

/** Verifies notes signed with type 0x01 (C2SP signed-note, "Ed25519 signatures"). */
final class Ed25519NoteVerifier extends Ed25519Verifier {
    Ed25519NoteVerifier(VerifierKey key) throws VerificationException {
        super(key);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        return signed(text, signature);
    }
}
