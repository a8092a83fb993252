package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.junit.jupiter.api.Test;

/** Readers who have counts of their own: a consular register, and the registers of several members together. */
class HolderTest {
    private static final List<Dimension> REGION_AND_SEX =
            List.of(Dimension.flat("region", "T", Additivity.EXACT), Dimension.flat("sex", "T", Additivity.EXACT));
    private final DisclosureControl control = DisclosureControl.create();
    private final Specification plain = Specification.of(REGION_AND_SEX, "n", Rules.strict(5, Rules.Zeros.SHOWN));

    private static CountTable table(long... inner) {
        List<CountTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < inner.length; i++) {
            rows.add(new CountTable.Row(List.of("r" + (i / 2), i % 2 == 0 ? "F" : "M"), inner[i], i + 2));
        }
        return BenchmarkTables.totalled(new CountTable(List.of("region", "sex"), rows), REGION_AND_SEX);
    }

    /** Who has the counts of one region by sex. */
    private static Holder register(String region) {
        return new Holder(
                "the register of " + region, List.of(Holder.cells(Map.of("region", Set.of(region)), Set.of("sex"))));
    }

    private static CountTable hiding(CountTable table, Set<String> regions) {
        return new CountTable(
                table.columns(),
                table.rows().stream()
                        .map(row -> regions.contains(row.codes().getFirst())
                                        && !row.codes().getLast().equals("T")
                                ? new CountTable.Row(row.codes(), CountTable.WITHHELD, row.line())
                                : row)
                        .toList());
    }

    /** The published table as the holder reads it: with its own counts in. */
    private static Attacker reading(ProtectedTable result, CountTable truth, Specification spec, String... regions) {
        Map<List<String>, Long> counts = new HashMap<>();
        truth.rows().forEach(row -> counts.put(row.codes(), row.count()));
        return new Attacker(
                new CountTable(
                        truth.columns(),
                        result.asSeen().rows().stream()
                                .map(row ->
                                        List.of(regions).contains(row.codes().getFirst())
                                                ? new CountTable.Row(
                                                        row.codes(),
                                                        Objects.requireNonNull(counts.get(row.codes())),
                                                        row.line())
                                                : row)
                                .toList()),
                spec);
    }

    @Test
    void aPatternThatIsSafeFromReadersGivesTheSmallCellToWhoHoldsItsPartner() {
        CountTable truth = table(2, 40, 30, 50, 60, 70, 80, 90);
        CountTable shown = hiding(truth, Set.of("r0", "r1"));
        assertTrue(control.audit(shown, plain, List.of(), truth).safe());
        AuditReport report = control.audit(shown, plain.against(List.of(register("r1"))), List.of(), truth);
        assertFalse(report.safe());
        assertTrue(
                report.exposures().toString().contains("Who holds the register of r1 might infer it."),
                () -> report.exposures().toString());
    }

    @Test
    void protectionLeavesWhoHoldsCountsInDoubtAboutAllOthersAndSaysWhatThatCosts() {
        CountTable truth = table(2, 40, 30, 50, 60, 70, 80, 90);
        Specification spec = plain.against(List.of(register("r1")));
        ProtectedTable result = control.protect(truth, spec, List.of());
        assertTrue(result.report().safe());
        Attacker.Guess guess = reading(result, truth, spec, "r1").attack(List.of("r0", "F"), null, 0);
        assertTrue(guess.least() <= 2 && guess.greatest() >= 5, guess::toString);
        List<DisclosureControl.Cost> costs = control.explain(truth, spec, List.of());
        assertTrue(costs.stream().anyMatch(cost -> cost.without().equals("who holds the register of r1")));
        assertEquals(result, control.protect(truth, spec, List.of()), "the same input gives the same pattern");
    }

    @Test
    void membersWhoseRegistersAreHarmlessOneByOneRecoverACellTogetherAndTheRepairHidesIt() {
        CountTable truth = table(2, 40, 30, 50, 60, 70, 80, 90);
        CountTable shown = hiding(truth, Set.of("r0", "r1", "r2"));
        Holder one = register("r1");
        Holder other = register("r2");
        Holder together = new Holder(
                "both registers", List.of(one.cells().getFirst(), other.cells().getFirst()));
        assertTrue(control.audit(shown, plain.against(List.of(one, other)), List.of(), truth)
                .safe());
        AuditReport pooled = control.audit(shown, plain.against(List.of(one, other, together)), List.of(), truth);
        assertFalse(pooled.safe());
        assertTrue(pooled.exposures().toString().contains("Who holds both registers might infer it."));
        Specification spec = plain.against(List.of(one, other, together));
        ProtectedTable repaired = control.protect(truth, spec, List.of());
        assertTrue(repaired.report().safe());
        Attacker.Guess guess = reading(repaired, truth, spec, "r1", "r2").attack(List.of("r0", "F"), null, 0);
        assertTrue(guess.least() <= 2 && guess.greatest() >= 5, guess::toString);
    }

    @Test
    void whatFollowsFromTheRegisterAloneIsNoLeak() {
        CountTable truth = table(2, 40, 30, 50, 60, 70, 80, 90);
        // Who has a region's women and its total has its men, whatever is published.
        Holder holder = new Holder(
                "women", List.of(Holder.cells(Map.of("region", Set.of("r0"), "sex", Set.of("F", "T")), Set.of())));
        assertTrue(control.protect(truth, plain.against(List.of(holder)), List.of())
                .report()
                .safe());
    }

    @Test
    void generatedTablesKeepTheirSecretsFromWhoHoldsOneCode() {
        int protectedTables = 0;
        for (long seed = 1; seed <= 120; seed++) {
            BenchmarkTables.Given given = RandomTables.of(seed);
            Dimension first = given.spec().dimensions().getFirst();
            String code = given.table().rows().getFirst().codes().getFirst();
            Set<String> by = new java.util.TreeSet<>();
            given.spec().dimensions().stream().skip(1).limit(1).forEach(d -> by.add(d.column()));
            Holder holder = new Holder("one code", List.of(Holder.cells(Map.of(first.column(), Set.of(code)), by)));
            Specification spec = given.spec().against(List.of(holder));
            ProtectedTable result = control.protect(given.table(), spec, List.of());
            if (!result.report().safe()) {
                continue;
            }
            protectedTables++;
            Grid grid = Grid.of(given.table(), spec);
            Set<List<String>> own = new java.util.HashSet<>();
            for (int cell : holder.cellsOf(grid, spec.dimensions())) {
                own.add(grid.codesOf(cell));
            }
            attack(given, spec, result, own, seed);
        }
        int done = protectedTables;
        assertTrue(done > 100, () -> done + " tables could be protected");
    }

    private static void attack(
            BenchmarkTables.Given given, Specification spec, ProtectedTable result, Set<List<String>> own, long seed) {
        Map<List<String>, Long> truth = new HashMap<>();
        given.table().rows().forEach(row -> truth.put(row.codes(), row.count()));
        Universe universe = Universe.of(Grid.of(given.table(), spec), spec.rules(), new java.util.BitSet());
        Set<List<String>> deduced = new java.util.HashSet<>();
        Grid grid = universe.grid();
        java.util.BitSet closed = new java.util.BitSet();
        for (int cell : universe.closed(spec.holders().getFirst().cellsOf(grid, spec.dimensions()))) {
            closed.set(cell);
        }
        for (int i = 0; i < grid.shown(); i++) {
            if (universe.merged(i) >= 0 && closed.get(universe.merged(i))) {
                deduced.add(grid.codesOf(i));
            }
        }
        List<CountTable.Row> seen = result.asSeen().rows().stream()
                .map(row -> own.contains(row.codes()) && truth.containsKey(row.codes())
                        ? new CountTable.Row(row.codes(), Objects.requireNonNull(truth.get(row.codes())), row.line())
                        : row)
                .toList();
        Attacker attacker = new Attacker(new CountTable(given.columns(), seen), spec);
        for (CountTable.Row row : seen) {
            long count = truth.getOrDefault(row.codes(), 0L);
            if (row.count() == CountTable.WITHHELD && spec.rules().primary(count) && !deduced.contains(row.codes())) {
                Attacker.Guess guess = attacker.attack(row.codes(), null, 0);
                assertTrue(
                        !guess.exact() && guess.greatest() >= spec.rules().threshold(),
                        () -> "table " + seed + ": " + row.codes() + " is " + guess);
            }
        }
    }

    @Test
    void theSpecificationSaysWhoHoldsWhatAndRefusesColumnsThatAreNone() {
        String text = """
                format: entente-disclosure/1
                dimensions: {region: {total: T}, sex: {total: T}}
                count: n
                absent: zero
                rules: {threshold: 5, zeros: shown}
                method: {kind: suppress}
                approver: Head
                consumerKnows:
                  - source: Consular register
                    cells: [{codes: {COLUMN: [r1]}, by: [sex]}]
                """;
        Specification read = SpecificationFile.read(
                text.replace("COLUMN", "region").getBytes(StandardCharsets.UTF_8), name -> new byte[0]);
        assertEquals(
                List.of(new Holder(
                        "Consular register", List.of(Holder.cells(Map.of("region", Set.of("r1")), Set.of("sex"))))),
                read.holders());
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> SpecificationFile.read(
                        text.replace("COLUMN", "passport").getBytes(StandardCharsets.UTF_8), name -> new byte[0]));
        assertEquals(ErrorCode.SPECIFICATION_INVALID, refused.code());
        assertTrue(refused.detail().contains("passport"));
    }
}
