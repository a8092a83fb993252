package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One text that proves offline that an entry is in a journal (C2SP tlog-proof@v1): a checkpoint, the entry's index and
 * the path from its leaf. The extra line, which no signature covers, carries salt and record; they are believed
 * because the entry is computed from them. Immutable, compared by value.
 */
public final class TlogProof {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /** No tree with 2^63 leaves has longer paths. */
    private static final int MAX_PATH = 63;

    private final long index;
    private final List<Hash> path;
    private final SignedNote checkpoint;
    private final byte @Nullable [] extra;

    /**
     * A proof from its parts.
     *
     * @param index of the entry, from 0
     * @param path sibling hashes from the leaf up
     * @param checkpoint the signed checkpoint of the tree that the path leads to
     * @param extra application data, or null for none
     */
    public TlogProof(long index, List<Hash> path, SignedNote checkpoint, byte @Nullable [] extra) {
        if (index < 0 || path.size() > MAX_PATH) {
            throw new IllegalArgumentException("not a proof");
        }
        this.index = index;
        this.path = List.copyOf(path);
        this.checkpoint = checkpoint;
        this.extra = extra == null ? null : extra.clone();
    }

    /**
     * Reads a proof, without believing it.
     *
     * @throws VerificationException with MALFORMED
     */
    public static TlogProof parse(byte[] proof) throws VerificationException {
        Lines lines = new Lines(StrictText.utf8(proof, "proof"));
        if (!lines.next().equals(HEADER)) {
            throw StrictText.malformed("The proof does not begin with " + HEADER + ".");
        }
        String line = lines.next();
        byte[] extra = null;
        if (line.startsWith(EXTRA)) {
            extra = StrictText.base64(line.substring(EXTRA.length()), "extra data of the proof");
            line = lines.next();
        }
        if (!line.startsWith(INDEX)) {
            throw StrictText.malformed("The proof does not name its index.");
        }
        long index = StrictText.decimal(line.substring(INDEX.length()), "index of the proof");
        List<Hash> path = new ArrayList<>();
        for (line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if (path.size() == MAX_PATH) {
                throw StrictText.malformed("The proof has more than " + MAX_PATH + " hashes.");
            }
            path.add(Hash.parse(line));
        }
        return new TlogProof(index, path, SignedNote.parse(lines.rest().getBytes(UTF_8)), extra);
    }

    /**
     * Verifies that the entry is in the journal.
     *
     * @param leaf the hash of the entry, computed by the verifier from what it holds
     * @param origin the journal's origin
     * @param log the journal's key
     * @param witnesses keys of witnesses whose signatures may be there
     * @return the checkpoint with its verified signatures
     */
    public Checkpoint.Opened verify(Hash leaf, String origin, NoteVerifier log, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        Checkpoint.Opened opened = Checkpoint.open(checkpoint, origin, log, witnesses);
        inclusion(opened.checkpoint().size()).verify(leaf, opened.checkpoint().root());
        return opened;
    }

    /**
     * Verifies that the salted record in the extra line is in the journal, and returns it.
     *
     * @throws VerificationException also if there is no extra line
     */
    public SaltedRecord verifyRecord(String origin, NoteVerifier log, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        SaltedRecord salted = saltedRecord();
        verify(salted.leaf(), origin, log, witnesses);
        return salted;
    }

    /**
     * What the extra line carries, unverified.
     *
     * @throws VerificationException with MALFORMED if there is none
     */
    public SaltedRecord saltedRecord() throws VerificationException {
        if (extra == null) {
            throw new VerificationException(Reason.MALFORMED, "The proof carries no record.");
        }
        return SaltedRecord.parse(extra);
    }

    /** The path as the proof for a tree of that size. */
    public InclusionProof inclusion(long size) {
        return new InclusionProof(index, size, path);
    }

    /** Index of the entry. */
    public long index() {
        return index;
    }

    /** Sibling hashes from the leaf up. */
    public List<Hash> path() {
        return path;
    }

    /** The checkpoint note. */
    public SignedNote checkpoint() {
        return checkpoint;
    }

    /** A copy of the extra data, if there is any. */
    public Optional<byte[]> extra() {
        return Optional.ofNullable(extra).map(byte[]::clone);
    }

    /** The same proof without extra line, for places where the record is at hand. */
    public TlogProof withoutExtra() {
        return new TlogProof(index, path, checkpoint, null);
    }

    /** The bytes of the proof. */
    public byte[] encode() {
        return toString().getBytes(UTF_8);
    }

    /** The proof as text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(Base64.getEncoder().encodeToString(extra)).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof that
                && index == that.index
                && path.equals(that.path)
                && checkpoint.equals(that.checkpoint)
                && Arrays.equals(extra, that.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, path);
    }

    /** Takes a text apart line by line. */
    private static final class Lines {
        private final String text;
        private int position;

        Lines(String text) {
            this.text = text;
        }

        String next() throws VerificationException {
            int end = text.indexOf('\n', position);
            if (end < 0) {
                throw StrictText.malformed("The proof is cut short.");
            }
            String line = text.substring(position, end);
            position = end + 1;
            return line;
        }

        String rest() {
            return text.substring(position);
        }
    }
}
