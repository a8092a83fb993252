package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.entente.crypto.VerificationException;

/** Verifies cosignatures of type 0x04 (C2SP tlog-cosignature, "Format"). */
public final class CosignatureVerifier extends Ed25519Verifier {
    private static final int LENGTH = Long.BYTES + Ed25519.SIGNATURE_LENGTH;

    CosignatureVerifier(VerifierKey key) throws VerificationException {
        super(key);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        if (signature.length != LENGTH) {
            return false;
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        byte[] raw = Arrays.copyOfRange(signature, Long.BYTES, LENGTH);
        return seconds >= 0 && signed(message(seconds, text), raw);
    }

    /**
     * When the witness says it signed, in a signature of either type. Meaningful only for a signature that {@link #verify} accepts.
     *
     * @throws VerificationException with MALFORMED if the signature is too short or the time out of range
     */
    public static Instant time(byte[] signature) throws VerificationException {
        if (signature.length != LENGTH && signature.length != SubtreeVerifier.LENGTH) {
            throw StrictText.malformed("A cosignature has " + LENGTH + " bytes, or " + SubtreeVerifier.LENGTH
                    + " with ML-DSA-44, not " + signature.length + ".");
        }
        long seconds = ByteBuffer.wrap(signature).getLong();
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw StrictText.malformed("The time of the cosignature is out of range.");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** A signature of either type as it stands in a note: the time that it states, in eight bytes, and the bare signature. */
    static byte[] timed(long seconds, byte[] signature) {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    /** What is signed: a header line, a time line and the whole note text with its last newline. */
    static byte[] message(long seconds, byte[] text) {
        byte[] head = ("cosignature/v1\ntime " + seconds + "\n").getBytes(US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, message, head.length, text.length);
        return message;
    }
}
