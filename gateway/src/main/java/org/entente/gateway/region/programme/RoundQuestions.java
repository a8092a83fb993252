package org.entente.gateway.region.programme;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.HeldSelection;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/** Who is asked what in a round: members of the framework at that moment, each for its own areas. */
@Singleton
final class RoundQuestions {
    private final Programmes programmes;
    private final Dataflows dataflows;

    RoundQuestions(Programmes programmes, Dataflows dataflows) {
        this.programmes = programmes;
        this.dataflows = dataflows;
    }

    /**
     * By member, the tables that it answers: states that have signed or joined, have not left, and take part in the leg. Observers and
     * partners, who are party without supplying figures, are not asked.
     *
     * @throws EntenteException {@code programme-invalid} if the framework is not in effect
     */
    SortedMap<String, List<Programme.Table>> members(Programme programme, Instant now) {
        AgreementFile file = programmes
                .framework(programme)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PROGRAMME_INVALID,
                        "The agreement " + programme.agreement() + " of the programme " + programme.id()
                                + " is not in effect."));
        State state = file.at(now);
        SortedMap<String, List<Programme.Table>> members = new TreeMap<>();
        for (Programme.Table table : programme.tables()) {
            for (Leg leg : file.agreement().legs()) {
                if (!leg.id().equals(table.leg())) {
                    continue;
                }
                state.parties().stream()
                        .filter(party -> answers(party, leg))
                        .filter(party -> state.takesPart(party.id(), leg.id()))
                        .forEach(party -> members.computeIfAbsent(party.id(), id -> new ArrayList<>())
                                .add(table));
            }
        }
        return members;
    }

    private static boolean answers(Party party, Leg leg) {
        return leg.provider().equals(party.id())
                || (leg.provider().equals(Leg.MEMBERS)
                        && party.form() == Party.Form.STATE
                        && party.role().supplies());
    }

    /** By member, the areas that it reports for. */
    Map<String, List<String>> areas(Programme programme, Instant now) {
        Map<String, List<String>> areas = new LinkedHashMap<>();
        programmes
                .framework(programme)
                .ifPresent(file -> file.at(now).parties().forEach(party -> areas.put(party.id(), party.areas())));
        return areas;
    }

    /** What is asked of a member in a round. */
    Question question(Programme programme, Round round, Programme.Table table, String party, Question.Asker asker) {
        Dataflow flow = dataflows
                .find(table.dataflow())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node does not know the dataflow " + table.dataflow() + "."));
        List<String> areas = areas(programme, round.opened()).getOrDefault(party, List.of());
        return new Question(
                party,
                programme.agreement(),
                table.leg(),
                table.purpose(),
                asker,
                flow,
                selection(programme, round, table, flow, areas),
                new TreeMap<>(),
                false,
                true,
                null);
    }

    private static HeldSelection selection(
            Programme programme, Round round, Programme.Table table, Dataflow flow, List<String> areas) {
        SortedMap<String, Selection> selected = new TreeMap<>();
        for (Map.Entry<String, Selection> entry : table.dimensions().entrySet()) {
            if (entry.getValue() instanceof Selection.Codes codes) {
                TreeSet<String> resolved = new TreeSet<>(codes.codes());
                if (resolved.remove(Programme.Table.MEMBER)) {
                    resolved.addAll(areas);
                }
                selected.put(entry.getKey(), Selection.of(resolved));
            }
        }
        Dimension reporting = flow.structure().reportingArea();
        selected.putIfAbsent(reporting.id(), Selection.of(areas));
        int from = round.year() - programme.acceptedYears();
        int to = round.year() + programme.acceptedYears();
        return new HeldSelection(selected, TimeSelection.range(String.valueOf(from), String.valueOf(to)));
    }
}
