package org.entente.crypto.journal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;

/**
 * The keys that one journal has had, under one name (its origin). What any of them has signed is the journal's: a checkpoint that was signed
 * before a change of the key stays one. Immutable.
 */
public final class JournalKeys {
    private final List<NoteVerifier> keys;

    private JournalKeys(List<NoteVerifier> keys) {
        this.keys = keys;
    }

    /** A journal that has had one key. */
    public static JournalKeys of(NoteVerifier key) {
        return new JournalKeys(List.of(key));
    }

    /**
     * A journal with a history of keys, ready to verify many checkpoints.
     *
     * @param history the keys, oldest first, the same one any number of times; only those of the last one's name count
     * @throws VerificationException if a key is unusable
     */
    public static JournalKeys of(Collection<VerifierKey> history) throws VerificationException {
        List<VerifierKey> all = List.copyOf(history);
        String origin = all.getLast().name();
        Map<String, NoteVerifier> usable = new LinkedHashMap<>();
        for (VerifierKey key : all.reversed()) {
            if (key.name().equals(origin)) {
                usable.putIfAbsent(key.toString(), new RememberingVerifier(key.verifier()));
            }
        }
        return new JournalKeys(List.copyOf(usable.values()));
    }

    /** The newest key. */
    public NoteVerifier newest() {
        return keys.getFirst();
    }

    /** The newest key that a note claims to be signed by; the newest of all if it claims none, so that a refusal names that one. */
    public NoteVerifier of(SignedNote note) {
        return keys.stream()
                .filter(key -> note.signatures().stream()
                        .anyMatch(line ->
                                line.keyId() == key.keyId() && line.name().equals(key.name())))
                .findFirst()
                .orElse(newest());
    }

    /**
     * Reads a checkpoint of this journal as {@link Checkpoint#open(SignedNote, String, NoteVerifier, List)} does.
     *
     * @param witnesses keys whose signatures may be there
     */
    public Checkpoint.Opened open(SignedNote note, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        return Checkpoint.open(note, newest().name(), of(note), witnesses);
    }
}
