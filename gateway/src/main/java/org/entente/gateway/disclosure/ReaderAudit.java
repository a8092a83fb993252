package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit of a table that somebody else protected, from what a reader sees; with the true table against insiders too. */
final class ReaderAudit {

    private static final int MOST_INTERVALS = 1_000;

    private final Solvers solvers;
    private final Specification spec;
    private final List<AuditReport.Exposure> exposures = new ArrayList<>();
    private long programs;
    private long integerPrograms;

    ReaderAudit(Solvers solvers, Specification spec) {
        this.solvers = solvers;
        this.spec = spec;
    }

    AuditReport run(CountTable table, List<CountTable> known, @Nullable CountTable truth) {
        Grid seen = Grid.of(withKnown(table, known), spec);
        Universe universe = Universe.of(seen, spec.rules(), new BitSet());
        BitSet withheld = withheld(universe);
        equalities(universe, withheld);
        long[] base = DisclosureControl.values(universe);
        if (!new Intervals(universe, withheld, solvers.make().get()).fill(withheld, base)) {
            exposures.add(
                    new AuditReport.Exposure(List.of(), "No table agrees with what is shown; it contradicts itself."));
        } else {
            readers(universe, withheld, base);
            if (truth != null && exposures.isEmpty() && insiders()) {
                insiders(table, known, truth);
            }
        }
        long hidden = table.rows().stream()
                .filter(row -> row.count() == CountTable.WITHHELD)
                .count();
        return new AuditReport(
                exposures.isEmpty(),
                table.rows().size(),
                hidden,
                truth != null && insiders(),
                List.copyOf(exposures),
                solvers.make().get().name(),
                programs,
                integerPrograms);
    }

    private boolean insiders() {
        return spec.rules().insiders() || !spec.holders().isEmpty();
    }

    private BitSet withheld(Universe universe) {
        BitSet withheld = universe.impliedCells();
        for (int cell = 0; cell < universe.cells(); cell++) {
            if (universe.value(cell) == CountTable.WITHHELD) {
                withheld.set(cell);
            }
        }
        return withheld;
    }

    private void equalities(Universe universe, BitSet withheld) {
        Grid grid = universe.grid();
        for (int i = 0; i < grid.shown(); i++) {
            if (grid.value(i) == CountTable.WITHHELD && !withheld.get(universe.merged(i))) {
                exposures.add(new AuditReport.Exposure(
                        grid.codesOf(i),
                        "It equals a cell that is shown: " + universe.value(universe.merged(i)) + "."));
            }
        }
    }

    private void readers(Universe universe, BitSet withheld, long[] base) {
        BitSet judged = (BitSet) withheld.clone();
        judged.andNot(universe.impliedCells());
        BitSet primary = (BitSet) judged.clone();
        for (int cell = 0; cell < universe.cells(); cell++) {
            if (universe.implied(cell)
                    && universe.value(cell) > 0
                    && spec.rules().primary(universe.value(cell))) {
                judged.set(cell);
                primary.set(cell);
            }
        }
        Witnesses witnesses = new Witnesses(universe, withheld, base, primary, new int[0][]);
        Audit.Result result = Audit.across(universe, withheld, witnesses, true, judged, solvers);
        count(result);
        Intervals intervals = new Intervals(universe, withheld, solvers.make().get());
        int shown = 0;
        for (Audit.Doubt doubt : result.doubts()) {
            Intervals.Interval interval = ++shown <= MOST_INTERVALS ? intervals.of(doubt.cell()) : null;
            exposures.add(new AuditReport.Exposure(universe.codesOf(doubt.cell()), sentence(interval)));
        }
    }

    private String sentence(Intervals.@Nullable Interval interval) {
        if (interval == null) {
            return "It is not proved that a reader cannot infer it.";
        }
        if (interval.isExact()) {
            return "A reader can compute it exactly: " + interval.least() + ".";
        }
        return "A reader knows that it lies from " + interval.least() + " to " + interval.greatest()
                + (interval.greatest() < spec.rules().threshold() ? ", which is under the threshold." : ".");
    }

    private void insiders(CountTable table, List<CountTable> known, CountTable truth) {
        Grid grid = Grid.of(truth, spec);
        Known.Found found = Known.find(grid, spec, known);
        Universe universe = Universe.of(grid, spec.rules(), found.cells());
        Map<List<String>, Long> seen = new HashMap<>();
        table.rows().forEach(row -> seen.put(row.codes(), row.count()));
        BitSet withheld = universe.impliedCells();
        for (int i = 0; i < grid.shown(); i++) {
            Long count = seen.get(grid.codesOf(i));
            if (universe.merged(i) >= 0 && count != null && count == CountTable.WITHHELD) {
                withheld.set(universe.merged(i));
            } else if (count != null && count != grid.value(i)) {
                exposures.add(new AuditReport.Exposure(
                        grid.codesOf(i), "The protected table shows another count than the true one."));
            }
        }
        BitSet primary = universe.primaries(truth);
        BitSet open = (BitSet) primary.clone();
        open.andNot(withheld);
        open.stream()
                .forEach(cell -> exposures.add(new AuditReport.Exposure(
                        universe.codesOf(cell),
                        universe.value(cell) != CountTable.WITHHELD
                                        && spec.rules().primary(universe.value(cell))
                                ? "A small count is shown."
                                : "A cell that is protected for itself is shown.")));
        Protector protector = new Protector(universe, spec, solvers, primary);
        Audit.Result result = protector.audit(withheld);
        count(result);
        result.doubts().stream()
                .filter(doubt -> !open.get(doubt.cell()))
                .forEach(doubt -> exposures.add(new AuditReport.Exposure(
                        universe.codesOf(doubt.cell()),
                        doubt.insider() < 0
                                ? "It is not proved that a reader cannot infer it."
                                : capital(protector.attacker(doubt)) + " might infer it.")));
    }

    private static String capital(String attacker) {
        return Character.toUpperCase(attacker.charAt(0)) + attacker.substring(1);
    }

    private void count(Audit.Result result) {
        programs += result.programs();
        integerPrograms += result.integerPrograms();
    }

    /** Figures that are public elsewhere fill what the table withholds. */
    private CountTable withKnown(CountTable table, List<CountTable> known) {
        Map<List<String>, Long> counts = new HashMap<>();
        known.forEach(one -> one.rows().forEach(row -> counts.put(row.codes(), row.count())));
        List<CountTable.Row> rows = new ArrayList<>();
        for (CountTable.Row row : table.rows()) {
            Long elsewhere = row.count() == CountTable.WITHHELD ? counts.get(row.codes()) : null;
            rows.add(elsewhere == null ? row : new CountTable.Row(row.codes(), elsewhere, row.line()));
        }
        return new CountTable(table.columns(), rows);
    }
}
