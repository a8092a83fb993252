package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A balance between figures of different datasets or periods, as their owners declared it: the population at the end of a year is that at its
 * start, and who came, less who left. It holds cell by cell, for all codes of the dimensions that no term names. Whoever has all terms but one
 * has that one too. A declaration is never changed.
 *
 * @param id unique within the party
 * @param title for people
 * @param additivity whether it holds exactly, to within a tolerance, or not at all (the terms are counted differently, so that it tells nothing)
 * @param tolerance largest difference that {@link SumRule.Additivity#TOLERANCE} admits, in people
 * @param total what the parts make together
 * @param parts what makes it up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Balance(
        String id,
        String title,
        SumRule.Additivity additivity,
        @Nullable Long tolerance,
        Term total,
        List<Term> parts) {

    public Balance {
        parts = List.copyOf(parts);
    }

    /**
     * One figure of a balance.
     *
     * @param dataset whose figure it is
     * @param codes what is counted, by dimension
     * @param years how many years later than the total it is of; -1 for a year before
     * @param minus whether it is taken away
     */
    public record Term(String dataset, SortedMap<String, String> codes, int years, boolean minus) {
        public Term {
            codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
        }
    }

    /** The total first, then the parts. */
    List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        terms.add(total);
        terms.addAll(parts);
        return terms;
    }

    /** The datasets that it ties. */
    SortedSet<String> datasets() {
        SortedSet<String> datasets = new TreeSet<>();
        terms().forEach(term -> datasets.add(term.dataset()));
        return datasets;
    }
}
