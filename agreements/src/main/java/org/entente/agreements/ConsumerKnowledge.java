package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer of a leg holds itself, such as a consular register (clause 12): figures are protected against a reader who has the true
 * counts of these cells.
 *
 * @param source what it holds, in words
 * @param cells the cells that can be told from it
 */
public record ConsumerKnowledge(Text source, List<Cells> cells) {
    public ConsumerKnowledge {
        cells = Copies.of(cells);
    }

    /**
     * Cells by their codes. In a dimension that stands in neither member only the codes count that are part of no sum: the totals, or every
     * code where nothing is summed.
     *
     * @param codes the codes that are known, by dimension; {@code @PROVIDER} and {@code @CONSUMER} stand for the areas of the leg's sides
     * @param by dimensions of which every code is known
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Cells(@Nullable SortedMap<String, List<String>> codes, List<String> by) {
        public Cells {
            SortedMap<String, List<String>> copy = new TreeMap<>();
            if (codes != null) {
                codes.forEach((dimension, list) -> copy.put(dimension, List.copyOf(list)));
            }
            codes = Collections.unmodifiableSortedMap(copy);
            by = Copies.of(by);
        }

        /** The codes that are known, by dimension. */
        @Override
        public SortedMap<String, List<String>> codes() {
            return codes == null ? Collections.emptySortedMap() : codes;
        }

        private Cells resolved(Collection<String> provider, Collection<String> consumer) {
            SortedMap<String, List<String>> named = new TreeMap<>();
            codes().forEach((dimension, list) -> {
                SortedSet<String> meant = new TreeSet<>();
                for (String code : list) {
                    switch (code) {
                        case DimensionRule.PROVIDER -> meant.addAll(provider);
                        case DimensionRule.CONSUMER -> meant.addAll(consumer);
                        default -> meant.add(code);
                    }
                }
                named.put(dimension, List.copyOf(meant));
            });
            SortedSet<String> broken = new TreeSet<>(by);
            broken.removeAll(named.keySet());
            return new Cells(named, List.copyOf(broken));
        }
    }

    /**
     * All that one consumer holds, as one attacker has it, with the areas of both sides by their codes and in one order, so that equal
     * knowledge is equal.
     *
     * @param held what the legs of this consumer say
     * @return empty if they say nothing
     */
    public static List<ConsumerKnowledge> pooled(
            List<ConsumerKnowledge> held, Collection<String> providerAreas, Collection<String> consumerAreas) {
        if (held.isEmpty()) {
            return List.of();
        }
        List<Cells> cells = new ArrayList<>();
        for (ConsumerKnowledge one : held) {
            one.cells().forEach(some -> cells.add(some.resolved(providerAreas, consumerAreas)));
        }
        return List.of(new ConsumerKnowledge(held.getFirst().source(), ordered(cells)));
    }

    /** Several consumers as one attacker, since they may tell each other what they hold. */
    public static ConsumerKnowledge together(Text source, List<ConsumerKnowledge> attackers) {
        List<Cells> cells = new ArrayList<>();
        attackers.forEach(one -> cells.addAll(one.cells()));
        return new ConsumerKnowledge(source, ordered(cells));
    }

    private static List<Cells> ordered(List<Cells> cells) {
        SortedMap<String, Cells> ordered = new TreeMap<>();
        cells.forEach(some -> ordered.put(some.toString(), some));
        return List.copyOf(ordered.values());
    }
}
