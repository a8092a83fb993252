package org.entente.gateway.evidence.witness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.partners.Sightings.Sighting;

/** A partner's journal in memory, honest or not: whatever leaves it has, it signs and serves. */
final class ServedJournal implements JournalSource {
    final List<Hash> leaves = new ArrayList<>();
    final List<SignedNote> delivered = new ArrayList<>();
    UnaryOperator<byte[]> tileChange = tile -> tile;
    private final String party;
    private final Ed25519NoteSigner signer;
    private int tilesRead;

    ServedJournal(String party, String origin) {
        this.party = party;
        this.signer = Ed25519NoteSigner.ofSeed(origin, new byte[32]);
    }

    ServedJournal grow(int count, String branch) {
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.leaf((branch + leaves.size()).getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    /** The same key with other leaves from an entry on. */
    ServedJournal branch(int from, int count, String branch) {
        ServedJournal other = new ServedJournal(party, signer.name());
        other.leaves.addAll(leaves.subList(0, from));
        return other.grow(count, branch);
    }

    Ed25519NoteSigner signer() {
        return signer;
    }

    int tilesRead() {
        return tilesRead;
    }

    Hash root(long size) {
        return new MerkleTree(size, this::node).root();
    }

    private Hash node(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : Hash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    /** The signed checkpoint of a size, as an answer would show it. */
    Sighting at(long size) {
        SignedNote note = new Checkpoint(signer.name(), size, root(size)).sign(signer);
        try {
            return Sighting.of(
                    party,
                    Checkpoint.open(note, signer.name(), signer.verifierKey().verifier(), List.of()));
        } catch (VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SignedNote checkpoint() {
        return at(leaves.size()).note();
    }

    @Override
    public byte[] read(TileId id) {
        tilesRead++;
        ByteBuffer tile = ByteBuffer.allocate(id.width() * Hash.LENGTH);
        long first = id.index() * TileId.FULL_WIDTH;
        int level = id.level() * TileId.HEIGHT;
        if ((first + id.width()) << level > leaves.size()) {
            throw new UnusableJournalException("It does not serve " + id.path() + ".");
        }
        for (int i = 0; i < id.width(); i++) {
            tile.put(node(level, first + i).bytes());
        }
        return tileChange.apply(tile.array());
    }

    @Override
    public void deliver(SignedNote cosigned) {
        delivered.add(cosigned);
    }
}
