package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Purpose;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Decisions;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.ExchangeRecord.ReleaseRef;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.NationalLaw;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the crisis packs that this node owes as provider: for each current release that feeds a leg with a pack clause (clause 32), the
 * pack's slice, once. The decision is the same as for any request, by the pack's cube.
 */
@Singleton
class PackMaking {
    static final String KIND = "pack-made";

    private static final Logger LOG = LoggerFactory.getLogger(PackMaking.class);

    private final Treaties treaties;
    private final Releases releases;
    private final Partners partners;
    private final Holds holds;
    private final NationalLaw national;
    private final Cards cards;
    private final PackTables tables;
    private final Bodies bodies;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Dataflows dataflows;
    private final Uuids uuids;
    private final Clock clock;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    PackMaking(
            Treaties treaties,
            Releases releases,
            Partners partners,
            Holds holds,
            NationalLaw national,
            Cards cards,
            PackTables tables,
            Bodies bodies,
            NodeIdentity identity,
            Journal journal,
            Dataflows dataflows,
            Uuids uuids,
            Clock clock) {
        this.treaties = treaties;
        this.releases = releases;
        this.partners = partners;
        this.holds = holds;
        this.national = national;
        this.cards = cards;
        this.tables = tables;
        this.bodies = bodies;
        this.identity = identity;
        this.journal = journal;
        this.dataflows = dataflows;
        this.uuids = uuids;
        this.clock = clock;
    }

    /** What one pack is made from. */
    private record Owed(
            AgreementBook book,
            AgreementFile file,
            CrisisClause.Pack clause,
            Leg leg,
            Partner consumer,
            PublishedRelease release) {}

    @Scheduled(fixedDelay = "15s", initialDelay = "3s")
    void makeOwed() {
        try {
            owed().forEach(this::make);
        } catch (EntenteException e) {
            LOG.warn("crisis packs wait: {}", e.getMessage());
        }
    }

    private List<Owed> owed() {
        Instant now = clock.instant();
        List<Owed> owed = new ArrayList<>();
        for (Partner consumer : partners.all()) {
            AgreementBook book = treaties.bookWith(consumer.party());
            for (AgreementFile file : book.current(now)) {
                CrisisClause crisis = file.agreement().crisis();
                if (crisis == null
                        || crisis.packs().isEmpty()
                        || !book.state(file, now).phase().applies()) {
                    continue;
                }
                crisis.packs().forEach(pack -> owed.addAll(owed(book, file, pack, consumer)));
            }
        }
        return owed;
    }

    private List<Owed> owed(AgreementBook book, AgreementFile file, CrisisClause.Pack pack, Partner consumer) {
        return file.agreement().leg(pack.leg()).stream()
                .filter(leg -> file.runs(leg, identity.party(), consumer.party()))
                .flatMap(leg -> feeding(leg).stream()
                        .filter(release -> !tables.isMade(file.digest(), leg.id(), consumer.party(), release.id()))
                        .map(release -> new Owed(book, file, pack, leg, consumer, release)))
                .toList();
    }

    private List<PublishedRelease> feeding(Leg leg) {
        return LegFlows.of(dataflows, leg)
                .map(flow -> releases.current(flow.id(), leg.datasets()))
                .orElse(List.of());
    }

    /** The flow of a leg that is fed by releases. */
    private Dataflow flow(Leg leg) {
        return LegFlows.of(dataflows, leg).orElseThrow();
    }

    private void make(Owed owed) {
        Decision decision = decide(owed);
        if (!(decision instanceof Decision.Permit permit)) {
            String why = Refusals.sentence((Decision.Refusal) decision);
            // Tried again and again, since a hold may be lifted; said once.
            if (refused.add(owed.consumer().party() + " " + owed.release().id() + " " + why)) {
                LOG.warn(
                        "no crisis pack of release {} for {}: {}",
                        owed.release().id(),
                        owed.consumer().party(),
                        why);
            }
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = uuids.next();
        Cube granted = Granted.of(owed.release().cube(), permit.slice());
        byte[] csv = CsvBody.write(flow(owed.leg()), new MessageHeader("pack", now, identity.party()), permit, granted);
        ReleaseRef release = new ReleaseRef(
                owed.release().id(),
                owed.release().digest(),
                owed.release().patternDigest(),
                owed.release().metadataDigest());
        byte[] document = PackDocument.of(
                        id,
                        new ExchangeRecord.AgreementRef(permit.agreement(), permit.version(), permit.digest()),
                        release,
                        now.toString(),
                        permit,
                        csv)
                .encode();
        byte[] digest = Digests.sha256(document);
        List<Write> writes = new ArrayList<>(PackTables.insertMade(
                id,
                owed.consumer().party(),
                permit.agreement(),
                permit.digest(),
                permit.leg(),
                release.id(),
                digest,
                now));
        writes.addAll(bodies.writes(digest, document));
        try {
            journal.append(new Draft(KIND, record(owed, permit, id, digest, now), id.toString(), writes));
        } catch (DuplicateWriteException made) {
            LOG.debug("another process of this node made the pack of release {}", release.id());
        }
    }

    private Map<String, Object> record(Owed owed, Decision.Permit permit, UUID id, byte[] digest, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("pack", id.toString());
        record.put("provider", RecordCodec.tree(cards.ours(owed.file())));
        record.put(
                "consumer",
                RecordCodec.tree(cards.theirs(owed.consumer(), owed.consumer().cardDigest(), owed.file())));
        record.put("agreement", RecordCodec.tree(java.util.Objects.requireNonNull(Cards.reference(owed.file()))));
        record.put("leg", permit.leg());
        record.put("release", owed.release().id());
        record.put("decision", RecordCodec.tree(permit));
        record.put("document", Base64Url.encode(digest));
        return record;
    }

    private Decision decide(Owed owed) {
        Leg leg = owed.leg();
        Instant now = clock.instant();
        PublishedRelease release = owed.release();
        Facts facts = new Facts(
                now,
                Facts.Side.PROVIDER,
                holds.facts(owed.consumer().party()),
                new TreeMap<>(),
                release.coverage(),
                release.fact(),
                national.floor(),
                owed.book().journalSize());
        DataRequest whole = new DataRequest(
                owed.consumer().party(),
                identity.party(),
                owed.file().digest(),
                leg.id(),
                leg.dataflow(),
                Purpose.CRISIS_RESPONSE.token(),
                leg.access().roles().getFirst(),
                leg.access().authorities().isEmpty()
                        ? null
                        : leg.access().authorities().getFirst(),
                new TreeMap<>(),
                TimeSelection.ALL);
        return Decisions.decidePack(
                whole,
                owed.file(),
                owed.clause(),
                facts,
                OwnDecision.roles(flow(leg).structure()));
    }
}
