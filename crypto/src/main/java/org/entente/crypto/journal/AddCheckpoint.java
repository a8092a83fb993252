package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.VerificationException;

/**
 * The body of a request to a witness (C2SP tlog-witness, "add-checkpoint"): the size that it has cosigned before, the proof that the new
 * tree begins with that one, and the new checkpoint.
 *
 * @param old size that the witness is believed to have cosigned; 0 for none
 * @param proof hashes of the consistency proof from there
 * @param checkpoint signed by the journal
 */
public record AddCheckpoint(long old, List<Hash> proof, SignedNote checkpoint) {
    private static final String OLD = "old ";
    private static final int MAX_HASHES = 63;

    /** Keeps its own copy of the list. */
    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (old < 0 || proof.size() > MAX_HASHES) {
            throw new IllegalArgumentException("not a request to a witness");
        }
    }

    /**
     * Reads a body, without believing it.
     *
     * @throws VerificationException with MALFORMED
     */
    public static AddCheckpoint parse(byte[] body) throws VerificationException {
        String text = StrictText.utf8(body, "request to the witness");
        int end = text.indexOf("\n\n");
        if (end < 0 || !text.startsWith(OLD)) {
            throw StrictText.malformed("The request does not begin with the old size, or has no checkpoint.");
        }
        String[] lines = text.substring(0, end).split("\n", -1);
        if (lines.length - 1 > MAX_HASHES) {
            throw StrictText.malformed("The proof has more than " + MAX_HASHES + " hashes.");
        }
        List<Hash> proof = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            proof.add(Hash.parse(lines[i]));
        }
        return new AddCheckpoint(
                StrictText.decimal(lines[0].substring(OLD.length()), "old size"),
                proof,
                SignedNote.parse(text.substring(end + 2).getBytes(UTF_8)));
    }

    /** The bytes of the body. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString().getBytes(UTF_8);
    }
}
