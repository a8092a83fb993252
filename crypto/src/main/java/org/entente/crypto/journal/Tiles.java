package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.List;

/** Which tiles a tree of a given size has, in one place (C2SP tlog-tiles, "Partial Tiles"). */
public final class Tiles {
    private Tiles() {}

    /** How many hashes stand at a tile level: floor(size / 256^level). */
    public static long hashesAt(int level, long size) {
        int shift = level * TileId.HEIGHT;
        return shift >= Long.SIZE - 1 ? 0 : size >>> shift;
    }

    /** The width of a tile in a tree of that size; 0 if the tree does not reach it. */
    public static int width(int level, long index, long size) {
        long before = index * TileId.FULL_WIDTH;
        return (int) Math.clamp(hashesAt(level, size) - before, 0L, TileId.FULL_WIDTH);
    }

    /** The right edge: at each level the partial tile, if there is one, from level 0 up. */
    public static List<TileId> partial(long size) {
        List<TileId> tiles = new ArrayList<>();
        for (int level = 0; hashesAt(level, size) > 0; level++) {
            long hashes = hashesAt(level, size);
            int width = (int) (hashes % TileId.FULL_WIDTH);
            if (width > 0) {
                tiles.add(new TileId(level, hashes / TileId.FULL_WIDTH, width));
            }
        }
        return tiles;
    }

    /** How many full tiles a level has. */
    public static long fullAt(int level, long size) {
        return hashesAt(level, size) / TileId.FULL_WIDTH;
    }

    /**
     * The tiles that a tree of size {@code to} has and one of size {@code from} has not: what a witness must fetch to
     * follow the growth. A tile that was partial and has grown is named with its new width.
     */
    public static List<TileId> added(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a tree does not grow from " + from + " to " + to);
        }
        List<TileId> tiles = new ArrayList<>();
        for (int level = 0; hashesAt(level, to) > hashesAt(level, from); level++) {
            for (long index = fullAt(level, from); width(level, index, to) > 0; index++) {
                tiles.add(new TileId(level, index, width(level, index, to)));
            }
        }
        return tiles;
    }
}
