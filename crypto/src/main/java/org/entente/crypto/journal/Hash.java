package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/** A SHA-256 hash of the Merkle tree (RFC 6962 section 2.1): 32 bytes, immutable, compared by value. */
public final class Hash {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_TREE = new Hash(Digests.sha256().digest());

    private static final byte LEAF_PREFIX = 0x00;
    private static final byte NODE_PREFIX = 0x01;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a leaf: SHA-256(0x00 || entry). The prefix keeps a leaf from posing as a node. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = Digests.sha256();
        digest.update(LEAF_PREFIX);
        return new Hash(digest.digest(entry));
    }

    /** The hash of an inner node: SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = Digests.sha256();
        digest.update(NODE_PREFIX);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /**
     * A hash from its bytes.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The hash at an offset of a tile. */
    static Hash at(byte[] tile, int offset) {
        return new Hash(Arrays.copyOfRange(tile, offset, offset + LENGTH));
    }

    /** Reads the canonical base64 of 32 bytes, as checkpoints and proofs carry it. */
    public static Hash parse(String base64) throws VerificationException {
        byte[] bytes = StrictText.base64(base64, "hash");
        if (bytes.length != LENGTH) {
            throw new VerificationException(
                    Reason.MALFORMED, "A hash must have 32 bytes, but this one has " + bytes.length + ".");
        }
        return new Hash(bytes);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the 32 bytes into a tile. */
    void copyTo(byte[] tile, int offset) {
        System.arraycopy(bytes, 0, tile, offset, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The base64 of the 32 bytes. */
    @Override
    public String toString() {
        return new String(Base64.getEncoder().encode(bytes), UTF_8);
    }
}
