package org.entente.gateway.region.deposit;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.sdmx.CollectionForm;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/** The form of a round for a member: a row for every key that the programme asks for and the member's leg allows. */
@Singleton
final class DepositForms {
    private static final String TOTAL = "_T";
    private static final String YEARLY = "A";

    private final Programmes programmes;
    private final Rounds rounds;
    private final Dataflows dataflows;

    DepositForms(Programmes programmes, Rounds rounds, Dataflows dataflows) {
        this.programmes = programmes;
        this.rounds = rounds;
        this.dataflows = dataflows;
    }

    /**
     * The form; the same as long as the framework has the same version.
     *
     * @throws EntenteException {@code deposit-not-possible} if the member is not asked, or a table leaves open what nobody can list
     */
    CollectionForm form(Rounds.Progress progress, String party) {
        Round round = progress.round();
        Programme programme = rounds.programme(round);
        AgreementFile file = programmes
                .framework(programme)
                .orElseThrow(() -> notPossible("The framework of " + programme.id() + " is not in effect."));
        List<String> areas = rounds.areas(round).getOrDefault(party, List.of());
        List<CollectionForm.Sheet> sheets = progress.tasks().stream()
                .filter(task -> task.party().equals(party))
                .map(task -> sheet(programme.table(task.table()), file, areas, round, programme))
                .toList();
        if (sheets.isEmpty()) {
            throw notPossible(party + " is not asked in the round " + round.id() + ".");
        }
        SortedMap<String, String> marks = new TreeMap<>(Map.of(
                "form",
                "entente-form/1",
                "round",
                round.id().toString(),
                "party",
                party,
                "programme",
                programme.id() + "/" + programme.version(),
                "agreement",
                file.agreement().id() + "/" + file.agreement().version()));
        return new CollectionForm(
                Programme.in(programme.title(), "en") + ", " + round.year() + ": " + party,
                marks,
                round.opened(),
                sheets);
    }

    static EntenteException notPossible(String sentence) {
        return new EntenteException(ErrorCode.DEPOSIT_NOT_POSSIBLE, sentence);
    }

    private CollectionForm.Sheet sheet(
            Programme.Table table, AgreementFile file, List<String> areas, Round round, Programme programme) {
        Dataflow flow = dataflows
                .find(table.dataflow())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node does not know the dataflow " + table.dataflow() + "."));
        Leg leg = file.agreement()
                .leg(table.leg())
                .orElseThrow(() -> notPossible("The framework has no leg " + table.leg() + " any more."));
        List<String> periods = IntStream.rangeClosed(
                        round.year() - programme.acceptedYears(), round.year() + programme.acceptedYears())
                .mapToObj(String::valueOf)
                .toList();
        return new CollectionForm.Sheet(
                table.id(),
                Programme.in(table.title(), "en"),
                flow,
                keys(table, flow, leg.cube(), new Areas(areas, ofConsumer(file, leg, round))),
                periods,
                String.valueOf(round.year()));
    }

    /** For what the tokens stand: the member's own areas, and those on whose behalf the secretariat asks. */
    private record Areas(Collection<String> own, Collection<String> consumer) {}

    private static Collection<String> ofConsumer(AgreementFile file, Leg leg, Round round) {
        return file.at(round.opened()).party(leg.consumer()).map(Party::areas).orElse(List.of());
    }

    private static List<List<String>> keys(Programme.Table table, Dataflow flow, AllowedCube cube, Areas areas) {
        List<Dimension> dimensions = flow.structure().keyDimensions();
        List<List<String>> keys = List.of(List.of());
        for (Dimension dimension : dimensions) {
            List<String> codes = List.copyOf(codes(table, dimension, cube, areas));
            if (keys.size() * (long) codes.size() > CollectionForm.MAX_ROWS) {
                throw notPossible("A form of the table " + table.id() + " would have more than "
                        + CollectionForm.MAX_ROWS + " rows; let the programme name fewer codes.");
            }
            List<List<String>> longer = new ArrayList<>(keys.size() * codes.size());
            for (List<String> key : keys) {
                for (String code : codes) {
                    List<String> with = new ArrayList<>(key);
                    with.add(code);
                    longer.add(with);
                }
            }
            keys = longer;
        }
        return keys.stream()
                .filter(key -> !crosses(key, dimensions, cube))
                .map(List::copyOf)
                .toList();
    }

    /** What is asked for and allowed of a dimension. */
    private static SortedSet<String> codes(Programme.Table table, Dimension dimension, AllowedCube cube, Areas areas) {
        Selection wanted = table.dimensions()
                .getOrDefault(
                        dimension.id(),
                        dimension.role() == Dimension.Role.REPORTING_AREA ? Selection.of(areas.own()) : Selection.ALL);
        DimensionRule rule = cube.dimensions().get(dimension.id());
        SortedSet<String> allowed = rule == null || rule.allowsAll() ? new TreeSet<>() : resolved(rule.codes(), areas);
        boolean all = rule == null || rule.allowsAll();
        if (wanted instanceof Selection.Codes named) {
            SortedSet<String> codes = resolved(named.codes(), areas);
            codes.removeIf(code -> !all && !allowed.contains(code));
            return codes;
        }
        return all ? usual(table, dimension, areas) : allowed;
    }

    private static SortedSet<String> resolved(Collection<String> codes, Areas areas) {
        SortedSet<String> resolved = new TreeSet<>(codes);
        if (resolved.removeAll(List.of(Programme.Table.MEMBER, DimensionRule.PROVIDER))) {
            resolved.addAll(areas.own());
        }
        if (resolved.remove(DimensionRule.CONSUMER)) {
            resolved.addAll(areas.consumer());
        }
        return resolved;
    }

    /** Of what neither the programme nor the leg narrows: yearly figures on every other area, broken down by nothing. */
    private static SortedSet<String> usual(Programme.Table table, Dimension dimension, Areas areas) {
        return switch (dimension.role()) {
            case FREQUENCY -> new TreeSet<>(List.of(YEARLY));
            case COUNTERPART_AREA -> {
                SortedSet<String> others = new TreeSet<>();
                dimension
                        .representation()
                        .codelist()
                        .ifPresent(list -> list.codes().stream().map(Code::id).forEach(others::add));
                others.removeAll(areas.own());
                yield others;
            }
            case BREAKDOWN, REPORTING_REGION, COUNTERPART_REGION -> new TreeSet<>(List.of(TOTAL));
            case REPORTING_AREA -> new TreeSet<>(areas.own());
            case COUNTERPART_BASIS, INDICATOR, UNIT, TIME ->
                throw notPossible("The table " + table.id() + " leaves " + dimension.id()
                        + " open, so that no form can list its rows; let the programme name the codes.");
        };
    }

    /** Whether the key breaks down by several dimensions that the leg never crosses. */
    private static boolean crosses(List<String> key, List<Dimension> dimensions, AllowedCube cube) {
        for (List<String> crossing : cube.neverCross()) {
            boolean all = true;
            for (int d = 0; d < key.size(); d++) {
                DimensionRule rule = cube.dimensions().get(dimensions.get(d).id());
                boolean inCrossing = crossing.contains(dimensions.get(d).id());
                all &= !inCrossing || rule == null || !key.get(d).equals(rule.total());
            }
            if (all) {
                return true;
            }
        }
        return false;
    }
}
