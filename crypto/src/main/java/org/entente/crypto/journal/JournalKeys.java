package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * The keys that one journal has had, under one name (its origin). What any of them has signed is the journal's: a checkpoint that was signed
 * before a change of the key stays one. A key that is listed with a post-quantum companion counts only together with it. Immutable.
 */
public final class JournalKeys {
    /** Newest first. */
    private final List<ListedKey.Verifiers> keys;

    private JournalKeys(List<ListedKey.Verifiers> keys) {
        this.keys = keys;
    }

    /** A journal that has had one key. */
    public static JournalKeys of(NoteVerifier key) {
        return new JournalKeys(List.of(new ListedKey.Verifiers(key, null)));
    }

    /**
     * A journal with a history of keys, ready to verify many checkpoints.
     *
     * @param history the keys, oldest first, the same one any number of times; only those of the last one's name count
     * @throws VerificationException if a key is unusable
     */
    public static JournalKeys of(Collection<ListedKey> history) throws VerificationException {
        List<ListedKey> all = List.copyOf(history);
        String origin = all.getLast().key().name();
        Map<String, ListedKey.Verifiers> usable = new LinkedHashMap<>();
        for (ListedKey listed : all.reversed()) {
            String key = listed.key().toString();
            if (listed.key().name().equals(origin) && !usable.containsKey(key)) {
                usable.put(key, listed.verifiers());
            }
        }
        return new JournalKeys(List.copyOf(usable.values()));
    }

    /** The journal's name. */
    public String origin() {
        return keys.getFirst().key().name();
    }

    /**
     * The keys for a checkpoint that the journal shows as its newest. Once its owner has listed a key with a companion, only that one will
     * do: by one without a companion, from before, whoever can forge Ed25519 would get round it.
     */
    public JournalKeys now() {
        return keys.getFirst().companion() == null ? this : new JournalKeys(List.of(keys.getFirst()));
    }

    /**
     * Checks that a checkpoint was not signed by keys from before one only: that key signed already when what is proved was entered.
     *
     * @param oldest a key of this journal
     * @throws VerificationException with KEY_UNKNOWN if only keys before it have signed
     */
    public void requireSince(SignedNote note, VerifierKey oldest) throws VerificationException {
        int place = indexOf(signer(note));
        for (int i = 0; i < keys.size(); i++) {
            NoteVerifier key = keys.get(i).key();
            if (key.keyId() == oldest.keyId() && key.name().equals(oldest.name()) && place > i) {
                throw new VerificationException(
                        Reason.KEY_UNKNOWN,
                        "The checkpoint is signed by a key of " + origin()
                                + " from before the one that its card lists for that time.");
            }
        }
    }

    private int indexOf(ListedKey.Verifiers key) {
        return keys.indexOf(key);
    }

    /**
     * The keys that stood under one of the names that a journal has had (docs/decisions/0071).
     *
     * @param history the keys under all its names, oldest first
     * @return nothing if it never had that name
     * @throws VerificationException if a key is unusable
     */
    public static Optional<JournalKeys> named(String origin, Collection<ListedKey> history)
            throws VerificationException {
        List<ListedKey> own = history.stream()
                .filter(listed -> listed.key().name().equals(origin))
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(of(own));
    }

    /** The newest key that a note claims to be signed by; the newest of all if it claims none, so that a refusal names that one. */
    private ListedKey.Verifiers signer(SignedNote note) {
        return keys.stream()
                .filter(key -> note.signatures().stream().anyMatch(key::signed))
                .findFirst()
                .orElse(keys.getFirst());
    }

    /**
     * Reads a checkpoint of this journal as {@link Checkpoint#open(SignedNote, String, NoteVerifier, List)} does.
     *
     * @param witnesses keys whose signatures may be there
     * @throws VerificationException as there; SIGNATURE_MISSING if the key has a companion and that has not signed
     */
    public Checkpoint.Opened open(SignedNote note, List<? extends NoteVerifier> witnesses)
            throws VerificationException {
        ListedKey.Verifiers signer = signer(note);
        List<NoteVerifier> known = new ArrayList<>(witnesses);
        if (signer.companion() != null) {
            known.add(signer.companion());
        }
        Checkpoint.Opened opened = Checkpoint.open(note, origin(), signer.key(), known);
        signer.requireCompanion(opened.cosignatures());
        List<NoteSignature> others = new ArrayList<>(opened.cosignatures());
        others.removeIf(signer::companionSigned);
        return new Checkpoint.Opened(opened.checkpoint(), note, others);
    }

    /**
     * Verifies that an entry is in this journal.
     *
     * @param leaf the hash of the entry, computed by the verifier from what it holds
     * @throws VerificationException as {@link #open}, and with PROOF_INVALID
     */
    public Checkpoint.Opened verify(TlogProof proof, Hash leaf) throws VerificationException {
        Checkpoint.Opened opened = open(proof.checkpoint(), List.of());
        proof.inclusion(opened.checkpoint().size())
                .verify(leaf, opened.checkpoint().root());
        return opened;
    }
}
