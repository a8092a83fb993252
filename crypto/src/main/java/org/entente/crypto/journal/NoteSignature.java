package org.entente.crypto.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.entente.crypto.VerificationException;

/** One signature line of a note: em dash, key name, base64(key id || signature). Immutable, compared by value. */
public final class NoteSignature {
    static final String PREFIX = "\u2014 ";

    private final String name;
    private final int keyId;
    private final byte[] signature;

    /**
     * A signature line.
     *
     * @throws IllegalArgumentException if the name is none or the signature is empty
     */
    public NoteSignature(String name, int keyId, byte[] signature) {
        if (!SignedNote.isKeyName(name) || signature.length == 0) {
            throw new IllegalArgumentException("not a signature line");
        }
        this.name = name;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /**
     * Reads a line without its newline.
     *
     * @throws VerificationException with MALFORMED
     */
    public static NoteSignature parse(String line) throws VerificationException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(PREFIX) || space < PREFIX.length()) {
            throw StrictText.malformed("A line below the note is not a signature.");
        }
        String name = line.substring(PREFIX.length(), space);
        byte[] bytes = StrictText.base64(line.substring(space + 1), "signature of the note");
        if (!SignedNote.isKeyName(name) || bytes.length <= Integer.BYTES) {
            throw StrictText.malformed("A signature line has no proper key name or no signature.");
        }
        return new NoteSignature(
                name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** The key name. */
    public String name() {
        return name;
    }

    /** The 32 bits that, with the name, identify key and algorithm. */
    public int keyId() {
        return keyId;
    }

    /** A copy of the signature in the layout of the key's type. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The line, without newline. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return PREFIX + name + " " + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature line
                && keyId == line.keyId
                && name.equals(line.name)
                && Arrays.equals(signature, line.signature);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    @Override
    public String toString() {
        return line();
    }
}
