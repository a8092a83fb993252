package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Purpose;
import org.entente.agreements.Quota;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Decisions;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.prose.Difference;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ReasonWords;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.NationalLaw;
import org.entente.gateway.releases.PatternCost;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.ReleaseLosses;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What a text would let out, before anybody signs it: every leg by which this node would answer, against every current release that would
 * feed it, cell by cell. Nothing is sent, charged or journaled.
 */
@Singleton
public class Simulation {
    private final Releases releases;
    private final NodeIdentity identity;
    private final Dataflows dataflows;
    private final NationalLaw national;
    private final ReleaseLosses losses;
    private final Clock clock;

    Simulation(
            Releases releases,
            NodeIdentity identity,
            Dataflows dataflows,
            NationalLaw national,
            ReleaseLosses losses,
            Clock clock) {
        this.losses = losses;
        this.releases = releases;
        this.identity = identity;
        this.dataflows = dataflows;
        this.national = national;
        this.clock = clock;
    }

    /** The three ways in which figures of a leg get out: as usual, while a declared crisis lasts, and sealed as its crisis pack (clause 32). */
    public enum When {
        ALWAYS,
        CRISIS,
        PACK
    }

    /**
     * One leg towards one consumer, on one release.
     *
     * @param leg by its own cube, or by the wider one of the crisis clause
     * @param release null if no current release feeds the leg
     * @param decision on the whole of the leg, as if the text applied; null without a release
     */
    record Outlook(
            Agreement agreement,
            Leg leg,
            When when,
            String consumer,
            @Nullable PublishedRelease release,
            @Nullable Decision decision) {
        /** What the same leg in another version is compared with. */
        String place() {
            return leg.id() + " " + when + " " + consumer + " "
                    + (release == null ? "" : release.dataset().id());
        }
    }

    /** What a leg grants of a release, cell by cell, and what another version of the text did. */
    record Compared(@Nullable Outlook before, @Nullable Outlook after) {
        Outlook either() {
            return java.util.Objects.requireNonNull(after == null ? before : after);
        }
    }

    /**
     * A leg's outlook in numbers.
     *
     * @param sentences why nothing passes, where nothing does
     * @param cells in the release
     * @param granted of them
     * @param notGranted the others, by reason
     * @param gained granted by this text and not by the one it is compared with; null without a comparison
     * @param lost the reverse
     * @param protection what it would cost to protect the release as the leg asks, where it is refused for its protection and this node has
     *     protected it; else null
     */
    public record Count(
            String leg,
            When when,
            String consumer,
            @Nullable String dataset,
            @Nullable String release,
            List<String> sentences,
            long cells,
            long granted,
            SortedMap<String, Long> notGranted,
            @Nullable Long gained,
            @Nullable Long lost,
            @Nullable PatternCost protection) {
        /** The same with the cost of protection; persons only if they may be seen. */
        private Count with(@Nullable PatternCost cost, boolean persons) {
            return new Count(
                    leg,
                    when,
                    consumer,
                    dataset,
                    release,
                    sentences,
                    cells,
                    granted,
                    notGranted,
                    gained,
                    lost,
                    cost == null || persons ? cost : cost.withoutPersons());
        }
    }

    /**
     * A text's outlook in numbers.
     *
     * @param against digest of the text that it is compared with
     * @param words what changes between the two
     */
    public record Result(
            String agreement,
            int version,
            String digest,
            @Nullable String against,
            @Nullable Difference words,
            List<Count> legs) {}

    /** As {@link #count(Agreement, Agreement, String, StaffUser)} for somebody who may not see small counts. */
    public Result count(Agreement text, @Nullable Agreement against, String language) {
        return count(text, against, language, null);
    }

    /**
     * Counts what a text would let out.
     *
     * @param against the text it is compared with, or null
     * @param language of what changes and of why nothing passes, in words; one of {@link Prose#LANGUAGES}
     * @param by who asks: persons in cells that would be withheld are for statisticians and approvers of the dataset; null for others
     */
    public Result count(Agreement text, @Nullable Agreement against, String language, @Nullable StaffUser by) {
        ReasonWords words = new ReasonWords(language);
        AgreementFile unsigned = AgreementFile.of(text, List.of());
        Map<String, Optional<PatternCost>> costs = new TreeMap<>();
        List<Count> counts = new ArrayList<>();
        for (Compared compared : compare(text, against)) {
            Count count = new CellOutlook(structure(compared), compared).count(against != null, words);
            Outlook after = compared.after();
            String dataset = count.dataset();
            if (dataset == null || after == null || !refusedForProtection(after)) {
                counts.add(count);
                continue;
            }
            PatternCost cost = costs.computeIfAbsent(
                            after.leg().id() + " " + count.release(),
                            key -> losses.under(
                                    UUID.fromString(String.valueOf(count.release())), unsigned, after.leg()))
                    .orElse(null);
            counts.add(count.with(cost, by != null && losses.mayLook(dataset, by)));
        }
        return new Result(
                text.id(),
                text.version(),
                text.digest(),
                against == null ? null : against.digest(),
                against == null ? null : Difference.between(against, text, language),
                counts);
    }

    private static boolean refusedForProtection(Outlook outlook) {
        return outlook.decision() instanceof Decision.Refusal refusal
                && refusal.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.PROTECTION);
    }

    /**
     * Lists the cells of the same outlook as CSV: leg, when, consumer, dataset, release, the dimensions, whether the cell was granted
     * before (empty without a comparison) and is after, and the reason if it is not. A leg of another structure than the one before it has
     * a header row of its own.
     */
    public void list(Agreement text, @Nullable Agreement against, Appendable out) throws java.io.IOException {
        Structure headed = null;
        for (Compared compared : compare(text, against)) {
            Structure structure = structure(compared);
            if (headed == null || !headed.id().equals(structure.id())) {
                CellOutlook.header(structure, out);
                headed = structure;
            }
            new CellOutlook(structure, compared).list(against != null, out);
        }
        if (headed == null) {
            CellOutlook.header(dataflows.all().getFirst().structure(), out);
        }
    }

    private Structure structure(Compared compared) {
        return structure(compared.either().leg());
    }

    /** The structure of a leg's flow; of a leg of a flow that this node does not know, and so has no cells of, any. */
    private Structure structure(Leg leg) {
        return LegFlows.of(dataflows, leg)
                .orElseGet(() -> dataflows.all().getFirst())
                .structure();
    }

    private List<Compared> compare(Agreement text, @Nullable Agreement against) {
        SortedMap<String, Outlook> before = new TreeMap<>();
        if (against != null) {
            outlooks(against).forEach(outlook -> before.put(outlook.place(), outlook));
        }
        List<Compared> all = new ArrayList<>();
        for (Outlook after : outlooks(text)) {
            all.add(new Compared(before.remove(after.place()), after));
        }
        before.values().stream()
                .filter(outlook -> outlook.release() != null)
                .forEach(gone -> all.add(new Compared(gone, null)));
        return all;
    }

    private List<Outlook> outlooks(Agreement text) {
        Instant now = clock.instant();
        AgreementFile unsigned = AgreementFile.of(text, List.of());
        List<Outlook> outlooks = new ArrayList<>();
        for (Leg leg : text.legs()) {
            if (!unsigned.isSide(leg.provider(), identity.party())) {
                continue;
            }
            List<PublishedRelease> feeding = feeding(leg);
            for (String consumer : consumers(unsigned, leg)) {
                ways(text, leg).forEach((when, way) -> {
                    feeding.forEach(release -> outlooks.add(new Outlook(
                            text, way, when, consumer, release, decide(text, way, when, consumer, release, now))));
                    if (feeding.isEmpty()) {
                        outlooks.add(new Outlook(text, way, when, consumer, null, null));
                    }
                });
            }
        }
        return outlooks;
    }

    /** The leg as usual, and as the crisis clause widens it. */
    private static Map<When, Leg> ways(Agreement text, Leg leg) {
        Map<When, Leg> ways = new EnumMap<>(When.class);
        ways.put(When.ALWAYS, leg);
        CrisisClause crisis = text.crisis();
        if (crisis != null) {
            crisis.widenings().stream()
                    .filter(widening -> widening.leg().equals(leg.id()))
                    .forEach(widening -> ways.put(When.CRISIS, leg.inCrisis(widening)));
            crisis.packs().stream()
                    .filter(pack -> pack.leg().equals(leg.id()))
                    .forEach(pack -> ways.put(When.PACK, leg.ofPack(pack)));
        }
        return ways;
    }

    private List<PublishedRelease> feeding(Leg leg) {
        return LegFlows.of(dataflows, leg)
                .map(flow -> releases.current(flow.id(), leg.datasets()))
                .orElse(List.of());
    }

    private List<String> consumers(AgreementFile text, Leg leg) {
        return text.concerned().stream()
                .map(Party::id)
                .filter(consumer -> text.runs(leg, identity.party(), consumer))
                .toList();
    }

    private Decision decide(
            Agreement text, Leg leg, When when, String consumer, PublishedRelease release, Instant now) {
        Optional<Purpose> purpose =
                when == When.ALWAYS ? leg.purposes().stream().findFirst() : Optional.of(Purpose.CRISIS_RESPONSE);
        DataRequest whole = new DataRequest(
                consumer,
                identity.party(),
                text.id(),
                leg.id(),
                leg.dataflow(),
                purpose.map(Purpose::token).orElse(""),
                leg.access().roles().isEmpty() ? "" : leg.access().roles().getFirst(),
                null,
                new TreeMap<String, Selection>(),
                TimeSelection.ALL);
        SortedMap<String, Facts.QuotaUse> unused = new TreeMap<>();
        Quota quota = leg.quota();
        if (quota != null) {
            unused.put(
                    Facts.quotaKey(text.id(), leg.id()),
                    new Facts.QuotaUse(quota.per().startAt(now), 0, 0));
        }
        Facts facts = new Facts(
                now, Facts.Side.PROVIDER, List.of(), unused, release.coverage(), release.fact(), national.floor(), 0);
        return Decisions.foresee(whole, text, leg, facts, OwnDecision.roles(structure(leg)));
    }
}
