package org.entente.gateway.region.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.deposit.DepositDocument;
import org.entente.gateway.region.indicator.IndicatorTable;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** Makes a profile of what a round has brought. Pure, so that whoever has the answers gets the same profile, byte for byte. */
final class ProfileMaking {
    private ProfileMaking() {}

    /**
     * What a profile says of itself.
     *
     * @param digest of the programme
     * @param made time, UTC
     * @param forComments whether comments are asked for before it is published
     */
    record Head(String party, int edition, String made, String digest, String round, int year, boolean forComments) {}

    /** What a profile says of an answer before anybody has looked into it; the figures say the rest. */
    record Given(
            String party,
            String table,
            Source.Assurance assurance,
            String exchange,
            String agreement,
            String leg,
            @Nullable String release,
            String received,
            boolean standsIn,
            String content,
            double rounding,
            @Nullable String depositor) {
        /** Figures that a focal point has put in. */
        static Given of(DepositDocument deposit) {
            return new Given(
                    deposit.member(),
                    deposit.table(),
                    Source.Assurance.DEPOSITED,
                    deposit.id(),
                    deposit.agreement(),
                    deposit.leg(),
                    null,
                    deposit.confirmed(),
                    false,
                    deposit.content(),
                    0,
                    deposit.depositor());
        }
    }

    /**
     * The chosen indicators of every member.
     *
     * @param reference the release, without indicators; null where the programme chooses none
     * @param csv the release as SDMX-CSV
     */
    static @Nullable ReferenceSource reference(
            Programme programme,
            @Nullable ReferenceSource reference,
            byte[] csv,
            List<Profile.Member> members,
            List<SourceFigures> sources,
            int year) {
        Programme.Indicators chosen = programme.indicators();
        if (chosen == null || reference == null) {
            return null;
        }
        IndicatorTable table = IndicatorTable.of(RoundAnswers.read(ReferenceIndicators.load(), csv));
        return CoreIndicators.of(reference, table, chosen, members, sources, year);
    }

    /** An answer as a source, with the programme's rules applied to its figures. */
    static SourceFigures source(int number, Given given, Cube cube, Programme programme) {
        Structure structure = cube.structure();
        Function<ObservationCursor, FigureConcept> concepts = FigureConcept.reader(structure);
        int organisation = structure.position(Attribute.Role.SOURCE);
        int coverage = structure.position(Attribute.Role.COVERAGE);
        int status = structure.position(Attribute.Role.OBSERVATION_STATUS);
        SortedSet<FigureConcept> found = new TreeSet<>(java.util.Comparator.comparing(FigureConcept::toString));
        SortedSet<String> organisations = new TreeSet<>();
        SortedSet<String> covered = new TreeSet<>();
        long withheld = 0;
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                found.add(concepts.apply(cursor));
                add(organisations, cursor, organisation);
                add(covered, cursor, coverage);
            }
            boolean hidden =
                    status >= 0 && new Harmonised.Figure(cursor.value(), cursor.attributeText(status)).withheld();
            withheld += hidden ? 1 : 0;
        }
        Source source = new Source(
                "s" + number,
                given.party,
                given.table,
                given.assurance,
                given.exchange,
                given.agreement,
                given.leg,
                given.release,
                given.received,
                given.standsIn,
                given.content,
                cube.observationCount(),
                withheld,
                given.rounding,
                List.copyOf(found),
                List.copyOf(organisations),
                List.copyOf(covered),
                given.depositor);
        return new SourceFigures(source, cube, Harmonised.read(cube, programme.harmonisation()));
    }

    private static void add(SortedSet<String> texts, ObservationCursor cursor, int attribute) {
        if (attribute >= 0 && !cursor.attributeText(attribute).isEmpty()) {
            texts.add(cursor.attributeText(attribute));
        }
    }

    /**
     * The profile.
     *
     * @param before sources of the edition before, as far as they are still at hand
     * @param partyOf the party whose territory an area is; empty if it is none's
     * @param reference the reference release with the chosen indicators; null where the programme chooses none
     * @param consents to the programme's rules of reconciliation, by id of the rule
     */
    static Profile make(
            Head head,
            Programme programme,
            List<Profile.Member> members,
            List<SourceFigures> sources,
            List<SourceFigures> before,
            Function<String, String> partyOf,
            @Nullable ReferenceSource reference,
            Map<String, List<Reconciled.Consent>> consents) {
        ComparabilityTable comparability = ComparabilityTable.load(programme.comparability());
        CorridorIndex index = CorridorIndex.of(sources, partyOf);
        List<Profile.TableResult> tables = programme.tables().stream()
                .map(table -> RegionalTables.of(
                        programme,
                        table,
                        head.year,
                        sources.stream()
                                .filter(source -> source.source().table().equals(table.id()))
                                .toList()))
                .toList();
        List<Corridor> pairs = index.pairs(comparability);
        return new Profile(
                Profile.FORMAT,
                head.party,
                new TreeMap<>(programme.title()),
                head.edition,
                head.made,
                programme.id() + "/" + programme.version() + "/" + head.digest,
                head.round,
                head.year,
                programme.agreement(),
                comparability.version(),
                members,
                sources.stream().map(SourceFigures::source).toList(),
                tables,
                pairs,
                changes(before, sources),
                index.national(comparability),
                reference,
                Reconciled.of(programme, pairs, sources, consents),
                head.forComments);
    }

    private static List<Profile.Change> changes(List<SourceFigures> before, List<SourceFigures> sources) {
        List<Profile.Change> changes = new ArrayList<>();
        for (SourceFigures now : sources) {
            before.stream()
                    .filter(old -> old.source().party().equals(now.source().party())
                            && Objects.equals(old.source().table(), now.source().table())
                            && old.cube()
                                    .structure()
                                    .id()
                                    .equals(now.cube().structure().id()))
                    .findFirst()
                    .ifPresent(old -> changes.addAll(EditionChanges.between(old, now)));
        }
        return changes;
    }
}
