package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;

/**
 * Where the consumer takes crisis packs in: checks that a clause in effect orders the pack and that its figures can be read, seals it, and
 * proves that its journal holds it. Nobody sees the figures before an officer's declaration opens the pack.
 */
@Singleton
class PackDesk {
    static final String KIND = "pack-received";

    private final Treaties treaties;
    private final Cards cards;
    private final PackTables tables;
    private final PackSeal seal;
    private final Bodies bodies;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Dataflows dataflows;
    private final Clock clock;

    PackDesk(
            Treaties treaties,
            Cards cards,
            PackTables tables,
            PackSeal seal,
            Bodies bodies,
            NodeIdentity identity,
            Journal journal,
            Dataflows dataflows,
            Clock clock) {
        this.treaties = treaties;
        this.cards = cards;
        this.tables = tables;
        this.seal = seal;
        this.bodies = bodies;
        this.identity = identity;
        this.journal = journal;
        this.dataflows = dataflows;
        this.clock = clock;
    }

    /**
     * Takes a pack in; the same pack again gets a proof again.
     *
     * @throws EntenteException {@code request-malformed}, {@code pack-not-agreed}, {@code exchange-conflict} if the id, or the leg and
     *     release, stand for another pack
     */
    PackDelivery.Confirmation take(AuthenticatedCall call) {
        byte[] digest = call.request().content().sha256();
        PackDocument document;
        UUID id;
        AgreementFile file;
        try {
            document = PackDocument.parse(call.body());
            id = ExchangeHeaders.exchangeId(document.id());
            Optional<PackTables.Held> known = tables.held(id);
            if (known.isPresent()) {
                return again(known.get(), call, digest);
            }
            file = agreed(document, call.partner().party());
            CsvBody.read(flow(file, document.leg()), document.figures());
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The crisis pack: " + e.sentence() + ".", e);
        }
        return keep(call, document, id, file, digest);
    }

    private PackDelivery.Confirmation again(PackTables.Held known, AuthenticatedCall call, byte[] digest) {
        if (!known.partner().equals(call.partner().party()) || !Arrays.equals(known.bodyDigest(), digest)) {
            throw conflict("The pack id " + known.id() + " stands for another document.");
        }
        return confirmation(known.id(), journal.prove(known.journalIndex()));
    }

    private Dataflow flow(AgreementFile file, String leg) {
        return file.agreement()
                .leg(leg)
                .flatMap(agreed -> LegFlows.of(dataflows, agreed))
                .orElseThrow(() -> notAgreed("The dataflow of leg " + leg + " is not known here."));
    }

    /** The text under which it comes must apply, and its clause 32 must order a pack of this leg from the sender to this node. */
    private AgreementFile agreed(PackDocument document, String sender) throws VerificationException {
        Decision.Permit permit = document.permit();
        AgreementFile file = treaties.find(document.agreement().digest())
                .map(treaty -> treaty.file())
                .filter(f -> f.at(clock.instant()).phase().applies())
                .orElseThrow(() -> notAgreed(
                        "No agreement with the digest " + document.agreement().digest() + " is in effect here."));
        CrisisClause crisis = file.agreement().crisis();
        Optional<Leg> leg = file.agreement().leg(document.leg());
        boolean ordered = crisis != null
                && crisis.packs().stream().anyMatch(pack -> pack.leg().equals(document.leg()))
                && leg.isPresent()
                && file.isSide(leg.get().provider(), sender)
                && file.isSide(leg.get().consumer(), identity.party());
        boolean same = permit.digest().equals(file.digest()) && permit.leg().equals(document.leg());
        if (!ordered || !same) {
            throw notAgreed("Agreement " + file.agreement().id() + " orders no crisis pack of leg " + document.leg()
                    + " from " + sender + " to " + identity.party() + ".");
        }
        return file;
    }

    private PackDelivery.Confirmation keep(
            AuthenticatedCall call, PackDocument document, UUID id, AgreementFile file, byte[] digest) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] sealed = seal.seal(id, call.body());
        byte[] sealedDigest = Digests.sha256(sealed);
        List<Write> writes = new ArrayList<>();
        writes.add(PackTables.insertHeld(
                id,
                call.partner().party(),
                document.agreement().id(),
                file.digest(),
                document.leg(),
                document.release().id(),
                StoredMessage.encode(call.request()),
                digest,
                sealedDigest,
                now));
        writes.addAll(bodies.writes(sealedDigest, sealed));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("pack", id.toString());
        record.put("provider", RecordCodec.tree(cards.theirs(call.partner(), call.cardDigest(), file)));
        record.put("consumer", RecordCodec.tree(cards.ours(file)));
        record.put("agreement", RecordCodec.tree(document.agreement()));
        record.put("leg", document.leg());
        record.put("release", document.release().id());
        record.put("document", Base64Url.encode(digest));
        record.put("request", RecordCodec.tree(RequestPart.of(call.request(), call.signature())));
        try {
            return confirmation(
                    id,
                    journal.append(new Draft(KIND, record, id.toString(), writes))
                            .proof());
        } catch (DuplicateWriteException e) {
            return tables.held(id)
                    .map(known -> again(known, call, digest))
                    .orElseThrow(() -> conflict("The pack of leg " + document.leg() + " for release "
                            + document.release().id() + " came before, under another id."));
        }
    }

    private static PackDelivery.Confirmation confirmation(UUID id, TlogProof proof) {
        return new PackDelivery.Confirmation(id.toString(), new String(proof.encode(), StandardCharsets.UTF_8));
    }

    private static EntenteException notAgreed(String detail) {
        return new EntenteException(ErrorCode.PACK_NOT_AGREED, detail);
    }

    private static EntenteException conflict(String detail) {
        return new EntenteException(ErrorCode.EXCHANGE_CONFLICT, detail);
    }
}
