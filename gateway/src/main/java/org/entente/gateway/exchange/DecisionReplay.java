package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.agreements.Quota;
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
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.Dataflow;
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
    private final Dataflow dataflow;

    DecisionReplay(
            AnsweredExchanges answered,
            WaitingRequests waiting,
            Treaties treaties,
            Releases releases,
            Partners partners,
            NodeIdentity identity,
            Dataflow dataflow) {
        this.answered = answered;
        this.waiting = waiting;
        this.treaties = treaties;
        this.releases = releases;
        this.partners = partners;
        this.identity = identity;
        this.dataflow = dataflow;
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
        private boolean counts;
        private final Map<String, Integer> permits = new HashMap<>();

        private Pass(boolean counts) {
            this.counts = counts;
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
            return counts;
        }

        private String answered(JournalEntry entry) throws Finding {
            ExchangeRecord.Answered record;
            Decision recorded;
            try {
                record = read(opening(entry), ExchangeRecord.Answered.class);
                recorded = decision(record.decision());
            } catch (Finding unreadable) {
                // It may have been a permit, so what was charged is not known from here on.
                counts = false;
                throw unreadable;
            }
            String partner = record.consumer().party();
            String overdrawn = charge(recorded, partner, record.response().status() == 200);
            String sentence = same(wanted(record), treaties.filesWith(partner, size(recorded, entry)), recorded);
            coverage(recorded.facts());
            if (overdrawn != null) {
                throw different(overdrawn);
            }
            return sentence;
        }

        /**
         * Charges a permit. It needs room in its quota, whatever others took in the meantime.
         *
         * @param given whether figures were given on it: a permit that waits for a person, or that one refuses, is not charged
         * @return what is wrong with the charges, or null
         */
        private @Nullable String charge(Decision recorded, String partner, boolean given) {
            String wrong = null;
            for (Map.Entry<String, Facts.QuotaUse> use :
                    recorded.facts().quotas().entrySet()) {
                int charged = permits.getOrDefault(window(use.getKey(), use.getValue()), 0);
                if (use.getValue().requests() > charged) {
                    wrong = "The facts say that " + use.getValue().requests() + " requests were charged under "
                            + use.getKey() + ", but the journal holds " + charged + " permits before.";
                }
            }
            if (given && recorded instanceof Decision.Permit permit) {
                String key = Facts.quotaKey(permit.agreement(), permit.leg());
                Facts.QuotaUse use = recorded.facts().quotas().get(key);
                Quota quota = agreed(partner, permit);
                int charged = use == null ? 0 : permits.merge(window(key, use), 1, Integer::sum);
                if (quota != null && charged > quota.requests()) {
                    wrong = "It is permit " + charged + " under " + key + " in a window that allows " + quota.requests()
                            + ".";
                }
            }
            return counts ? wrong : null;
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

    private @Nullable Quota agreed(String partner, Decision.Permit permit) {
        return treaties.filesWith(partner).stream()
                .filter(file -> file.digest().equals(permit.digest()))
                .findFirst()
                .flatMap(file -> file.agreement().leg(permit.leg()))
                .map(Leg::quota)
                .orElse(null);
    }

    private static String window(String key, Facts.QuotaUse use) {
        return key + "@" + use.windowStart();
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

    /** What the signed request asks for. It must be the very request that the record names. */
    private Wanted wanted(ExchangeRecord.Answered record) throws Finding {
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
            DataQuery query = DataQuery.parse(WireQuery.below(target.getRawPath()), target.getRawQuery());
            return Wanted.of(consumer, identity.party(), headers, query.bind(dataflow.structure()), dataflow);
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
