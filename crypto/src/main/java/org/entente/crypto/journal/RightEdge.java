package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The growing side of a tree: at each level the tile that is not yet full. It is all a journal must hold in memory to
 * append and to prove what it has appended. Immutable: growing yields a new edge, so that a batch which the
 * storage refuses leaves nothing behind.
 */
public final class RightEdge {
    private final long size;

    /** By tile level; a level that the tree does not reach yet is absent, one that has just filled up is empty. */
    private final List<TileTree> levels;

    private RightEdge(long size, List<TileTree> levels) {
        this.size = size;
        this.levels = levels;
    }

    /** The edge of the tree without leaves. */
    public static RightEdge empty() {
        return new RightEdge(0, List.of());
    }

    /** The edge of a stored tree; reads the tiles of {@link Tiles#partial(long)}. */
    public static RightEdge load(long size, TileReader tiles) {
        List<TileTree> levels = new ArrayList<>();
        for (int level = 0; Tiles.hashesAt(level, size) > 0; level++) {
            levels.add(TileTree.empty());
        }
        for (TileId id : Tiles.partial(size)) {
            levels.set(id.level(), TileTree.parse(tiles.read(id), id.width()));
        }
        return new RightEdge(size, levels);
    }

    /** Leaves of the tree. */
    public long size() {
        return size;
    }

    /** The root of the tree. */
    public Hash root() {
        return append(List.of()).tree().root();
    }

    /** The hashes of the partial tile at a level; none if there is no partial tile. */
    public byte[] hashes(int level) {
        return level < levels.size() ? levels.get(level).hashes() : new byte[0];
    }

    /** Adds leaves to the right. */
    public Growth append(List<Hash> leaves) {
        Growing growing = new Growing();
        for (Hash leaf : leaves) {
            growing.add(0, leaf);
        }
        long newSize = size + leaves.size();
        RightEdge next = new RightEdge(newSize, growing.levels);
        return new Growth(next, growing.changed(), new MerkleTree(newSize, growing::read));
    }

    /**
     * What an append has made.
     *
     * @param edge the edge after it
     * @param changed the tiles to store, each once, at its new width
     * @param tree the tree after it; proves the appended leaves and yields the root without reading storage. Other
     *     leaves cannot be read from it.
     */
    public record Growth(RightEdge edge, List<Tile> changed, MerkleTree tree) {}

    /**
     * A tile with its hashes.
     *
     * @param id its name
     * @param hashes 32 bytes for each
     */
    public record Tile(TileId id, byte[] hashes) {}

    /** One append under way: copies a tile before the first change to it. */
    private final class Growing {
        private final List<TileTree> levels = new ArrayList<>(RightEdge.this.levels);
        private final Map<Long, TileTree> touched = new LinkedHashMap<>();
        private final long[] added = new long[Long.SIZE / TileId.HEIGHT + 1];

        void add(int level, Hash hash) {
            if (level == levels.size()) {
                levels.add(TileTree.empty());
            }
            long key = key(level, tileIndex(level));
            TileTree tile = touched.get(key);
            if (tile == null) {
                tile = levels.get(level).copy();
                levels.set(level, tile);
                touched.put(key, tile);
            }
            tile.append(hash);
            added[level]++;
            if (tile.width() == TileId.FULL_WIDTH) {
                levels.set(level, TileTree.empty());
                add(level + 1, tile.node(TileId.HEIGHT, 0));
            }
        }

        private long tileIndex(int level) {
            return (Tiles.hashesAt(level, size) + added[level]) / TileId.FULL_WIDTH;
        }

        Hash read(int level, long index) {
            int tileLevel = level / TileId.HEIGHT;
            int height = level % TileId.HEIGHT;
            long first = index << height;
            long tileIndex = first / TileId.FULL_WIDTH;
            TileTree tile = touched.get(key(tileLevel, tileIndex));
            if (tile == null && tileIndex == tileIndex(tileLevel)) {
                tile = levels.get(tileLevel);
            }
            if (tile == null) {
                throw new IllegalArgumentException("hash " + level + ", " + index + " is not at the right edge");
            }
            return tile.node(height, (int) (first % TileId.FULL_WIDTH) >> height);
        }

        List<Tile> changed() {
            List<Tile> tiles = new ArrayList<>();
            touched.forEach((key, tile) -> tiles.add(new Tile(
                    new TileId((int) (key >>> 56), key & 0x00ff_ffff_ffff_ffffL, tile.width()), tile.hashes())));
            return tiles;
        }

        private static long key(int level, long index) {
            return ((long) level << 56) | index;
        }
    }
}
