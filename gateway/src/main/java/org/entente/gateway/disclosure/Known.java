package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which cells of a table are public elsewhere. */
final class Known {

    private Known() {}

    /**
     * What was found.
     *
     * @param cells cells of the grid that are public
     * @param small those among them that would be protected for themselves
     * @param differing those whose public figure is another one
     */
    record Found(BitSet cells, List<List<String>> small, List<List<String>> differing) {}

    static Found find(Grid grid, Specification spec, List<CountTable> tables) {
        BitSet cells = new BitSet();
        List<List<String>> differing = new ArrayList<>();
        for (CountTable table : tables) {
            for (CountTable.Row row : table.sorted()) {
                int cell = grid.find(row.codes());
                if (cell < 0 || row.count() == CountTable.WITHHELD) {
                    continue;
                }
                cells.set(cell);
                if (grid.value(cell) != CountTable.WITHHELD && grid.value(cell) != row.count()) {
                    differing.add(row.codes());
                }
            }
        }
        List<List<String>> small = new ArrayList<>();
        cells.stream()
                .filter(cell ->
                        grid.value(cell) != CountTable.WITHHELD && spec.rules().primary(grid.value(cell)))
                .forEach(cell -> small.add(grid.codesOf(cell)));
        return new Found(cells, small, differing);
    }
}
