package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trees for tests: leaves by number, the root by the definition, and tiles kept in a map as a journal grows. */
final class Trees {
    private Trees() {}

    static Hash leaf(long index) {
        return Hash.leaf(("entry " + index).getBytes(UTF_8));
    }

    static List<Hash> leaves(long from, long to) {
        List<Hash> leaves = new ArrayList<>();
        for (long i = from; i < to; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    }

    /** MTH by its definition, RFC 6962 section 2.1, with no cleverness to be wrong in. */
    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.EMPTY_TREE;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return Hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** What a store of tiles holds after some appends. */
    static final class Store implements TileReader {
        final Map<String, byte[]> tiles = new HashMap<>();
        RightEdge edge = RightEdge.empty();

        MerkleTree append(int count) {
            RightEdge.Growth growth = edge.append(leaves(edge.size(), edge.size() + count));
            for (RightEdge.Tile tile : growth.changed()) {
                tiles.put(tile.id().withWidth(TileId.FULL_WIDTH).path(), tile.hashes());
            }
            edge = growth.edge();
            return growth.tree();
        }

        @Override
        public byte[] read(TileId id) {
            byte[] tile = tiles.get(id.withWidth(TileId.FULL_WIDTH).path());
            if (tile == null) {
                throw new IllegalStateException("no tile " + id.path());
            }
            return Arrays.copyOf(tile, id.width() * Hash.LENGTH);
        }

        MerkleTree tree(long size) {
            return new MerkleTree(size, new TileHashReader(size, this));
        }
    }
}
