package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Iso;
import org.entente.agreements.SensitiveGroup;
import org.jspecify.annotations.Nullable;

/**
 * Everything a decision depends on besides the request and the agreements, captured by value, so that the decision can be replayed from the
 * record alone.
 *
 * @param side whose decision this is: the provider judges coverage, the consumer cannot
 * @param quotas requests already charged in the current window, by {@code agreement#leg}
 * @param coverage what the dataset that would answer covers; the provider's decision refuses without it
 * @param release the release that would answer
 * @param national what the provider's national law asks for beyond the agreement; absent when nothing
 * @param journalSize the acts below this size of the journal were known, and no others: see {@link AgreementBook#journalSize()}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Facts(
        @Iso Instant now,
        Side side,
        List<Hold> holds,
        SortedMap<String, QuotaUse> quotas,
        @Nullable DatasetCoverage coverage,
        @Nullable Release release,
        @Nullable NationalFloor national,
        long journalSize) {
    public Facts(
            Instant now,
            Side side,
            @Nullable List<Hold> holds,
            @Nullable SortedMap<String, QuotaUse> quotas,
            @Nullable DatasetCoverage coverage,
            @Nullable Release release,
            @Nullable NationalFloor national,
            long journalSize) {
        this.now = now;
        this.side = side;
        this.holds = holds == null ? List.of() : List.copyOf(holds);
        this.quotas = quotas == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
        this.coverage = coverage;
        this.release = release;
        this.national = national;
        this.journalSize = journalSize;
    }

    /** Facts of a provider whose law asks for nothing beyond the agreement. */
    public Facts(
            Instant now,
            Side side,
            @Nullable List<Hold> holds,
            @Nullable SortedMap<String, QuotaUse> quotas,
            @Nullable DatasetCoverage coverage,
            @Nullable Release release,
            long journalSize) {
        this(now, side, holds, quotas, coverage, release, null, journalSize);
    }

    /** Facts with nothing but time and journal size, for the side that asks. */
    public static Facts ofConsumer(Instant now, long journalSize) {
        return new Facts(now, Side.CONSUMER, List.of(), new TreeMap<>(), null, null, journalSize);
    }

    /** Key of a leg in {@link #quotas}. */
    public static String quotaKey(String agreement, String leg) {
        return agreement + "#" + leg;
    }

    /** Whose decision it is. */
    public enum Side {
        PROVIDER,
        CONSUMER
    }

    /**
     * A stop that this node set by itself.
     *
     * @param target party, agreement, {@code agreement#leg} or release; absent for the node
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Hold(
            Scope scope, @Nullable String target, @Iso Instant since, String reason) {
        /** What is stopped. */
        public enum Scope {
            NODE,
            PARTNER,
            AGREEMENT,
            LEG,
            RELEASE
        }
    }

    /** What has been charged in the UTC window that began at {@code windowStart}; this request not included. */
    public record QuotaUse(@Iso Instant windowStart, int requests, long cells) {}

    /**
     * The release that would answer.
     *
     * @param protection how its figures were protected; absent for a public source, and when the caller has made sure that the agreed
     *     rule was applied
     * @param publicSource true if the figures are public elsewhere as they stand; else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Release(
            String id,
            String dataset,
            @Nullable String status,
            @Nullable DisclosureRule protection,
            @Nullable Boolean publicSource) {
        /** A release that was protected as agreed. */
        public Release(String id, String dataset, @Nullable String status) {
            this(id, dataset, status, null, null);
        }

        /** A release that was protected by a rule. */
        public Release(String id, String dataset, @Nullable String status, @Nullable DisclosureRule protection) {
            this(id, dataset, status, protection, null);
        }
    }

    /**
     * What the provider's national law asks for whatever was agreed; the stricter of the two applies (clause 35).
     *
     * @param threshold smallest count that is shown
     * @param width smallest uncertainty that an attacker must be left with
     * @param protectsZeros whether zeros are protected like small counts
     * @param secondary whether complementary cells are withheld
     * @param forbidsNarrowing whether a protected cell must never be shown more exactly later
     * @param lagMonths months that must have passed since the end of a period
     * @param excluded groups that never leave
     * @param reference the law
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record NationalFloor(
            @Nullable Integer threshold,
            @Nullable Integer width,
            boolean protectsZeros,
            boolean secondary,
            boolean forbidsNarrowing,
            int lagMonths,
            SortedSet<SensitiveGroup> excluded,
            String reference) {
        public NationalFloor(
                @Nullable Integer threshold,
                @Nullable Integer width,
                boolean protectsZeros,
                boolean secondary,
                boolean forbidsNarrowing,
                int lagMonths,
                @Nullable SortedSet<SensitiveGroup> excluded,
                String reference) {
            this.threshold = threshold;
            this.width = width;
            this.protectsZeros = protectsZeros;
            this.secondary = secondary;
            this.forbidsNarrowing = forbidsNarrowing;
            this.lagMonths = lagMonths;
            this.excluded = excluded == null
                    ? Collections.emptySortedSet()
                    : Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
            this.reference = reference;
        }
    }

    /** What a dataset covers of each sensitive group; an undeclared group counts as included. */
    public record DatasetCoverage(
            String dataset, SortedMap<SensitiveGroup, Presence> groups, List<Approval> approvals) {
        public DatasetCoverage(
                String dataset, SortedMap<SensitiveGroup, Presence> groups, @Nullable List<Approval> approvals) {
            this.dataset = dataset;
            this.groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
            this.approvals = approvals == null ? List.of() : List.copyOf(approvals);
        }
    }

    /** Whether a group is in the figures. */
    public enum Presence {
        EXCLUDED,
        /** In the dataset, but left out of the figures that would answer. */
        SEPARATED,
        /** In the figures; the provider is able to leave it out, and has not. */
        SEPARABLE,
        INCLUDED
    }

    /** A person who approved the release with these groups in it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Approval(
            String name,
            SortedSet<SensitiveGroup> groups,
            @Nullable String certificateSha256) {
        public Approval {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        }
    }
}
