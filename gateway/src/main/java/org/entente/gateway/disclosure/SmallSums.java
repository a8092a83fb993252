package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Protected cells of one sum that are so few people together that their sum must not be known either: whoever knew it would
 * know of each that it is under the threshold.
 */
final class SmallSums {

    private SmallSums() {}

    /** The sets of cells, one for each such sum. */
    static List<int[]> of(Universe universe, BitSet primary) {
        List<int[]> sums = new ArrayList<>();
        if (universe.rules().exactOnly()) {
            return sums;
        }
        for (int row = 0; row < universe.rows(); row++) {
            Ints small = new Ints();
            long together = 0;
            long most = 0;
            for (int i = universe.rowStart(row); i < universe.rowEnd(row); i++) {
                int cell = universe.rowCell(i);
                if (universe.rowSign(i) < 0 && (primary.get(cell) || universe.implied(cell))) {
                    small.add(cell);
                    together += universe.value(cell);
                    most += universe.floor(cell);
                }
            }
            // With all others at their floor, one cell could still not reach the threshold.
            if (small.size() > 1
                    && together - most + universe.rules().floor()
                            < universe.rules().threshold()) {
                sums.add(small.toArray());
            }
        }
        return sums;
    }
}
