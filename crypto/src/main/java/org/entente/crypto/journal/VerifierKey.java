package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * A public note key as people exchange it, called vkey: {@code name+hex(key id)+base64(type || public key)}.
 * Immutable, compared by value.
 */
public final class VerifierKey {
    /** Signature type of Ed25519 over the note text (C2SP signed-note). */
    public static final int ED25519 = 0x01;

    /** Signature type of Ed25519 cosignatures with a time (C2SP tlog-cosignature, "cosignature/v1"). */
    public static final int ED25519_COSIGNATURE = 0x04;

    /** Signature type of ML-DSA-44 over a tree (C2SP tlog-cosignature v1.1, "subtree/v1"). */
    public static final int ML_DSA_44_COSIGNATURE = 0x06;

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{8}");

    private final String name;
    private final int keyId;
    private final int type;
    private final byte[] publicKey;

    private VerifierKey(String name, int keyId, int type, byte[] publicKey) {
        this.name = name;
        this.keyId = keyId;
        this.type = type;
        this.publicKey = publicKey;
    }

    /**
     * The vkey of a public key.
     *
     * @param type signature type, such as {@link #ED25519}
     * @param publicKey in the encoding of the type; 32 bytes for Ed25519
     * @throws IllegalArgumentException if the name is empty or holds a space or a plus
     */
    public static VerifierKey of(String name, int type, byte[] publicKey) {
        if (!SignedNote.isKeyName(name)) {
            throw new IllegalArgumentException("a key name has neither spaces nor plus signs: " + name);
        }
        return new VerifierKey(name, keyId(name, type, publicKey), type, publicKey.clone());
    }

    /**
     * Reads a vkey. Its key id must be the one that its name, type and key yield.
     *
     * @throws VerificationException with MALFORMED
     */
    public static VerifierKey parse(String vkey) throws VerificationException {
        // The base64 part may hold a plus itself.
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3
                || !SignedNote.isKeyName(parts[0])
                || !KEY_ID.matcher(parts[1]).matches()) {
            throw StrictText.malformed("A vkey is name+id+key, with eight hexadecimal digits for the id.");
        }
        byte[] typed = StrictText.base64(parts[2], "public key of the vkey");
        if (typed.length < 2) {
            throw StrictText.malformed("The vkey has no public key.");
        }
        VerifierKey key = of(parts[0], typed[0] & 0xff, Arrays.copyOfRange(typed, 1, typed.length));
        if (key.keyId != Integer.parseUnsignedInt(parts[1], 16)) {
            throw StrictText.malformed("The id of the vkey is not that of its name and key.");
        }
        return key;
    }

    /** key ID = SHA-256(name || 0x0A || type || public key)[:4]. */
    private static int keyId(String name, int type, byte[] publicKey) {
        MessageDigest digest = Digests.sha256();
        digest.update(name.getBytes(UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) type);
        return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    }

    /** The key name. */
    public String name() {
        return name;
    }

    /** The 32 bits that, with the name, identify key and algorithm. */
    public int keyId() {
        return keyId;
    }

    /** The signature type. */
    public int type() {
        return type;
    }

    /** A copy of the public key in the encoding of its type. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * The verifier for this key.
     *
     * @throws VerificationException with ALGORITHM_MISMATCH for other types than Ed25519 and cosignatures, and with MALFORMED if the bytes are no such key
     */
    public NoteVerifier verifier() throws VerificationException {
        return switch (type) {
            case ED25519 -> new Ed25519NoteVerifier(this);
            case ED25519_COSIGNATURE -> new CosignatureVerifier(this);
            case ML_DSA_44_COSIGNATURE -> new SubtreeVerifier(this);
            default ->
                throw new VerificationException(
                        Reason.ALGORITHM_MISMATCH, "Keys of type " + type + " are not supported: " + name + ".");
        };
    }

    /**
     * The verifier for this key as a cosigner.
     *
     * @throws VerificationException with ALGORITHM_MISMATCH if the type is none of cosignatures
     */
    public NoteVerifier cosignatureVerifier() throws VerificationException {
        if (type != ED25519_COSIGNATURE && type != ML_DSA_44_COSIGNATURE) {
            throw new VerificationException(Reason.ALGORITHM_MISMATCH, "The key " + name + " is not a cosigner's key.");
        }
        return verifier();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && type == key.type
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    /** The vkey. */
    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(publicKey.length + 1)
                .put((byte) type)
                .put(publicKey)
                .array();
        return name + "+" + HexFormat.of().toHexDigits(keyId) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
