package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.entente.gateway.statistics.CubeException;
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

    private static CountTable asSeen(CountTable table, Set<List<String>> withheld) {
        return new CountTable(
                table.columns(),
                table.rows().stream()
                        .map(row -> withheld.contains(row.codes())
                                ? new CountTable.Row(row.codes(), CountTable.WITHHELD, row.line())
                                : row)
                        .toList());
    }

    @Test
    void whatAnOfficeHasProtectedIsOutAndItsWithheldCellsAreTakenForUnchangedWhereSumsAllowIt() {
        CountTable before = table(2, 40, 30, 50, 60, 70);
        Set<List<String>> hidden =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r1", "F"), List.of("r1", "M"));
        Set<List<String>> moved =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r2", "F"), List.of("r2", "M"));
        for (CountTable after : List.of(before, table(2, 40, 30, 50, 61, 70))) {
            Ledger.Release next = release("ours", "2025", after, moved);
            Ledger.Release office = Ledger.Release.ofOffice("the office's", asSeen(before, hidden), next, spec);
            Ledger.Verdict verdict = Ledger.of(spec, List.of(office)).judge(next, Ledger.Revision.FREE);
            assertFalse(verdict.safe());
            assertTrue(verdict.exposed().contains(List.of("r0", "F")));
            assertTrue(Ledger.of(
                            spec,
                            List.of(Ledger.Release.ofOffice(
                                    "the office's",
                                    asSeen(before, hidden),
                                    release("ours", "2025", after, hidden),
                                    spec)))
                    .judge(release("ours", "2025", after, hidden), Ledger.Revision.FREE)
                    .safe());
        }
        // The sums of r0 and r1 say that what is withheld there has changed: those are other unknowns, and so is all
        // else.
        CountTable other = table(3, 42, 33, 55, 61, 72);
        Ledger.Release next = release("ours", "2025", other, moved);
        Ledger.Release office = Ledger.Release.ofOffice("the office's", asSeen(before, hidden), next, spec);
        Ledger.Verdict verdict = Ledger.of(spec, List.of(office)).judge(next, Ledger.Revision.FREE);
        assertTrue(verdict.safe(), () -> verdict + " with " + office);
    }

    /** Stocks and flows of two regions in two years: what is counted, the region and the year. */
    private static CountTable balances(String what, String year, long... counts) {
        List<CountTable.Row> rows = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            rows.add(new CountTable.Row(List.of(what, "r" + i, year), counts[i], i + 2));
            total += counts[i];
        }
        rows.add(new CountTable.Row(List.of(what, "T", year), total, counts.length + 2));
        return new CountTable(List.of("what", "region", "year"), rows);
    }

    private static Identity.Term term(String what, int years) {
        return new Identity.Term(new TreeMap<>(Map.of("what", what)), years);
    }

    @Test
    void stocksAndFlowsThatAreSafeOneByOneGiveAwayACellByTheirBalanceAndTheLastIsBlockedWithARepair() {
        Specification by = Specification.of(
                List.of(
                        Dimension.untied("what"),
                        Dimension.flat("region", "T", Additivity.EXACT),
                        Dimension.untied("year")),
                "n",
                Rules.strict(5, Rules.Zeros.SHOWN));
        Identity balance = new Identity(
                List.of(term("stock", 0), term("out", 0)), List.of(term("stock", -1), term("in", 0)), "year", 0);
        // Region 0: 100 at the start, 3 came, 20 left, 83 at the end.
        List<Ledger.Release> out = List.of(
                release("start", "a", balances("stock", "2023", 100, 200, 300), Set.of()),
                release("left", "b", balances("out", "2024", 20, 30, 40), Set.of()),
                release(
                        "came",
                        "c",
                        balances("in", "2024", 3, 30, 60),
                        Set.of(List.of("in", "r0", "2024"), List.of("in", "r1", "2024"))));
        Ledger.Release end = release("end", "d", balances("stock", "2024", 83, 200, 320), Set.of());
        assertTrue(Ledger.of(by, out).judge(end, Ledger.Revision.FREE).safe(), "nobody says that they balance");
        Ledger linked = Ledger.of(by, out).linked(List.of(balance));
        Ledger.Verdict verdict = linked.judge(end, Ledger.Revision.FREE);
        assertFalse(verdict.safe());
        assertTrue(verdict.exposed().contains(List.of("in", "r0", "2024")), () -> verdict.toString());
        assertTrue(verdict.explanation().toString().contains("balances"), () -> verdict.toString());
        assertTrue(verdict.repairable(), () -> verdict.toString());
        Set<List<String>> repair = new HashSet<>(verdict.repair());
        assertTrue(
                repair.stream()
                        .allMatch(cell -> cell.getFirst().equals("stock")
                                && cell.getLast().equals("2024")),
                () -> "what is out stays out: " + verdict);
        assertTrue(linked.judge(release("end", "d", end.figures(), repair), Ledger.Revision.FREE)
                .safe());
        // The balance ends where a term is not out, and where the true figures do not balance.
        assertTrue(Ledger.of(by, out.subList(1, 3))
                .linked(List.of(balance))
                .judge(end, Ledger.Revision.FREE)
                .safe());
        CountTable off = balances("stock", "2024", 90, 207, 320);
        assertTrue(linked.judge(release("end", "d", off, Set.of()), Ledger.Revision.FREE)
                .safe());
        // Off by 7 in both regions, as everybody knows to within 8: from 2 to 4 came to region 0. To within 20 nobody
        // can tell.
        for (long within : new long[] {8, 20}) {
            assertEquals(
                    within == 20,
                    Ledger.of(by, out)
                            .linked(List.of(new Identity(balance.left(), balance.right(), "year", within)))
                            .judge(release("end", "d", off, Set.of()), Ledger.Revision.FREE)
                            .safe());
        }
    }

    @Test
    void aTableThatAnOfficeHasRoundedGivesAwayTheFiguresThatAreStillTrueAndNoMore() {
        CountTable now = table(2, 41, 30, 50, 60, 70);
        // Rounded to 5: some figures are as they were, and the table does not add up.
        CountTable rounded = new CountTable(
                now.columns(),
                now.rows().stream()
                        .map(row -> new CountTable.Row(row.codes(), Math.round(row.count() / 5.0) * 5, row.line()))
                        .toList());
        Set<List<String>> pattern =
                Set.of(List.of("r0", "F"), List.of("r0", "M"), List.of("r1", "F"), List.of("r1", "M"));
        Ledger.Release next = release("ours", "2025", now, pattern);
        Ledger.Release office = Ledger.Release.ofOffice("rounded", rounded, next, spec);
        assertEquals(
                now.rows().size()
                        - rounded.rows().stream()
                                .filter(row -> !now.rows().contains(row))
                                .count(),
                office.figures().rows().size());
        assertFalse(Ledger.of(spec, List.of(office))
                .judge(next, Ledger.Revision.FREE)
                .safe());
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
        for (Ledger.Revision revision : List.of(Ledger.Revision.FREE, new Ledger.Revision(2))) {
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
        CountTable after = table(0, 45, 31, 45, 60, 70);
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

    /** Unsafe with this cell, told why; safe with the repair, and with no less than the repair. */
    private void blockedUntilRepaired(
            Ledger ledger, Ledger.Release next, Ledger.Revision revision, List<String> exposed) {
        Ledger.Verdict verdict = ledger.judge(next, revision);
        assertFalse(verdict.safe());
        assertTrue(verdict.exposed().contains(exposed), () -> verdict.exposed().toString());
        assertTrue(
                verdict.explanation().stream().anyMatch(s -> s.contains("could be inferred")),
                () -> verdict.explanation().toString());
        assertTrue(verdict.repairable(), () -> verdict.explanation().toString());
        assertFalse(verdict.repair().isEmpty());
        assertTrue(ledger.judge(withholding(next, verdict.repair()), revision).safe());
        for (List<String> one : verdict.repair()) {
            List<List<String>> less = new ArrayList<>(verdict.repair());
            less.remove(one);
            assertFalse(
                    ledger.judge(withholding(next, less), revision).safe(),
                    () -> one + " need not be withheld: " + verdict.repair());
        }
    }

    private static Ledger.Release withholding(Ledger.Release release, List<List<String>> more) {
        Set<List<String>> withheld = new HashSet<>(release.withheld());
        withheld.addAll(more);
        return new Ledger.Release(release.name(), release.edition(), release.figures(), withheld, release.outside());
    }

    /** A member's share: of a pattern only the cells that its leg lets out. */
    private static Ledger.Release share(String name, CountTable table, Set<List<String>> pattern, Set<String> sexes) {
        Set<List<String>> outside = new HashSet<>();
        table.rows().stream()
                .map(CountTable.Row::codes)
                .filter(codes -> !sexes.contains(codes.get(1)))
                .forEach(outside::add);
        return new Ledger.Release(name, "2024", table, pattern, outside);
    }

    @Test
    void membersOfAFrameworkWhoPoolTheirSharesAreOneAttacker() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        // Either share is safe: the women are missing in the one, the totals in the other.
        Ledger.Release totals = share("member A", table, Set.of(List.of("r0", "F")), Set.of("T"));
        Ledger.Release men = share("member B", table, Set.of(List.of("r0", "F")), Set.of("M"));
        assertTrue(
                Ledger.of(spec, List.of()).judge(totals, Ledger.Revision.FREE).safe());
        assertTrue(Ledger.of(spec, List.of()).judge(men, Ledger.Revision.FREE).safe());
        blockedUntilRepaired(Ledger.of(spec, List.of(totals)), men, Ledger.Revision.FREE, List.of("r0", "F"));
    }

    @Test
    void sharesOfOneFrozenPatternAreSafeWhoeverPoolsThem() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Set<List<String>> pattern = protectedRelease("whole", "2024", table).withheld();
        List<Ledger.Release> shares = List.of(
                share("A", table, pattern, Set.of("T")),
                share("B", table, pattern, Set.of("M")),
                share("C", table, pattern, Set.of("F")));
        assertTrue(Ledger.of(spec, shares.subList(0, 2))
                .judge(shares.get(2), Ledger.Revision.FREE)
                .safe());
    }

    @Test
    void aSecondAgreementThatAsksForMoreThanTheFirstIsJudgedTogetherWithIt() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Ledger.Release first = protectedRelease("first agreement", "2024", table);
        // The second agreement hides the small cell alone and is fed from a table without totals of regions.
        Ledger.Release second =
                share("second agreement", table, Set.of(List.of("r0", "F"), List.of("T", "F")), Set.of("F", "M"));
        blockedUntilRepaired(Ledger.of(spec, List.of(first)), second, Ledger.Revision.FREE, List.of("r0", "F"));
    }

    @Test
    void aPublicProfileIsOneMorePublicationOfTheSameUniverse() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Ledger.Release partners =
                share("for partners", table, Set.of(List.of("r0", "F"), List.of("T", "F")), Set.of("F", "M"));
        Ledger.Release profile = share("profile", table, Set.of(), Set.of("T"));
        assertTrue(
                Ledger.of(spec, List.of()).judge(partners, Ledger.Revision.FREE).safe());
        blockedUntilRepaired(Ledger.of(spec, List.of(partners)), profile, Ledger.Revision.FREE, List.of("r0", "F"));
    }

    @Test
    void crisisDetailIsJudgedTogetherWithTheTotalsThatAreOut() {
        CountTable table = table(2, 40, 30, 50, 60, 70);
        Ledger.Release usual = share("usual", table, Set.of(), Set.of("T"));
        Ledger.Release crisis = share("crisis", table, Set.of(List.of("r0", "F")), Set.of("T", "F", "M"));
        blockedUntilRepaired(Ledger.of(spec, List.of(usual)), crisis, Ledger.Revision.FREE, List.of("r0", "F"));
    }

    @Test
    void aFinalEditionGivesAwayWhatTheProvisionalOneHidUnlessItHidesTheSame() {
        CountTable provisional = table(2, 40, 30, 50, 60, 70);
        CountTable last = table(2, 40, 30, 50, 61, 70);
        Ledger.Release first = protectedRelease("provisional", "p", provisional);
        Ledger ledger = Ledger.of(spec, List.of(first));
        // One man less in r2 is no reason to show what did not change.
        Set<List<String>> less = new HashSet<>(first.withheld());
        less.remove(List.of("r0", "M"));
        blockedUntilRepaired(ledger, release("final", "f", last, less), Ledger.Revision.FREE, List.of("r0", "F"));
        assertTrue(ledger.judge(release("final", "f", last, first.withheld()), Ledger.Revision.FREE)
                .safe());
    }

    @Test
    void aChangeThatIsLargerThanDeclaredIsRefused() {
        Ledger ledger = Ledger.of(spec, List.of(protectedRelease("first", "2024", table(2, 40, 30, 50, 60, 70))));
        Ledger.Release next = protectedRelease("second", "2025", table(2, 40, 30, 50, 60, 90));
        CubeException refusal =
                assertThrows(CubeException.class, () -> ledger.judge(next, Ledger.Revision.parse("small:19")));
        assertTrue(refusal.problems().getFirst().toString().contains("more than 19"), refusal::getMessage);
        assertEquals("small:20", Ledger.Revision.parse("small:20").toString());
        assertEquals(Ledger.Revision.FREE, Ledger.Revision.parse("free"));
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
        assertFalse(verdict.safe());
        assertEquals(List.of(List.of("MHL")), verdict.exposed());
        assertTrue(verdict.repairable());
        assertEquals(List.of(List.of("AFG"), List.of("ESP"), List.of("EST"), List.of("IRQ")), verdict.repair());
        assertTrue(Ledger.of(world, List.of(out))
                .judge(withholding(next, verdict.repair()), Ledger.Revision.FREE)
                .safe());
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
