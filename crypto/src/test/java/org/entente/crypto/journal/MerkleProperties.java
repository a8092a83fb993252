package org.entente.crypto.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.entente.crypto.VerificationException;

/** Laws that hold for every tree. */
class MerkleProperties {

    @Property(tries = 200)
    void everyEntryProvesIntoTheRootByDefinition(
            @ForAll @IntRange(min = 1, max = 700) int size, @ForAll @IntRange(max = 699) int seed)
            throws VerificationException {
        int index = seed % size;
        MerkleTree tree = grown(size).tree(size);
        Hash root = Trees.root(Trees.leaves(0, size));
        assertEquals(root, tree.root());
        tree.inclusion(index).verify(Trees.leaf(index), root);
    }

    @Property(tries = 200)
    void anAlteredInclusionProofDoesNotVerify(
            @ForAll @IntRange(min = 2, max = 600) int size,
            @ForAll @IntRange(max = 599) int seed,
            @ForAll @IntRange(max = 9999) int where) {
        int index = seed % size;
        MerkleTree tree = grown(size).tree(size);
        InclusionProof good = tree.inclusion(index);
        Hash leaf = Trees.leaf(index);
        Hash root = tree.root();
        for (List<Hash> path : spoiled(good.path(), where)) {
            refused(() -> new InclusionProof(index, size, path).verify(leaf, root));
        }
        refused(() -> good.verify(Trees.leaf(index + 1), root));
        refused(() -> good.verify(leaf, leaf));
        refused(() -> new InclusionProof(index, size, good.path()).verify(root, leaf));
        refused(() -> new InclusionProof(size, size, good.path()).verify(leaf, root));
        refused(() -> new InclusionProof(-1, size, good.path()).verify(leaf, root));
        refused(() -> new InclusionProof((index + 1) % size, size, good.path()).verify(leaf, root));
    }

    @Property(tries = 100)
    void everyTreeIsConsistentWithEachItHasGrownFrom(@ForAll @IntRange(min = 1, max = 130) int size)
            throws VerificationException {
        Trees.Store store = grown(size);
        Hash root = store.tree(size).root();
        for (int older = 1; older <= size; older++) {
            Hash olderRoot = store.tree(older).root();
            ConsistencyProof good = store.tree(size).consistency(older);
            good.verify(olderRoot, root);
            if (older < size) {
                for (List<Hash> path : spoiled(good.path(), older)) {
                    int from = older;
                    refused(() -> new ConsistencyProof(from, size, path).verify(olderRoot, root));
                }
                refused(() -> good.verify(root, olderRoot));
                refused(() -> good.verify(Trees.leaf(9999), root));
                refused(() -> good.verify(olderRoot, Trees.leaf(9999)));
            }
        }
    }

    @Property(tries = 60)
    void growthInAnyStepsYieldsTheSameTilesAndProvesWhatWasAdded(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 256) Integer> steps)
            throws VerificationException {
        Trees.Store store = new Trees.Store();
        int size = 0;
        for (int step : steps) {
            MerkleTree grown = store.append(step);
            int before = size;
            size += step;
            Hash root = Trees.root(Trees.leaves(0, size));
            assertEquals(root, grown.root());
            assertEquals(root, store.edge.root());
            for (int index = before; index < size; index++) {
                grown.inclusion(index).verify(Trees.leaf(index), root);
            }
            RightEdge loaded = RightEdge.load(size, store);
            assertEquals(root, loaded.root());
        }
        Trees.Store atOnce = grown(size);
        assertEquals(atOnce.tiles.keySet(), store.tiles.keySet());
        assertEquals(atOnce.tree(size).root(), store.tree(size).root());
    }

    @Property(tries = 300)
    void tilesAddedAreThoseOfTheNewSizeThatTheOldOneLacks(
            @ForAll @IntRange(max = 200_000) int from, @ForAll @IntRange(max = 70_000) int more) {
        int to = from + more;
        long added = Tiles.added(from, to).stream()
                .filter(id -> id.level() == 0)
                .mapToInt(TileId::width)
                .sum();
        assertEquals(to - (more == 0 ? to : from / 256 * 256), added);
        for (TileId id : Tiles.added(from, to)) {
            assertEquals(id.width(), Tiles.width(id.level(), id.index(), to));
        }
    }

    private static Trees.Store grown(int size) {
        Trees.Store store = new Trees.Store();
        store.append(size);
        return store;
    }

    /** The path with a hash changed, taken away, added at either end, and with two exchanged. */
    private static List<List<Hash>> spoiled(List<Hash> path, int where) {
        List<List<Hash>> all = new ArrayList<>();
        Hash strange = Trees.leaf(1_000_000 + where);
        List<Hash> longer = new ArrayList<>(path);
        longer.add(strange);
        all.add(longer);
        List<Hash> shifted = new ArrayList<>(path);
        shifted.addFirst(strange);
        all.add(shifted);
        if (!path.isEmpty()) {
            int at = where % path.size();
            List<Hash> changed = new ArrayList<>(path);
            changed.set(at, strange);
            all.add(changed);
            all.add(path.subList(1, path.size()));
            all.add(path.subList(0, path.size() - 1));
        }
        if (path.size() > 1) {
            List<Hash> swapped = new ArrayList<>(path);
            java.util.Collections.swap(swapped, 0, path.size() - 1);
            all.add(swapped);
        }
        return all;
    }

    private interface Check {
        void run() throws VerificationException;
    }

    private static void refused(Check check) {
        assertThrows(VerificationException.class, check::run);
    }
}
