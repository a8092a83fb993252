package org.entente.gateway.journal;

import org.entente.crypto.journal.RightEdge;

/**
 * Where a process knows the journal to stand.
 *
 * @param head the committed state
 * @param edge the right edge of its tree
 */
record Position(Head head, RightEdge edge) {}
