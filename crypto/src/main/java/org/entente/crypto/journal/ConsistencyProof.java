package org.entente.crypto.journal;

import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;

/**
 * That a tree is the beginning of another (RFC 9162 section 2.1.4): nothing was changed or taken out.
 *
 * @param older leaves of the smaller tree
 * @param newer leaves of the larger tree
 * @param path the hashes of the proof
 */
public record ConsistencyProof(long older, long newer, List<Hash> path) {
    /** Keeps its own copy of the path. */
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Passes if the tree with the newer root begins with the tree with the older root (RFC 9162 section 2.1.4.2). An
     * empty older tree begins every tree, which proves nothing: it does not pass.
     *
     * @throws VerificationException with PROOF_INVALID
     */
    public void verify(Hash olderRoot, Hash newerRoot) throws VerificationException {
        if (older == newer && older > 0) {
            verifyEqual(olderRoot, newerRoot);
            return;
        }
        if (older < 1 || older > newer) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "A tree of " + older + " entries cannot be shown to begin one of " + newer + ".");
        }
        if (path.isEmpty()) {
            throw wrongLength();
        }
        // Step 2: the older root is known to the verifier if it is itself a node of the newer tree.
        boolean complete = Long.bitCount(older) == 1;
        Hash seed = complete ? olderRoot : path.getFirst();
        List<Hash> rest = complete ? path : path.subList(1, path.size());
        // Steps 3 and 4.
        long fn = older - 1;
        long sn = newer - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        // Steps 5 and 6.
        Hash fr = seed;
        Hash sr = seed;
        for (Hash c : rest) {
            if (sn == 0) {
                throw wrongLength();
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.node(c, fr);
                sr = Hash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        // Step 7.
        if (sn != 0) {
            throw wrongLength();
        }
        if (!fr.equals(olderRoot) || !sr.equals(newerRoot)) {
            throw mismatch();
        }
    }

    private void verifyEqual(Hash olderRoot, Hash newerRoot) throws VerificationException {
        if (!path.isEmpty()) {
            throw wrongLength();
        }
        if (!olderRoot.equals(newerRoot)) {
            throw mismatch();
        }
    }

    private VerificationException mismatch() {
        return new VerificationException(
                Reason.PROOF_INVALID,
                "The journal of " + newer + " entries does not begin with the one of " + older + ".");
    }

    private VerificationException wrongLength() {
        return new VerificationException(
                Reason.PROOF_INVALID,
                path.size() + " hashes are not what a proof from " + older + " to " + newer + " needs.");
    }
}
