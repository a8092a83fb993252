package org.entente.gateway.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tables of different columns and sums, tied by a balance. */
class LinkedTablesTest {
    private static final Dimension REGION =
            Dimension.of("region", List.of(new Dimension.Sum("T", List.of("a", "b", "c"), Additivity.EXACT)));

    private static Specification spec(Rules rules, Specification.Absent absent, Dimension... dimensions) {
        return Specification.of(List.of(dimensions), "n", rules).with(absent);
    }

    private static CountTable table(List<String> columns, Map<List<String>, Long> counts) {
        List<CountTable.Row> rows = new ArrayList<>();
        counts.forEach((codes, count) -> rows.add(new CountTable.Row(codes, count, rows.size() + 2)));
        return new CountTable(columns, rows);
    }

    /** Stocks by region and year, and who came by region, sex and year: the flow's sexes do not add up in its own table. */
    private static LinkedTables tables(Rules.Zeros zeros) {
        Rules rules = Rules.strict(5, zeros);
        return new LinkedTables(new TreeMap<>(Map.of(
                "came",
                spec(
                        rules,
                        Specification.Absent.ZERO,
                        REGION,
                        Dimension.of("sex", List.of(new Dimension.Sum("T", List.of("F", "M"), Additivity.NONE))),
                        Dimension.untied("year")),
                "stock",
                spec(rules, Specification.Absent.UNKNOWN, REGION, Dimension.untied("year")))));
    }

    private static Identity balance(LinkedTables tables) {
        return new Identity(
                List.of(new Identity.Term(tables.term("stock", Map.of()), 0)),
                List.of(
                        new Identity.Term(tables.term("stock", Map.of()), -1),
                        new Identity.Term(tables.term("came", Map.of("sex", "T")), 0)),
                "year",
                0);
    }

    private static Ledger.Release stock(LinkedTables tables, String year, long a, long b, long c) {
        return tables.release(
                "stock",
                new Ledger.Release(
                        year,
                        year,
                        table(
                                List.of("region", "year"),
                                Map.of(
                                        List.of("a", year), a,
                                        List.of("b", year), b,
                                        List.of("c", year), c,
                                        List.of("T", year), a + b + c)),
                        Set.of()));
    }

    private static Ledger.Release came(LinkedTables tables, Map<String, Long> byRegion, Set<String> withheld) {
        Map<List<String>, Long> counts = new TreeMap<>((x, y) -> x.toString().compareTo(y.toString()));
        byRegion.forEach((region, count) -> counts.put(List.of(region, "T", "2021"), count));
        counts.put(List.of("b", "F", "2021"), 7L);
        counts.put(List.of("T", "F", "2021"), 7L);
        return tables.release(
                "came",
                new Ledger.Release(
                        "came",
                        "came",
                        table(List.of("region", "sex", "year"), counts),
                        Set.copyOf(withheld.stream()
                                .map(region -> List.of(region, "T", "2021"))
                                .toList())));
    }

    @Test
    void aColumnThatATableLacksIsEmptyAndSumsHoldInTheirOwnTable() {
        LinkedTables tables = tables(Rules.Zeros.SHOWN);
        assertEquals(
                List.of(LinkedTables.TABLE, "region", "sex", "year"),
                tables.specification().columns());
        assertEquals(List.of("stock", "a", "", "2021"), tables.codes("stock", List.of("a", "2021")));
        Ledger.Release came = came(tables, Map.of("a", 3L, "b", 30L, "c", 60L, "T", 93L), Set.of("a", "b"));
        Ledger.Release end = stock(tables, "2021", 103, 230, 360);
        Ledger ledger = Ledger.of(tables.specification(), List.of(stock(tables, "2020", 100, 200, 300), came));
        assertTrue(ledger.judge(end, Ledger.Revision.FREE).safe());
        Ledger.Verdict verdict = ledger.linked(List.of(balance(tables)), tables).judge(end, Ledger.Revision.FREE);
        assertFalse(verdict.safe());
        assertTrue(verdict.exposed().contains(List.of("came", "a", "T", "2021")), () -> verdict.toString());
        assertTrue(
                verdict.repair().stream().allMatch(cell -> cell.getFirst().equals("stock")),
                () -> verdict.repair().toString());
    }

    @Test
    void whereAbsentMeansNobodyThatNobodyCameIsATermLikeAnyOther() {
        for (Rules.Zeros zeros : Rules.Zeros.values()) {
            LinkedTables tables = tables(zeros);
            // Nobody came to c: the table has no such cell.
            Ledger.Release came = came(tables, Map.of("a", 3L, "b", 30L, "T", 33L), Set.of("a", "b"));
            Ledger ledger = Ledger.of(tables.specification(), List.of(stock(tables, "2020", 100, 200, 300), came))
                    .linked(List.of(balance(tables)), tables);
            Ledger.Verdict verdict = ledger.judge(stock(tables, "2021", 103, 230, 300), Ledger.Revision.FREE);
            assertTrue(verdict.explanation().toString().contains("4 balances"), () -> verdict.toString());
            assertFalse(verdict.safe());
        }
    }

    @Test
    void whatAnOfficeWithholdsIsNotJudged() {
        LinkedTables tables = tables(Rules.Zeros.SHOWN);
        Ledger.Release came = came(tables, Map.of("a", 3L, "b", 30L, "c", 60L, "T", 93L), Set.of("a"));
        Ledger ledger = Ledger.of(tables.specification(), List.of());
        assertFalse(ledger.judge(came, Ledger.Revision.FREE).safe(), "the total gives it away");
        Ledger.Release office =
                new Ledger.Release(came.name(), came.edition(), came.figures(), came.withheld(), came.outside(), false);
        assertTrue(ledger.judge(office, Ledger.Revision.FREE).safe());
    }
}
