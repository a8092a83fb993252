package org.entente.crypto.journal;

/**
 * A tile together with the inner nodes of its subtree. Grows by appending, and each append hashes each new node once,
 * so that proofs at the right edge cost no hashing. Not thread-safe; shared copies are never changed.
 */
final class TileTree {
    /** nodes[h][i] = root of 2^h hashes from i * 2^h on; h = 8 is the root of the full tile. */
    private final Hash[][] nodes;

    private int width;

    private TileTree(Hash[][] nodes, int width) {
        this.nodes = nodes;
        this.width = width;
    }

    static TileTree empty() {
        Hash[][] nodes = new Hash[TileId.HEIGHT + 1][];
        for (int height = 0; height <= TileId.HEIGHT; height++) {
            nodes[height] = new Hash[TileId.FULL_WIDTH >> height];
        }
        return new TileTree(nodes, 0);
    }

    static TileTree parse(byte[] hashes, int width) {
        if (hashes.length < width * Hash.LENGTH) {
            throw new IllegalArgumentException("a tile of " + width + " hashes is shorter than that");
        }
        TileTree tree = empty();
        for (int i = 0; i < width; i++) {
            tree.append(Hash.at(hashes, i * Hash.LENGTH));
        }
        return tree;
    }

    TileTree copy() {
        Hash[][] copies = new Hash[nodes.length][];
        for (int height = 0; height < nodes.length; height++) {
            copies[height] = nodes[height].clone();
        }
        return new TileTree(copies, width);
    }

    void append(Hash hash) {
        nodes[0][width++] = hash;
        for (int height = 1; height <= TileId.HEIGHT && width % (1 << height) == 0; height++) {
            int index = (width >> height) - 1;
            nodes[height][index] = Hash.node(nodes[height - 1][2 * index], nodes[height - 1][2 * index + 1]);
        }
    }

    int width() {
        return width;
    }

    /** The root of 2^height hashes from {@code index * 2^height} on, all of which must be there. */
    Hash node(int height, int index) {
        if ((index + 1) << height > width) {
            throw new IllegalArgumentException("the tile does not reach node " + index + " at height " + height);
        }
        return nodes[height][index];
    }

    byte[] hashes() {
        byte[] bytes = new byte[width * Hash.LENGTH];
        for (int i = 0; i < width; i++) {
            nodes[0][i].copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }
}
