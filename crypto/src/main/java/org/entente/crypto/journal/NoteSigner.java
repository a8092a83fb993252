package org.entente.crypto.journal;

/** A key that signs notes (C2SP signed-note). */
public interface NoteSigner {
    /** The key name; for a journal it equals the origin of its checkpoints. */
    String name();

    /** The 32 bits that, with the name, identify key and algorithm. */
    int keyId();

    /** The signature over the text of a note, in the layout of the key's type. */
    byte[] sign(byte[] text);
}
