package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.SensitiveGroup;
import org.entente.crypto.Base64Url;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleasesTest {

    private static final ReleaseTerms PUBLIC = new ReleaseTerms(
            ReleaseStatus.FINAL, new Protection.PublicSource("https://example.org/stock", "2021-01-15"), null);
    private static final String TOP = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS,CONF_STATUS,EMBARGO_TIME\n";

    private final TestNode node = TestNode.plan("ITA").startWithoutListeners();
    private StaffUser importer;
    private StaffUser approver;
    private int datasets;

    @BeforeAll
    void staff() {
        importer = user("anna", "statistician@ISTAT", "approver@ISTAT");
        approver = user("bruno", "approver@ISTAT");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private StaffUser user(String name, String... grants) {
        Users users = node.bean(Users.class);
        Set<Grant> held = Set.of(grants).stream().map(Grant::parse).collect(Collectors.toSet());
        users.add(name, "Dr " + name, held, "a long enough password", null);
        return users.staff(users.get(name));
    }

    private ReleaseDesk desk() {
        return node.bean(ReleaseDesk.class);
    }

    private String dataset(SumRule... sums) {
        String id = "D" + ++datasets;
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                id,
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Test",
                                DeclarationsTest.coverage(),
                                "ZERO",
                                List.of(sums)),
                        importer);
        return id;
    }

    private static String row(String area, String counterpart, String sex, String year, String value, String status) {
        return "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A," + area + ",_T," + counterpart + ",_T,CB," + sex
                + ",_T,_T,_T,_T,_T,_T,STOCK_IN,PS," + year + "," + value + ",0," + status + "\n";
    }

    private static String figures(int scale) {
        return TOP
                + row("IT", "PH", "_T", "2020", "" + 7 * scale, "A,F,")
                + row("IT", "PH", "M", "2020", "" + 3 * scale, "A,F,")
                + row("IT", "PH", "F", "2020", "" + 4 * scale, "A,F,");
    }

    private ImportReport importText(String dataset, String text, ReleaseTerms terms) {
        return desk().importFigures(
                        dataset, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), terms, importer);
    }

    private Release published(String dataset, String text) {
        UUID id = importText(dataset, text, PUBLIC).release().id();
        desk().approve(id, ReleaseApproval.plain(), approver);
        return desk().publish(id, approver);
    }

    private EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refused = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refused.code(), refused.detail());
        return refused;
    }

    private List<PublishedRelease> current() {
        return node.bean(Releases.class)
                .current(node.bean(Dataflows.class).all().getFirst().id());
    }

    private PublishedRelease currentOf(String dataset) {
        return current().stream()
                .filter(release -> release.dataset().id().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    private long rows(String table) {
        return node.bean(Database.class)
                .one("SELECT COUNT(*) AS n FROM " + table, row -> row.longValue("n"))
                .orElseThrow();
    }

    private static double value(Cube cube, String sex) {
        ObservationCursor cursor =
                cube.slice(CubeSelection.ALL.and("SEX", Set.of(sex))).cursor();
        assertTrue(cursor.next());
        return cursor.value();
    }

    @Test
    void figuresGoOutAfterImportApprovalAndPublication() {
        String dataset = dataset(new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null));
        Release release = importText(dataset, figures(1), PUBLIC).release();
        assertEquals(ReleaseState.IMPORTED, release.state());
        assertTrue(current().stream().noneMatch(r -> r.dataset().id().equals(dataset)));
        assertEquals(
                ReleaseState.APPROVED,
                desk().approve(release.id(), ReleaseApproval.plain(), approver).state());
        assertTrue(current().stream().noneMatch(r -> r.dataset().id().equals(dataset)));
        desk().publish(release.id(), importer);
        PublishedRelease out = currentOf(dataset);
        assertEquals(7, value(out.cube(), "_T"));
        assertEquals("FINAL", out.status());
        assertEquals("F", out.cube().datasetAttributes().get("RELEASE_STATUS"));
        assertEquals(release.digest(), out.digest());
        assertEquals(release.digest(), Base64Url.encode(out.cube().digest()));
    }

    @Test
    void everyStepIsJournaledWithTheDigests() {
        Release release = published(dataset(), figures(1));
        List<JournalEntry> entries =
                node.bean(Journal.class).bySubject(release.id().toString());
        assertEquals(
                List.of("release-imported", "release-approved", "release-published"),
                entries.stream().map(JournalEntry::kind).toList());
        for (JournalEntry entry : entries) {
            String record = new String(Objects.requireNonNull(entry.opening()).record(), StandardCharsets.UTF_8);
            assertTrue(record.contains("\"digest\":\"" + release.digest() + "\""), record);
            assertTrue(record.contains("\"pattern\":\"" + release.pattern() + "\""), record);
        }
        assertEquals(
                List.of("dataset-declared"),
                node.bean(Journal.class).bySubject(release.dataset()).stream()
                        .map(JournalEntry::kind)
                        .toList());
    }

    @Test
    void theDemonstrationFiguresPassTheGate() throws IOException {
        String dataset = dataset(
                new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null),
                new SumRule("COUNTERPART_AREA", "_T", null, SumRule.Additivity.EXACT, null));
        try (InputStream csv = Objects.requireNonNull(getClass().getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            Release release =
                    desk().importFigures(dataset, csv, PUBLIC, importer).release();
            assertEquals(4017, release.observations());
            assertEquals(List.of(), release.differences());
        }
    }

    @Test
    void releasesAreNumberedAndTheNewestAnswers() {
        String dataset = dataset();
        assertEquals(1, published(dataset, figures(1)).number());
        assertEquals(2, published(dataset, figures(2)).number());
        assertEquals(14, value(currentOf(dataset).cube(), "_T"));
        ReleaseTerms edition = new ReleaseTerms(PUBLIC.status(), PUBLIC.protection(), 2);
        Release wider = importText(dataset, figures(3), edition).release();
        assertEquals(2, wider.number());
        assertEquals(2, wider.edition());
        assertEquals(14, value(currentOf(dataset).cube(), "_T"));
        refused(
                ErrorCode.RELEASE_UNKNOWN,
                () -> importText(dataset, figures(3), new ReleaseTerms(PUBLIC.status(), PUBLIC.protection(), 9)));
    }

    @Test
    void aMalformedFileIsNamedByRowAndColumnAndNothingIsImported() {
        String dataset = dataset();
        long releases = rows("data_release");
        long chunks = rows("data_release_chunk");
        String text = TOP + row("IT", "PH", "_T", "2020", "7", "A,F,") + row("IT", "PH", "M", "2020", "three", "A,F,");
        EntenteException refusal = refused(ErrorCode.CSV_MALFORMED, () -> importText(dataset, text, PUBLIC));
        Map<?, ?> problem =
                (Map<?, ?>) ((List<?>) Objects.requireNonNull(refusal.members().get("problems"))).getFirst();
        assertEquals(3L, problem.get("row"));
        assertEquals("OBS_VALUE", problem.get("column"));
        assertEquals(releases, rows("data_release"));
        assertEquals(chunks, rows("data_release_chunk"));
    }

    @Test
    void unknownCodesDuplicateKeysAndEmptyFilesAreRefused() {
        String dataset = dataset();
        refused(
                ErrorCode.CODE_UNKNOWN,
                () -> importText(dataset, TOP + row("IT", "PHL", "_T", "2020", "7", "A,F,"), PUBLIC));
        String row = row("IT", "PH", "_T", "2020", "7", "A,F,");
        refused(ErrorCode.DUPLICATE_KEY, () -> importText(dataset, TOP + row + row, PUBLIC));
        refused(ErrorCode.CSV_MALFORMED, () -> importText(dataset, TOP, PUBLIC));
        refused(ErrorCode.DATASET_UNKNOWN, () -> importText("NONE", figures(1), PUBLIC));
    }

    @Test
    void rowsThatContradictThemselvesAreRefused() {
        String dataset = dataset();
        for (String end : List.of("NaN,0,A,F,", "7,0,Q,C,", "7,0,L,,", "7,0,A,C,", "7,0,A,D,", "7,0,A,E,")) {
            String[] cells = end.split(",", 3);
            String text = TOP + row("IT", "PH", "_T", "2020", cells[0], cells[2]);
            refused(ErrorCode.CSV_MALFORMED, () -> importText(dataset, text, PUBLIC));
        }
        refused(
                ErrorCode.CSV_MALFORMED,
                () -> importText(dataset, TOP + row("FR", "PH", "_T", "2020", "7", "A,F,"), PUBLIC));
        importText(
                dataset,
                TOP
                        + row("IT", "PH", "_T", "2020", "NaN", "Q,C,")
                        + row("IT", "PH", "M", "2020", "7", "A,E,2030-01-01T00:00:00Z"),
                PUBLIC);
    }

    @Test
    void sumsThatMustBeExactRefuse() {
        String dataset = dataset(new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null));
        String text =
                figures(1) + row("IT", "MD", "_T", "2020", "10", "A,F,") + row("IT", "MD", "M", "2020", "9", "A,F,");
        EntenteException refusal = refused(ErrorCode.SUMS_DIFFER, () -> importText(dataset, text, PUBLIC));
        assertTrue(refusal.detail().contains("IT._T.MD"), refusal.detail());
    }

    @Test
    void differencesWithinTheToleranceNeedAReason() {
        String dataset = dataset(new SumRule("SEX", "_T", null, SumRule.Additivity.TOLERANCE, 1.0));
        String text =
                figures(1) + row("IT", "MD", "_T", "2020", "10", "A,F,") + row("IT", "MD", "M", "2020", "9", "A,F,");
        Release release = importText(dataset, text, PUBLIC).release();
        assertEquals(1, release.differences().size());
        refused(
                ErrorCode.DIFFERENCES_NOT_ACCEPTED,
                () -> desk().approve(release.id(), ReleaseApproval.plain(), approver));
        Release approved = desk().approve(release.id(), new ReleaseApproval("Rounding in the source", null), approver);
        assertEquals("Rounding in the source", approved.reason());
        assertEquals("Dr bruno", approved.approverName());
        String worse = figures(1) + row("IT", "MD", "_T", "2020", "10", "A,F,");
        refused(ErrorCode.SUMS_DIFFER, () -> importText(dataset, worse, PUBLIC));
    }

    @Test
    void theImporterDoesNotApprove() {
        Release release = importText(dataset(), figures(1), PUBLIC).release();
        refused(ErrorCode.FOUR_EYES, () -> desk().approve(release.id(), ReleaseApproval.plain(), importer));
        assertEquals(ReleaseState.IMPORTED, desk().get(release.id()).state());
    }

    @Test
    void stepsComeInOrderAndOnce() {
        Release release = importText(dataset(), figures(1), PUBLIC).release();
        refused(ErrorCode.RELEASE_STEP, () -> desk().publish(release.id(), approver));
        desk().approve(release.id(), ReleaseApproval.plain(), approver);
        refused(ErrorCode.RELEASE_STEP, () -> desk().approve(release.id(), ReleaseApproval.plain(), approver));
        desk().publish(release.id(), approver);
        refused(ErrorCode.RELEASE_STEP, () -> desk().publish(release.id(), approver));
        refused(ErrorCode.RELEASE_UNKNOWN, () -> desk().publish(new UUID(1, 1), approver));
    }

    @Test
    void whoHoldsTheRoleForOneDatasetActsOnNoOther() {
        String mine = dataset();
        String other = dataset();
        StaffUser clerk = user("dina", "statistician@ISTAT/" + mine);
        StaffUser head = user("elio", "approver@ISTAT/" + mine);
        byte[] text = figures(1).getBytes(StandardCharsets.UTF_8);
        refused(ErrorCode.FORBIDDEN, () -> desk().importFigures(other, new ByteArrayInputStream(text), PUBLIC, clerk));
        Release others = importText(other, figures(1), PUBLIC).release();
        refused(ErrorCode.FORBIDDEN, () -> desk().approve(others.id(), ReleaseApproval.plain(), head));
        desk().approve(others.id(), ReleaseApproval.plain(), approver);
        refused(ErrorCode.FORBIDDEN, () -> desk().publish(others.id(), head));
        refused(ErrorCode.FORBIDDEN, () -> desk().publish(others.id(), clerk));

        UUID id = desk().importFigures(mine, new ByteArrayInputStream(text), PUBLIC, clerk)
                .release()
                .id();
        desk().approve(id, ReleaseApproval.plain(), head);
        assertEquals(ReleaseState.PUBLISHED, desk().publish(id, clerk).state());
    }

    @Test
    void anAuthorityThatTheCardDoesNotNameOwnsNoDataset() {
        CardText card = new CardText(
                Map.of("en", "Malta"),
                List.of(),
                List.of(new Card.Authority("NSO", Map.of("en", "Statistics"), "statistics", List.of())));
        try (TestNode malta = TestNode.plan("MLT").card(card).startWithoutListeners()) {
            StaffUser staff = malta.user("stat", "statistician");
            DatasetDeclaration declared = new DatasetDeclaration(
                    "STOCK",
                    "ENTENTE:DF_DIASPORA(1.0.0)",
                    "ISTAT",
                    "Test",
                    DeclarationsTest.coverage(),
                    "ZERO",
                    List.of());
            EntenteException refused = refused(
                    ErrorCode.DATASET_INCOMPLETE,
                    () -> malta.bean(Datasets.class).declare(declared, staff));
            assertTrue(refused.detail().contains("NSO"), refused.detail());
        }
    }

    @Test
    void otherOfficesHaveNoSay() {
        String dataset = dataset();
        StaffUser interior = user("carla", "statistician@INTERIOR", "approver@INTERIOR");
        byte[] text = figures(1).getBytes(StandardCharsets.UTF_8);
        refused(
                ErrorCode.FORBIDDEN,
                () -> desk().importFigures(dataset, new ByteArrayInputStream(text), PUBLIC, interior));
        Release release = importText(dataset, figures(1), PUBLIC).release();
        refused(ErrorCode.FORBIDDEN, () -> desk().approve(release.id(), ReleaseApproval.plain(), interior));
        refused(ErrorCode.FORBIDDEN, () -> desk().publish(release.id(), interior));
        refused(
                ErrorCode.FORBIDDEN,
                () -> node.bean(Datasets.class)
                        .declare(
                                new DatasetDeclaration(
                                        "X",
                                        "ENTENTE:DF_DIASPORA(1.0.0)",
                                        "ISTAT",
                                        "X",
                                        DeclarationsTest.coverage(),
                                        "ZERO",
                                        List.of()),
                                interior));
    }

    @Test
    void aDeclarationIsNeverReplaced() {
        String id = dataset();
        datasets--;
        refused(ErrorCode.DATASET_EXISTS, this::dataset);
        assertEquals("Test", node.bean(Datasets.class).get(id).title());
    }

    @Test
    void groupsThatAreNotInTheFiguresCannotBeLetOut() {
        Release release = importText(dataset(), figures(1), PUBLIC).release();
        refused(
                ErrorCode.REQUEST_MALFORMED,
                () -> desk().approve(
                                release.id(),
                                new ReleaseApproval(null, new TreeSet<>(Set.of(SensitiveGroup.REFUGEES))),
                                approver));
    }

    @Test
    void theApproverOfIncludedGroupsIsNamedInTheCoverage() {
        Map<String, String> coverage = DeclarationsTest.coverage();
        coverage.put("REFUGEES", "INCLUDED");
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                "WITH-REFUGEES",
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "x",
                                coverage,
                                "ZERO",
                                List.of()),
                        importer);
        UUID id = importText("WITH-REFUGEES", figures(1), PUBLIC).release().id();
        desk().approve(id, new ReleaseApproval(null, new TreeSet<>(Set.of(SensitiveGroup.REFUGEES))), approver);
        desk().publish(id, approver);
        var approval = currentOf("WITH-REFUGEES").coverage().approvals().getFirst();
        assertEquals("Dr bruno", approval.name());
        assertEquals(Set.of(SensitiveGroup.REFUGEES), approval.groups());
    }

    @Test
    void aRestartedProcessLoadsTheSameFigures() {
        String dataset = dataset();
        Release release = published(dataset, figures(5));
        byte[] before = currentOf(dataset).cube().digest();
        ReleaseSettings small = new ReleaseSettings(0, java.time.Duration.ZERO);
        Releases other = new Releases(
                node.bean(ReleaseTable.class),
                node.bean(CubeStore.class),
                node.bean(Dataflows.class),
                java.time.Clock.systemUTC(),
                small);
        PublishedRelease again = other.byId(release.id()).orElseThrow();
        assertArrayEquals(before, again.cube().digest());
        assertEquals(release.digest(), again.digest());
    }

    @Test
    void damagedFiguresAreNeitherPublishedNorServed() {
        Release release = importText(dataset(), figures(6), PUBLIC).release();
        desk().approve(release.id(), ReleaseApproval.plain(), approver);
        Database database = node.bean(Database.class);
        byte[] bytes = database.one(
                        "SELECT bytes FROM data_release_chunk WHERE release_id = ?",
                        row -> row.bytes("bytes"),
                        release.id())
                .orElseThrow();
        bytes[bytes.length / 2] ^= 1;
        database.update("UPDATE data_release_chunk SET bytes = ? WHERE release_id = ?", bytes, release.id());
        refused(ErrorCode.RELEASE_DAMAGED, () -> desk().publish(release.id(), approver));
        assertEquals(ReleaseState.APPROVED, desk().get(release.id()).state());
    }

    @Test
    void figuresWithoutAReleaseAreSweptWhenTheyAreOld() {
        Database database = node.bean(Database.class);
        UUID old = new UUID(0x0180_0000_0000_7000L, 1);
        database.update("INSERT INTO data_release_chunk VALUES (?, 0, 'x')", old);
        published(dataset(), figures(1));
        long left = rows("data_release_chunk");
        node.bean(CubeStore.class).sweep();
        assertEquals(left, rows("data_release_chunk"));
        assertEquals(
                0,
                database.query("SELECT 1 FROM data_release_chunk WHERE release_id = ?", r -> 1, old)
                        .size());
        assertNotNull(current());
    }
}
