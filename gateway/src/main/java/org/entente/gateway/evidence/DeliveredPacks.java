package org.entente.gateway.evidence;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.PackRecords;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/** Puts together the evidence of crisis packs that this node made for others, from what it has kept and what their consumers gave it. */
@Singleton
public class DeliveredPacks {
    private final Evidence evidence;
    private final PackRecords packs;
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final Clock clock;

    DeliveredPacks(Evidence evidence, PackRecords packs, Treaties treaties, NodeIdentity identity, Clock clock) {
        this.evidence = evidence;
        this.packs = packs;
        this.treaties = treaties;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The sealed evidence of an opened crisis pack from this node's side: as the provider that made it, else as its consumer.
     *
     * @throws EntenteException {@code not-found}, also while it is sealed; {@code evidence-invalid} if it is no longer kept
     */
    public byte[] fromThisSide(UUID pack) {
        return find(pack)
                .map(DeliveredPackFile::encode)
                .orElseGet(() -> evidence.ofPack(pack).encode());
    }

    /**
     * The sealed evidence that a pack was made here, that its consumer held it, and that the consumer's officer opened it; nothing if this node
     * has made no such pack, or nobody has opened it yet.
     *
     * @throws EntenteException {@code evidence-invalid} if it is no longer kept
     */
    public Optional<DeliveredPackFile> find(UUID id) {
        return packs.provided(id).map(this::file);
    }

    private DeliveredPackFile file(PackRecords.Provided pack) {
        List<EvidenceFile.Stamp> stamps =
                evidence.stamp("made", pack.made()).stream().toList();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        DeliveredPackFile unsealed = new DeliveredPackFile(
                DeliveredPackFile.FORMAT,
                pack.id().toString(),
                new EvidenceFile.Exported(identity.party(), now.toString()),
                Base64Url.encode(pack.document()),
                Evidence.entry(evidence.witnessed(pack.made(), pack.partner())),
                Evidence.entry(received(pack)),
                evidence.declaration(pack.textDigest(), pack.act()),
                stamps.isEmpty() ? null : stamps,
                Seal.tree(treaties.signedDocument(pack.textDigest())),
                treaties.companionSignatures(pack.textDigest()).map(Seal::tree).orElse(null),
                evidence.cardsWith(pack.partner()),
                "",
                null);
        PackProse.Facts facts = new PackProse.Facts(
                unsealed.pack(),
                unsealed.received().record(),
                unsealed.cards(),
                unsealed.stamps(),
                unsealed.exported());
        String page = PackProse.page(
                facts,
                unsealed.declaration(),
                pack.document(),
                Evidence.languages(treaties.get(pack.textDigest()).file().agreement()));
        return Seal.on(unsealed.with(page, null), identity.signing(), now);
    }

    private static TlogProof received(PackRecords.Provided pack) {
        try {
            return TlogProof.parse(pack.received());
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "A stored proof cannot be read.", e);
        }
    }
}
