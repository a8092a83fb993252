package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.Access;
import org.entente.agreements.AfterEnd;
import org.entente.agreements.Answering;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Iso;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Onward;
import org.entente.agreements.Purpose;
import org.entente.agreements.Quota;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Text;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a permit. Days are those of the agreement's time zone.
 *
 * @param keepUntil last day on which the consumer may hold the answer (clause 26)
 * @param afterEnd what happens to the answer when the agreement ends
 * @param receiptBy when the signed receipt is owed
 * @param onward to whom the answer may be passed on (clause 21); whoever is not listed gets nothing
 * @param onwardFrom first day on which recipients under embargo may have it
 * @param citation how the source is to be named (clause 22)
 * @param embargoUntil day until which nothing of it is published; the receiving day plus the days of clause 22
 * @param publishesFirst the party that publishes first
 * @param separate groups that were left out of the figures for this answer, and must stay out
 * @param answering how the leg answers
 * @param approval when present, nothing is answered before a person has approved
 * @param quota the quota against which this answer is charged
 * @param crisis when present, the answer was given under the wider terms of a crisis
 * @param disclosure how the figures must have been protected: the stricter of leg and national law
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Obligations(
        IsoDate keepUntil,
        boolean proofOfDeletion,
        AfterEnd afterEnd,
        @Iso Instant receiptBy,
        Purpose purpose,
        Access access,
        Onward onward,
        @Nullable IsoDate onwardFrom,
        @Nullable Text citation,
        @Nullable IsoDate embargoUntil,
        @Nullable String publishesFirst,
        List<String> marking,
        SortedSet<SensitiveGroup> separate,
        Answering answering,
        @Nullable Approval approval,
        @Nullable Quota quota,
        @Nullable CrisisTerms crisis,
        DisclosureRule disclosure) {
    public Obligations(
            IsoDate keepUntil,
            boolean proofOfDeletion,
            AfterEnd afterEnd,
            Instant receiptBy,
            Purpose purpose,
            Access access,
            Onward onward,
            @Nullable IsoDate onwardFrom,
            @Nullable Text citation,
            @Nullable IsoDate embargoUntil,
            @Nullable String publishesFirst,
            @Nullable List<String> marking,
            @Nullable SortedSet<SensitiveGroup> separate,
            Answering answering,
            @Nullable Approval approval,
            @Nullable Quota quota,
            @Nullable CrisisTerms crisis,
            DisclosureRule disclosure) {
        this.keepUntil = keepUntil;
        this.proofOfDeletion = proofOfDeletion;
        this.afterEnd = afterEnd;
        this.receiptBy = receiptBy;
        this.purpose = purpose;
        this.access = access;
        this.onward = onward;
        this.onwardFrom = onwardFrom;
        this.citation = citation;
        this.embargoUntil = embargoUntil;
        this.publishesFirst = publishesFirst;
        this.marking = marking == null ? List.of() : List.copyOf(marking);
        this.separate = separate == null || separate.isEmpty()
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(separate));
        this.answering = answering;
        this.approval = approval;
        this.quota = quota;
        this.crisis = crisis;
        this.disclosure = disclosure;
    }

    /**
     * A person must approve before anything is answered (clause 16).
     *
     * @param dueBy until when: the end of the last of the agreed days, or in a crisis the agreed hours if that is earlier
     * @param fourEyes whether two different persons must approve
     * @param grounds the only grounds on which it may be refused
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Approval(@Iso Instant dueBy, boolean fourEyes, List<Answering.Ground> grounds) {
        public Approval(Instant dueBy, boolean fourEyes, @Nullable List<Answering.Ground> grounds) {
            this.dueBy = dueBy;
            this.fourEyes = fourEyes;
            this.grounds = grounds == null ? List.of() : List.copyOf(grounds);
        }
    }

    /**
     * The crisis under whose terms the answer was given (clause 32).
     *
     * @param declaration id of the act that declared it
     * @param endsAt when the wider terms end
     * @param extraLog whether the parties keep an extra log of what is asked under it
     * @param reviewDue when the review of its use falls due
     */
    public record CrisisTerms(
            String declaration,
            @Iso Instant endsAt,
            boolean extraLog,
            @Iso Instant reviewDue) {}
}
