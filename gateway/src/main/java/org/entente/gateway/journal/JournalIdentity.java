package org.entente.gateway.journal;

import org.entente.crypto.journal.Ed25519NoteSigner;

/**
 * Who signs the journal: asked upward, since keys and addresses belong to the node as a whole. The bean that implements
 * this may load its keys when first asked.
 */
public interface JournalIdentity {
    /** The journal key; its name is the origin, the address of the journal without scheme. */
    Ed25519NoteSigner signer();

    /** The journal's origin, such as {@code entente.example.org:7201/journal}. */
    default String origin() {
        return signer().name();
    }
}
