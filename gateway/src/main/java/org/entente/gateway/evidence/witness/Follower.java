package org.entente.gateway.evidence.witness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.NoteSignature;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.evidence.witness.WitnessTables.Tree;
import org.entente.gateway.partners.Sightings;
import org.entente.gateway.partners.Sightings.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * Follows one journal: fetches its leaf hashes, recomputes the root at every size that was seen, keeps the hashes, and cosigns the
 * newest. Says what it has found and leaves it to others to act.
 */
final class Follower {
    /** Most checkpoints in one round. */
    private static final int AT_ONCE = 4_096;
    /** Tiles in memory before some are written; those of no verified tree mean nothing yet. */
    private static final int TILES_IN_MEMORY = 2_048;

    private final WitnessTables tables;
    private final Sightings sightings;
    private final WitnessTables.Log log;
    private final JournalKeys keys;
    private final JournalSource source;

    Follower(WitnessTables tables, Sightings sightings, WitnessTables.Log log, JournalKeys keys, JournalSource source) {
        this.tables = tables;
        this.sightings = sightings;
        this.log = log;
        this.keys = keys;
        this.source = source;
    }

    /** What a round has found. */
    sealed interface Finding {
        /** All that was seen fits together. */
        record Sound() implements Finding {}

        /** Two signed checkpoints contradict each other. */
        record Forked(Contradiction proof) implements Finding {}

        /** It serves a checkpoint that fits but is smaller than one that it has signed before. */
        record Shorter(SignedNote known, SignedNote served) implements Finding {}

        /** Its tiles do not lead to this checkpoint, which it has signed. */
        record Unusable(String sentence, SignedNote signed) implements Finding {}
    }

    /**
     * One round.
     *
     * @param askNewest whether to ask for the newest checkpoint, rather than follow only what was shown
     * @throws UnusableJournalException if the checkpoint that it serves is none of this journal
     * @throws org.entente.gateway.base.EntenteException {@code partner-unreachable}, {@code database-unavailable}
     */
    Finding round(boolean askNewest) {
        sightings.keep(log.party());
        Sighting served = null;
        if (askNewest) {
            served = served();
            sightings.keep(List.of(served));
        }
        List<Sighting> seen = sightings.waiting(log.party(), log.origin(), AT_ONCE);
        Tree held = tables.tree(log);
        Finding finding = examine(seen, held);
        if (finding instanceof Finding.Unusable && !askNewest) {
            // What it serves may be another branch than the one that it has shown; its newest checkpoint tells.
            return round(true);
        }
        if (finding instanceof Finding.Sound) {
            sightings.done(seen);
            Optional<SignedNote> larger = served == null ? Optional.empty() : largerThan(served.size(), seen, held);
            if (larger.isPresent()) {
                return new Finding.Shorter(
                        larger.get(), java.util.Objects.requireNonNull(served).note());
            }
        }
        return finding;
    }

    private static Optional<SignedNote> largerThan(long size, List<Sighting> seen, Tree held) {
        if (held.note() != null && held.size() > size) {
            return Optional.of(held.note());
        }
        return seen.stream()
                .filter(sighting -> sighting.size() > size)
                .max(Comparator.comparingLong(Sighting::size))
                .map(Sighting::note);
    }

    private Sighting served() {
        try {
            return Sighting.of(log.party(), keys.now().open(source.checkpoint(), List.of()));
        } catch (VerificationException e) {
            throw new UnusableJournalException("The checkpoint that it serves does not verify: " + e.sentence(), e);
        }
    }

    private Finding examine(List<Sighting> seen, Tree held) {
        Optional<Contradiction> twice = sameSizeTwice(seen);
        if (twice.isPresent()) {
            return new Finding.Forked(twice.get());
        }
        HeldTree kept = new HeldTree(tables, log);
        for (Sighting sighting : seen) {
            if (sighting.size() <= held.size() && !kept.root(sighting.size()).equals(sighting.root())) {
                return new Finding.Forked(between(sighting, kept, held.size(), note(held)));
            }
        }
        List<Sighting> ahead = seen.stream().filter(s -> s.size() > held.size()).toList();
        return ahead.isEmpty() ? new Finding.Sound() : grow(ahead, held);
    }

    private static SignedNote note(Tree held) {
        return java.util.Objects.requireNonNull(held.note(), "a tree with leaves has a note");
    }

    private static Optional<Contradiction> sameSizeTwice(List<Sighting> seen) {
        for (int i = 1; i < seen.size(); i++) {
            Sighting one = seen.get(i - 1);
            Sighting other = seen.get(i);
            if (one.size() == other.size() && !one.root().equals(other.root())) {
                return Optional.of(new Contradiction(one.note(), other.note(), other.root(), List.of()));
            }
        }
        return Optional.empty();
    }

    /** A smaller checkpoint against a tree of which all leaves are kept. */
    private static Contradiction between(Sighting smaller, HeldTree kept, long size, SignedNote note) {
        ConsistencyProof proof = kept.consistency(smaller.size(), size);
        return new Contradiction(smaller.note(), note, kept.root(smaller.size()), proof.path());
    }

    /** Fetches what is missing up to the largest checkpoint, and holds it against all of them. */
    private Finding grow(List<Sighting> ahead, Tree held) {
        Sighting target = ahead.getLast();
        RightEdge edge = RightEdge.load(held.size(), new HeldTree(tables, log));
        Map<String, RightEdge.Tile> changed = new LinkedHashMap<>();
        Map<Long, Hash> roots = new LinkedHashMap<>();
        List<Long> sizes = ahead.stream().map(Sighting::size).distinct().toList();
        int next = 0;
        try {
            while (edge.size() < target.size()) {
                List<Hash> leaves = fetch(edge.size(), target.size());
                int used = 0;
                while (used < leaves.size()) {
                    long stop = Math.min(edge.size() + leaves.size() - used, sizes.get(next));
                    int count = Math.toIntExact(stop - edge.size());
                    RightEdge.Growth growth = edge.append(leaves.subList(used, used + count));
                    growth.changed()
                            .forEach(tile -> changed.put(
                                    tile.id().level() + "/" + tile.id().index(), tile));
                    edge = growth.edge();
                    used += count;
                    if (stop == sizes.get(next)) {
                        roots.put(stop, growth.tree().root());
                        next = Math.min(next + 1, sizes.size() - 1);
                    }
                }
                if (changed.size() > TILES_IN_MEMORY) {
                    tables.upsert(log, changed.values());
                    changed.clear();
                }
            }
        } catch (UnusableJournalException e) {
            return new Finding.Unusable(e.sentence(), target.note());
        }
        if (!(roots.get(target.size()) instanceof Hash reached && reached.equals(target.root()))) {
            return contradicted(target, held);
        }
        keep(target, held, changed);
        HeldTree kept = new HeldTree(tables, log);
        for (Sighting sighting : ahead) {
            if (!(roots.get(sighting.size()) instanceof Hash root && root.equals(sighting.root()))) {
                return new Finding.Forked(between(sighting, kept, target.size(), target.note()));
            }
        }
        return new Finding.Sound();
    }

    private List<Hash> fetch(long from, long to) {
        long index = from / TileId.FULL_WIDTH;
        TileId id = new TileId(0, index, Tiles.width(0, index, to));
        byte[] hashes = source.read(id);
        List<Hash> leaves = new ArrayList<>();
        for (int i = (int) (from % TileId.FULL_WIDTH); i < id.width(); i++) {
            leaves.add(Hash.of(java.util.Arrays.copyOfRange(hashes, i * Hash.LENGTH, (i + 1) * Hash.LENGTH)));
        }
        return leaves;
    }

    /** What is kept here and what it serves now do not lead to the checkpoint together. Do its own tiles alone? */
    private Finding contradicted(Sighting target, Tree held) {
        try {
            Optional<Contradiction> proof = new TheirTree(source, target).against(held);
            if (proof.isPresent()) {
                return new Finding.Forked(proof.get());
            }
        } catch (UnusableJournalException e) {
            return new Finding.Unusable(e.sentence(), target.note());
        }
        return new Finding.Unusable(
                "Its tiles do not lead to the checkpoint of " + target.size() + " entries that it has signed.",
                target.note());
    }

    private void keep(Sighting target, Tree held, Map<String, RightEdge.Tile> changed) {
        tables.locked(log, (c, now) -> {
            // Another process of the node may have been faster; what it has kept is as good.
            if (now.size() == held.size()) {
                WitnessTables.upsert(c, log, changed.values());
                WitnessTables.grown(c, log, target.size(), target.root(), target.note());
            }
            return now.size();
        });
    }

    /**
     * Cosigns the newest checkpoint whose leaves are kept, unless that is done; the cosignature is durable before anybody gets it.
     *
     * @return a contradiction with what was cosigned before, if there is one; nothing is signed then
     */
    @Nullable
    Contradiction cosign(List<NoteSigner> signers) {
        return tables.<@Nullable Contradiction>locked(log, (c, tree) -> {
            HeldTree kept = HeldTree.on(c, log);
            if (tree.note() == null || tree.cosignedSize() > tree.size()) {
                return null;
            }
            if (tree.cosigned() != null && !kept.root(tree.cosignedSize()).equals(tree.cosignedRoot())) {
                ConsistencyProof proof = kept.consistency(tree.cosignedSize(), tree.size());
                return new Contradiction(tree.cosigned(), tree.note(), kept.root(tree.cosignedSize()), proof.path());
            }
            if (tree.cosigned() == null || tree.cosignedSize() < tree.size()) {
                WitnessTables.cosigned(c, log, tree.size(), tree.root(), cosigned(tree.note(), signers));
            }
            return null;
        });
    }

    /** The note with further signatures; earlier ones of the same keys give way. */
    static SignedNote cosigned(SignedNote note, List<NoteSigner> signers) {
        SignedNote own = SignedNote.sign(note.text(), signers.toArray(NoteSigner[]::new));
        List<NoteSignature> others =
                note.signatures().stream().filter(line -> !isBy(line, signers)).toList();
        return new SignedNote(note.text(), others).with(own.signatures());
    }

    /** Whether a signature is one of these signers'. */
    static boolean isBy(NoteSignature line, List<NoteSigner> signers) {
        return signers.stream()
                .anyMatch(
                        signer -> line.keyId() == signer.keyId() && line.name().equals(signer.name()));
    }

    /** Hands over the newest cosignature that the partner does not have yet. */
    void deliver() {
        Tree tree = tables.tree(log);
        if (tree.cosigned() != null && tree.delivered() < tree.cosignedSize()) {
            source.deliver(tree.cosigned());
            tables.delivered(log, tree.cosignedSize());
        }
    }
}
