package org.entente.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffBrowsing;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The pages of consultations: from the draft to the closing, and what is refused on the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsultationPageTest {
    private static final String PAGE = "/console/consultations";
    private static final byte[] TEXT = """
            format: entente-national-text/1
            title: {en: Migration profile, fr: Profil migratoire}
            year: 2024
            group: [STAT, LABOUR]
            sections:
              - {part: A, heading: Trends, text: "Departures <b>grow</b>.", author: STAT}
              - {part: D, heading: Gaps, text: "Returns are not counted.", author: LABOUR}
            objectives: []
            """.getBytes(StandardCharsets.UTF_8);

    private Corridor corridor;
    private StaffBrowsing analyst;
    private StaffUser statistician;

    @BeforeAll
    void open() throws Exception {
        corridor = Corridor.open(TestNode.Plan::withPublicListener, Map.of());
        analyst = StaffBrowsing.as("analyst", corridor.phl());
        statistician = corridor.phl().bean(Users.class).authenticate("analyst", Corridor.PASSWORD);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Consultations consultations() {
        return corridor.phl().bean(Consultations.class);
    }

    private Consultation newest() {
        return consultations().all().getFirst();
    }

    private String today(int later) {
        return LocalDate.ofInstant(corridor.phl().bean(Clock.class).instant(), ZoneOffset.UTC)
                .plusDays(later)
                .toString();
    }

    private Map<String, String> reviewer(String until) {
        return new TreeMap<>(Map.of(
                "name",
                "Lina <Example>",
                "organisation",
                "Centre for Migration Studies",
                "contact",
                "lina@centre.example",
                "until",
                until));
    }

    private String invited(UUID id) throws Exception {
        String page =
                analyst.post(PAGE + "/" + id + "/links", reviewer(today(7))).body();
        int start = page.indexOf("<code>") + "<code>".length();
        return page.substring(start, page.indexOf("</code>", start));
    }

    private void comment(String address, String on, String text) throws Exception {
        HttpResponse<String> sent = analyst.send(HttpRequest.newBuilder(URI.create(address))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(on + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))));
        assertEquals(200, sent.statusCode(), sent.body());
    }

    @Test
    @Order(1)
    void onlyATextOfTheWorkingGroupIsTakenAndOnlyFromAStatistician() throws Exception {
        StaffBrowsing approver = StaffBrowsing.as("approver", corridor.phl());
        assertEquals(
                400,
                analyst.upload(
                                PAGE + "/national",
                                Map.of(),
                                "text",
                                "profile.pdf",
                                "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))
                        .statusCode());
        assertEquals(
                403,
                approver.upload(PAGE + "/national", Map.of(), "text", "profile.yaml", TEXT)
                        .statusCode());
        assertEquals(
                403,
                analyst.post(PAGE + "/regional", Map.of("edition", "ADD/1")).statusCode());
        assertEquals(
                404,
                approver.post(PAGE + "/regional", Map.of("edition", "ADD/1")).statusCode());
        assertEquals(
                400, approver.post(PAGE + "/regional", Map.of("edition", "ADD")).statusCode());
        assertEquals(List.of(), consultations().all());
        assertEquals(
                303,
                analyst.upload(PAGE + "/national", Map.of(), "text", "profile.yaml", TEXT)
                        .statusCode());
        String own = PAGE + "/" + newest().id();
        assertTrue(approver.get(PAGE).body().contains("Migration profile (2024)"));
        assertFalse(approver.get(PAGE).body().contains(own), "who was asked is for those who draft");
        assertEquals(403, approver.get(own).statusCode());
        assertEquals(403, approver.post(own + "/links", reviewer(today(7))).statusCode());
        assertEquals(403, approver.post(own + "/closing", Map.of("a", "b")).statusCode());
        assertEquals(404, analyst.get(PAGE + "/" + UUID.randomUUID()).statusCode());
        assertEquals(
                403,
                analyst.send(analyst.request(own + "/closing")
                                .header("sec-fetch-site", "cross-site")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode());
        assertTrue(analyst.get(own).body().contains("Departures &lt;b&gt;grow&lt;/b&gt;."));
    }

    @Test
    @Order(2)
    void aLinkIsShownOnceAndNoneIsMadeForADayThatIsOver() throws Exception {
        UUID id = newest().id();
        String own = PAGE + "/" + id;
        for (Map.Entry<String, Integer> until : Map.of(today(-1), 409, today(400), 409, "tomorrow", 400, "", 400)
                .entrySet()) {
            HttpResponse<String> refused = analyst.post(own + "/links", reviewer(until.getKey()));
            assertEquals(until.getValue(), refused.statusCode(), until.getKey());
            assertTrue(refused.body().contains("value=\"lina@centre.example\""), "what was typed is there again");
        }
        Map<String, String> nameless = reviewer(today(7));
        nameless.put("name", " ");
        assertEquals(400, analyst.post(own + "/links", nameless).statusCode());
        assertEquals(List.of(), consultations().invited(id, statistician));
        HttpResponse<String> made = analyst.post(own + "/links", reviewer(today(7)));
        assertEquals(200, made.statusCode());
        assertEquals("no-store", made.headers().firstValue("cache-control").orElse(""));
        int start = made.body().indexOf("<code>") + "<code>".length();
        String address = made.body().substring(start, made.body().indexOf("</code>", start));
        assertTrue(address.startsWith(corridor.phl().everybody() + "/consultations/"), address);
        String later = analyst.get(own).body();
        assertTrue(later.contains("Lina &lt;Example&gt;") && later.contains("good until"), later);
        assertFalse(later.contains(address.substring(address.lastIndexOf('/') + 1)), "the link is gone");
        comment(address, "on-section-2", "Returns are counted <i>by airports</i>.");
        assertTrue(analyst.get(own).body().contains("used on"));
        assertEquals(
                7,
                Duration.between(
                                newest().opened(),
                                consultations()
                                        .invited(id, statistician)
                                        .getFirst()
                                        .expires())
                        .toDays());
    }

    @Test
    @Order(3)
    void anAnswerIsChangedOnlyByWhoeverHasSeenItAndNotAfterTheClosing() throws Exception {
        UUID id = newest().id();
        String own = PAGE + "/" + id;
        UUID comment = consultations().comments(id, statistician).getFirst().id();
        String answer = own + "/comments/" + comment + "/answer";
        HttpResponse<String> early = analyst.post(own + "/closing", Map.of("a", "b"));
        assertEquals(409, early.statusCode());
        assertTrue(early.body().contains("1 comment is not answered yet"), early.body());
        Map<String, String> accepted = Map.of("verdict", "ACCEPTED", "answer", "We say <so>.", "seen", "");
        assertEquals(
                400,
                analyst.post(answer, Map.of("verdict", "MAYBE", "answer", "x", "seen", ""))
                        .statusCode());
        assertEquals(
                409,
                analyst.post(answer, Map.of("verdict", "ACCEPTED", "answer", "  ", "seen", ""))
                        .statusCode());
        assertEquals(
                404,
                analyst.post(own + "/comments/" + UUID.randomUUID() + "/answer", accepted)
                        .statusCode());
        assertEquals(303, analyst.post(answer, accepted).statusCode());
        HttpResponse<String> unseen =
                analyst.post(answer, Map.of("verdict", "DECLINED", "answer", "My own view.", "seen", ""));
        assertEquals(409, unseen.statusCode());
        assertTrue(unseen.body().contains("Meanwhile somebody else has answered"), unseen.body());
        assertTrue(
                unseen.body().contains("Accepted: We say &lt;so&gt;.")
                        && unseen.body().contains("My own view."),
                "both answers are there to choose from");
        Consultation.Comment stands = consultations().comments(id, statistician).getFirst();
        assertEquals(Consultation.Verdict.ACCEPTED, stands.verdict());
        assertEquals(
                303,
                analyst.post(
                                answer,
                                Map.of(
                                        "verdict",
                                        "DECLINED",
                                        "answer",
                                        "On reflection, no.",
                                        "seen",
                                        String.valueOf(stands.answered())))
                        .statusCode());
        assertEquals(303, analyst.post(own + "/closing", Map.of("a", "b")).statusCode());
        String closed = analyst.get(own).body();
        assertTrue(closed.contains("closed on") && closed.contains("--consultation " + id), closed);
        assertFalse(closed.contains("/answer\"") || closed.contains("/links\""), closed);
        assertEquals(409, analyst.post(answer, accepted).statusCode());
        assertEquals(409, analyst.post(own + "/links", reviewer(today(7))).statusCode());
        assertEquals(409, analyst.post(own + "/closing", Map.of("a", "b")).statusCode());
        assertEquals(
                List.of(
                        "consultation-opened",
                        "consultation-link-issued",
                        "comments-received",
                        "comment-answered",
                        "comment-answered",
                        "consultation-closed"),
                corridor.phl().bean(Journal.class).bySubject(id.toString()).stream()
                        .map(JournalEntry::kind)
                        .toList());
    }

    @Test
    @Order(4)
    void aWholeConsultationIsHeldInABrowserWithoutScriptsAndEveryPageIsAccessible() throws Exception {
        try (Browser browser = Browser.open()) {
            Page page = signedIn(browser, false, "en");
            page.click("a[href='/console/consultations']");
            page.setInputFiles("#text", new FilePayload("profile.yaml", "application/yaml", TEXT));
            page.click("form[enctype] button");
            UUID id = newest().id();
            page.click("a[href='/console/consultations/" + id + "']");
            page.fill("#name", "Omar Example");
            page.fill("#organisation", "Workers’ Union");
            page.fill("#contact", "omar@union.example");
            page.click("form[action$='/links'] button");
            String address = page.locator("[role=status] code").innerText();
            comment(address, "on-section-1", "Say <since when>.");
            String other = invited(id);
            comment(other, "on-section-2", "Fine.");
            Page watched = signedIn(browser, true, "ar");
            watched.navigate(corridor.phl().staff() + PAGE);
            accessible(watched);
            watched.navigate(corridor.phl().staff() + PAGE + "/" + id);
            assertThat(watched.locator("article")).hasCount(2);
            accessible(watched);
            watched.click("a[href$='/draft']");
            assertThat(watched.locator("h1 bdi[dir=ltr]")).hasText("Migration profile");
            accessible(watched);
            watched.goBack();
            watched.fill("#until", "2000-01-01");
            watched.fill("#name", "X");
            watched.fill("#organisation", "X");
            watched.fill("#contact", "X");
            watched.click("form[action$='/links'] button");
            assertThat(watched.locator("[role=alert]")).containsText("366 days");
            accessible(watched);
            page.navigate(corridor.phl().staff() + PAGE + "/" + id);
            assertThat(page.locator("article").first()).containsText("Say <since when>.");
            page.locator("article textarea").first().fill("Since 2010; it says so now.");
            page.locator("article button[value=ACCEPTED]").first().click();
            page.locator("article textarea").last().fill("Thank you.");
            page.locator("article button[value=DECLINED]").last().click();
            assertThat(page.locator("article").last()).containsText("Declined: Thank you.");
            page.click("form[action$='/closing'] button");
            assertThat(page.locator("main")).containsText("closed on");
            watched.navigate(corridor.phl().staff() + PAGE + "/" + id);
            accessible(watched);
        }
        assertEquals(1, consultations().ofNational(newest().id()).accepted().size());
    }

    private Page signedIn(Browser browser, boolean scripts, String language) {
        Page page = browser.page(scripts, language);
        page.navigate(corridor.phl().staff() + "/console");
        page.locator("#username").fill("analyst");
        page.locator("#password").fill(Corridor.PASSWORD);
        page.locator("form[action='/console/sign-in'] button").click();
        assertThat(page.locator("nav")).isVisible();
        return page;
    }

    private static void accessible(Page page) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), violations);
    }
}
