package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.statistics.CubeException;

/**
 * A release that an office has protected itself, as the ledger takes it: what it shows is out. What it withholds is not known here; it is taken
 * for unchanged since then wherever the sums allow that, which gives the attacker the most. Where they do not, some table that agrees with what is shown stands
 * for it.
 */
final class OfficeEdition {
    private final Specification spec;
    private final CountTable shown;
    private final Map<List<String>, Long> now = new HashMap<>();

    private OfficeEdition(CountTable shown, CountTable now, Specification spec) {
        this.spec = spec;
        this.shown = shown;
        now.rows().forEach(row -> this.now.put(row.codes(), row.count()));
    }

    /**
     * The release as one of the ledger.
     *
     * @param shown what it shows; withheld counts are {@link CountTable#WITHHELD}
     * @param now the true counts of what is to be released next
     * @param edition value edition of {@code now}
     * @param spec the sums; where what is shown does not add up by them (an office that rounds), each figure that is still the same is out by
     *     itself
     */
    static Ledger.Release of(
            String name, CountTable shown, CountTable now, String edition, Specification spec, Solver solver) {
        OfficeEdition office = new OfficeEdition(shown, now, spec);
        Map<List<String>, Long> figures;
        try {
            figures = office.figures(solver);
        } catch (CubeException e) {
            figures = Map.of();
        }
        return figures.isEmpty() ? office.same(name, edition) : office.whole(name, figures);
    }

    /** Only what is shown and still true: cells of the next edition that everybody has. */
    private Ledger.Release same(String name, String edition) {
        List<CountTable.Row> rows = shown.rows().stream()
                .filter(row -> row.count() != CountTable.WITHHELD && now.getOrDefault(row.codes(), -1L) == row.count())
                .toList();
        return new Ledger.Release(name, edition, new CountTable(shown.columns(), rows), Set.of());
    }

    private Ledger.Release whole(String name, Map<List<String>, Long> figures) {
        List<CountTable.Row> rows = new ArrayList<>();
        Set<List<String>> withheld = new HashSet<>();
        for (CountTable.Row row : shown.rows()) {
            rows.add(new CountTable.Row(row.codes(), figures.getOrDefault(row.codes(), row.count()), row.line()));
            if (row.count() == CountTable.WITHHELD) {
                withheld.add(row.codes());
            }
        }
        return new Ledger.Release(
                name, "office " + name, new CountTable(shown.columns(), rows), withheld, Set.of(), false);
    }

    /** A count for every withheld cell; empty if there is no table of whole numbers that agrees with what is shown. */
    private Map<List<String>, Long> figures(Solver solver) {
        Grid grid = Grid.of(shown, spec);
        Map<List<String>, Long> unchanged = figures(grid, changed(grid), solver);
        BitSet all = new BitSet();
        shown.rows().forEach(row -> all.set(grid.find(row.codes())));
        return unchanged.isEmpty() ? figures(grid, all, solver) : unchanged;
    }

    private Map<List<String>, Long> figures(Grid grid, BitSet changed, Solver solver) {
        Map<List<String>, Long> figures = new HashMap<>();
        List<CountTable.Row> rows = new ArrayList<>();
        for (CountTable.Row row : shown.rows()) {
            boolean kept = row.count() != CountTable.WITHHELD || !changed.get(grid.find(row.codes()));
            long count = row.count() == CountTable.WITHHELD && kept ? now.getOrDefault(row.codes(), 0L) : row.count();
            rows.add(new CountTable.Row(row.codes(), count, row.line()));
            if (kept) {
                figures.put(row.codes(), count);
            }
        }
        if (figures.size() < rows.size() && !fill(new CountTable(shown.columns(), rows), figures, solver)) {
            return Map.of();
        }
        return figures;
    }

    private boolean fill(CountTable table, Map<List<String>, Long> figures, Solver solver) {
        Universe universe = Universe.of(Grid.of(table, spec), spec.rules(), new BitSet());
        BitSet open = universe.impliedCells();
        for (int cell = 0; cell < universe.cells(); cell++) {
            if (universe.value(cell) == CountTable.WITHHELD) {
                open.set(cell);
            }
        }
        long[] base = DisclosureControl.values(universe);
        if (!new Intervals(universe, open, solver).fill(open, base)) {
            return false;
        }
        for (CountTable.Row row : table.rows()) {
            int cell = universe.merged(universe.grid().find(row.codes()));
            figures.put(row.codes(), cell < 0 ? 0 : base[cell]);
        }
        return true;
    }

    /** Withheld cells that cannot all be what they are now: those in sums that would not hold. */
    private BitSet changed(Grid grid) {
        long[] assumed = new long[grid.size()];
        BitSet changed = new BitSet();
        for (int cell = 0; cell < assumed.length; cell++) {
            boolean hidden = cell < grid.shown() && grid.value(cell) == CountTable.WITHHELD;
            assumed[cell] = hidden ? now.getOrDefault(grid.codesOf(cell), CountTable.WITHHELD) : grid.value(cell);
            if (hidden && assumed[cell] < spec.rules().floor()) {
                changed.set(cell);
            }
        }
        for (Grid.Relation relation : grid.relations()) {
            long difference = 0;
            boolean open = false;
            boolean unknown = false;
            for (int i = 0; i < relation.cells().length; i++) {
                int cell = relation.cells()[i];
                open |= cell >= grid.shown();
                unknown |= changed.get(cell);
                difference += cell >= grid.shown() ? 0 : i == 0 ? assumed[cell] : -assumed[cell];
            }
            boolean holds = unknown || (open ? difference >= 0 : Math.abs(difference) <= relation.tolerance());
            for (int i = 0; !holds && i < relation.cells().length; i++) {
                int cell = relation.cells()[i];
                if (cell < grid.shown() && grid.value(cell) == CountTable.WITHHELD) {
                    changed.set(cell);
                }
            }
        }
        return changed;
    }
}
