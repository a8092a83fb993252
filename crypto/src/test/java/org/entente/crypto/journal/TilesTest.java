package org.entente.crypto.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "1, 999, 256, tile/1/999",
        "0, 1000, 256, tile/0/x001/000",
        "2, 1234067, 17, tile/2/x001/x234/067.p/17",
        "63, 5, 1, tile/63/005.p/1",
        "0, 36028797018963967, 255, tile/0/x036/x028/x797/x018/x963/967.p/255"
    })
    void pathsAreWrittenAndReadInGroupsOfThree(int level, long index, int width, String path) throws Exception {
        TileId id = new TileId(level, index, width);
        assertEquals(path, id.path());
        assertEquals(id, TileId.parsePath(path));
        assertEquals(new TileId(0, index, width), TileId.parseEntriesPath(id.entriesPath()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000/000",
                "tile/0/001/000",
                "tile/0/x001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/0/000/",
                "/tile/0/000",
                "tile//000",
                "tile/0",
                "tile/0/",
                "tile",
                "",
                "tile/a/000",
                "tile/0/../000",
                "tile/0/000.p/1/",
                "tile/0/٠٠٠",
                "tile/entries/000",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999"
            })
    void anyOtherSpellingIsNoTile(String path) {
        assertThrows(VerificationException.class, () -> TileId.parsePath(path));
    }

    @Test
    void seventyThousandEntriesHaveTheGoldenShape() {
        long size = 70_000;
        assertEquals(273, Tiles.fullAt(0, size));
        assertEquals(1, Tiles.fullAt(1, size));
        assertEquals(0, Tiles.fullAt(2, size));
        assertEquals(List.of(new TileId(0, 273, 112), new TileId(1, 1, 17), new TileId(2, 0, 1)), Tiles.partial(size));
        assertEquals(273 + 1 + 1 + 1 + 1, Tiles.added(0, size).size());
    }

    @Test
    void twoHundredFiftySixEntriesAreOneFullTileAndOneHashAbove() {
        assertEquals(List.of(new TileId(1, 0, 1)), Tiles.partial(256));
        assertEquals(256, Tiles.width(0, 0, 256));
        assertEquals(0, Tiles.width(0, 1, 256));
        assertEquals(List.of(), Tiles.partial(0));
    }

    @Test
    void seventyThousandEntriesGrowIntoThoseTilesAndProve() throws VerificationException {
        Trees.Store store = new Trees.Store();
        while (store.edge.size() < 70_000) {
            store.append((int) Math.min(251, 70_000 - store.edge.size()));
        }
        assertEquals(277, store.tiles.size());
        assertEquals(112 * 32, store.read(new TileId(0, 273, 112)).length);
        assertEquals(17 * 32, store.read(new TileId(1, 1, 17)).length);
        assertEquals(32, store.read(new TileId(2, 0, 1)).length);
        MerkleTree tree = store.tree(70_000);
        assertEquals(store.edge.root(), tree.root());
        for (long index : new long[] {0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999}) {
            tree.inclusion(index).verify(Trees.leaf(index), tree.root());
        }
        for (long older : new long[] {1, 256, 65_536, 65_537, 69_999}) {
            tree.consistency(older).verify(store.tree(older).root(), tree.root());
        }
    }

    @Test
    void impossibleTilesCannotBeNamed() {
        assertThrows(IllegalArgumentException.class, () -> new TileId(64, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TileId(0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new TileId(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new TileId(0, 0, 257));
        assertThrows(IllegalArgumentException.class, () -> Tiles.added(5, 4));
    }
}
