package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.Access;
import org.entente.agreements.Answering;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Iso;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Onward;
import org.entente.agreements.Purpose;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Text;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a permit.
 *
 * @param keepUntil last day on which the consumer may hold the answer
 * @param receiptBy when the signed receipt is owed
 * @param citation how the source is to be named
 * @param separate groups that were left out of the figures for this answer, and must stay out
 * @param answering whether a person must still approve
 * @param disclosure how the figures must have been protected
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Obligations(
        IsoDate keepUntil,
        boolean proofOfDeletion,
        @Iso Instant receiptBy,
        Purpose purpose,
        Access access,
        Onward onward,
        @Nullable Text citation,
        List<String> marking,
        SortedSet<SensitiveGroup> separate,
        Answering answering,
        DisclosureRule disclosure) {
    public Obligations(
            IsoDate keepUntil,
            boolean proofOfDeletion,
            Instant receiptBy,
            Purpose purpose,
            Access access,
            Onward onward,
            @Nullable Text citation,
            @Nullable List<String> marking,
            @Nullable SortedSet<SensitiveGroup> separate,
            Answering answering,
            DisclosureRule disclosure) {
        this.keepUntil = keepUntil;
        this.proofOfDeletion = proofOfDeletion;
        this.receiptBy = receiptBy;
        this.purpose = purpose;
        this.access = access;
        this.onward = onward;
        this.citation = citation;
        this.marking = marking == null ? List.of() : List.copyOf(marking);
        this.separate = separate == null
                ? Collections.emptySortedSet()
                : Collections.unmodifiableSortedSet(new TreeSet<>(separate));
        this.answering = answering;
        this.disclosure = disclosure;
    }
}
