package org.entente.crypto.journal;

/** Where tiles come from: a database, a folder or a partner's node. */
@FunctionalInterface
public interface TileReader {
    /**
     * The hashes of a tile, one after the other: {@code 32 * id.width()} bytes. A longer answer is a later state of
     * the same tile, of which the reader takes the beginning.
     *
     * @throws RuntimeException of the storage's own kind if the tile cannot be had
     */
    byte[] read(TileId id);
}
