package org.entente.gateway.region;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.deposit.DepositDraft;
import org.entente.gateway.region.deposit.DepositRetention;
import org.entente.gateway.region.deposit.Depositor;
import org.entente.gateway.region.deposit.Deposits;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.sdmx.CollectionForm;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.FilledForm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A member whose node is away puts its figures in by the round's workbook; the profile names them as deposited and still proves itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DepositTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-DEPOSIT
            version: 1
            agreement: %s
            title: {en: Regional migration profile}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT], AGE: [_T], COUNTERPART_AREA: [IN, TH]}
                publish: MEMBERS
            rounds: {due: [], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;
    private static final Depositor FOCAL_POINT =
            new Depositor("Noor Example", "Focal point, Planning and Statistics Authority", "focal@psa.example");

    private static final String AWAY = "its node is being moved until spring";

    private MemberStates region;
    private UUID round = new UUID(0, 0);

    @BeforeAll
    void open() {
        region = MemberStates.open(
                new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "QAT", "QA")),
                document -> ((ObjectNode) document.at("/legs/0/retention")).put("months", 2));
        region.publish("ARE", "ARE-STOCK", List.of(Row.stock("TH", "_T", 2020, 500)));
        region.publish("IND", "IND-STOCK", List.of(Row.stock("TH", "_T", 2020, 30)));
        region.node("QAT").stop();
        region.secretariat()
                .bean(Programmes.class)
                .declare(
                        PROGRAMME.formatted(region.agreement()).getBytes(StandardCharsets.UTF_8),
                        region.statistician("ADD"));
        round = rounds().open("ADD-DEPOSIT", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds().turn(round);
    }

    @AfterAll
    void close() {
        region.close();
    }

    private Rounds rounds() {
        return region.secretariat().bean(Rounds.class);
    }

    private Deposits deposits() {
        return region.secretariat().bean(Deposits.class);
    }

    private static byte[] written(CollectionForm form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            form.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The form of a round with figures on Thai and Indian citizens; the former are not from the official source. */
    private FilledForm filled(UUID of) {
        CollectionForm form = deposits().form(of, "QAT");
        List<List<String>> keys = form.sheets().getFirst().keys();
        int first = 9;
        // As the others define their figures: at the end of the year, by the rule of twelve months.
        FilledForm filled = FilledForm.of(written(form)).text(2, "R3", "END").text(2, "R4", "M12");
        // Codes in A to O; counterpart and sex vary, so they are shown in P and Q.
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).contains("TH") && keys.get(i).get(6).equals("_T")) {
                filled.number(2, "S" + (first + i), "100").text(2, "U" + (first + i), "X");
            } else if (keys.get(i).contains("IN") && keys.get(i).get(6).equals("_T")) {
                filled.number(2, "S" + (first + i), "700");
            }
        }
        return filled;
    }

    private EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.detail());
        return refusal;
    }

    private Round.Task task(String party) {
        return rounds().progress(round).tasks().stream()
                .filter(task -> task.party().equals(party))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void theFormListsWhatTheProgrammeAsksForAndTheLegAllows() {
        CollectionForm.Sheet sheet = deposits().form(round, "QAT").sheets().getFirst();
        assertEquals(6, sheet.keys().size());
        assertEquals(List.of("2019", "2020", "2021"), sheet.periods());
        assertTrue(sheet.keys().stream().allMatch(key -> key.get(1).equals("QA")));
        refused(ErrorCode.DEPOSIT_NOT_POSSIBLE, () -> deposits().form(round, "THA"));
    }

    @Test
    @Order(2)
    void aFormWithAWrongCellIsNotTakenAndEveryCellIsNamed() {
        byte[] wrong = filled(round).text(2, "S9", "many").text(2, "D10", "XX9").bytes();
        EntenteException refusal = refused(
                ErrorCode.DEPOSIT_INVALID,
                () -> deposits().upload(round, "QAT", wrong, FOCAL_POINT, region.statistician("ADD")));
        assertEquals(
                List.of("9 S FIGURE", "10 D CODE_UNKNOWN"),
                ((List<?>) refusal.members().get("findings"))
                        .stream()
                                .map(CollectionForm.Finding.class::cast)
                                .map(one -> one.row() + " " + one.column() + " " + one.fault())
                                .toList());
        refused(
                ErrorCode.DEPOSIT_INVALID,
                () -> deposits()
                        .upload(
                                round,
                                "QAT",
                                written(deposits().form(round, "QAT")),
                                FOCAL_POINT,
                                region.statistician("ADD")));
        refused(
                ErrorCode.DEPOSIT_NOT_POSSIBLE,
                () -> deposits().upload(round, "ARE", filled(round).bytes(), FOCAL_POINT, region.statistician("ADD")));
        refused(
                ErrorCode.FORBIDDEN,
                () -> deposits().upload(round, "QAT", filled(round).bytes(), FOCAL_POINT, region.approver("ADD")));
        assertEquals(Round.Outcome.UNREACHABLE, task("QAT").state());
    }

    @Test
    @Order(3)
    void aLinkIsForOneRoundUntilADayAndItsFiguresCountOnlyWhenTheSumsAreConfirmed() {
        UUID other = rounds().open("ADD-DEPOSIT", 2019, region.statistician("ADD"))
                .round()
                .id();
        EntenteException signs = refused(
                ErrorCode.DEPOSIT_NOT_POSSIBLE,
                () -> deposits()
                        .issueLink(round, "QAT", FOCAL_POINT, Duration.ofHours(1), " ", region.statistician("ADD")));
        assertTrue(signs.detail().contains("QAT has a node"), signs.detail());
        String expired =
                deposits().issueLink(round, "QAT", FOCAL_POINT, Duration.ofHours(1), AWAY, region.statistician("ADD"));
        region.clock().advance(Duration.ofHours(2));
        refused(ErrorCode.DEPOSIT_LINK_UNUSABLE, () -> deposits().invitation(expired));
        refused(ErrorCode.DEPOSIT_LINK_UNUSABLE, () -> deposits().uploadBy("guessed", new byte[0]));
        String token =
                deposits().issueLink(round, "QAT", FOCAL_POINT, Duration.ofHours(24), AWAY, region.statistician("ADD"));
        refused(ErrorCode.DEPOSIT_NOT_POSSIBLE, () -> deposits().confirmBy(token, Map.of()));
        EntenteException foreign = refused(
                ErrorCode.DEPOSIT_INVALID,
                () -> deposits().uploadBy(token, filled(other).bytes()));
        assertTrue(foreign.detail().contains("another form: its round"), foreign.detail());
        DepositDraft draft = deposits().uploadBy(token, filled(round).bytes());
        assertEquals(800, draft.tables().getFirst().total());
        assertEquals(1, draft.tables().getFirst().unofficial());
        assertEquals(
                draft.id(),
                java.util.Objects.requireNonNull(deposits().invitation(token).waiting())
                        .id());
        refused(
                ErrorCode.DEPOSIT_TOTALS_DIFFER,
                () -> deposits().confirmBy(token, Map.of("STOCK", new BigDecimal("801"))));
        refused(ErrorCode.DEPOSIT_TOTALS_DIFFER, () -> deposits().confirmBy(token, Map.of()));
        assertEquals(Round.Outcome.UNREACHABLE, task("QAT").state());
        assertNotNull(deposits()
                .confirmBy(token, Map.of("STOCK", new BigDecimal("800.0")))
                .confirmed());
        assertEquals(Round.Outcome.DEPOSITED, task("QAT").state());
        refused(
                ErrorCode.DEPOSIT_LINK_UNUSABLE,
                () -> deposits().confirmBy(token, Map.of("STOCK", new BigDecimal("800"))));
        refused(
                ErrorCode.DEPOSIT_LINK_UNUSABLE,
                () -> deposits().uploadBy(token, filled(round).bytes()));
        assertEquals(Round.Outcome.DEPOSITED, task("QAT").state());
        rounds().turn(round);
        assertEquals(Round.Outcome.DEPOSITED, task("QAT").state());
        List<String> kinds = region.secretariat().bean(Journal.class).bySubject(round.toString()).stream()
                .map(JournalEntry::kind)
                .toList();
        assertEquals(
                List.of(
                        "round-opened",
                        "deposit-link-issued",
                        "deposit-link-issued",
                        "deposit-uploaded",
                        "deposit-confirmed"),
                kinds);
    }

    private HttpResponse<String> atTheLink(String method, String path, byte[] body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(region.secretariat().everybody() + "/deposits/" + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", type)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(4)
    void theLinkIsServedToEverybodyWhoHasItsTokenAndToNobodyElse() throws Exception {
        String token =
                deposits().issueLink(round, "QAT", FOCAL_POINT, Duration.ofHours(24), AWAY, region.statistician("ADD"));
        String workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assertEquals(410, atTheLink("GET", "guessed", new byte[0], workbook).statusCode());
        HttpResponse<String> invitation = atTheLink("GET", token, new byte[0], workbook);
        assertEquals(200, invitation.statusCode());
        assertTrue(invitation.body().contains("QAT") && !invitation.body().contains("Noor"), invitation.body());
        HttpResponse<String> wrong =
                atTheLink("PUT", token, filled(round).text(2, "S9", "many").bytes(), workbook);
        assertEquals(422, wrong.statusCode());
        assertTrue(wrong.body().contains("\"findings\"") && wrong.body().contains("FIGURE"), wrong.body());
        HttpResponse<String> handedIn = atTheLink("PUT", token, filled(round).bytes(), workbook);
        assertEquals(200, handedIn.statusCode(), handedIn.body());
        assertTrue(handedIn.body().contains("800"), handedIn.body());
        byte[] other = "{\"totals\":{\"STOCK\":1}}".getBytes(StandardCharsets.UTF_8);
        byte[] right = "{\"totals\":{\"STOCK\":800}}".getBytes(StandardCharsets.UTF_8);
        String json = "application/json";
        assertEquals(
                409, atTheLink("POST", token + "/confirmation", other, json).statusCode());
        HttpResponse<String> confirmed = atTheLink("POST", token + "/confirmation", right, json);
        assertTrue(confirmed.statusCode() == 200 && confirmed.body().contains("\"confirmed\""), confirmed.body());
        assertEquals(
                410, atTheLink("POST", token + "/confirmation", right, json).statusCode());
    }

    private static FilePayload file(byte[] content) {
        return new FilePayload(
                "round.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", content);
    }

    /** In a browser without scripts, in the reader's language. */
    @Test
    @Order(5)
    void aFocalPointHandsInAndConfirmsOnAPage() throws Exception {
        String token =
                deposits().issueLink(round, "QAT", FOCAL_POINT, Duration.ofHours(24), AWAY, region.statistician("ADD"));
        String address = region.secretariat().everybody() + "/deposits/" + token + "/form";
        try (Browser browser = Browser.open()) {
            Page page = browser.page(true, "en");
            page.navigate(address);
            assertThat(page.locator("h1")).containsText("Figures of QAT");
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
            byte[] template = page.request()
                    .get(region.secretariat().everybody() + "/deposits/" + token + "/workbook")
                    .body();
            assertArrayEquals(written(deposits().form(round, "QAT")), template);
            page.setInputFiles(
                    "#workbook", file(filled(round).text(2, "S9", "many").bytes()));
            page.click("text=Hand in >> nth=-1");
            assertThat(page.locator("[role=alert]")).containsText("sheet STOCK");
            assertThat(page.locator("section", new Page.LocatorOptions().setHasText("What does not hold")))
                    .containsText("S");
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
            page.setInputFiles("#workbook", file(filled(round).bytes()));
            page.click("text=Hand in >> nth=-1");
            assertThat(page.locator("h2#sums")).containsText("Confirm the sums");
            assertFalse(page.content().contains("800"), "the sum comes from the focal point's own records");
            page.fill("#sum-STOCK", "801");
            page.click("text=Confirm >> nth=-1");
            assertThat(page.locator("[role=alert]")).containsText("is another one");
            page.fill("#sum-STOCK", "8 00");
            page.click("text=Confirm >> nth=-1");
            assertThat(page.locator("[role=status]")).containsText("the figures count");
            page.navigate(address);
            assertThat(page.locator("main")).containsText("used up");
        }
        HttpResponse<String> guessed = atTheLink("GET", "guessed/form", new byte[0], "text/plain");
        assertEquals(410, guessed.statusCode());
        assertTrue(guessed.headers().firstValue("content-type").orElse("").startsWith("text/html"));
        assertEquals("no-store", guessed.headers().firstValue("cache-control").orElse(""));
    }

    @Test
    @Order(6)
    void theProfileNamesThemAsDepositedAndProvesItselfOffline(@TempDir Path folder) throws IOException {
        // Handed in once more and never confirmed.
        deposits().upload(round, "QAT", filled(round).bytes(), FOCAL_POINT, region.statistician("ADD"));
        rounds().close(round, region.statistician("ADD"));
        refused(
                ErrorCode.ROUND_CLOSED,
                () -> deposits().upload(round, "QAT", filled(round).bytes(), FOCAL_POINT, region.statistician("ADD")));
        Profiles profiles = region.secretariat().bean(Profiles.class);
        ProfileEdition edition = profiles.make(round, region.statistician("ADD"));
        Profile profile = profiles.document(edition);
        Source deposited = profile.sources().getLast();
        assertEquals("QAT", deposited.party());
        assertEquals(Source.Assurance.DEPOSITED, deposited.assurance());
        assertEquals(FOCAL_POINT.post(), deposited.depositor());
        RegionalTotal thais = profile.tables().getFirst().groups().getFirst().totals().stream()
                .filter(total -> total.key().equals(Map.of("COUNTERPART_AREA", "TH")))
                .findFirst()
                .orElseThrow()
                .total();
        assertEquals(630, thais.value());
        Path bundle = folder.resolve("profile.zip");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        region.secretariat().bean(ProfileBundles.class).write(edition, out);
        Files.write(bundle, out.toByteArray());
        Map<String, String> roots = region.roots("ADD", "ARE", "IND");
        Dataflows flows = region.secretariat().bean(Dataflows.class);
        VerificationReport report = ProfileVerifier.verify(bundle, roots, flows);
        assertTrue(report.holds(), () -> report.steps().toString());
        assertTrue(report.steps().stream()
                .anyMatch(step -> step.sentence().contains("deposited by Focal point")
                        && step.sentence().contains("not signed by QAT")));
        String figures = "deposits/" + deposited.exchange() + ".csv";
        Files.write(
                bundle,
                FilledForm.of(out.toByteArray())
                        .part(figures, csv -> csv.replace("100", "101"))
                        .bytes());
        VerificationReport changed = ProfileVerifier.verify(bundle, roots, flows);
        assertFalse(changed.holds());
        assertTrue(changed.failure().sentence().contains("not those that were confirmed"));
        assertFalse(FilledForm.of(out.toByteArray())
                .xml("deposits/" + deposited.exchange() + ".jws")
                .contains("Noor"));
    }

    private String stored(String sql) {
        return region.secretariat()
                .bean(Database.class)
                .one(sql, row -> String.valueOf(row.string("found")))
                .orElse("");
    }

    @Test
    @Order(7)
    void whatWasNeverConfirmedGoesWithItsRoundAndTheRestWhenTheRetentionOfTheLegIsOver() throws IOException {
        DepositRetention retention = region.secretariat().bean(DepositRetention.class);
        Profiles profiles = region.secretariat().bean(Profiles.class);
        ProfileEdition edition = profiles.get("ADD-DEPOSIT", 1);
        UUID deposit =
                UUID.fromString(profiles.document(edition).sources().getLast().exchange());
        String drafts = "SELECT COUNT(*) AS found FROM deposit_draft WHERE confirmed_us IS ";
        assertNotEquals("0", stored(drafts + "NULL"));
        retention.deleteDue();
        assertEquals("0", stored(drafts + "NULL AND deleted_us IS NULL"));
        assertEquals("0", stored(drafts + "NOT NULL AND deleted_us IS NOT NULL"));
        assertTrue(
                deposits().figures(deposit).isPresent(),
                "what was confirmed is kept, although the same file was tried before");
        region.clock().advance(Duration.ofDays(93));
        retention.deleteDue();
        assertTrue(deposits().figures(deposit).isEmpty());
        assertEquals(
                "0",
                stored(
                        "SELECT COUNT(*) AS found FROM body b WHERE b.digest IN (SELECT content FROM deposit_deletion)"));
        assertEquals("0", stored("SELECT COUNT(*) AS found FROM deposit_draft WHERE depositor LIKE '%Noor%'"));
        assertEquals(FOCAL_POINT.post(), deposits().document(deposit).depositor());
        List<JournalEntry> entries = region.secretariat().bean(Journal.class).bySubject(round.toString());
        assertEquals(
                "2",
                stored("SELECT COUNT(*) AS found FROM deposit_deletion WHERE cause = 'retention' AND draft ="
                        + " (SELECT draft FROM deposit ORDER BY journal_index DESC LIMIT 1)"));
        assertEquals(
                stored("SELECT COUNT(*) AS found FROM deposit_deletion"),
                String.valueOf(entries.stream()
                        .filter(entry -> entry.kind().equals("deposit-deleted"))
                        .count()));
        int before = entries.size();
        retention.deleteDue();
        assertEquals(
                before,
                region.secretariat()
                        .bean(Journal.class)
                        .bySubject(round.toString())
                        .size());
        Path bundle = Files.createTempFile("profile", ".zip");
        try (OutputStream out = Files.newOutputStream(bundle)) {
            region.secretariat().bean(ProfileBundles.class).write(edition, out);
        }
        VerificationReport report = ProfileVerifier.verify(
                bundle, region.roots("ADD", "ARE", "IND"), region.secretariat().bean(Dataflows.class));
        assertTrue(
                report.failure().sentence().contains("were deleted"),
                report.failure().sentence());
        Files.delete(bundle);
    }
}
