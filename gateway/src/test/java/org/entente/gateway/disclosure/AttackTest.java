package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.entente.gateway.disclosure.BenchmarkTables.Given;
import org.junit.jupiter.api.Test;

/** Attacks on a thousand generated tables, and the test of that test. */
class AttackTest {
    private static final int TABLES = Integer.getInteger("disclosure.attacked", 1000);
    private static final int BROKEN = 100;
    private final DisclosureControl control = DisclosureControl.create();

    @Test
    void nobodyRecoversAnythingFromGeneratedTables() {
        int withSomething = 0;
        int unprotectable = 0;
        for (long seed = 1; seed <= TABLES; seed++) {
            Given given = RandomTables.of(seed);
            List<CountTable> known = seed % 5 == 0 ? List.of(publicPart(given, seed)) : List.of();
            ProtectedTable result = control.protect(given.table(), given.spec(), known);
            if (!result.report().safe()) {
                unprotectable++;
                continue;
            }
            withSomething += result.report().withheld() > 0 ? 1 : 0;
            attack(given, result, known, new Random(seed), seed);
        }
        int tables = withSomething;
        assertTrue(tables > TABLES / 2, () -> tables + " tables had something to protect");
        int refused = unprotectable;
        assertTrue(refused < TABLES / 50, () -> refused + " tables were refused");
    }

    /** Some cells that are not small are public elsewhere. */
    private static CountTable publicPart(Given given, long seed) {
        Random random = new Random(seed);
        return new CountTable(
                given.columns(),
                given.table().rows().stream()
                        .filter(row -> row.count() >= given.spec().rules().threshold() && random.nextInt(12) == 0)
                        .toList());
    }

    private void attack(Given given, ProtectedTable result, List<CountTable> known, Random random, long seed) {
        Map<List<String>, Long> truth = new HashMap<>();
        given.table().rows().forEach(row -> truth.put(row.codes(), row.count()));
        Map<List<String>, Long> elsewhere = new HashMap<>();
        known.forEach(table -> table.rows().forEach(row -> elsewhere.put(row.codes(), row.count())));
        List<CountTable.Row> seen = new ArrayList<>();
        for (CountTable.Row row : result.asSeen().rows()) {
            Long there = elsewhere.get(row.codes());
            seen.add(there == null ? row : new CountTable.Row(row.codes(), there, row.line()));
        }
        Attacker attacker = new Attacker(new CountTable(given.columns(), seen), given.spec());
        List<List<String>> withheld = seen.stream()
                .filter(row -> row.count() == CountTable.WITHHELD)
                .map(CountTable.Row::codes)
                .toList();
        List<List<String>> ones = withheld.stream()
                .filter(cell -> Objects.requireNonNull(truth.get(cell)) == 1)
                .toList();
        for (List<String> cell : withheld) {
            if (!given.spec().rules().primary(Objects.requireNonNull(truth.get(cell)))) {
                continue;
            }
            Attacker.Guess guess = attacker.attack(cell, null, 0);
            assertFalse(guess.exact(), () -> "table " + seed + ": " + cell + " is " + guess);
            assertTrue(
                    guess.greatest() >= given.spec().rules().threshold(),
                    () -> "table " + seed + ": " + cell + " is " + guess);
            if (!ones.isEmpty()) {
                List<String> own = ones.get(random.nextInt(ones.size()));
                if (!own.equals(cell)) {
                    Attacker.Guess inside = attacker.attack(cell, own, 1);
                    assertFalse(
                            inside.exact() && !samePerson(given, own, cell),
                            () -> "table " + seed + ": " + own + " knows of " + cell + " that it is " + inside);
                }
            }
        }
    }

    /** Whether one cell holds the other's only person: that is no news to whoever it is. */
    static boolean samePerson(Given given, List<String> one, List<String> other) {
        Universe universe = given.universe();
        int first = universe.merged(universe.grid().find(one));
        int second = universe.merged(universe.grid().find(other));
        for (int[] group : universe.insiders()) {
            if (java.util.Arrays.binarySearch(group, first) >= 0 && java.util.Arrays.binarySearch(group, second) >= 0) {
                return true;
            }
        }
        return first == second;
    }

    @Test
    void theAttackAndTheAuditFindPlantedLeaks() {
        int found = 0;
        for (long seed = 10_000; found < BROKEN; seed++) {
            Given given = RandomTables.of(seed);
            ProtectedTable whole = control.protect(given.table(), given.spec(), List.of());
            List<CountTable.Row> broken = broken(given, whole);
            if (broken.isEmpty()) {
                continue;
            }
            CountTable table = new CountTable(given.columns(), broken);
            AuditReport report = control.audit(table, given.spec(), List.of(), null);
            long at = seed;
            assertFalse(report.safe(), () -> "table " + at + " is broken and the audit calls it safe");
            Attacker attacker = new Attacker(table, given.spec());
            assertTrue(
                    broken.stream()
                            .filter(row -> row.count() == CountTable.WITHHELD)
                            .anyMatch(
                                    row -> attacker.attack(row.codes(), null, 0).exact()),
                    () -> "table " + at + " is broken and the attack finds nothing");
            found++;
        }
        assertEquals(BROKEN, found);
    }

    /** The pattern without its secondary cells of one line, so that the line tells its one small cell; empty if none does. */
    private static List<CountTable.Row> broken(Given given, ProtectedTable whole) {
        Map<List<String>, Long> truth = new HashMap<>();
        given.table().rows().forEach(row -> truth.put(row.codes(), row.count()));
        List<CountTable.Row> rows = whole.asSeen().rows();
        for (CountTable.Row row : rows) {
            boolean primary = row.count() == CountTable.WITHHELD
                    && given.spec().rules().primary(Objects.requireNonNull(truth.get(row.codes())))
                    && !row.codes().get(1).equals("T");
            if (primary) {
                List<CountTable.Row> broken = new ArrayList<>();
                for (CountTable.Row other : rows) {
                    boolean line = other.codes().get(0).equals(row.codes().get(0))
                            && other.codes()
                                    .subList(2, other.codes().size())
                                    .equals(row.codes().subList(2, row.codes().size()))
                            && !other.codes().equals(row.codes());
                    boolean open = line && other.count() == CountTable.WITHHELD;
                    broken.add(
                            open
                                    ? new CountTable.Row(
                                            other.codes(),
                                            Objects.requireNonNull(truth.get(other.codes())),
                                            other.line())
                                    : other);
                }
                return broken;
            }
        }
        return List.of();
    }
}
