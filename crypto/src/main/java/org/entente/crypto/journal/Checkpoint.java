package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * The state of a journal (C2SP tlog-checkpoint).
 *
 * @param origin which journal: its address without scheme
 * @param size number of entries
 * @param root root of the Merkle tree over them
 * @param extensions further lines, normally none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    /** Refuses what could not be written and read again. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        boolean badLine = isNoLine(origin) || extensions.stream().anyMatch(Checkpoint::isNoLine);
        if (badLine || size < 0) {
            throw new IllegalArgumentException("not a checkpoint");
        }
    }

    /** A checkpoint without extension lines. */
    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    private static boolean isNoLine(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < 0x20) {
                return true;
            }
        }
        return line.isEmpty();
    }

    /**
     * Reads the text of a checkpoint note.
     *
     * @throws VerificationException with MALFORMED
     */
    public static Checkpoint parse(String text) throws VerificationException {
        String[] lines = text.split("\n", -1);
        // The text ends in a newline, so the last part is empty.
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw StrictText.malformed("A checkpoint has an origin, a size and a root, each on a line.");
        }
        List<String> extensions = new ArrayList<>(List.of(lines).subList(3, lines.length - 1));
        if (isNoLine(lines[0]) || extensions.stream().anyMatch(Checkpoint::isNoLine)) {
            throw StrictText.malformed("A line of the checkpoint is empty.");
        }
        return new Checkpoint(
                lines[0], StrictText.decimal(lines[1], "size of the checkpoint"), Hash.parse(lines[2]), extensions);
    }

    /**
     * Reads a checkpoint note and verifies it: the origin, the journal's own signature, and those of all witnesses it
     * names that are known.
     *
     * @param log the journal's key, whose signature must be there
     * @param witnesses keys whose signatures may be there
     * @throws VerificationException with MALFORMED, PROOF_INVALID, SIGNATURE_INVALID or KEY_UNKNOWN
     */
    public static Opened open(byte[] note, String origin, NoteVerifier log, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        return open(SignedNote.parse(note), origin, log, witnesses);
    }

    /**
     * As above, for a note that has been read already.
     *
     * @throws VerificationException as above
     */
    public static Opened open(
            SignedNote signed, String origin, NoteVerifier log, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        List<NoteVerifier> known = new ArrayList<>(witnesses);
        known.add(log);
        List<NoteSignature> verified = signed.verify(known);
        Optional<NoteSignature> own = verified.stream()
                .filter(line -> line.keyId() == log.keyId() && line.name().equals(log.name()))
                .findFirst();
        if (own.isEmpty()) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN, "The checkpoint is not signed by the journal's key " + log.name() + ".");
        }
        Checkpoint checkpoint = parse(signed.text());
        if (!checkpoint.origin.equals(origin)) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The checkpoint is of the journal " + checkpoint.origin + ", not of " + origin + ".");
        }
        List<NoteSignature> cosignatures = new ArrayList<>(verified);
        cosignatures.remove(own.get());
        return new Opened(checkpoint, signed, cosignatures);
    }

    /**
     * A checkpoint whose signatures have been verified.
     *
     * @param checkpoint what was signed
     * @param note as it was read, unknown signatures included
     * @param cosignatures the verified signatures of witnesses
     */
    public record Opened(Checkpoint checkpoint, SignedNote note, List<NoteSignature> cosignatures) {
        /** Keeps its own copy of the list. */
        public Opened {
            cosignatures = List.copyOf(cosignatures);
        }
    }

    /** Signs it. */
    public SignedNote sign(NoteSigner... signers) {
        return SignedNote.sign(text(), signers);
    }

    /** The text that is signed. */
    public String text() {
        StringBuilder text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root)
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
