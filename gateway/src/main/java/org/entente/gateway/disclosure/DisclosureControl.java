package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.entente.gateway.statistics.CubeException;
import org.jspecify.annotations.Nullable;

/** Protects tables and audits protected ones. */
public final class DisclosureControl {

    private final Solvers solvers;

    DisclosureControl(Solvers solvers) {
        this.solvers = solvers;
    }

    /** With OR-Tools where its native library runs, else with ojAlgo. */
    public static DisclosureControl create() {
        return new DisclosureControl(Solvers.best());
    }

    /**
     * Protects a table.
     *
     * @param table the true counts
     * @param known tables of the same source that are public already
     * @throws CubeException if the table is not as the specification says
     */
    public ProtectedTable protect(CountTable table, Specification spec, List<CountTable> known) {
        Grid grid = Grid.of(table, spec);
        Known.Found found = Known.find(grid, spec, known);
        if (spec.method().kind() != Specification.Method.Kind.SUPPRESS) {
            return Rounding.of(grid, spec, found);
        }
        Universe universe = Universe.of(grid, spec.rules(), found.cells());
        Protector protector = new Protector(universe, spec, solvers, universe.primaries(table));
        Protector.Chosen chosen = protector.protect();
        Audit.Result audit = protector.audit(chosen.withheld());
        return result(spec, universe, chosen, audit, found);
    }

    private ProtectedTable result(
            Specification spec, Universe universe, Protector.Chosen chosen, Audit.Result audit, Known.Found found) {
        Grid grid = universe.grid();
        List<ProtectedTable.Cell> cells = new ArrayList<>();
        long people = 0;
        long lost = 0;
        long withheld = 0;
        for (int i = 0; i < grid.shown(); i++) {
            boolean hidden = universe.merged(i) >= 0 && chosen.withheld().get(universe.merged(i));
            people += grid.value(i);
            if (hidden) {
                withheld++;
                lost += grid.value(i);
            }
            if (hidden || grid.line(i) > 0) {
                cells.add(new ProtectedTable.Cell(
                        grid.codesOf(i),
                        hidden ? CountTable.WITHHELD : grid.value(i),
                        grid.line(i),
                        found.cells().get(i)));
            }
        }
        List<List<String>> beyond = audit.doubts().stream()
                .map(doubt -> universe.codesOf(doubt.cell()))
                .distinct()
                .toList();
        return new ProtectedTable(
                spec,
                cells,
                new ProtectedTable.Report(
                        cells.size(),
                        withheld,
                        people,
                        lost,
                        found.small(),
                        found.differing(),
                        beyond,
                        audit.safe(),
                        solvers.make().get().name(),
                        audit.programs(),
                        audit.integerPrograms(),
                        true));
    }

    /**
     * Audits a protected table as a reader sees it, and with the true table against insiders too.
     *
     * @param table the protected table; withheld counts are {@link CountTable#WITHHELD}
     * @param truth the true table, or null where only the protected one is at hand
     */
    public AuditReport audit(CountTable table, Specification spec, List<CountTable> known, @Nullable CountTable truth) {
        return new ReaderAudit(solvers, spec).run(table, known, truth);
    }

    /** What one of the rules or sums costs: the table protected without it. */
    public record Cost(String without, long withheld, long peopleWithheld) {}

    /**
     * What the rules and sums cost: the whole first, then the table protected without one of them at a time.
     */
    public List<Cost> explain(CountTable table, Specification spec, List<CountTable> known) {
        Map<String, Supplier<Specification>> variants = new LinkedHashMap<>();
        Rules rules = spec.rules();
        variants.put("nothing left out", () -> spec);
        if (rules.insiders()) {
            variants.put(
                    "the one-person attacker",
                    () -> spec.with(new Rules(
                            rules.threshold(),
                            rules.zeros(),
                            rules.width(),
                            false,
                            rules.shares(),
                            rules.exactOnly())));
        }
        if (!rules.exactOnly()) {
            variants.put(
                    "the one-person attacker and the audit of possible values (exact recovery only)",
                    () -> spec.with(Rules.exact(rules.threshold(), rules.zeros())));
        }
        for (Holder holder : spec.holders()) {
            variants.put("who holds " + holder.name(), () -> {
                List<Holder> others = new ArrayList<>(spec.holders());
                others.remove(holder);
                return spec.against(others);
            });
        }
        for (int d = 0; d < spec.dimensions().size(); d++) {
            int at = d;
            Dimension dimension = spec.dimensions().get(d);
            if (dimension.total() != null || !dimension.sums().isEmpty()) {
                variants.put("the sums over " + dimension.column(), () -> untied(spec, at));
            }
        }
        List<Cost> costs = new ArrayList<>();
        variants.forEach((without, variant) -> {
            ProtectedTable.Report report = protect(table, variant.get(), known).report();
            costs.add(new Cost(without, report.withheld(), report.peopleWithheld()));
        });
        return costs;
    }

    private static Specification untied(Specification spec, int d) {
        List<Dimension> dimensions = new ArrayList<>(spec.dimensions());
        dimensions.set(d, Dimension.untied(dimensions.get(d).column()));
        return spec.over(dimensions);
    }

    static long[] values(Universe universe) {
        long[] values = new long[universe.cells()];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = universe.value(cell);
        }
        return values;
    }

    static BitSet all(int size) {
        BitSet all = new BitSet(size);
        all.set(0, size);
        return all;
    }
}
