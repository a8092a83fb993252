package org.entente.gateway.disclosure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pattern that elimination chooses. In a small universe the order in which cells are offered is varied one cell at a time
 * as long as that withholds fewer people: a cell is offered first, or only after all others.
 */
final class Start {

    private static final int SMALL = 300;

    private final Universe universe;
    private final Elimination elimination;
    private final BitSet primary;
    private final List<int[]> sums;
    private final BitSet first;

    Start(Universe universe, BitSet primary) {
        this(universe, primary, new BitSet());
    }

    /** @param first cells that are offered before all others, since it protects nothing to withhold them */
    Start(Universe universe, BitSet primary, BitSet first) {
        this.first = first;
        this.universe = universe;
        this.elimination = new Elimination(universe);
        this.primary = primary;
        this.sums = SmallSums.of(universe, primary);
    }

    int[] order() {
        int[] byCost = Elimination.byCost(universe);
        if (first.isEmpty()) {
            return byCost;
        }
        return IntStream.concat(
                        Arrays.stream(byCost).filter(first::get),
                        Arrays.stream(byCost).filter(cell -> !first.get(cell)))
                .toArray();
    }

    BitSet pattern() {
        int[] order = order();
        BitSet last = new BitSet();
        BitSet best = elimination.withheld(primary, sums, order, last);
        boolean better = universe.cells() <= SMALL;
        while (better) {
            better = false;
            for (int cell : order()) {
                if (primary.get(cell) || universe.implied(cell) || universe.publicElsewhere(cell)) {
                    continue;
                }
                BitSet otherLast = (BitSet) last.clone();
                otherLast.flip(cell);
                boolean hidden = best.get(cell);
                int[] otherOrder = hidden ? toFront(order, cell) : order;
                BitSet other = elimination.withheld(primary, sums, otherOrder, hidden ? last : otherLast);
                if (cost(other) < cost(best)) {
                    best = other;
                    order = otherOrder;
                    last = hidden ? last : otherLast;
                    better = true;
                }
            }
        }
        return best;
    }

    /** People withheld, then cells. */
    private long cost(BitSet withheld) {
        return withheld.stream().mapToLong(universe::cost).sum() * 100_000 + withheld.cardinality();
    }

    private static int[] toFront(int[] order, int cell) {
        int[] moved = new int[order.length];
        moved[0] = cell;
        int at = 1;
        for (int other : order) {
            if (other != cell) {
                moved[at++] = other;
            }
        }
        return moved;
    }
}
