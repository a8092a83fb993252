package org.entente.crypto.journal;

/** A key that somebody trusts for verifying notes (C2SP signed-note). */
public interface NoteVerifier {
    /** The key name. */
    String name();

    /** The 32 bits that, with the name, identify key and algorithm. */
    int keyId();

    /** Whether the signature over the text of a note is this key's; false for anything malformed. */
    boolean verify(byte[] text, byte[] signature);
}
