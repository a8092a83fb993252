package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * Text with signatures below it (C2SP signed-note). Reading one verifies nothing; {@link #verify} does.
 *
 * @param text ends in a newline
 * @param signatures one or more
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** The specification asks for at least 16; a limit keeps hostile notes cheap. */
    static final int MAX_SIGNATURES = 100;

    private static final int MAX_BYTES = 1 << 20;

    /** Refuses a text without final newline and an empty or excessive list. */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("not a signed note");
        }
    }

    /** Signs a text with each key. */
    public static SignedNote sign(String text, NoteSigner... signers) {
        byte[] bytes = text.getBytes(UTF_8);
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(new NoteSignature(signer.name(), signer.keyId(), signer.sign(bytes)));
        }
        return new SignedNote(text, signatures);
    }

    /**
     * Reads a note, without believing it.
     *
     * @throws VerificationException with MALFORMED
     */
    public static SignedNote parse(byte[] note) throws VerificationException {
        if (note.length > MAX_BYTES) {
            throw StrictText.malformed("The note is longer than 1 MiB.");
        }
        String whole = StrictText.utf8(note, "note");
        // The text may have empty lines itself; the last one separates.
        int separator = whole.lastIndexOf("\n\n");
        if (separator < 0 || !whole.endsWith("\n") || separator + 2 == whole.length()) {
            throw StrictText.malformed("The note has no signatures after an empty line.");
        }
        String[] lines = whole.substring(separator + 2, whole.length() - 1).split("\n", -1);
        if (lines.length > MAX_SIGNATURES) {
            throw StrictText.malformed("The note has more than " + MAX_SIGNATURES + " signatures.");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(whole.substring(0, separator + 1), signatures);
    }

    /**
     * Verifies the signatures whose keys are known, and ignores all others. A second signature by the same key is
     * ignored too.
     *
     * @return the signatures that hold, at least one
     * @throws VerificationException with SIGNATURE_INVALID if a known key's signature is wrong, and with
     *     KEY_UNKNOWN if there is none
     */
    public List<NoteSignature> verify(Collection<? extends NoteVerifier> known) throws VerificationException {
        byte[] bytes = text.getBytes(UTF_8);
        List<NoteSignature> verified = new ArrayList<>();
        Set<NoteVerifier> seen = new HashSet<>();
        for (NoteSignature signature : signatures) {
            Optional<? extends NoteVerifier> verifier = find(known, signature);
            if (verifier.isEmpty() || !seen.add(verifier.get())) {
                continue;
            }
            if (!verifier.get().verify(bytes, signature.signature())) {
                throw new VerificationException(
                        Reason.SIGNATURE_INVALID, "The signature of " + signature.name() + " is wrong.");
            }
            verified.add(signature);
        }
        if (verified.isEmpty()) {
            throw new VerificationException(Reason.KEY_UNKNOWN, "No signature of the note is from a known key.");
        }
        return verified;
    }

    private static Optional<? extends NoteVerifier> find(
            Collection<? extends NoteVerifier> known, NoteSignature signature) {
        List<? extends NoteVerifier> matching = known.stream()
                .filter(verifier ->
                        verifier.keyId() == signature.keyId() && verifier.name().equals(signature.name()))
                .toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException("two known keys share name and id: " + signature.name());
        }
        return matching.stream().findFirst();
    }

    /** The note with more signatures below those it has. */
    public SignedNote with(Collection<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /** The bytes of the note. */
    public byte[] encode() {
        return toString().getBytes(UTF_8);
    }

    /** The note as text. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return note.toString();
    }

    /** Key names are not empty and hold neither a Unicode space nor a control character nor a plus. */
    static boolean isKeyName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c));
    }
}
