package org.entente.gateway.region;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.region.consultation.Reviewer;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalProfiles;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.StaffBrowsing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** People outside comment on drafts by a link, without scripts; those who draft answer, and the edition says what came of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsultationTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-DRAFT
            version: 1
            agreement: %s
            title: {en: Regional migration profile}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT], AGE: [_T]}
                publish: MEMBERS
            rounds: {due: [], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;
    private static final String TEXT = """
            format: entente-national-text/1
            title: {en: Migration profile}
            year: 2024
            group: [STAT, LABOUR]
            sections:
              - {part: A, heading: Trends, text: "Departures grow.\\n\\nReturns are not counted.", author: STAT}
              - {part: D, heading: Gaps, text: "<script>alert(1)</script> is text.", author: LABOUR}
            objectives:
              - id: COST
                statement: Lower the cost of remittances
                indicator: per cent of the amount
                baseline: {period: "2020", value: 6, source: survey}
                target: {period: "2030", value: 3}
            """;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Reviewer REVIEWER =
            new Reviewer("Lina Example", "Centre for Migration Studies", "lina@centre.example");

    private MemberStates region;

    @BeforeAll
    void open() {
        region = MemberStates.open(new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "QAT", "QA")), document -> {});
        region.publish("ARE", "ARE-STOCK", List.of(Row.stock("TH", "_T", 2020, 500)));
        region.publish("IND", "IND-STOCK", List.of(Row.stock("TH", "_T", 2020, 30)));
        region.publish("QAT", "QAT-STOCK", List.of(Row.stock("TH", "_T", 2020, 100)));
    }

    @AfterAll
    void close() {
        region.close();
    }

    private Consultations consultations() {
        return region.secretariat().bean(Consultations.class);
    }

    private String link(UUID consultation, Duration validity) {
        return consultations().issueLink(consultation, REVIEWER, validity, region.statistician("ADD"));
    }

    private static void refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.detail());
    }

    private HttpResponse<String> post(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = String.join(
                "&",
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .toList());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(region.secretariat().everybody() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(region.secretariat().everybody() + path))
                .header("Accept-Language", "en")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(1)
    void aLinkIsForOneHandInUntilAnHourAndWhatCannotBeTakenIsNot() throws Exception {
        refused(
                ErrorCode.NATIONAL_PROFILE_INVALID,
                () -> consultations()
                        .openNational("format: x".getBytes(StandardCharsets.UTF_8), region.statistician("ADD")));
        UUID id = consultations()
                .openNational(TEXT.getBytes(StandardCharsets.UTF_8), region.statistician("ADD"))
                .id();
        refused(
                ErrorCode.FORBIDDEN,
                () -> consultations().issueLink(id, REVIEWER, Duration.ofHours(1), region.approver("ADD")));
        String expired = link(id, Duration.ofHours(1));
        region.clock().advance(Duration.ofHours(1));
        assertEquals(
                410,
                post("/consultations/" + expired, Map.of("on-section-1", "late"))
                        .statusCode());
        assertEquals(
                410, post("/consultations/guessed", Map.of("on-section-1", "x")).statusCode());
        String token = link(id, Duration.ofHours(24));
        String path = "/consultations/" + token;
        assertEquals(422, post(path, Map.of("on-section-1", "  ")).statusCode());
        assertEquals(422, post(path, Map.of("on-section-9", "there is none")).statusCode());
        HttpResponse<String> tooLong = post(path, Map.of("on-section-1", "<b>" + "x".repeat(4_000)));
        assertEquals(422, tooLong.statusCode());
        assertTrue(tooLong.body().contains("&lt;b&gt;xxx"), "what was typed is there again, as text");
        assertEquals(
                200,
                post(path, Map.of("on-section-1", "Returns are counted by airports."))
                        .statusCode());
        assertEquals(410, post(path, Map.of("on-section-1", "once more")).statusCode());
        Consultation.Comment comment =
                consultations().comments(id, region.statistician("ADD")).getFirst();
        assertFalse(comment.named());
        refused(ErrorCode.CONSULTATION_NOT_POSSIBLE, () -> consultations().close(id, region.statistician("ADD")));
        consultations()
                .answer(comment.id(), Consultation.Verdict.ACCEPTED, "We say so now.", region.statistician("ADD"));
        refused(ErrorCode.CONSULTATION_NOT_POSSIBLE, () -> consultations().ofNational(id));
        consultations().close(id, region.statistician("ADD"));
        refused(
                ErrorCode.CONSULTATION_NOT_POSSIBLE,
                () -> consultations()
                        .answer(comment.id(), Consultation.Verdict.DECLINED, "No.", region.statistician("ADD")));
        NationalProfile profile = region.secretariat()
                .bean(NationalProfiles.class)
                .make(
                        TEXT.getBytes(StandardCharsets.UTF_8),
                        consultations().ofNational(id),
                        region.statistician("ADD"));
        ConsultationSummary summary = Objects.requireNonNull(region.secretariat()
                .bean(NationalProfiles.class)
                .get(profile.edition())
                .consultation());
        assertEquals(2, summary.asked());
        assertEquals(1, summary.comments());
        assertNull(summary.accepted().getFirst().organisation(), "nobody agreed to be named");
        assertEquals(
                List.of(
                        "consultation-opened",
                        "consultation-link-issued",
                        "consultation-link-issued",
                        "comments-received",
                        "comment-answered",
                        "consultation-closed"),
                region.secretariat().bean(Journal.class).bySubject(id.toString()).stream()
                        .map(JournalEntry::kind)
                        .toList());
        assertEquals(
                0L,
                region.secretariat()
                        .bean(Database.class)
                        .one(
                                "SELECT COUNT(*) AS n FROM journal_entry WHERE CONVERT(record USING utf8mb4) LIKE '%Lina%'",
                                row -> row.longValue("n"))
                        .orElse(1L));
    }

    @Test
    @Order(2)
    void somebodyOutsideReadsADraftAndCommentsInABrowserWithoutScripts() {
        UUID id = consultations()
                .openNational(TEXT.getBytes(StandardCharsets.UTF_8), region.statistician("ADD"))
                .id();
        String address = region.secretariat().everybody() + "/consultations/" + link(id, Duration.ofHours(24));
        try (Browser browser = Browser.open()) {
            Page page = browser.page(true, "en");
            page.navigate(address);
            assertThat(page.locator("h1")).containsText("Draft: Migration profile");
            assertThat(page.locator("main")).containsText("<script>alert(1)</script> is text.");
            assertFalse(page.content().contains("Lina"), "the person's name is nowhere");
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
            page.click("text=Send the comments");
            assertThat(page.locator("[role=alert]")).containsText("no comment");
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
            page.fill("#on-section-2", "Say who counts them.\n<i>Please.</i>");
            page.fill("#on-objectives", "The target is too low.");
            page.check("#named");
            page.click("text=Send the comments");
            assertThat(page.locator("[role=status]")).containsText("2 comments were sent");
            page.navigate(address);
            assertThat(page.locator("main")).containsText("used up");
        }
        List<Consultation.Comment> comments = consultations().comments(id, region.statistician("ADD"));
        assertEquals(2, comments.size());
        assertTrue(comments.stream().allMatch(Consultation.Comment::named));
    }

    @Test
    @Order(3)
    void aRegionalDraftIsShownOnlyWhenItCouldBePublishedAndPublishedOnlyWhenTheCommentsAreAnswered() throws Exception {
        region.secretariat()
                .bean(Programmes.class)
                .declare(
                        PROGRAMME.formatted(region.agreement()).getBytes(StandardCharsets.UTF_8),
                        region.statistician("ADD"));
        Rounds rounds = region.secretariat().bean(Rounds.class);
        UUID round = rounds.open("ADD-DRAFT", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds.turn(round);
        rounds.close(round, region.statistician("ADD"));
        Profiles profiles = region.secretariat().bean(Profiles.class);
        profiles.make(round, true, region.statistician("ADD"));
        profiles.make(round, region.statistician("ADD"));
        refused(
                ErrorCode.CONSULTATION_NOT_POSSIBLE,
                () -> consultations().openRegional("ADD-DRAFT", 2, region.approver("ADD")));
        refused(ErrorCode.CONSULTATION_NOT_POSSIBLE, () -> profiles.publish("ADD-DRAFT", 1, region.approver("ADD")));
        String choice = StaffBrowsing.as(region.approver("ADD").name(), region.secretariat())
                .get("/console/consultations")
                .body();
        assertTrue(choice.contains("value=\"ADD-DRAFT/1\"") && !choice.contains("value=\"ADD-DRAFT/2\""), choice);
        refused(ErrorCode.FORBIDDEN, () -> consultations().openRegional("ADD-DRAFT", 1, region.statistician("ADD")));
        UUID id = consultations()
                .openRegional("ADD-DRAFT", 1, region.approver("ADD"))
                .id();
        String path = "/consultations/" + link(id, Duration.ofHours(24));
        String draft = page(path);
        assertTrue(draft.contains("Foreign citizens by citizenship") && draft.contains("on-coverage"), draft);
        assertFalse(draft.contains("href=\"/profiles/ADD-DRAFT/1"), "a draft leads nowhere that is not published");
        assertTrue(page("/profiles/ADD-DRAFT/1").contains("is published"), "and is no public page itself");
        staffSeeTheDraftAsItIsShown(id);
        refused(ErrorCode.CONSULTATION_NOT_POSSIBLE, () -> profiles.publish("ADD-DRAFT", 1, region.approver("ADD")));
        post(path, Map.of("on-coverage", "Name the <offices>.", "on-sources", "Fine.", "named", "yes"));
        for (Consultation.Comment comment : consultations().comments(id, region.statistician("ADD"))) {
            consultations()
                    .answer(
                            comment.id(),
                            comment.section().equals("coverage")
                                    ? Consultation.Verdict.ACCEPTED
                                    : Consultation.Verdict.DECLINED,
                            "Noted.",
                            region.statistician("ADD"));
        }
        consultations().close(id, region.statistician("ADD"));
        profiles.publish("ADD-DRAFT", 1, region.approver("ADD"));
        String published = page("/profiles/ADD-DRAFT/1");
        assertTrue(published.contains("2 comments came from 1 of 1 who were asked; 1 was accepted."), published);
        assertTrue(
                published.contains("Centre for Migration Studies") && published.contains("Name the &lt;offices&gt;."));
        assertFalse(published.contains("Fine."));
        refused(
                ErrorCode.CONSULTATION_NOT_POSSIBLE,
                () -> consultations().openRegional("ADD-DRAFT", 1, region.approver("ADD")));
        whatCameOfTheCommentsIsSigned(profiles.get("ADD-DRAFT", 1));
        String none = StaffBrowsing.as(region.approver("ADD").name(), region.secretariat())
                .get("/console/consultations")
                .body();
        assertTrue(none.contains("profile make ROUND --for-comments") && !none.contains("name=\"edition\""), none);
    }

    private void staffSeeTheDraftAsItIsShown(UUID id) throws IOException, InterruptedException {
        String own = "/console/consultations/" + id;
        StaffBrowsing staff = StaffBrowsing.as(region.statistician("ADD").name(), region.secretariat());
        assertTrue(staff.get(own).body().contains("href=\"" + own + "/draft\""));
        HttpResponse<String> answer = staff.get(own + "/draft");
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(
                answer.body().contains("Foreign citizens by citizenship")
                        && answer.body().contains("id=\"coverage\"")
                        && answer.body().contains("<table"),
                answer.body());
        assertFalse(answer.body().contains("/profiles/ADD-DRAFT/1"), "it leads nowhere, as for whoever has a link");
        assertEquals(
                403,
                StaffBrowsing.as(region.approver("ADD").name(), region.secretariat())
                        .get(own + "/draft")
                        .statusCode());
        assertEquals(
                404,
                staff.get("/console/consultations/" + UUID.randomUUID() + "/draft")
                        .statusCode());
    }

    /** In the bundle, for this very edition, which says that it belongs to it; an edition that says nothing has none. */
    private void whatCameOfTheCommentsIsSigned(ProfileEdition edition) throws IOException {
        Map<String, byte[]> bundle = bundle(edition);
        assertNull(verify(bundle).failure());
        VerificationReport.Step said = step(verify(bundle), "comments");
        assertTrue(said.holds(), said.sentence());
        assertEquals("2 comments from 1 of 1 who were asked, 1 accepted", said.sentence());
        byte[] comments = Objects.requireNonNull(bundle.get("comments.jws"));

        Map<String, byte[]> altered = new LinkedHashMap<>(bundle);
        JsonNode jws = JSON.readTree(comments);
        String payload =
                new String(Base64.getUrlDecoder().decode(jws.path("payload").asText()), StandardCharsets.UTF_8);
        ((ObjectNode) jws)
                .put(
                        "payload",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(payload.replace("\"comments\":2", "\"comments\":9")
                                        .getBytes(StandardCharsets.UTF_8)));
        altered.put("comments.jws", JSON.writeValueAsBytes(jws));
        assertFalse(step(verify(altered), "comments").holds(), "what was signed says otherwise");

        Map<String, byte[]> foreign = new LinkedHashMap<>(bundle);
        foreign.put("comments.jws", Objects.requireNonNull(bundle.get("profile.jws")));
        assertFalse(step(verify(foreign), "comments").holds(), "signed by the secretariat, and no such result");

        bundle.remove("comments.jws");
        VerificationReport without = verify(bundle);
        assertEquals("comments", without.failure().name(), "what came of the comments was left out");
        assertTrue(
                without.failure().sentence().contains("left out"),
                without.failure().sentence());

        VerificationReport unasked =
                verify(bundle(region.secretariat().bean(Profiles.class).get("ADD-DRAFT", 2)));
        assertNull(unasked.failure());
        assertTrue(unasked.steps().stream().noneMatch(one -> one.name().equals("comments")));
    }

    private Map<String, byte[]> bundle(ProfileEdition edition) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        region.secretariat().bean(ProfileBundles.class).write(edition, out);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private VerificationReport verify(Map<String, byte[]> files) throws IOException {
        Path file = Files.createTempFile("profile", ".zip");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (Map.Entry<String, byte[]> one : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(one.getKey()));
                    zip.write(one.getValue());
                }
            }
            return ProfileVerifier.verify(
                    file,
                    region.roots("ADD", "ARE", "IND", "QAT"),
                    region.secretariat().bean(Dataflows.class));
        } finally {
            Files.delete(file);
        }
    }

    private static VerificationReport.Step step(VerificationReport report, String name) {
        return report.steps().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }
}
