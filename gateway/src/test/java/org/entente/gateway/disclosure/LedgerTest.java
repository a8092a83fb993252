package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What several releases of one source reveal together. */
class LedgerTest {
    private final DisclosureControl control = DisclosureControl.create();
    private final Specification spec = Specification.of(
            List.of(Dimension.flat("region", "T", Additivity.EXACT), Dimension.flat("sex", "T", Additivity.EXACT)),
            "n",
            Rules.strict(5, Rules.Zeros.SHOWN));

    private static CountTable table(long... inner) {
        List<CountTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < inner.length; i++) {
            rows.add(new CountTable.Row(List.of("r" + (i / 2), i % 2 == 0 ? "F" : "M"), inner[i], i + 2));
        }
        return BenchmarkTables.totalled(
                new CountTable(List.of("region", "sex"), rows),
                List.of(Dimension.flat("region", "T", Additivity.EXACT), Dimension.flat("sex", "T", Additivity.EXACT)));
    }

    private Ledger.Release release(String name, String edition, CountTable table, Set<List<String>> withheld) {
        return new Ledger.Release(name, edition, table, withheld);
    }

    private Ledger.Release protectedRelease(String name, String edition, CountTable table) {
        return Ledger.Release.of(name, edition, table, control.protect(table, spec, List.of()));
    }

    @Test
    void theSameFiguresUnderTheSamePatternAreSafe() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Ledger ledger = Ledger.of(spec, List.of(protectedRelease("first", "2024", table)));
        assertTrue(ledger.judge(protectedRelease("again", "2024", table), Ledger.Revision.FREE)
                .safe());
    }

    @Test
    void twoSafePatternsOfTheSameFiguresThatRevealACellTogetherAreBlockedWithARepair() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Set<List<String>> one = Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r1", "F"), List.of("r1", "M"));
        Set<List<String>> other =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r2", "F"), List.of("r2", "M"));
        Ledger ledger = Ledger.of(spec, List.of(release("first", "2024", table, one)));
        Ledger.Verdict verdict = ledger.judge(release("second", "2024", table, other), Ledger.Revision.FREE);
        assertFalse(verdict.safe());
        assertTrue(
                verdict.exposed().contains(List.of("r0", "F")),
                () -> verdict.exposed().toString());
        assertTrue(verdict.explanation().stream().anyMatch(s -> s.contains("could be inferred")));
    }

    @Test
    void aFigureThatDidNotChangeGivesAwayWhatItHidHoweverFreeTheRevision() {
        CountTable before = table(2, 40, 30, 50, 60, 70);
        CountTable after = table(3, 41, 30, 50, 60, 70);
        Set<List<String>> pattern =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r1", "F"), List.of("r1", "M"));
        Set<List<String>> moved =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r2", "F"), List.of("r2", "M"));
        Ledger ledger = Ledger.of(spec, List.of(release("first", "2024", before, pattern)));
        for (Ledger.Revision revision : List.of(Ledger.Revision.FREE, new Ledger.Revision(1))) {
            Ledger.Verdict verdict = ledger.judge(release("second", "2025", after, moved), revision);
            assertFalse(verdict.safe());
            assertTrue(
                    verdict.exposed().contains(List.of("r0", "F")),
                    () -> verdict.exposed().toString());
        }
    }

    @Test
    void aRevisionThatIsDeclaredSmallTiesTheEditionsAndAFreeOneDoesNot() {
        CountTable before = table(1, 40, 30, 50, 60, 70);
        CountTable after = table(0, 45, 36, 53, 60, 70);
        Set<List<String>> pattern =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r1", "F"), List.of("r1", "M"));
        Ledger ledger = Ledger.of(spec, List.of(release("first", "2024", before, pattern)));
        Ledger.Release next = release("second", "2025", after, Set.of());
        assertTrue(ledger.judge(next, Ledger.Revision.FREE).safe());
        // With 39 men at least there are two women at most, and the threshold is out of reach.
        Ledger.Verdict tied = ledger.judge(next, new Ledger.Revision(6));
        assertFalse(tied.safe());
        assertTrue(
                tied.exposed().contains(List.of("r0", "F")),
                () -> tied.exposed().toString());
    }

    @Test
    void twoEditionsOfUnDesaForItalyAreJudgedAndExplained() throws IOException {
        Map<String, Long> first = new TreeMap<>();
        for (Map<String, String> row : BenchmarkTables.rows("data/undesa_ims2019_od_both.csv")) {
            if (Objects.requireNonNull(row.get("destination")).equals("ITA")
                    && Objects.requireNonNull(row.get("year")).equals("2015")) {
                first.put(row.get("origin"), (long) Double.parseDouble(row.get("value")));
            }
        }
        Map<String, Long> second = new TreeMap<>();
        for (Map<String, String> row : BenchmarkTables.rows("data/undesa_ims2020_od_sex.csv")) {
            if (Objects.requireNonNull(row.get("destination")).equals("ITA")
                    && Objects.requireNonNull(row.get("year")).equals("2015")) {
                second.merge(row.get("origin"), (long) Double.parseDouble(row.get("value")), Long::sum);
            }
        }
        Set<String> both = new HashSet<>(first.keySet());
        both.retainAll(second.keySet());
        assertEquals(
                150,
                both.stream()
                        .filter(o -> !Objects.requireNonNull(first.get(o)).equals(second.get(o)))
                        .count());

        Specification world = Specification.of(
                List.of(Dimension.flat("origin", "WORLD", Additivity.EXACT)),
                "value",
                Rules.strict(5, Rules.Zeros.SHOWN));
        CountTable old = origins(first);
        CountTable renewed = origins(second);
        Ledger.Release out = Ledger.Release.of("2019", "2019", old, control.protect(old, world, List.of()));
        Ledger.Release next = Ledger.Release.of("2020", "2020", renewed, control.protect(renewed, world, List.of()));
        Ledger.Verdict verdict = Ledger.of(world, List.of(out)).judge(next, Ledger.Revision.FREE);
        assertTrue(
                verdict.explanation().getFirst().startsWith("151 figures differ"),
                () -> verdict.explanation().toString());
        assertTrue(
                verdict.safe() || verdict.repairable(),
                () -> verdict.explanation().toString());
        assertEquals(verdict.safe(), verdict.exposed().isEmpty());
    }

    private static CountTable origins(Map<String, Long> counts) {
        List<CountTable.Row> rows = new ArrayList<>();
        counts.forEach((origin, n) -> rows.add(new CountTable.Row(List.of(origin), n, rows.size() + 2)));
        rows.add(new CountTable.Row(
                List.of("WORLD"),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                rows.size() + 2));
        return new CountTable(List.of("origin"), rows);
    }
}
