package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.entente.crypto.VerificationException;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;

/** What type 0x06 signs (C2SP tlog-cosignature v1.1, "ML-DSA-44 signed message"), and the lengths of its keys and signatures (FIPS 204). */
final class Subtree {
    static final int PUBLIC_KEY_LENGTH = 1312;
    static final int SIGNATURE_LENGTH = 2420;
    private static final int MAX_NAME = 255;
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(US_ASCII);

    private Subtree() {}

    /**
     * The signed message for a checkpoint: a subtree that begins at leaf 0. Extension lines are no part of it.
     *
     * @param seconds the time that is stated, or 0 for none
     * @throws VerificationException with MALFORMED if the text is no checkpoint, or a name is longer than the format has room for
     */
    static byte[] message(String cosigner, long seconds, byte[] text) throws VerificationException {
        Checkpoint checkpoint = Checkpoint.parse(new String(text, UTF_8));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(LABEL);
        name(message, cosigner);
        number(message, seconds);
        name(message, checkpoint.origin());
        number(message, 0);
        number(message, checkpoint.size());
        message.writeBytes(checkpoint.root().bytes());
        return message.toByteArray();
    }

    private static void name(ByteArrayOutputStream message, String name) throws VerificationException {
        byte[] bytes = name.getBytes(UTF_8);
        if (bytes.length > MAX_NAME) {
            throw StrictText.malformed("A name below a checkpoint has more than " + MAX_NAME + " bytes.");
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream message, long number) {
        message.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** The bare public key at the end of the key's X.509 encoding (RFC 9881 section 4). */
    static byte[] rawPublicKey(SigningKey key) {
        if (key.algorithm() != SignatureAlgorithm.ML_DSA_44) {
            throw new IllegalArgumentException("checkpoints are cosigned with ML-DSA-44, not " + key.algorithm());
        }
        byte[] encoded = key.publicKey().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_LENGTH, encoded.length);
    }
}
