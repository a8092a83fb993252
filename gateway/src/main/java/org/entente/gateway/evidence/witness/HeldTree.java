package org.entente.gateway.evidence.witness;

import java.util.HashMap;
import java.util.Map;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.TileReader;

/** The tree of a partner's journal as it is kept here; roots and proofs at any size up to its own. Tiles are read once. */
final class HeldTree implements TileReader {
    private final WitnessTables tables;
    private final WitnessTables.Log log;
    private final Map<TileId, byte[]> read = new HashMap<>();

    HeldTree(WitnessTables tables, WitnessTables.Log log) {
        this.tables = tables;
        this.log = log;
    }

    @Override
    public byte[] read(TileId id) {
        return read.computeIfAbsent(
                id,
                missing -> tables.tile(log, missing)
                        .orElseThrow(() -> new IllegalStateException(
                                "the tile " + missing.path() + " of " + log.origin() + " is not kept")));
    }

    MerkleTree at(long size) {
        return new MerkleTree(size, new TileHashReader(size, this));
    }

    Hash root(long size) {
        return size == 0 ? Hash.EMPTY_TREE : at(size).root();
    }

    ConsistencyProof consistency(long older, long newer) {
        return at(newer).consistency(older);
    }
}
