package org.entente.crypto.journal;

/** Where tree hashes come from: the seam between the mathematics and any storage. */
@FunctionalInterface
public interface HashReader {
    /**
     * The root of a complete subtree: MTH(D[index * 2^level : (index + 1) * 2^level]).
     *
     * @param level height of the subtree; 0 is a leaf
     * @param index number of the subtree at that height, from the left, from 0
     */
    Hash read(int level, long index);
}
