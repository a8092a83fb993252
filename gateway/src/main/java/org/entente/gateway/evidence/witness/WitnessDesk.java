package org.entente.gateway.evidence.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.AddCheckpoint;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.WitnessKeys;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Cosignatures;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.JournalConflicts;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.partners.Sightings;
import org.entente.gateway.partners.Sightings.Sighting;

/** What partners ask of a witness (C2SP tlog-witness), and where their own cosignatures arrive. */
@Singleton
class WitnessDesk {
    private final WitnessTables tables;
    private final Partners partners;
    private final Sightings sightings;
    private final Cosignatures cosignatures;
    private final WitnessIdentity identity;
    private final Journal journal;
    private final Witness witness;
    private final JournalConflicts conflicts;

    WitnessDesk(
            WitnessTables tables,
            Partners partners,
            Sightings sightings,
            Cosignatures cosignatures,
            WitnessIdentity identity,
            Journal journal,
            Witness witness,
            JournalConflicts conflicts) {
        this.tables = tables;
        this.partners = partners;
        this.sightings = sightings;
        this.cosignatures = cosignatures;
        this.identity = identity;
        this.journal = journal;
        this.witness = witness;
        this.conflicts = conflicts;
    }

    /**
     * An answer to add-checkpoint.
     *
     * @param status 200, 400, 403, 404, 409 or 422
     * @param body cosignature lines for 200; the size that was cosigned for 409; else a sentence
     */
    record Reply(int status, String body) {}

    /** Takes a checkpoint, and cosigns it if it continues the one cosigned before. */
    Reply addCheckpoint(byte[] body) {
        AddCheckpoint request;
        Checkpoint claimed;
        try {
            request = AddCheckpoint.parse(body);
            claimed = Checkpoint.parse(request.checkpoint().text());
        } catch (VerificationException e) {
            return new Reply(400, e.sentence() + "\n");
        }
        Optional<Partner> partner = partners.all().stream()
                .filter(p -> p.card().journalOrigin().equals(claimed.origin()))
                .findFirst();
        if (partner.isEmpty()) {
            return new Reply(404, "No partner of this node has the journal " + claimed.origin() + ".\n");
        }
        Checkpoint.Opened opened;
        try {
            opened = partner.get().journalKeys().now().open(request.checkpoint(), List.of());
        } catch (VerificationException e) {
            return new Reply(403, e.sentence() + "\n");
        }
        if (!conflicts.open(partner.get().party()).isEmpty()) {
            return new Reply(403, "A contradiction in this journal waits for a decision here.\n");
        }
        if (request.old() > claimed.size()) {
            return new Reply(400, "The old size is larger than the checkpoint.\n");
        }
        journal.start();
        return decide(partner.get(), request, opened);
    }

    private record Decided(Reply reply, boolean forked) {}

    private Reply decide(Partner partner, AddCheckpoint request, Checkpoint.Opened opened) {
        Checkpoint checkpoint = opened.checkpoint();
        WitnessTables.Log log = new WitnessTables.Log(partner.party(), checkpoint.origin());
        List<NoteSigner> signers = identity.signers();
        // Checked and kept under one lock: two requests at once cannot both continue the same state.
        Decided decided = tables.locked(log, (c, tree) -> {
            if (request.old() != tree.cosignedSize()) {
                return new Decided(new Reply(409, tree.cosignedSize() + "\n"), false);
            }
            Optional<String> objection = objection(request, checkpoint, tree.cosignedRoot());
            if (objection.isPresent()) {
                boolean forked = tree.cosignedSize() > 0
                        && checkpoint.size() == tree.cosignedSize()
                        && !checkpoint.root().equals(tree.cosignedRoot());
                return new Decided(new Reply(422, objection.get() + "\n"), forked);
            }
            SignedNote cosigned = Follower.cosigned(request.checkpoint(), signers);
            WitnessTables.cosigned(c, log, checkpoint.size(), checkpoint.root(), cosigned);
            return new Decided(new Reply(200, lines(cosigned, signers)), false);
        });
        if (decided.reply().status() == 200 || decided.forked()) {
            // Whatever was shown is recomputed from the tiles too, and a second root for one size is a fork.
            sightings.saw(partner.party(), opened);
        }
        if (decided.forked()) {
            SignedNote before =
                    java.util.Objects.requireNonNull(tables.tree(log).cosigned());
            witness.alarm(
                    partner,
                    JournalConflicts.Kind.FORK,
                    "The journal of " + partner.party() + " contradicts itself: it has signed two roots for "
                            + checkpoint.size() + " entries.",
                    new Contradiction(before, request.checkpoint(), checkpoint.root(), List.of()).toJson());
        }
        return decided.reply();
    }

    private static Optional<String> objection(AddCheckpoint request, Checkpoint checkpoint, Hash before) {
        if (checkpoint.size() == 0) {
            return checkpoint.root().equals(Hash.EMPTY_TREE) && request.proof().isEmpty()
                    ? Optional.empty()
                    : Optional.of("An empty tree has one root and needs no proof.");
        }
        if (request.old() == 0) {
            return request.proof().isEmpty()
                    ? Optional.empty()
                    : Optional.of("Nothing was cosigned before, so there is nothing to prove.");
        }
        try {
            new ConsistencyProof(request.old(), checkpoint.size(), request.proof()).verify(before, checkpoint.root());
            return Optional.empty();
        } catch (VerificationException e) {
            return Optional.of(e.sentence());
        }
    }

    private static String lines(SignedNote note, List<NoteSigner> signers) {
        StringBuilder lines = new StringBuilder();
        note.signatures().stream()
                .filter(line -> Follower.isBy(line, signers))
                .forEach(line -> lines.append(line.line()).append('\n'));
        return lines.toString();
    }

    /**
     * Takes a partner's cosignature on a checkpoint of this node.
     *
     * @throws EntenteException {@code request-malformed} if it is none by that partner, {@code not-found} if the checkpoint is not
     *     this node's
     */
    void takeCosignature(Partner from, byte[] body) {
        try {
            SignedNote note = SignedNote.parse(body);
            Checkpoint.Opened opened =
                    identity.journalKeys().open(note, from.witnessKeys().verifiers());
            List<WitnessKeys.Cosigned> cosigned = from.witnessKeys().counted(opened);
            if (cosigned.isEmpty()) {
                throw new EntenteException(
                        ErrorCode.REQUEST_MALFORMED, "The note has no cosignature of " + from.party() + ".");
            }
            for (WitnessKeys.Cosigned by : cosigned) {
                // The companion first: alone it says nothing, and a cosignature without its companion would be refused.
                if (by.companion() != null) {
                    cosignatures.add(note, by.companion());
                }
                cosignatures.add(note, by.line());
            }
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The cosignature: " + e.sentence(), e);
        }
    }

    /** The newest checkpoint of a partner's journal that this node has seen, as the partner signed it. */
    Optional<byte[]> seen(Partner partner) {
        String origin = partner.card().journalOrigin();
        WitnessTables.Tree tree = tables.tree(new WitnessTables.Log(partner.party(), origin));
        Optional<Sighting> waiting = sightings.newest(partner.party(), origin);
        SignedNote best = tree.note();
        long size = tree.size();
        if (tree.cosigned() != null && tree.cosignedSize() > size) {
            best = tree.cosigned();
            size = tree.cosignedSize();
        }
        if (waiting.isPresent() && (best == null || waiting.get().size() > size)) {
            best = waiting.get().note();
        }
        return Optional.ofNullable(best).map(SignedNote::encode);
    }

    /** What this node has cosigned last of a journal, with its cosignature. */
    Optional<byte[]> cosigned(String originSha256) {
        return partners.all().stream()
                .filter(p -> java.util.HexFormat.of()
                        .formatHex(org.entente.crypto.Digests.sha256(
                                p.card().journalOrigin().getBytes(UTF_8)))
                        .equals(originSha256))
                .map(p -> tables.tree(new WitnessTables.Log(p.party(), p.card().journalOrigin()))
                        .cosigned())
                .filter(java.util.Objects::nonNull)
                .map(note -> java.util.Objects.requireNonNull(note).encode())
                .findFirst();
    }
}
