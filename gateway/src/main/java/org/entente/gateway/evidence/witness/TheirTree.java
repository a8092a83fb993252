package org.entente.gateway.evidence.witness;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.partners.Sightings.Sighting;

/** A partner's tree by the partner's own tiles alone, without what is kept here: tells a rewritten journal from damaged tiles. */
final class TheirTree {
    private final JournalSource source;
    private final Sighting checkpoint;
    private final Map<TileId, byte[]> read = new HashMap<>();

    TheirTree(JournalSource source, Sighting checkpoint) {
        this.source = source;
        this.checkpoint = checkpoint;
    }

    /** A tile as wide as it is under the checkpoint, so that all proofs are about one and the same tree. */
    private byte[] tile(TileId id) {
        TileId whole = new TileId(id.level(), id.index(), Tiles.width(id.level(), id.index(), checkpoint.size()));
        byte[] known = read.get(whole);
        if (known == null) {
            known = source.read(whole);
            read.put(whole, known);
        }
        return known;
    }

    private MerkleTree at(long size) {
        return new MerkleTree(size, new TileHashReader(size, this::tile));
    }

    /**
     * How the signed checkpoint contradicts an earlier one.
     *
     * @return nothing if the tiles do not lead to what is signed, or show no contradiction
     */
    Optional<Contradiction> against(WitnessTables.Tree held) {
        if (held.note() == null || held.size() == 0 || held.size() > checkpoint.size()) {
            return Optional.empty();
        }
        if (!at(checkpoint.size()).root().equals(checkpoint.root())) {
            return Optional.empty();
        }
        Hash beginning = at(held.size()).root();
        ConsistencyProof proof = at(checkpoint.size()).consistency(held.size());
        try {
            proof.verify(beginning, checkpoint.root());
        } catch (VerificationException e) {
            return Optional.empty();
        }
        return beginning.equals(held.root())
                ? Optional.empty()
                : Optional.of(new Contradiction(held.note(), checkpoint.note(), beginning, proof.path()));
    }
}
