package org.entente.gateway.region.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.jspecify.annotations.Nullable;

/**
 * A regional profile, one edition of it: who has reported, what it rests on, and what follows from that. Members' figures themselves are
 * those of its sources. Times are UTC, in ISO 8601.
 *
 * @param format {@link #FORMAT}
 * @param party the secretariat
 * @param edition 1, 2, ... within the programme
 * @param programme with version and digest, as {@code ID/VERSION/DIGEST}
 * @param year of the round
 * @param agreement id of the framework
 * @param comparability version of the comparability table
 * @param members who was asked, and what became of it
 * @param tables regional totals and what stands apart
 * @param corridors mirror pairs between those who report
 * @param changes what is different from the edition before
 * @param national two figures of one state from two of its own sources
 * @param reference core indicators and the release that they are from; null where the programme chooses none
 * @param reconciled mirror pairs with the figure that is made of both, or why there is none, where the programme has a rule for them
 * @param forComments true where comments are asked for on the edition before it is published, so that a signed result of them belongs to
 *     it; null where nobody is asked, and in editions that were made before they said so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
        String format,
        String party,
        SortedMap<String, String> title,
        int edition,
        String made,
        String programme,
        String round,
        int year,
        String agreement,
        String comparability,
        List<Member> members,
        List<Source> sources,
        List<TableResult> tables,
        List<Corridor> corridors,
        List<Change> changes,
        List<NationalPair> national,
        @Nullable ReferenceSource reference,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reconciled> reconciled,
        @Nullable Boolean forComments) {
    /** The only format so far. */
    public static final String FORMAT = "entente-profile/1";

    public Profile {
        title = new TreeMap<>(title);
        members = List.copyOf(members);
        sources = List.copyOf(sources);
        tables = List.copyOf(tables);
        corridors = List.copyOf(corridors);
        changes = List.copyOf(changes);
        // Profiles that were made before there were such pairs have none.
        national = national == null ? List.of() : List.copyOf(national);
        reconciled = reconciled == null ? List.of() : List.copyOf(reconciled);
        forComments = Boolean.TRUE.equals(forComments) ? forComments : null;
    }

    /** Whether a signed result of comments belongs to it. */
    boolean asksForComments() {
        return forComments != null;
    }

    /**
     * A member of the framework in this round.
     *
     * @param areas that it reports for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(String party, List<String> areas, List<Reply> replies) {
        public Member {
            areas = List.copyOf(areas);
            replies = List.copyOf(replies);
        }
    }

    /**
     * What became of one table.
     *
     * @param outcome as the round has it
     * @param reason code and sentence, where there are no figures of this round
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reply(
            String table,
            String outcome,
            @Nullable String reason,
            @Nullable String sentence) {}

    /**
     * One table.
     *
     * @param groups figures of one definition each; there is no sum over several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TableResult(String id, SortedMap<String, String> title, String publish, List<Group> groups) {
        public TableResult {
            title = new TreeMap<>(title);
            groups = List.copyOf(groups);
        }
    }

    /**
     * Figures that are defined alike.
     *
     * @param concept the definition; its reference date is left out, since stocks of two days are the same thing
     * @param parties who reports by it
     * @param rules ids of the harmonisation rules that were applied to any of its figures
     * @param totals regional totals, at the period nearest to the round's year of each member
     * @param apart why there is no total; empty if there are totals
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            FigureConcept concept,
            List<String> parties,
            List<String> rules,
            List<Total> totals,
            @Nullable String apart) {
        public Group {
            parties = List.copyOf(parties);
            rules = List.copyOf(rules);
            totals = List.copyOf(totals);
        }
    }

    /**
     * A regional total.
     *
     * @param key codes by dimension; what is left out is the dimension's total
     * @param note what must be known of the counterpart: that it is a state that is no more; null if nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Total(
            SortedMap<String, String> key,
            RegionalTotal total,
            @Nullable String note) {
        public Total {
            key = new TreeMap<>(key);
        }
    }

    /**
     * What a member reports differently from the edition before, on one counterpart.
     *
     * @param cells how many figures are different, new or gone
     * @param period the last period of which the overall figure is different; null if only breakdowns are
     * @param before the overall figure of that period in the edition before; null if there was none to be seen
     * @param after the same now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String party,
            String table,
            String counterpart,
            int cells,
            @Nullable String period,
            @Nullable Double before,
            @Nullable Double after) {}
}
