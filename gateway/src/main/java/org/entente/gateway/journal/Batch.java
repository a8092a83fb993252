package org.entente.gateway.journal;

import java.util.List;
import java.util.Map;
import org.entente.crypto.journal.RightEdge;

/**
 * What one transaction carries, ready to be committed.
 *
 * @param first index of the first entry
 * @param appended the drafts that get an entry, in the order of their indices
 * @param refused the others, each with its reason
 * @param after where the journal stands once this is committed
 * @param growth the tree's growth, for the proofs
 */
record Batch(
        long first,
        List<Pending> appended,
        Map<Pending, RuntimeException> refused,
        Position after,
        RightEdge.Growth growth) {}
