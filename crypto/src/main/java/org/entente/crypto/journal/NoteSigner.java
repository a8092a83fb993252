package org.entente.crypto.journal;

/** A key that signs notes (C2SP signed-note). */
public interface NoteSigner {
    /** The public half, for publication. */
    VerifierKey verifierKey();

    /** The key name; for a journal it equals the origin of its checkpoints. */
    default String name() {
        return verifierKey().name();
    }

    /** The 32 bits that, with the name, identify key and algorithm. */
    default int keyId() {
        return verifierKey().keyId();
    }

    /** The signature over the text of a note, in the layout of the key's type. */
    byte[] sign(byte[] text);
}
