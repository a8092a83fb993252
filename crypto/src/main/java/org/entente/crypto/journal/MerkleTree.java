package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Merkle tree of a given size over hashes that are read when needed (RFC 6962 section 2.1). D[a:b] are the leaves
 * from a up to but not including b; MTH(D[a:b]) is the root over them. Not thread-safe.
 */
public final class MerkleTree {
    private final long size;
    private final HashReader hashes;

    /** MTH(D[from:size]) for ranges that are no complete subtree: every proof at this size meets the same few. */
    private final Map<Long, Hash> ragged = new HashMap<>();

    /** The tree with the first {@code size} leaves of a journal. */
    public MerkleTree(long size, HashReader hashes) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size");
        }
        this.size = size;
        this.hashes = hashes;
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** MTH(D[0:size]). */
    public Hash root() {
        return size == 0 ? Hash.EMPTY_TREE : range(0, size);
    }

    /** PATH(index, D[0:size]), RFC 6962 section 2.1.1. */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        path(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /** PROOF(older, D[0:size]), RFC 6962 section 2.1.2. */
    public ConsistencyProof consistency(long older) {
        if (older < 1 || older > size) {
            throw new IllegalArgumentException("no consistency proof from " + older + " to " + size);
        }
        List<Hash> path = new ArrayList<>();
        if (older < size) {
            subProof(older, 0, size, true, path);
        }
        return new ConsistencyProof(older, size, path);
    }

    /** PATH(m, D[lo:hi]) = PATH(m, D[lo:mid]) : MTH(D[mid:hi]) for m < mid, and the mirror image otherwise. */
    private void path(long m, long lo, long hi, List<Hash> path) {
        if (hi - lo == 1) {
            return;
        }
        long mid = lo + largestPowerBelow(hi - lo);
        if (m < mid) {
            path(m, lo, mid, path);
            path.add(range(mid, hi));
        } else {
            path(m, mid, hi, path);
            path.add(range(lo, mid));
        }
    }

    /** SUBPROOF(m, D[lo:hi], whole): {@code whole} while D[lo:m] is the complete older tree, known to the verifier. */
    private void subProof(long m, long lo, long hi, boolean whole, List<Hash> path) {
        if (m == hi) {
            if (!whole) {
                path.add(range(lo, hi));
            }
            return;
        }
        long mid = lo + largestPowerBelow(hi - lo);
        if (m <= mid) {
            subProof(m, lo, mid, whole, path);
            path.add(range(mid, hi));
        } else {
            subProof(m, mid, hi, false, path);
            path.add(range(lo, mid));
        }
    }

    /** MTH(D[lo:hi]) = HASH(0x01 || MTH(D[lo:mid]) || MTH(D[mid:hi])), read where it is a complete subtree. */
    private Hash range(long lo, long hi) {
        long width = hi - lo;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return hashes.read(level, lo >>> level);
        }
        Hash known = ragged.get(lo);
        if (known == null) {
            long mid = lo + largestPowerBelow(width);
            known = Hash.node(range(lo, mid), range(mid, hi));
            ragged.put(lo, known);
        }
        return known;
    }

    /** The largest power of two smaller than n, for n above 1. */
    static long largestPowerBelow(long n) {
        return Long.highestOneBit(n - 1);
    }
}
