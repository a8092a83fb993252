package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Roles;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/**
 * Computes journaled decisions again: from the request as it was signed, the agreements and instruments as they stood at the recorded
 * size of the journal, and the recorded facts, of which those that this node can still derive are derived again.
 */
@Singleton
public class DecisionReplay {
    private final AnsweredExchanges answered;
    private final WaitingRequests waiting;
    private final Treaties treaties;
    private final Releases releases;
    private final Partners partners;
    private final NodeIdentity identity;
    private final Dataflows dataflows;

    DecisionReplay(
            AnsweredExchanges answered,
            WaitingRequests waiting,
            Treaties treaties,
            Releases releases,
            Partners partners,
            NodeIdentity identity,
            Dataflows dataflows) {
        this.answered = answered;
        this.waiting = waiting;
        this.treaties = treaties;
        this.releases = releases;
        this.partners = partners;
        this.identity = identity;
        this.dataflows = dataflows;
    }

    /** What became of a decision when it was made again. */
    public enum Outcome {
        /** The same decision, to the last member. */
        SAME,
        /** Another decision, or one whose record or request is not what it was. */
        DIFFERENT,
        /** What it takes to decide again is no longer kept, or was never. */
        NOT_REPLAYABLE
    }

    /**
     * One decision that was made again.
     *
     * @param index of the journal entry
     * @param kind of the entry
     * @param subject the exchange, or for a refusal at home the party that was not asked
     * @param sentence what differs or what is missing; for the same decision what it was
     */
    public record Verdict(long index, String kind, @Nullable String subject, Outcome outcome, String sentence) {}

    /** One pass over the journal, in order; it counts permits on its way, so that quotas are checked too if it begins at entry 0. */
    public final class Pass {
        private final ChargesAgain charges;

        private Pass(boolean fromTheBeginning) {
            this.charges = new ChargesAgain(fromTheBeginning);
        }

        /** The verdict on an entry; nothing if the entry records no decision. */
        public Optional<Verdict> replay(JournalEntry entry) {
            boolean provider = entry.kind().equals(ExchangeRecord.Answered.KIND)
                    || entry.kind().equals(ExchangeRecord.Answered.DEFERRED);
            if (!provider && !entry.kind().equals(OwnDecision.REFUSED_AT_HOME)) {
                return Optional.empty();
            }
            try {
                return Optional.of(verdict(entry, Outcome.SAME, provider ? answered(entry) : refusedAtHome(entry)));
            } catch (Finding finding) {
                return Optional.of(verdict(entry, finding.outcome, String.valueOf(finding.getMessage())));
            }
        }

        /** Whether charges against quotas were counted without a gap so far. */
        public boolean countsQuotas() {
            return charges.whole();
        }

        private String answered(JournalEntry entry) throws Finding {
            ExchangeRecord.Answered record;
            Decision recorded;
            try {
                record = read(opening(entry), ExchangeRecord.Answered.class);
                recorded = decision(record.decision());
            } catch (Finding unreadable) {
                // It may have been a permit, so what was charged is not known from here on.
                charges.lose();
                throw unreadable;
            }
            String partner = record.consumer().party();
            // What cannot be decided again is charged all the same.
            String overdrawn = charge(record, recorded, treaties.filesWith(partner));
            List<AgreementFile> files = treaties.filesWith(partner, size(recorded, entry));
            String sentence = same(kept(record, files, recorded.facts().now()).wanted(), files, recorded);
            coverage(recorded.facts());
            if (overdrawn != null) {
                throw different(overdrawn);
            }
            return sentence;
        }

        /** What is wrong with the charges, or null. A permit that waits for a person, or that one refuses, is not charged. */
        private @Nullable String charge(ExchangeRecord.Answered record, Decision recorded, List<AgreementFile> files) {
            String wrong = charges.foreseen(recorded.facts());
            if (record.response().status() == 200 && recorded instanceof Decision.Permit permit) {
                String overdrawn = charges.charge(permit, cells(record, permit, files));
                return overdrawn == null ? wrong : overdrawn;
            }
            return wrong;
        }
    }

    /**
     * A pass over the journal.
     *
     * @param fromTheBeginning whether it will see every entry from the first on
     */
    public Pass pass(boolean fromTheBeginning) {
        return new Pass(fromTheBeginning);
    }

    /** How many cells a permit gave: those of its release within slice and request. Empty if one of them is not kept any more. */
    private OptionalLong cells(ExchangeRecord.Answered record, Decision.Permit permit, List<AgreementFile> files) {
        ExchangeRecord.ReleaseRef ref = record.release();
        boolean charged = permit.obligations().quota() != null;
        Optional<PublishedRelease> release =
                ref == null || !charged ? Optional.empty() : releases.byId(UUID.fromString(ref.id()));
        if (release.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            BoundQuery query = kept(record, files, permit.facts().now()).query();
            return OptionalLong.of(Granted.onPage(
                    Granted.of(release.get().cube(), permit.slice()).slice(query.selection()), query));
        } catch (Finding unreadable) {
            return OptionalLong.empty();
        }
    }

    private String refusedAtHome(JournalEntry entry) throws Finding {
        OwnDecision.Refused record;
        try {
            record = RecordCodec.value(opening(entry).record(), OwnDecision.Refused.class);
        } catch (VerificationException e) {
            throw different(String.valueOf(e.getMessage()));
        }
        if (record.requests() == null) {
            throw missing("The record was made by a version that did not keep the request.");
        }
        Decision recorded = decision(record.decision());
        Wanted wanted = Wanted.of(record.requests());
        return same(wanted, treaties.filesWith(record.provider(), size(recorded, entry)), recorded);
    }

    private static long size(Decision recorded, JournalEntry entry) throws Finding {
        long size = recorded.facts().journalSize();
        if (size > entry.index()) {
            throw different("The facts were derived at journal size " + size + ", after the entry itself.");
        }
        return size;
    }

    /** The signed request: what it asks for, and in which words. */
    private record Kept(Wanted wanted, BoundQuery query) {}

    /** What the signed request asks for. It must be the very request that the record names. */
    private Kept kept(ExchangeRecord.Answered record, List<AgreementFile> files, Instant decided) throws Finding {
        String consumer = record.consumer().party();
        HttpRequestMessage request =
                request(record, consumer).orElseThrow(() -> missing("The request is no longer kept."));
        Partner partner = partners.find(consumer)
                .orElseThrow(() -> missing("There is no card of " + consumer + " to check the request with."));
        try {
            var signature = GatewayProfile.verifyRequest(
                    request, true, GatewayProfile.created(request.headers()), Duration.ZERO, partner.allKeys());
            if (!RequestPart.of(request, signature).equals(record.request())) {
                throw different("The request that is kept is not the one that the record names.");
            }
            ExchangeHeaders headers = ExchangeHeaders.of(request.headers());
            requireSame("exchange", record.exchange(), headers.exchange().toString());
            requireSame("leg", record.leg(), headers.leg());
            requireSame("purpose", record.purpose(), headers.purpose());
            requireSame("requester", record.requester(), headers.requester().toString());
            URI target = URI.create(request.targetUri());
            Dataflow dataflow = LegFlows.of(dataflows, AgreementBook.of(files), headers, decided);
            DataQuery query = DataQuery.parse(WireQuery.below(target.getRawPath()), target.getRawQuery());
            BoundQuery bound = query.bind(dataflow.structure());
            return new Kept(Wanted.of(consumer, identity.party(), headers, bound, dataflow), bound);
        } catch (VerificationException e) {
            throw different("The request that is kept does not verify: " + e.sentence() + ".");
        } catch (EntenteException e) {
            throw different("The request that is kept cannot be read: " + e.detail());
        }
    }

    private Optional<HttpRequestMessage> request(ExchangeRecord.Answered record, String consumer) {
        UUID exchange = UUID.fromString(record.exchange());
        return record.kind().equals(ExchangeRecord.Answered.DEFERRED)
                ? waiting.find(consumer, exchange).map(WaitingRequests.Waiting::request)
                : answered.find(consumer, exchange).map(AnsweredExchanges.Answered::request);
    }

    private static void requireSame(String member, @Nullable String recorded, @Nullable String signed) throws Finding {
        if (!java.util.Objects.equals(recorded, signed)) {
            throw different("The record's " + member + " is " + recorded + ", the request's " + signed + ".");
        }
    }

    private String same(Wanted wanted, List<AgreementFile> files, Decision recorded) throws Finding {
        ArtefactRef named = wanted.request().dataflow();
        Dataflow dataflow = (named == null ? Optional.of(dataflows.all().getFirst()) : dataflows.find(named.toString()))
                .orElseThrow(() -> missing("The dataflow " + named + " is not known here."));
        Roles roles = OwnDecision.roles(dataflow.structure());
        Decision again;
        try {
            again = wanted.replay(files, roles, recorded);
        } catch (IllegalArgumentException e) {
            throw missing("It was decided by rules that this version does not have: " + recorded.semantics() + ".");
        }
        if (!Arrays.equals(canonical(again), canonical(recorded))) {
            throw different("Recorded was " + describe(recorded) + "; decided again it is " + describe(again) + ".");
        }
        return describe(recorded);
    }

    /** The one fact that stays derivable for ever: what the release that would answer covers. */
    private void coverage(Facts facts) throws Finding {
        Facts.Release release = facts.release();
        if (release == null) {
            return;
        }
        Facts.DatasetCoverage now = releases.byId(UUID.fromString(release.id()))
                .map(published -> published.coverage())
                .orElse(null);
        if (now != null && !now.equals(facts.coverage())) {
            throw different("The facts say another coverage of the release " + release.id() + " than it has.");
        }
    }

    private static byte[] canonical(Decision decision) {
        return CanonicalJson.encode(RecordCodec.tree(decision));
    }

    private static String describe(Decision decision) {
        return switch (decision) {
            case Decision.Permit permit -> "a permit under leg " + permit.leg() + " of " + permit.agreement();
            case Decision.Refusal refusal -> "a refusal: " + Refusals.sentence(refusal);
        };
    }

    private static Verdict verdict(JournalEntry entry, Outcome outcome, String sentence) {
        return new Verdict(entry.index(), entry.kind(), entry.subject().orElse(null), outcome, sentence);
    }

    /** The record, which must be the one that the tree commits to. */
    private static SaltedRecord opening(JournalEntry entry) throws Finding {
        SaltedRecord opening = entry.opening();
        if (opening == null) {
            throw missing("The record was deleted under a retention rule.");
        }
        if (entry.entry() == null || !Arrays.equals(opening.entry(), entry.entry())) {
            throw different("The record is not the one that the journal's tree commits to.");
        }
        return opening;
    }

    private static <T extends ExchangeRecord> T read(SaltedRecord opening, Class<T> type) throws Finding {
        try {
            return RecordCodec.read(opening.record(), type);
        } catch (VerificationException e) {
            throw different(String.valueOf(e.getMessage()));
        }
    }

    private static Decision decision(JsonNode tree) throws Finding {
        try {
            return RecordCodec.value(tree, Decision.class);
        } catch (VerificationException e) {
            throw missing("The recorded decision is of a form that this version does not read.");
        }
    }

    private static Finding different(String sentence) {
        return new Finding(Outcome.DIFFERENT, sentence);
    }

    private static Finding missing(String sentence) {
        return new Finding(Outcome.NOT_REPLAYABLE, sentence);
    }

    /** Why a decision is not simply the same again. */
    private static final class Finding extends Exception {
        private static final long serialVersionUID = 1L;

        private final Outcome outcome;

        Finding(Outcome outcome, String sentence) {
            super(sentence);
            this.outcome = outcome;
        }
    }
}
