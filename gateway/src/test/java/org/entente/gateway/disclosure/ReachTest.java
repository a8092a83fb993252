package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.entente.gateway.disclosure.BenchmarkTables.Given;
import org.junit.jupiter.api.Test;

/** What is ruled out without a program is ruled out. */
class ReachTest {
    /** Bounds that an attacker cannot tell from unbounded. */
    private static final long FAR = 50_000;

    @Test
    void whatAnAttackerWithAModelOfHisOwnHoldsForPossibleIsNeverRuledOut() {
        DisclosureControl control = DisclosureControl.create();
        int possible = 0;
        int excluded = 0;
        for (long seed = 1; seed <= 60; seed++) {
            Given given = RandomTables.of(seed);
            ProtectedTable result = control.protect(given.table(), given.spec(), List.of());
            Universe universe = given.universe();
            BitSet withheld = withheld(result, universe);
            if (withheld.isEmpty()) {
                continue;
            }
            Witnesses witnesses = new Witnesses(
                    universe, withheld, DisclosureControl.values(universe), universe.primaries(), new int[0][]);
            Reach reach = new Reach(universe, witnesses);
            Attacker attacker = new Attacker(result.asSeen(), given.spec());
            int[] around = withheld.stream().toArray();
            for (int cell : around) {
                Attacker.Guess guess = attacker.attack(universe.codesOf(cell), null, 0);
                long value = universe.value(cell);
                for (long end : new long[] {guess.least(), guess.greatest()}) {
                    if (end != value && end < FAR) {
                        long at = seed;
                        assertNotNull(
                                reach.of(around, cell, end - value),
                                () -> "table " + at + ": " + universe.codesOf(cell) + " may be " + end);
                        possible++;
                    }
                }
                if (guess.greatest() < FAR) {
                    excluded += reach.of(around, cell, guess.greatest() + 1 - value) == null ? 1 : 0;
                }
            }
        }
        assertTrue(possible > 200, possible + " ends were tried");
        assertTrue(excluded > 50, excluded + " were ruled out");
    }

    private static BitSet withheld(ProtectedTable result, Universe universe) {
        BitSet withheld = new BitSet();
        result.cells().stream().filter(ProtectedTable.Cell::withheld).forEach(cell -> {
            int merged = universe.merged(universe.grid().find(cell.codes()));
            if (merged >= 0) {
                withheld.set(merged);
            }
        });
        return withheld;
    }
}
