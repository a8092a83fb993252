package org.entente.gateway.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SignedNote;

/**
 * Who signs the journal: asked upward, since keys and addresses belong to the node as a whole. The bean that implements
 * this may load its keys when first asked, and answers differently when they have changed.
 */
public interface JournalIdentity {
    /** The journal key; its name is the origin, the address of the journal without scheme. */
    Ed25519NoteSigner signer();

    /**
     * All that sign a checkpoint now, first {@link #signer()}: another while a new journal key is announced and not yet everywhere, and the
     * post-quantum companions of both.
     */
    default List<NoteSigner> signers() {
        return List.of(signer());
    }

    /** Signs the checkpoint of a size with every key that signs now. */
    default SignedNote sign(long size, Hash root) {
        return new Checkpoint(origin(), size, root).sign(signers().toArray(NoteSigner[]::new));
    }

    /** The keys that this journal has had: what any of them has signed is its own. */
    default JournalKeys keys() {
        try {
            return JournalKeys.of(signer().verifierKey().verifier());
        } catch (VerificationException e) {
            throw new IllegalStateException("a key that signs verifies", e);
        }
    }

    /** The keys that this journal has had under a name, its present one or an earlier one (docs/decisions/0071); nothing if it never had that name. */
    default Optional<JournalKeys> keys(String origin) {
        return origin.equals(origin()) ? Optional.of(keys()) : Optional.empty();
    }

    /** {@link #keys(String)} as it is now, for who holds a connection and must not ask for a second one, with which cards are read. */
    default Function<String, Optional<JournalKeys>> keysByOrigin() {
        return this::keys;
    }

    /** The journal keys on this node's cards, as C2SP writes verifier keys: a key among them has followed those before it. */
    default Set<String> listed() {
        return Set.of();
    }

    /** The journal's origin, such as {@code entente.example.org:7201/journal}. */
    default String origin() {
        return signer().name();
    }
}
