package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.DisclosureRule;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What the protection of a release costs, before somebody approves it: how many cells and how many persons are not shown, for each code of
 * each dimension, and both figures of the cells that are different. For those who are responsible for the dataset alone.
 *
 * @param rule by which it was protected; null if the office only describes what it did, or the figures are public
 * @param whole all cells
 * @param byDimension the same for each code that occurs
 * @param different cells that are shown otherwise than they were counted, in canonical order
 * @param moreDifferent how many of these there are beyond the list
 * @param legs what each leg costs all readers; null if that was not asked for or cannot be told here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProtectionLoss(
        @Nullable DisclosureRule rule,
        Share whole,
        SortedMap<String, SortedMap<String, Share>> byDimension,
        List<Cell> different,
        long moreDifferent,
        @Nullable List<LegCost> legs) {
    /** Most cells that are listed. */
    static final int LISTED = 1_000;

    private static final String WITHHELD = "Q";

    /**
     * How much is lost.
     *
     * @param persons in the finest cells, so that nobody counts twice; null where the true counts are not here
     * @param personsWithheld of these, in cells that are withheld
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Share(
            long cells,
            long withheld,
            @Nullable Double persons,
            @Nullable Double personsWithheld) {}

    /**
     * What is withheld from everybody only because of one leg.
     *
     * @param agreement its agreement
     * @param leg the leg
     * @param cells withheld that would be shown if the leg asked for nothing
     * @param persons in the finest of these
     * @param registers the same if its consumers merely held no counts themselves; null if the leg does not say they do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LegCost(
            String agreement,
            String leg,
            long cells,
            double persons,
            @Nullable Registers registers) {}

    /** What is withheld only because consumers hold counts themselves. */
    public record Registers(long cells, double persons) {}

    /** The same with what each leg costs. */
    ProtectionLoss with(List<LegCost> costs) {
        return new ProtectionLoss(rule, whole, byDimension, different, moreDifferent, List.copyOf(costs));
    }

    /**
     * Before and after.
     *
     * @param key codes by dimension, time included
     * @param before as it was counted; null if there was no figure
     * @param after as it is shown; null if it is withheld
     * @param because {@code SMALL} if the count is under the threshold, {@code COMPLEMENT} if others could be told from it, {@code ROUNDED}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cell(
            SortedMap<String, String> key,
            @Nullable Double before,
            @Nullable Double after,
            String because) {}

    /**
     * Compares.
     *
     * @param shown the protected figures
     * @param truth from which they were protected; null if they are not here
     * @param rule as above
     * @param sums what the dataset declares to be totals
     */
    static ProtectionLoss of(Cube shown, @Nullable Cube truth, @Nullable DisclosureRule rule, List<SumRule> sums) {
        return new Comparing(shown, truth, rule, sums).compare();
    }

    /** The work. */
    private static final class Comparing {
        private final Cube shown;
        private final @Nullable Cube truth;
        private final @Nullable DisclosureRule rule;
        private final List<SumRule> sums;
        private final List<Dimension> dimensions;
        private final Counter whole = new Counter();
        private final SortedMap<String, SortedMap<String, Counter>> counters = new TreeMap<>();
        private final List<Cell> different = new ArrayList<>();
        private long more;

        private Comparing(Cube shown, @Nullable Cube truth, @Nullable DisclosureRule rule, List<SumRule> sums) {
            this.shown = shown;
            this.truth = truth;
            this.rule = rule;
            this.sums = sums;
            this.dimensions = shown.structure().dimensions();
        }

        private ProtectionLoss compare() {
            Map<List<String>, Double> counted = counted();
            int status = shown.structure()
                    .attribute(Attribute.Role.OBSERVATION_STATUS)
                    .map(attribute -> shown.structure().attributePosition(attribute.id()))
                    .orElse(-1);
            ObservationCursor cursor = shown.cursor();
            while (cursor.next()) {
                List<String> key = key(cursor);
                boolean withheld = Double.isNaN(cursor.value())
                        && status >= 0
                        && cursor.attributeText(status).equals(WITHHELD);
                Double before = counted.get(key);
                double persons = before == null || !isFinest(key) ? 0 : before;
                whole.count(withheld, persons);
                for (int d = 0; d < dimensions.size(); d++) {
                    counters.computeIfAbsent(dimensions.get(d).id(), id -> new TreeMap<>())
                            .computeIfAbsent(key.get(d), code -> new Counter())
                            .count(withheld, persons);
                }
                list(key, before, Double.isNaN(cursor.value()) ? null : cursor.value(), withheld);
            }
            SortedMap<String, SortedMap<String, Share>> shares = new TreeMap<>();
            counters.forEach((dimension, codes) -> {
                SortedMap<String, Share> byCode = new TreeMap<>();
                codes.forEach((code, counter) -> byCode.put(code, counter.share(truth != null)));
                shares.put(dimension, byCode);
            });
            return new ProtectionLoss(rule, whole.share(truth != null), shares, List.copyOf(different), more, null);
        }

        private Map<List<String>, Double> counted() {
            Map<List<String>, Double> counted = new HashMap<>();
            if (truth != null) {
                ObservationCursor cursor = truth.cursor();
                while (cursor.next()) {
                    if (!Double.isNaN(cursor.value())) {
                        counted.put(key(cursor), cursor.value());
                    }
                }
            }
            return counted;
        }

        private List<String> key(ObservationCursor cursor) {
            String[] key = new String[dimensions.size()];
            for (int d = 0; d < key.length; d++) {
                key[d] = cursor.dimensionText(d);
            }
            return List.of(key);
        }

        /** Whether no code of the key is a declared total: such cells hold everybody once. */
        private boolean isFinest(List<String> key) {
            Structure structure = shown.structure();
            return sums.stream().noneMatch(sum -> {
                int position = structure.dimensionPosition(sum.dimension());
                return position >= 0 && key.get(position).equals(sum.total());
            });
        }

        private void list(List<String> key, @Nullable Double before, @Nullable Double after, boolean withheld) {
            boolean same = before == null ? !withheld : before.equals(after);
            if (truth == null || same) {
                return;
            }
            if (different.size() == LISTED) {
                more++;
                return;
            }
            SortedMap<String, String> codes = new TreeMap<>();
            for (int d = 0; d < dimensions.size(); d++) {
                codes.put(dimensions.get(d).id(), key.get(d));
            }
            different.add(new Cell(codes, before, after, because(before, withheld)));
        }

        private String because(@Nullable Double before, boolean withheld) {
            if (!withheld) {
                return "ROUNDED";
            }
            Integer threshold = rule == null ? null : rule.threshold();
            return before != null && threshold != null && before < threshold ? "SMALL" : "COMPLEMENT";
        }
    }

    /** Cells and persons, as they come. */
    private static final class Counter {
        private long cells;
        private long withheld;
        private double persons;
        private double lost;

        private void count(boolean hidden, double people) {
            cells++;
            withheld += hidden ? 1 : 0;
            persons += people;
            lost += hidden ? people : 0;
        }

        private Share share(boolean known) {
            return new Share(cells, withheld, known ? persons : null, known ? lost : null);
        }
    }
}
