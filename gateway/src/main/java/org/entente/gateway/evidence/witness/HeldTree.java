package org.entente.gateway.evidence.witness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.TileReader;
import org.entente.gateway.base.Sql;

/** The tree of a partner's journal as it is kept here; roots and proofs at any size up to its own. Tiles are read once. */
final class HeldTree implements TileReader {
    private final WitnessTables.Log log;
    private final Function<TileId, Optional<byte[]>> kept;
    private final Map<TileId, byte[]> read = new HashMap<>();

    HeldTree(WitnessTables tables, WitnessTables.Log log) {
        this(log, id -> tables.tile(log, id));
    }

    private HeldTree(WitnessTables.Log log, Function<TileId, Optional<byte[]>> kept) {
        this.log = log;
        this.kept = kept;
    }

    /** The same for somebody who holds a connection, and must not wait for a second one. */
    static HeldTree on(Connection c, WitnessTables.Log log) {
        return new HeldTree(log, id -> {
            try {
                return WitnessTables.tile(c, log, id);
            } catch (SQLException e) {
                throw Sql.explain(e);
            }
        });
    }

    @Override
    public byte[] read(TileId id) {
        return read.computeIfAbsent(
                id,
                missing -> kept.apply(missing)
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
