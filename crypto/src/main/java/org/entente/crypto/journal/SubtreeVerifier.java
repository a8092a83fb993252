package org.entente.crypto.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.VerificationKey;

/** Verifies signatures of type 0x06 (C2SP tlog-cosignature v1.1, ML-DSA-44). */
final class SubtreeVerifier implements NoteVerifier {
    static final int LENGTH = Long.BYTES + Subtree.SIGNATURE_LENGTH;

    private final VerifierKey key;
    private final VerificationKey point;

    SubtreeVerifier(VerifierKey key) throws VerificationException {
        byte[] bytes = key.publicKey();
        if (bytes.length != Subtree.PUBLIC_KEY_LENGTH) {
            throw StrictText.malformed("An ML-DSA-44 key has " + Subtree.PUBLIC_KEY_LENGTH + " bytes, but that of "
                    + key.name() + " has " + bytes.length + ".");
        }
        this.key = key;
        this.point = VerificationKey.ofRaw(SignatureAlgorithm.ML_DSA_44, bytes);
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
        if (signature.length != LENGTH) {
            return false;
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        byte[] raw = Arrays.copyOfRange(signature, Long.BYTES, LENGTH);
        try {
            return seconds >= 0 && point.verify(Subtree.message(key.name(), seconds, text), raw);
        } catch (VerificationException e) {
            return false; // the text is no checkpoint
        }
    }
}
