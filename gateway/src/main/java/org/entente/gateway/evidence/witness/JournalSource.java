package org.entente.gateway.evidence.witness;

import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileReader;

/** A partner's journal as it serves it, and the place where cosignatures go. What it gives is believed only when it was verified. */
interface JournalSource extends TileReader {
    /**
     * The newest checkpoint.
     *
     * @throws UnusableJournalException if what it serves is none
     * @throws org.entente.gateway.base.EntenteException {@code partner-unreachable}, {@code partner-answer-invalid}
     */
    SignedNote checkpoint();

    /** Hands over a checkpoint with this node's cosignature. */
    void deliver(SignedNote cosigned);
}
