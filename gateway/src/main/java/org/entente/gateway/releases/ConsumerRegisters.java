package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.agreements.ConsumerKnowledge;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Text;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.entente.gateway.disclosure.Holder;

/**
 * Who holds counts of his own, as the legs say ({@code consumerKnows}, clause 12): each consumer by itself, and all members of an arrangement
 * together, who may tell each other. Pure.
 */
final class ConsumerRegisters {
    private ConsumerRegisters() {}

    /**
     * The attackers that a leg names.
     *
     * @param provider our own party
     */
    static SortedMap<String, List<ConsumerKnowledge>> of(AgreementFile file, State state, Leg leg, String provider) {
        SortedMap<String, List<ConsumerKnowledge>> byConsumer = new TreeMap<>();
        if (leg.disclosure().consumerKnows().isEmpty()) {
            return byConsumer;
        }
        for (Party party : file.concerned()) {
            if (file.runs(leg, provider, party.id())) {
                byConsumer.put(
                        party.id(),
                        ConsumerKnowledge.pooled(
                                leg.disclosure().consumerKnows(),
                                areas(file, state, provider),
                                areas(file, state, party.id())));
            }
        }
        return byConsumer;
    }

    private static List<String> areas(AgreementFile file, State state, String party) {
        return state.party(party)
                .or(() -> file.concerned(party))
                .map(Party::areas)
                .orElse(List.of());
    }

    /**
     * Every attacker that follows from the legs of all agreements: what each leg says of each consumer; all that one consumer holds, where several
     * legs say so; and the consumers of one agreement together.
     */
    static List<ConsumerKnowledge> attackers(List<RequiredProtection.Asked> asked) {
        Set<ConsumerKnowledge> attackers = new LinkedHashSet<>();
        Map<String, List<ConsumerKnowledge>> groups = new LinkedHashMap<>();
        for (RequiredProtection.Asked one : asked) {
            one.registers().forEach((consumer, held) -> {
                attackers.addAll(held);
                groups.computeIfAbsent(consumer, c -> new ArrayList<>()).addAll(held);
                groups.computeIfAbsent("the members of " + one.agreement(), c -> new ArrayList<>())
                        .addAll(held);
            });
        }
        groups.forEach((who, held) -> {
            String sources = held.stream()
                    .map(some -> some.source().best("en"))
                    .distinct()
                    .collect(Collectors.joining("; "));
            ConsumerKnowledge together = ConsumerKnowledge.together(Text.of("en", sources + " (" + who + ")"), held);
            if (attackers.stream().noneMatch(some -> some.cells().equals(together.cells()))) {
                attackers.add(together);
            }
        });
        return List.copyOf(attackers);
    }

    /** The attackers as the engine knows them. */
    static List<Holder> holders(List<ConsumerKnowledge> attackers) {
        List<Holder> holders = new ArrayList<>();
        for (ConsumerKnowledge one : attackers) {
            List<Holder.Cells> cells = new ArrayList<>();
            for (ConsumerKnowledge.Cells some : one.cells()) {
                SortedMap<String, SortedSet<String>> codes = new TreeMap<>();
                some.codes().forEach((dimension, list) -> codes.put(dimension, new TreeSet<>(list)));
                cells.add(new Holder.Cells(codes, new TreeSet<>(some.by())));
            }
            holders.add(new Holder(one.source().best("en"), cells));
        }
        return holders;
    }

    /** What was reckoned with, as decisions compare it with what a leg says. */
    static List<ConsumerKnowledge> reckoned(List<Holder> holders) {
        List<ConsumerKnowledge> attackers = new ArrayList<>();
        for (Holder holder : holders) {
            List<ConsumerKnowledge.Cells> cells = new ArrayList<>();
            for (Holder.Cells some : holder.cells()) {
                SortedMap<String, List<String>> codes = new TreeMap<>();
                some.codes().forEach((column, set) -> codes.put(column, List.copyOf(set)));
                cells.add(new ConsumerKnowledge.Cells(codes, List.copyOf(some.by())));
            }
            attackers.add(ConsumerKnowledge.together(
                    Text.of("en", holder.name()), List.of(new ConsumerKnowledge(Text.of("en", holder.name()), cells))));
        }
        return attackers;
    }
}
