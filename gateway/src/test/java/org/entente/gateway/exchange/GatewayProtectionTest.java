package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.KnownTable;
import org.entente.gateway.releases.KnownTables;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ProtectionLoss;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseLosses;
import org.entente.gateway.releases.ReleaseState;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.releases.SumRule;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.ProtectedStock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Figures that the node protects itself: one pattern for everybody, by the strictest rule, against readers of what is public. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayProtectionTest {
    private Corridor corridor;
    private StaffUser statistician;
    private StaffUser approver;
    private int datasets;

    @BeforeAll
    void open() {
        // The leg of the Philippines may ask for these datasets and for no others.
        corridor = Corridor.open(plan -> plan, Map.of(), document -> {
            for (JsonNode leg : document.withArray("legs")) {
                if (leg.path("provider").asText().equals("ITA")) {
                    ArrayNode asked = ((ObjectNode) leg).putArray("datasets");
                    List.of(
                                    "PROTECTED-1",
                                    "PROTECTED-2",
                                    "PROTECTED-3",
                                    "PROTECTED-4",
                                    "PROTECTED-5",
                                    "PROTECTED-6",
                                    "PROTECTED-7")
                            .forEach(asked::add);
                }
            }
        });
        statistician = Corridor.addStaff(corridor.ita(), "stat", Roles.STATISTICIAN);
        approver = Corridor.addStaff(corridor.ita(), "second", Roles.APPROVER);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private ReleaseDesk desk() {
        return corridor.ita().bean(ReleaseDesk.class);
    }

    private KnownTables known() {
        return corridor.ita().bean(KnownTables.class);
    }

    private String dataset() {
        return dataset("PROTECTED-" + ++datasets);
    }

    private String dataset(String id) {
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        corridor.ita()
                .bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                id,
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Stock by age and sex",
                                coverage,
                                "ZERO",
                                List.of(
                                        new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null),
                                        new SumRule("AGE", "_T", null, SumRule.Additivity.EXACT, null))),
                        statistician);
        return id;
    }

    private Release imported(String dataset, String csv, @Nullable String rule) {
        return imported(dataset, csv, rule, Ledger.Revision.FREE);
    }

    private Release imported(String dataset, String csv, @Nullable String rule, Ledger.Revision revision) {
        return desk().importUnprotected(
                        dataset,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        null,
                        rule,
                        revision,
                        ReleaseStatus.FINAL,
                        null,
                        statistician)
                .release();
    }

    private static String truth() {
        return new String(ProtectedStock.table(), StandardCharsets.UTF_8);
    }

    /** The rows of the table with these codes of sex and age, with another count each. */
    private static String excerpt(Map<String, Integer> counts) {
        return ProtectedStock.TOP
                + truth().lines()
                        .skip(1)
                        .flatMap(row -> counts.entrySet().stream()
                                .filter(one -> row.contains(",CB," + one.getKey() + ","))
                                .map(one -> row.replaceFirst(",2021,[0-9]+,", ",2021," + one.getValue() + ",")))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private String answer() {
        return new String(
                corridor.phl()
                        .bean(Asking.class)
                        .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refused = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refused.code(), refused.detail());
        return refused;
    }

    @Test
    void trueCountsAreProtectedByTheStrictestRuleAndThePartnerSeesOneFrozenPattern() {
        String dataset = dataset();
        Release release = imported(dataset, truth(), null);
        Protection.ByGateway protection = (Protection.ByGateway) release.protection();
        assertEquals(5, protection.rule().threshold());
        assertEquals(4, protection.withheld());
        assertEquals(15, protection.cells());
        desk().approve(release.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        desk().publish(release.id(), approver);

        String csv = answer();
        assertEquals(
                4,
                csv.lines()
                        .filter(row -> row.contains(",NaN,") && row.contains(",Q,C"))
                        .count(),
                csv);
        assertFalse(csv.lines().anyMatch(row -> row.contains("F,Y_GE65") && row.contains(",2021,4,")), csv);
        assertEquals(csv, answer());

        Release again = imported(dataset, shuffled(truth()), null);
        assertEquals(release.pattern(), again.pattern());
        assertEquals(release.digest(), again.digest());
        // The total of the oldest, 7, is out: no stricter pattern can take that back.
        EntenteException late =
                refused(ErrorCode.EDITION_UNSAFE, () -> imported(dataset, truth(), "suppression threshold=8"));
        assertEquals(false, late.members().get("repairable"));
        Protection stricter =
                imported(dataset(), truth(), "suppression threshold=8").protection();
        assertEquals(8, ((Protection.ByGateway) stricter).rule().threshold());
        assertTrue(((Protection.ByGateway) stricter).withheld() > 4);
    }

    @Test
    void whoApprovesSeesWhatIsLostAndNobodyElseDoes() {
        Release release = imported(dataset("LOOKED-AT"), truth(), "suppression threshold=5 secondary");
        ReleaseLosses losses = corridor.ita().bean(ReleaseLosses.class);
        ProtectionLoss loss = losses.of(release.id(), false, approver);
        assertEquals(15, loss.whole().cells());
        assertEquals(4, loss.whole().withheld());
        // Everybody once: ages by sex, without the totals.
        assertEquals(462.0, loss.whole().persons());
        double lost = Objects.requireNonNull(loss.whole().personsWithheld());
        assertEquals(
                lost,
                loss.different().stream()
                        .mapToDouble(cell -> Objects.requireNonNull(cell.before()))
                        .sum());
        assertEquals(
                List.of(3.0, 4.0),
                loss.different().stream()
                        .filter(cell -> cell.because().equals("SMALL"))
                        .map(ProtectionLoss.Cell::before)
                        .sorted()
                        .toList());
        assertEquals(
                2,
                loss.different().stream()
                        .filter(cell -> cell.because().equals("COMPLEMENT"))
                        .count());
        ProtectionLoss.Share oldest = Objects.requireNonNull(
                Objects.requireNonNull(loss.byDimension().get("AGE")).get("Y_GE65"));
        assertEquals(2, oldest.withheld());
        assertEquals(7.0, oldest.personsWithheld());
        StaffUser auditor = Corridor.addStaff(corridor.ita(), "looker", Roles.AUDITOR);
        refused(ErrorCode.FORBIDDEN, () -> losses.of(release.id(), false, auditor));
        refused(ErrorCode.RELEASE_UNKNOWN, () -> losses.of(new UUID(0, 1), false, approver));
    }

    @Test
    void whatALegCostsTheOthersIsSaidAndWhatTheOfficeAskedForIsNotBlamedOnIt() {
        ReleaseLosses losses = corridor.ita().bean(ReleaseLosses.class);
        String dataset = dataset();
        ProtectionLoss forLeg = losses.of(imported(dataset, truth(), null).id(), true, approver);
        List<ProtectionLoss.LegCost> legs = Objects.requireNonNull(forLeg.legs());
        assertEquals(1, legs.size());
        assertEquals(4, legs.getFirst().cells());
        assertEquals(forLeg.whole().personsWithheld(), legs.getFirst().persons());
        ProtectionLoss forOffice =
                losses.of(imported(dataset, truth(), "suppression threshold=8").id(), true, approver);
        assertEquals(0, Objects.requireNonNull(forOffice.legs()).getFirst().cells());
        assertEquals(
                List.of(),
                losses.of(
                                imported(dataset("NO-LEG"), truth(), "suppression threshold=5")
                                        .id(),
                                true,
                                approver)
                        .legs());
    }

    private static String shuffled(String csv) {
        List<String> rows =
                csv.lines().skip(1).sorted(java.util.Comparator.reverseOrder()).toList();
        return ProtectedStock.TOP + String.join("\n", rows) + "\n";
    }

    /** The office has withheld the oldest together with the children, by a program of its own. */
    private static String byOffice() {
        return ProtectedStock.TOP
                + truth().lines()
                        .skip(1)
                        .map(row -> row.matches(".*,CB,[FM],(Y_GE65|Y_LT15),.*")
                                ? row.replaceFirst(",2021,[0-9]+,0,A,", ",2021,NaN,0,Q,C")
                                : row)
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    @Test
    void anEditionOfOursIsHeldAgainstWhatTheOfficeHasLetOut() {
        String dataset = dataset();
        Release office = desk().importFigures(
                        dataset,
                        new ByteArrayInputStream(byOffice().getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.ByOffice("cells withheld by hand", "Head of unit"),
                                null),
                        statistician)
                .release();
        // What is not published is not out.
        imported(dataset, truth(), null);
        desk().approve(office.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        desk().publish(office.id(), approver);
        EntenteException refused = refused(ErrorCode.EDITION_UNSAFE, () -> imported(dataset, truth(), null));
        assertEquals(true, refused.members().get("repairable"), refused.detail());
        String repair = String.valueOf(refused.members().get("repair"));
        assertTrue(repair.contains("Y_LT15") && !repair.contains("Y15T24"), repair);
        // Other people, so other unknowns: what the office hid is not in this table.
        imported(dataset, truth().replace(",2021,", ",2022,"), null);
    }

    @Test
    void whatCannotBeACountOrDoesNotAddUpIsNotImported() {
        String dataset = dataset();
        refused(
                ErrorCode.TABLE_INVALID,
                () -> imported(dataset, truth().replaceFirst(",2021,60,", ",2021,60.5,"), null));
        refused(ErrorCode.TABLE_INVALID, () -> imported(dataset, truth().replaceFirst(",2021,60,", ",2021,61,"), null));
        refused(ErrorCode.RELEASE_UNPROTECTED, () -> imported(dataset, truth(), "conventional-rounding base=10"));
        String sealed = new String(ProtectedStock.sealed(5).table(), StandardCharsets.UTF_8);
        EntenteException twice = refused(ErrorCode.TABLE_INVALID, () -> imported(dataset, sealed, null));
        assertTrue(twice.detail().contains("BY_OFFICE"), twice.detail());
        assertEquals(List.of(), desk().list(dataset));
    }

    @Test
    void nothingIsApprovedBeforeItIsSaidWhatIsPublicElsewhere() {
        String dataset = dataset();
        Release release = imported(dataset, truth(), null);
        refused(
                ErrorCode.KNOWN_TABLES_UNDECLARED,
                () -> desk().approve(release.id(), ReleaseApproval.plain(), approver));
        refused(
                ErrorCode.KNOWN_TABLES_UNDECLARED,
                () -> desk().approve(
                                release.id(),
                                ReleaseApproval.plain().with(ReleaseApproval.KnownTables.REGISTERED),
                                approver));
        register(dataset, excerpt(Map.of("_T,_T", 462)));
        // Registered after the pattern was chosen: the pattern did not reckon with it.
        refused(
                ErrorCode.KNOWN_TABLES_UNDECLARED,
                () -> desk().approve(
                                release.id(),
                                ReleaseApproval.plain().with(ReleaseApproval.KnownTables.REGISTERED),
                                approver));
        Release next = imported(dataset, truth(), null);
        assertEquals(
                ReleaseState.APPROVED,
                desk().approve(
                                next.id(),
                                ReleaseApproval.plain().with(ReleaseApproval.KnownTables.REGISTERED),
                                approver)
                        .state());
    }

    private KnownTable register(String dataset, String csv) {
        return known().register(
                        dataset,
                        csv.getBytes(StandardCharsets.UTF_8),
                        null,
                        "https://example.org/yearbook",
                        "2022-03",
                        statistician);
    }

    @Test
    void aSmallCountThatIsPublicGoesOutOnlyOnAStatisticiansDecision() {
        String dataset = dataset();
        KnownTable table = register(dataset, excerpt(Map.of("F,Y_GE65", 4, "M,Y_GE65", 3, "_T,Y_GE65", 7)));
        assertEquals(List.of(table), known().of(dataset));
        refused(
                ErrorCode.KNOWN_TABLE_EXISTS,
                () -> register(dataset, excerpt(Map.of("F,Y_GE65", 4, "M,Y_GE65", 3, "_T,Y_GE65", 7))));
        Release release = imported(dataset, truth(), null);
        assertEquals(2, release.protection().alreadyPublic());
        ReleaseApproval approval = ReleaseApproval.plain().with(ReleaseApproval.KnownTables.REGISTERED);
        refused(ErrorCode.PUBLIC_CELLS_UNDECIDED, () -> desk().approve(release.id(), approval, approver));
        refused(ErrorCode.FORBIDDEN, () -> desk().letPublicCellsOut(release.id(), "In the yearbook.", approver));
        refused(ErrorCode.REQUEST_MALFORMED, () -> desk().letPublicCellsOut(release.id(), " ", statistician));
        desk().letPublicCellsOut(release.id(), "In the yearbook.", statistician);
        refused(ErrorCode.RELEASE_STEP, () -> desk().letPublicCellsOut(release.id(), "Again.", statistician));
        desk().approve(release.id(), approval, approver);
        List<JournalEntry> entries =
                corridor.ita().bean(Journal.class).bySubject(release.id().toString());
        assertEquals(
                List.of("release-imported", "release-public-cells", "release-approved"),
                entries.stream().map(JournalEntry::kind).toList());
        String decision =
                new String(Objects.requireNonNull(entries.get(1).opening()).record(), StandardCharsets.UTF_8);
        assertTrue(decision.contains("stat of ITA") && decision.contains("In the yearbook."), decision);
    }

    @Test
    void aLaterReleaseThatGivesAwayWhatAnEarlierOneHidIsBlockedAndTheSameAgainIsNot() {
        String dataset = dataset("EDITIONS");
        String rule = "suppression threshold=5";
        Release first = imported(dataset, truth(), rule);
        desk().approve(first.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        desk().publish(first.id(), approver);
        assertEquals(first.pattern(), imported(dataset, truth(), rule).pattern());
        // One person moves away: the age group that was withheld to hide the small one is another one now.
        String later = truth().replaceFirst("F,Y15T24(.*),2021,30,", "F,Y15T24$1,2021,900,")
                .replaceFirst("_T,Y15T24(.*),2021,55,", "_T,Y15T24$1,2021,925,")
                .replaceFirst("F,_T(.*),2021,274,", "F,_T$1,2021,1144,")
                .replaceFirst("_T,_T(.*),2021,462,", "_T,_T$1,2021,1332,");
        EntenteException unsafe = refused(ErrorCode.EDITION_UNSAFE, () -> imported(dataset, later, rule));
        assertTrue(unsafe.detail().contains("could be inferred"), unsafe.detail());
        assertTrue(unsafe.members().containsKey("repair"), unsafe.members().toString());
        // 870 more people are no small revision.
        EntenteException undeclared = refused(
                ErrorCode.TABLE_INVALID, () -> imported(dataset, later, rule, Ledger.Revision.parse("small:10")));
        assertTrue(undeclared.detail().contains("more than 10"), undeclared.detail());
        refused(ErrorCode.REQUEST_MALFORMED, () -> Ledger.Revision.parse("small"));
    }

    @Test
    void estimatesFromASampleAreNeitherProtectedHereNorTakenFromAPackageThatDidNotLookAtTheSample() {
        String dataset = dataset("SAMPLE");
        String sampled = truth().lines()
                .map(row -> row + (row.startsWith("STRUCTURE") ? ",COLL_SOURCE" : ",SURVEY"))
                .collect(Collectors.joining("\n"));
        EntenteException refused =
                refused(ErrorCode.SAMPLE_NOT_JUDGED, () -> imported(dataset, sampled, "suppression threshold=5"));
        assertTrue(
                refused.code().remedy().contains("entente protect"),
                refused.code().remedy());
        refused(
                ErrorCode.SAMPLE_NOT_JUDGED,
                () -> imported(dataset, truth().replaceFirst(",0,A,,", ",0,U,,"), "suppression threshold=5"));
        refused(ErrorCode.SAMPLE_NOT_JUDGED, () -> importedPackage(dataset, ProtectedStock.ofASurvey(false)));
        Release release = importedPackage(dataset, ProtectedStock.ofASurvey(true));
        // The oldest, for whom too few were asked, with their total, and what hides them.
        assertTrue(release.protection().toString().contains("withheld=6"), release.toString());
    }

    private Release importedPackage(String dataset, SealedPackage sealed) {
        return desk().importPackage(dataset, sealed.toBytes(), null, ReleaseStatus.FINAL, null, statistician)
                .release();
    }

    @Test
    void whereNobodyNamesAThresholdNothingIsProtectedByGuess() {
        String dataset = dataset("ASKED-BY-NOBODY");
        refused(ErrorCode.RELEASE_UNPROTECTED, () -> imported(dataset, truth(), null));
        refused(ErrorCode.RELEASE_UNPROTECTED, () -> imported(dataset, truth(), "suppression"));
        Protection protection =
                imported(dataset, truth(), "suppression threshold=5").protection();
        assertEquals(5, ((Protection.ByGateway) protection).rule().threshold());
        assertTrue(protection.toString().contains("withheld=4"), protection.toString());
        Release rounded = imported(dataset, truth(), "conventional-rounding base=10");
        assertEquals(0, ((Protection.ByGateway) rounded.protection()).withheld());
    }
}
