package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Somebody who has true counts of some cells already, such as a state with its consular register. Nothing more may be learnt from them and the
 * protected table together: each small cell that the holder does not have is judged as against the one person of a cell.
 *
 * @param name what it holds, in words
 * @param cells which cells
 */
public record Holder(String name, List<Cells> cells) {
    public Holder {
        cells = List.copyOf(cells);
    }

    /**
     * Cells by their codes. In a dimension that stands in neither member only the codes count that are part of no sum.
     *
     * @param codes the codes that are known, by column
     * @param by columns of which every code is known
     */
    public record Cells(SortedMap<String, SortedSet<String>> codes, SortedSet<String> by) {}

    /** The numbers of the cells of a grid that the holder has, in order; implied cells are left to what follows from these. */
    int[] cellsOf(Grid grid, List<Dimension> dimensions) {
        Map<String, List<Set<String>>> byTable = new HashMap<>();
        Ints found = new Ints();
        for (int cell = 0; cell < grid.shown(); cell++) {
            List<String> codes = grid.codesOf(cell);
            List<Set<String>> parts = byTable.computeIfAbsent(grid.table(cell), table -> parts(grid, table));
            if (cells.stream().anyMatch(some -> has(some, codes, dimensions, parts))) {
                found.add(cell);
            }
        }
        return found.toArray();
    }

    private static List<Set<String>> parts(Grid grid, String table) {
        List<Set<String>> parts = new ArrayList<>();
        for (int d = 0; d < grid.dimensionCount(); d++) {
            parts.add(grid.parts(d, table));
        }
        return parts;
    }

    private static boolean has(Cells some, List<String> codes, List<Dimension> dimensions, List<Set<String>> parts) {
        for (int d = 0; d < codes.size(); d++) {
            String column = dimensions.get(d).column();
            Set<String> named = some.codes().get(column);
            boolean known = named != null
                    ? named.contains(codes.get(d))
                    : some.by().contains(column) || !parts.get(d).contains(codes.get(d));
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** Columns that are named and that the table does not have. */
    Set<String> odd(List<String> columns) {
        Set<String> odd = new HashSet<>();
        for (Cells some : cells) {
            odd.addAll(some.codes().keySet());
            odd.addAll(some.by());
        }
        columns.forEach(odd::remove);
        return odd;
    }

    /** One who knows the counts of these codes, for tests and tools. */
    static Cells cells(Map<String, Set<String>> codes, Set<String> by) {
        SortedMap<String, SortedSet<String>> sorted = new java.util.TreeMap<>();
        codes.forEach((column, set) -> sorted.put(column, new java.util.TreeSet<>(set)));
        return new Cells(sorted, new java.util.TreeSet<>(by));
    }
}
