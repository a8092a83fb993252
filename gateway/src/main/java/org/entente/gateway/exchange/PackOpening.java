package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens crisis packs that an officer of this party has declared open. The declaration is an act on the agreement and reaches the provider as
 * any act does, when it can be reached; the figures do not wait for that.
 */
@Singleton
class PackOpening {
    static final String KIND = "pack-unsealed";

    private static final Logger LOG = LoggerFactory.getLogger(PackOpening.class);

    private final PackTables tables;
    private final PackSeal seal;
    private final Bodies bodies;
    private final Holdings holdings;
    private final Treaties treaties;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Clock clock;

    PackOpening(
            PackTables tables,
            PackSeal seal,
            Bodies bodies,
            Holdings holdings,
            Treaties treaties,
            NodeIdentity identity,
            Journal journal,
            Clock clock) {
        this.tables = tables;
        this.seal = seal;
        this.bodies = bodies;
        this.holdings = holdings;
        this.treaties = treaties;
        this.identity = identity;
        this.journal = journal;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "2s", initialDelay = "2s")
    void openDeclared() {
        try {
            for (PackTables.Held pack : tables.sealed()) {
                declaration(pack).ifPresent(act -> open(pack, act));
            }
        } catch (EntenteException e) {
            LOG.warn("crisis packs could not be opened: {}", e.getMessage());
        }
    }

    private Optional<CrisisAct.PackOpened> declaration(PackTables.Held pack) {
        return declaration(treaties, pack.textDigest(), identity.party(), pack.leg(), pack.release());
    }

    /** The declaration by which a party's officer opens the pack of a release. */
    static Optional<CrisisAct.PackOpened> declaration(
            Treaties treaties, String textDigest, String party, String leg, String release) {
        return treaties.find(textDigest).stream()
                .flatMap(treaty -> treaty.file().instruments().stream())
                .filter(CrisisAct.PackOpened.class::isInstance)
                .map(CrisisAct.PackOpened.class::cast)
                .filter(act -> act.party().equals(party)
                        && act.leg().equals(leg)
                        && act.release().equals(release))
                .findFirst();
    }

    private void open(PackTables.Held pack, CrisisAct.PackOpened act) {
        PackDocument document;
        Decision.Permit permit;
        byte[] csv;
        try {
            document = PackDocument.parse(unsealed(pack));
            permit = document.permit();
            csv = document.figures();
        } catch (VerificationException e) {
            throw new EntenteException(
                    ErrorCode.INTERNAL_ERROR, "The crisis pack " + pack.id() + ": " + e.sentence() + ".", e);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] digest = Digests.sha256(csv);
        List<Write> writes = new ArrayList<>();
        writes.add(PackTables.insertOpened(pack.id(), act.id(), now));
        writes.addAll(bodies.writes(digest, csv));
        writes.add(holdings.insert(holding(pack, permit, digest)));
        writes.addAll(ReceivedReports.expect(
                pack.partner(), pack.release(), document.release().metadata(), now));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("pack", pack.id().toString());
        record.put("agreement", RecordCodec.tree(document.agreement()));
        record.put("leg", pack.leg());
        record.put("release", pack.release());
        record.put("act", act.id());
        record.put("figures", Base64Url.encode(digest));
        try {
            journal.append(new Draft(KIND, record, pack.id().toString(), writes));
        } catch (DuplicateWriteException opened) {
            LOG.debug("another process of this node opened pack {}", pack.id());
        }
    }

    private Holdings.Holding holding(PackTables.Held pack, Decision.Permit permit, byte[] digest) {
        Agreement under = treaties.get(pack.textDigest()).file().agreement();
        return new Holdings.Holding(
                pack.id(),
                pack.partner(),
                permit.agreement(),
                permit.leg(),
                permit.obligations().purpose().token(),
                under.leg(permit.leg()).orElseThrow().dataflow().toString(),
                new HeldSelection(new TreeMap<>(permit.slice().dimensions()), held(permit)),
                digest,
                pack.received(),
                permit.obligations()
                        .keepUntil()
                        .value()
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                pack.release(),
                Duties.of(permit.obligations(), under, pack.received()));
    }

    private byte[] unsealed(PackTables.Held pack) {
        return document(pack)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR, "The sealed form of pack " + pack.id() + " is missing."));
    }

    /** The document as it was delivered; nothing if it is no longer kept. */
    Optional<byte[]> document(PackTables.Held pack) {
        return bodies.find(pack.sealedDigest()).map(closed -> opened(pack, closed));
    }

    private byte[] opened(PackTables.Held pack, byte[] closed) {
        byte[] document = seal.open(pack.id(), closed);
        if (!java.util.Arrays.equals(Digests.sha256(document), pack.bodyDigest())) {
            throw new EntenteException(
                    ErrorCode.INTERNAL_ERROR,
                    "The crisis pack " + pack.id() + " is not the document that was received.");
        }
        return document;
    }

    /** The periods that the pack holds, as a holding states them. */
    private static TimeSelection held(Decision.Permit permit) {
        var slice = permit.slice();
        return slice.periods().isEmpty()
                ? new TimeSelection.Range(
                        slice.from().value().toString(), slice.to().value().toString())
                : new TimeSelection.Periods(slice.periods());
    }
}
