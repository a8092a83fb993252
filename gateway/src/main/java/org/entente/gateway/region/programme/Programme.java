package org.entente.gateway.region.programme;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.decision.Selection;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.jspecify.annotations.Nullable;

/**
 * A recurring collection under a framework agreement, as the secretariat declares it. A version never changes.
 *
 * @param format {@link #FORMAT}
 * @param id of the programme; 2 to 64 capitals, digits and hyphens
 * @param version 1, 2, ...
 * @param agreement id of the framework
 * @param title by language
 * @param tables what is asked of every member
 * @param rounds when, and how long members have
 * @param acceptedYears how many years a figure may lie from the round's year
 * @param minimumReporting how many members a regional figure needs at least; no fewer than the framework says
 * @param dominance see {@link RegionalTotal.Rule}
 * @param comparability version of the comparability table
 * @param harmonisation rules by which members' codes become those of the tables; none is applied silently
 * @param indicators core indicators that stand beside members' figures; null for none
 * @param reconciliation mirror pairs that are also shown reconciled once both members have consented; empty for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Programme(
        String format,
        String id,
        int version,
        String agreement,
        SortedMap<String, String> title,
        List<Table> tables,
        Rounds rounds,
        int acceptedYears,
        int minimumReporting,
        double dominance,
        String comparability,
        List<HarmonisationRule> harmonisation,
        @Nullable Indicators indicators,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReconciliationRule> reconciliation) {
    /** The only format so far. */
    public static final String FORMAT = "entente-programme/1";

    public Programme {
        title = new TreeMap<>(title);
        tables = List.copyOf(tables);
        harmonisation = harmonisation == null ? List.of() : List.copyOf(harmonisation);
        reconciliation = reconciliation == null ? List.of() : List.copyOf(reconciliation);
    }

    /**
     * One table.
     *
     * @param id unique in the programme
     * @param dataflow as {@code AGENCY:ID(VERSION)}
     * @param leg of the agreement, by which members answer
     * @param purpose of the leg's closed list
     * @param dimensions codes by dimension; {@link #MEMBER} stands for the member's own areas, {@code "*"} for whatever the leg allows, as a
     *     dimension that is left out does
     * @param publish what of it may go into a public profile
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Table(
            String id,
            SortedMap<String, String> title,
            String dataflow,
            String leg,
            String purpose,
            SortedMap<String, Selection> dimensions,
            Publication publish) {
        /** In a selection: the areas of the member that is asked. */
        public static final String MEMBER = "@MEMBER";

        public Table {
            title = new TreeMap<>(title);
            dimensions = dimensions == null ? new TreeMap<>() : new TreeMap<>(dimensions);
        }
    }

    /** What of a table may be published; the framework and its legs must allow it besides. */
    public enum Publication {
        /** For members alone. */
        NOTHING,
        /** Regional totals, from enough members that none can be told from them. */
        TOTALS,
        /** Each member's figures too. */
        MEMBERS
    }

    /**
     * The calendar.
     *
     * @param due days of the year on which a round is opened, {@code --MM-DD}; empty if a person opens them
     * @param yearsBack how many years before the one in which the round is opened its figures are for
     * @param deadlineHours how long members have
     * @param attemptSeconds how long one attempt waits for a member before it goes on without it
     */
    public record Rounds(List<String> due, int yearsBack, int deadlineHours, int attemptSeconds) {
        public Rounds {
            due = due == null ? List.of() : List.copyOf(due);
        }
    }

    /**
     * A declared mapping of codes: what a member reports under one code is taken for another, and every figure that it touches says so.
     *
     * @param id unique in the programme
     * @param component id of a dimension or attribute
     * @param codes what is reported, to what it is taken for; several codes of a dimension that become one are added up where all of them are
     *     there
     * @param note why that is fair
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HarmonisationRule(String id, String component, SortedMap<String, String> codes, String note) {
        public HarmonisationRule {
            codes = new TreeMap<>(codes);
        }
    }

    /**
     * Core indicators from a reference release that the secretariat has published.
     *
     * @param dataset of the secretariat's node, under the reference dataflow
     * @param codes those of the reference structure, and {@code MIGRANT_SHARE}, which is computed
     */
    public record Indicators(String dataset, List<String> codes) {
        public Indicators {
            codes = codes == null ? List.of() : List.copyOf(codes);
        }
    }

    /** The table with this id. */
    public Table table(String tableId) {
        return tables.stream()
                .filter(table -> table.id().equals(tableId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the programme has no table " + tableId));
    }

    /** In a language, or in English, or in whatever there is. */
    public static String in(Map<String, String> texts, String language) {
        String english = texts.getOrDefault(
                "en", texts.isEmpty() ? "" : texts.values().iterator().next());
        return texts.getOrDefault(language, english);
    }
}
