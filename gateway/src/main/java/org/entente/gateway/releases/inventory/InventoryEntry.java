package org.entente.gateway.releases.inventory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Something that an authority holds. There is no member that could carry a figure.
 *
 * @param id of the dataset, or of the declaration by hand
 * @param authority the office that holds it
 * @param origin how the node knows
 * @param title for people
 * @param concepts what is counted and in which sense the other side is the other side: {@code STOCK_IN/CB}; in words where declared by hand
 * @param from first period, as SDMX writes it
 * @param until last period
 * @param coverage which sensitive groups are in it; a group that is not named is not spoken of
 * @param breakdowns for each dimension by which figures are broken down, its codes
 * @param counterparts how many counterpart areas are told apart; null where that is not known
 * @param gaps what is missing, in words
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InventoryEntry(
        String id,
        String authority,
        Origin origin,
        String title,
        List<String> concepts,
        @Nullable String from,
        @Nullable String until,
        SortedMap<SensitiveGroup, Facts.Presence> coverage,
        SortedMap<String, List<String>> breakdowns,
        @Nullable Integer counterparts,
        List<String> gaps,
        @Nullable String note) {

    /** Keeps the collections unchangeable; what is left out is empty. */
    public InventoryEntry(
            String id,
            String authority,
            Origin origin,
            String title,
            @Nullable List<String> concepts,
            @Nullable String from,
            @Nullable String until,
            @Nullable SortedMap<SensitiveGroup, Facts.Presence> coverage,
            @Nullable SortedMap<String, List<String>> breakdowns,
            @Nullable Integer counterparts,
            @Nullable List<String> gaps,
            @Nullable String note) {
        this.id = id;
        this.authority = authority;
        this.origin = origin;
        this.title = title;
        this.concepts = concepts == null ? List.of() : List.copyOf(concepts);
        this.from = from;
        this.until = until;
        this.coverage = coverage == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(coverage));
        this.breakdowns = breakdowns == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(breakdowns));
        this.counterparts = counterparts;
        this.gaps = gaps == null ? List.of() : List.copyOf(gaps);
        this.note = note;
    }

    /** How the node knows of it. */
    public enum Origin {
        /** From a published release. */
        RELEASE,
        /** From a dataset's declaration; nothing is published yet. */
        DATASET,
        /** Declared by hand. */
        DECLARED
    }
}
