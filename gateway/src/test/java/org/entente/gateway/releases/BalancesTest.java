package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.testing.ProtectedStock;
import org.entente.gateway.testing.TestNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What stocks and flows give away together where their office says that they balance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BalancesTest {
    private static final List<String> AGES = List.of("Y_LT15", "Y15T24", "Y25T64");

    private final TestNode node = TestNode.plan("ITA").startWithoutListeners();
    private StaffUser statistician;
    private StaffUser approver;

    @BeforeAll
    void staff() {
        statistician = user("anna", "statistician@ISTAT");
        approver = user("bruno", "approver@ISTAT");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private StaffUser user(String name, String grant) {
        Users users = node.bean(Users.class);
        users.add(name, "Dr " + name, Set.of(Grant.parse(grant)), "a long enough password", null);
        return users.staff(users.get(name));
    }

    private void declare(String... ids) {
        for (String id : ids) {
            node.bean(Datasets.class)
                    .declare(
                            new DatasetDeclaration(
                                    id,
                                    "ENTENTE:DF_DIASPORA(1.0.0)",
                                    "ISTAT",
                                    "By age",
                                    DeclarationsTest.coverage(),
                                    "ZERO",
                                    List.of(new SumRule("AGE", "_T", null, SumRule.Additivity.EXACT, null))),
                            statistician);
        }
    }

    private static BalanceDeclaration.Term term(
            String dataset, String indicator, @Nullable Integer years, @Nullable Boolean minus) {
        return new BalanceDeclaration.Term(dataset, Map.of("INDICATOR", indicator), years, minus);
    }

    /** The stock of a year is that of the year before, and who came, less who left. */
    private static BalanceDeclaration population(String id, String suffix, String additivity, @Nullable Long within) {
        return new BalanceDeclaration(
                id,
                "Population balance",
                additivity,
                within,
                term("STOCK" + suffix, "STOCK_IN", null, null),
                List.of(
                        term("STOCK" + suffix, "STOCK_IN", -1, null),
                        term("IN" + suffix, "INFLOW", null, null),
                        term("OUT" + suffix, "OUTFLOW", 0, true)));
    }

    private Balances balances() {
        return node.bean(Balances.class);
    }

    private ReleaseDesk desk() {
        return node.bean(ReleaseDesk.class);
    }

    private static String table(String indicator, String year, long... counts) {
        StringBuilder table = new StringBuilder(ProtectedStock.TOP);
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            table.append(row(AGES.get(i), indicator, year, counts[i]));
            total += counts[i];
        }
        return table + row("_T", indicator, year, total);
    }

    private static String row(String age, String indicator, String year, long count) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CB,_T," + age + ",_T,_T,_T,_T,_T," + indicator
                + ",PS," + year + "," + count + ",0,A,,\n";
    }

    private Release imported(String dataset, String table) {
        return desk().importUnprotected(
                        dataset,
                        new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)),
                        null,
                        "suppression threshold=5",
                        Ledger.Revision.FREE,
                        ReleaseStatus.FINAL,
                        null,
                        statistician)
                .release();
    }

    private Release published(Release release) {
        desk().approve(release.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        return desk().publish(release.id(), approver);
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refused = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refused.code(), refused.detail());
        return refused;
    }

    private String journaled(String subject) {
        List<JournalEntry> entries = node.bean(Journal.class).bySubject(subject);
        return new String(Objects.requireNonNull(entries.getFirst().opening()).record(), StandardCharsets.UTF_8);
    }

    /** 100 at the start, 3 came, 20 left: 83 at the end. The 3 are withheld, and with them the 30 who came at another age. */
    private void outButForTheEnd(String suffix) {
        published(imported("STOCK" + suffix, table("STOCK_IN", "2020", 100, 200, 300)));
        Release came = published(imported("IN" + suffix, table("INFLOW", "2021", 3, 30, 60)));
        assertEquals(2, ((Protection.ByGateway) came.protection()).withheld());
        published(imported("OUT" + suffix, table("OUTFLOW", "2021", 20, 30, 40)));
    }

    @Test
    void aStockThatWithTwoFlowsGivesAwayAWithheldCellIsBlockedWithTheCheapestRepair() {
        declare("STOCK", "IN", "OUT");
        balances().declare(population("POPULATION", "", "EXACT", null), statistician);
        outButForTheEnd("");
        EntenteException unsafe =
                refused(ErrorCode.EDITION_UNSAFE, () -> imported("STOCK", table("STOCK_IN", "2021", 83, 200, 320)));
        assertTrue(unsafe.detail().contains("balances"), unsafe.detail());
        assertTrue(unsafe.detail().contains("INFLOW PS 2021"), unsafe.detail());
        assertEquals(true, unsafe.members().get("repairable"), unsafe.detail());
        List<?> repair = (List<?>) Objects.requireNonNull(unsafe.members().get("repair"));
        assertFalse(repair.isEmpty());
        assertTrue(
                repair.stream()
                        .allMatch(cell -> cell.toString().contains("STOCK_IN")
                                && cell.toString().contains("2021")),
                repair.toString());
        // What the office has protected itself is held against the same balance, and goes out with the repair.
        String office = table("STOCK_IN", "2021", 83, 200, 320);
        refused(ErrorCode.EDITION_UNSAFE, () -> byOffice("STOCK", office));
        String repaired = office;
        for (Object cell : repair) {
            String age =
                    AGES.stream().filter(cell.toString()::contains).findFirst().orElse("_T");
            repaired = repaired.replaceFirst("(,_T," + age + ",_T.*,2021,)[0-9]+,0,A,,", "$1NaN,0,Q,C,");
        }
        byOffice("STOCK", repaired);
        // Fewer who stay at another age: the figures do not balance, so that they tell nothing.
        Release other = imported("STOCK", table("STOCK_IN", "2021", 90, 207, 320));
        assertTrue(journaled(other.id().toString()).contains("\"balances\":[\"POPULATION\"]"));
    }

    private Release byOffice(String dataset, String csv) {
        return desk().importFigures(
                        dataset,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(ReleaseStatus.FINAL, new Protection.ByOffice("by hand", "Head of unit"), null),
                        statistician)
                .release();
    }

    @Test
    void whatTheBalanceDoesNotGiveAwayGoesOut() {
        declare("STOCK-L", "IN-L", "OUT-L");
        balances().declare(population("LOOSE", "-L", "TOLERANCE", 40L), statistician);
        outButForTheEnd("-L");
        published(imported("STOCK-L", table("STOCK_IN", "2021", 83, 200, 320)));

        declare("STOCK-N", "IN-N", "OUT-N");
        balances().declare(population("NONE", "-N", "NOT_ADDITIVE", null), statistician);
        outButForTheEnd("-N");
        published(imported("STOCK-N", table("STOCK_IN", "2021", 83, 200, 320)));
    }

    @Test
    void aReleaseThatWasHarmlessWhenItWasImportedIsHeldAgainstWhatCameOutSince() {
        declare("STOCK-S", "IN-S", "OUT-S");
        published(imported("STOCK-S", table("STOCK_IN", "2020", 100, 200, 300)));
        published(imported("IN-S", table("INFLOW", "2021", 3, 30, 60)));
        Release end = imported("STOCK-S", table("STOCK_IN", "2021", 83, 200, 320));
        Release left = imported("OUT-S", table("OUTFLOW", "2021", 20, 30, 40));
        ReleaseApproval none = ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE);
        desk().approve(left.id(), none, approver);
        published(end);
        // Declared after all of them were imported, and before the last is out.
        balances().declare(population("LATE", "-S", "EXACT", null), statistician);
        refused(ErrorCode.EDITION_UNSAFE, () -> desk().publish(left.id(), approver));
        assertEquals(ReleaseState.APPROVED, desk().get(left.id()).state());
        // What follows from what is out is no reason to hold back what adds nothing to it.
        published(imported("IN-S", table("INFLOW", "2022", 50, 60, 70)));
    }

    @Test
    void aBalanceSaysOfEachTermWhatIsCountedAndIsNeverChanged() {
        declare("STOCK-D", "IN-D", "OUT-D");
        BalanceDeclaration whole = population("DECLARED", "-D", "EXACT", null);
        Balance balance = balances().declare(whole, statistician);
        assertTrue(balances().all().contains(balance));
        assertTrue(journaled("DECLARED").contains("balance-declared"));
        refused(ErrorCode.BALANCE_EXISTS, () -> balances().declare(whole, statistician));
        refused(ErrorCode.FORBIDDEN, () -> balances().declare(population("X", "-D", "EXACT", null), approver));
        EntenteException invalid = refused(
                ErrorCode.BALANCE_INVALID,
                () -> balances()
                        .declare(
                                new BalanceDeclaration(
                                        "Y",
                                        "Wrong",
                                        "TOLERANCE",
                                        null,
                                        term("STOCK-D", "STOCK_IN", null, null),
                                        List.of(
                                                new BalanceDeclaration.Term("NOWHERE", null, null, null),
                                                new BalanceDeclaration.Term(
                                                        "IN-D", Map.of("TIME_PERIOD", "2021"), null, null),
                                                term("IN-D", "NONSENSE", null, null))),
                                statistician));
        for (String fault : List.of("tolerance", "NOWHERE", "TIME_PERIOD", "INDICATOR of IN-D", "NONSENSE")) {
            assertTrue(invalid.detail().contains(fault), () -> fault + " is missing in " + invalid.detail());
        }
    }
}
