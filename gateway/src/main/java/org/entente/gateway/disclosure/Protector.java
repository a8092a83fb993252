package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which cells are withheld: elimination first, then what an audit still doubts is repaired until it is proved, then
 * what became superfluous is shown again. Every choice is made in exact arithmetic and in the order of the cells.
 */
final class Protector {

    private static final int MOST_ROUNDS = 60;

    /** Withheld cells whose showing is tried at the end; the dearest come first. */
    private static final int MOST_TRIALS = 3_000;

    private final Universe universe;
    private final Specification spec;
    private final Solvers solvers;
    private final BitSet primary;
    private final BitSet indifferent;
    private final long[] base;
    private final int[][] insiders;
    private final int persons;
    private final List<Witnesses.Certificate> certificates = new ArrayList<>();

    Protector(Universe universe, Specification spec, Solvers solvers) {
        this(universe, spec, solvers, universe.primaries(), new BitSet());
    }

    /** @param primary the cells that are protected for themselves */
    Protector(Universe universe, Specification spec, Solvers solvers, BitSet primary) {
        this(universe, spec, solvers, primary, new BitSet());
    }

    /**
     * @param primary the cells that are protected for themselves
     * @param indifferent cells that are not shown, and that may be known all the same
     */
    Protector(Universe universe, Specification spec, Solvers solvers, BitSet primary, BitSet indifferent) {
        this.universe = universe;
        this.spec = spec;
        this.solvers = solvers;
        this.primary = primary;
        this.indifferent = indifferent;
        this.base = new long[universe.cells()];
        for (int cell = 0; cell < base.length; cell++) {
            base[cell] = universe.value(cell);
        }
        int[][] alone = universe.rules().insiders() ? universe.insiders() : new int[0][];
        this.persons = alone.length;
        int[][] all = Arrays.copyOf(alone, persons + spec.holders().size());
        for (int h = 0; h < spec.holders().size(); h++) {
            all[persons + h] = universe.closed(spec.holders().get(h).cellsOf(universe.grid(), spec.dimensions()));
        }
        this.insiders = all;
    }

    /** Who might learn a cell, for a sentence. */
    String attacker(Audit.Doubt doubt) {
        if (doubt.insider() < 0) {
            return "a reader";
        }
        return doubt.insider() < persons
                ? "the one person of another cell"
                : "who holds " + spec.holders().get(doubt.insider() - persons).name();
    }

    /** Cells that a doubt is about and that no pattern can protect, since too much is public already. */
    record Chosen(BitSet withheld, List<Audit.Doubt> beyondHelp) {}

    Chosen protect() {
        Chosen chosen = protect(new Start(universe, primary));
        BitSet held = new BitSet();
        for (int holder = persons; holder < insiders.length; holder++) {
            Arrays.stream(insiders[holder]).forEach(held::set);
        }
        if (held.isEmpty()) {
            return chosen;
        }
        Comparator<Chosen> cheapest = Comparator.<Chosen>comparingInt(
                        one -> one.beyondHelp().size())
                .thenComparingLong(
                        one -> one.withheld().stream().mapToLong(universe::cost).sum())
                .thenComparingInt(one -> one.withheld().cardinality());
        // What a holder has hides nothing from him: a pattern without it is often the better one.
        Chosen without = protect(new Start(universe, primary, held));
        return cheapest.compare(without, chosen) < 0 ? without : chosen;
    }

    private Chosen protect(Start start) {
        return complete(start.pattern(), start.order());
    }

    /** Adds to a pattern what it takes to prove it; nothing of the pattern is shown again, and what was added too much is. */
    Chosen repair(BitSet start) {
        return complete(
                start,
                Arrays.stream(Elimination.byCost(universe))
                        .filter(cell -> !start.get(cell))
                        .toArray());
    }

    private Chosen complete(BitSet start, int[] order) {
        List<Audit.Doubt> beyond = new ArrayList<>();
        // Where nothing is withheld and nothing is small there is nothing to prove.
        BitSet busy = judged(start);
        List<BitSet> islands = universe.islands().stream()
                .filter(island -> island.intersects(busy))
                .toList();
        List<Island> done = solvers.each(islands, (cells, solver) -> new Island(cells, start, solver).run(order));
        BitSet all = (BitSet) start.clone();
        for (Island island : done) {
            all.andNot(island.cells);
            all.or(island.withheld);
            beyond.addAll(island.beyond);
            certificates.addAll(island.witnesses.certificates(island.withheld));
        }
        return new Chosen(all, beyond);
    }

    /**
     * Proves the whole pattern. A table found while it was chosen counts if it is one: each is held in whole numbers against all that is shown, whoever has
     * found it. What none of them proves is proved by linear and integer programs, or counts as unsafe.
     */
    Audit.Result audit(BitSet withheld) {
        Witnesses fresh = new Witnesses(universe, withheld, base, primary, insiders);
        certificates.forEach(one -> fresh.add(one.cells(), one.change()));
        return Audit.across(universe, withheld, fresh, true, judged(withheld), solvers);
    }

    private BitSet judged(BitSet withheld) {
        BitSet judged = (BitSet) withheld.clone();
        judged.andNot(universe.impliedCells());
        judged.andNot(indifferent);
        judged.or(primary);
        return judged;
    }

    /** The work on one part of the universe that no sum ties to another. */
    private final class Island {
        private final BitSet cells;
        private final BitSet withheld;
        private final Solver solver;
        private final List<Audit.Doubt> beyond = new ArrayList<>();
        private final ProductMoves moves;
        private final Witnesses witnesses;

        Island(BitSet cells, BitSet start, Solver solver) {
            this.cells = cells;
            this.solver = solver;
            withheld = (BitSet) start.clone();
            withheld.and(cells);
            moves = new ProductMoves(universe, spec.absent(), withheld);
            witnesses = new Witnesses(universe, withheld, base, primary, insiders);
        }

        Island run(int[] order) {
            int[] failures = new int[universe.cells()];
            for (int round = 0; round < MOST_ROUNDS; round++) {
                trade(open());
                Audit.Result result = new Audit(universe, withheld, witnesses, solver, false).run(open());
                if (result.safe()) {
                    break;
                }
                int before = withheld.cardinality();
                repair(result.doubts(), failures);
                if (withheld.cardinality() == before && !reach(result.doubts())) {
                    beyond.addAll(result.doubts());
                    break;
                }
            }
            showAgain(order);
            return this;
        }

        private BitSet open() {
            BitSet open = judged(withheld);
            open.and(cells);
            return open;
        }

        /** Proves what trades among withheld cells prove. */
        private void trade(BitSet among) {
            for (int cell = among.nextSetBit(0); cell >= 0; cell = among.nextSetBit(cell + 1)) {
                while (!witnesses.isSafe(cell)) {
                    int insider = witnesses.isCovered(cell) ? witnesses.blocking(cell) : -1;
                    int[] known = insider < 0 ? new int[0] : witnesses.group(insider);
                    long need = witnesses.need(cell);
                    ProductMoves.Move move = moves.findFree(cell, need, base, known);
                    if (move == null && !witnesses.upward(cell)) {
                        move = moves.findFree(cell, -need, base, known);
                    }
                    if (move == null || !witnesses.add(move.cells(), move.change())) {
                        break;
                    }
                }
            }
        }

        private void repair(List<Audit.Doubt> doubts, int[] failures) {
            for (Audit.Doubt doubt : doubts) {
                witnesses.reopen(doubt.cell(), doubt.insider());
                if (witnesses.isSafeAgainst(doubt.cell(), doubt.insider())) {
                    continue;
                }
                if (!trade(move(doubt))) {
                    withholdAround(doubt.cell(), ++failures[doubt.cell()]);
                }
            }
        }

        /** Where nothing near a cell is left to withhold, what is nearest; whether there was anything. */
        private boolean reach(List<Audit.Doubt> doubts) {
            int before = withheld.cardinality();
            for (Audit.Doubt doubt : doubts) {
                int had = withheld.cardinality();
                BitSet reached = new BitSet();
                reached.set(doubt.cell());
                int size;
                do {
                    size = reached.cardinality();
                    reached.or(around(reached));
                    reached.stream().filter(at -> !universe.publicElsewhere(at)).forEach(withheld::set);
                } while (withheld.cardinality() == had && reached.cardinality() > size);
            }
            return withheld.cardinality() > before;
        }

        /** All cells of the sums that these cells stand in. */
        private BitSet around(BitSet cells) {
            BitSet more = new BitSet();
            cells.stream().forEach(at -> {
                for (int e = universe.cellStart(at); e < universe.cellEnd(at); e++) {
                    int row = universe.cellRow(e);
                    for (int k = universe.rowStart(row); k < universe.rowEnd(row); k++) {
                        more.set(universe.rowCell(k));
                    }
                }
            });
            return more;
        }

        /** Withholds what a trade needs, if it holds. */
        private boolean trade(ProductMoves.@Nullable Move move) {
            if (move == null) {
                return false;
            }
            BitSet before = (BitSet) withheld.clone();
            for (int cell : move.cells()) {
                withheld.set(cell);
            }
            if (witnesses.add(move.cells(), move.change())) {
                return true;
            }
            withheld.and(before);
            return false;
        }

        private int[] known(Audit.Doubt doubt) {
            return doubt.insider() < 0 ? new int[0] : witnesses.group(doubt.insider());
        }

        private ProductMoves.@Nullable Move move(Audit.Doubt doubt) {
            int[] known = known(doubt);
            long need = witnesses.need(doubt.cell());
            ProductMoves.Move move = moves.find(doubt.cell(), need, base, known);
            return move != null || witnesses.upward(doubt.cell()) ? move : moves.find(doubt.cell(), -need, base, known);
        }

        /** Where no trade helps, all cells within so many sums. */
        private void withholdAround(int cell, int distance) {
            BitSet reached = new BitSet();
            reached.set(cell);
            for (int i = 0; i < distance; i++) {
                reached.or(around(reached));
            }
            reached.stream().filter(at -> !universe.publicElsewhere(at)).forEach(withheld::set);
        }

        /** Shows what is no longer needed, the dearest first. */
        private void showAgain(int[] order) {
            int trials = 0;
            for (int cell : order) {
                if (!withheld.get(cell) || primary.get(cell) || universe.implied(cell)) {
                    continue;
                }
                if (++trials > MOST_TRIALS) {
                    return;
                }
                withheld.clear(cell);
                Witnesses.Memory memory = witnesses.remember(cell);
                BitSet lost = witnesses.forget(cell);
                lost.clear(cell);
                trade(lost);
                if (!new Audit(universe, withheld, witnesses, solver, false).proves(lost)) {
                    withheld.set(cell);
                    witnesses.restore(memory);
                }
            }
        }
    }
}
