package org.entente.crypto.journal;

import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * That a leaf stands at an index of a tree (RFC 9162 section 2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param path sibling hashes from the leaf up
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    /** Keeps its own copy of the path. */
    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Passes if the leaf hash leads to the root (RFC 9162 section 2.1.3.2).
     *
     * @throws VerificationException with PROOF_INVALID
     */
    public void verify(Hash leaf, Hash root) throws VerificationException {
        // Step 1: the index must be inside the tree.
        if (index < 0 || index >= size) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "Index " + index + " is not inside a tree of " + size + " entries.");
        }
        // Steps 2 and 3.
        long fn = index;
        long sn = size - 1;
        Hash r = leaf;
        // Step 4.
        for (Hash p : path) {
            if (sn == 0) {
                throw wrongLength();
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = Hash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = Hash.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        // Step 5: a path that ends early must not pass by comparing with an inner node.
        if (sn != 0) {
            throw wrongLength();
        }
        if (!r.equals(root)) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The proof does not lead from the entry at index " + index + " to the root of the checkpoint.");
        }
    }

    private VerificationException wrongLength() {
        return new VerificationException(
                Reason.PROOF_INVALID,
                path.size() + " hashes are not what index " + index + " in a tree of " + size + " needs.");
    }
}
