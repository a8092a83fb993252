package org.entente.crypto.journal;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads tree hashes out of tiles. Keeps every tile it has read, so use one per proof or per batch of proofs. Not
 * thread-safe.
 *
 * <p>It trusts its tiles: who reads them from elsewhere compares {@link MerkleTree#root()} with a signed checkpoint
 * first.
 */
public final class TileHashReader implements HashReader {
    private final long size;
    private final TileReader tiles;
    private final Map<Long, TileTree> read = new HashMap<>();

    /** A reader for a tree of that size. */
    public TileHashReader(long size, TileReader tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    @Override
    public Hash read(int level, long index) {
        int tileLevel = level / TileId.HEIGHT;
        int height = level % TileId.HEIGHT;
        long first = index << height;
        TileTree tile = tile(tileLevel, first / TileId.FULL_WIDTH);
        return tile.node(height, (int) (first % TileId.FULL_WIDTH) >> height);
    }

    private TileTree tile(int level, long index) {
        // A level has at most 2^(55 - 8 * level) tiles, so the level fits above the index.
        long key = ((long) level << 56) | index;
        TileTree tile = read.get(key);
        if (tile == null) {
            TileId id = new TileId(level, index, Tiles.width(level, index, size));
            tile = TileTree.parse(tiles.read(id), id.width());
            read.put(key, tile);
        }
        return tile;
    }
}
