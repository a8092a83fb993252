package org.entente.gateway.releases;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.statistics.ArtefactId;

/**
 * A national table under a dataflow, as its owner declared it. A declaration is never changed; figures that need another
 * one are another dataset.
 *
 * @param id unique within the party, for example {@code ITA-STOCK-UNDESA}
 * @param dataflow whose structure its figures follow
 * @param authority the office that owns it
 * @param title for people
 * @param coverage for each sensitive group whether the figures include it
 * @param absent what it means that a cell is not there
 * @param sums which sums are promised
 */
public record Dataset(
        String id,
        ArtefactId dataflow,
        String authority,
        String title,
        SortedMap<SensitiveGroup, Facts.Presence> coverage,
        AbsentCells absent,
        List<SumRule> sums) {

    public Dataset {
        coverage = Collections.unmodifiableSortedMap(new TreeMap<>(coverage));
        sums = List.copyOf(sums);
    }
}
