package org.entente.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.region.library.Library;
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

/** The page of the library: entering, narrowing, withdrawing and harvesting by forms, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LibraryPageTest {
    private static final String PAGE = "/console/library";
    private static final byte[] PDF = "%PDF-1.7 a profile".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = new byte[0];

    private Corridor corridor;
    private StaffBrowsing analyst;

    @BeforeAll
    void open() throws Exception {
        corridor = Corridor.open();
        analyst = StaffBrowsing.as("analyst", corridor.phl());
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static Map<String, String> form(String link) {
        return Map.of(
                "title", "Country <i>Migration</i> Report",
                "producer", "IOM",
                "year", "2013",
                "countries", "PH, ID",
                "languages", "en",
                "rights", "IOM, free for non-commercial use",
                "link", link);
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        Map<String, String> other = new TreeMap<>(form);
        other.put(field, value);
        return other;
    }

    private List<Library.Held> held(TestNode node) {
        return node.bean(Library.class).all();
    }

    @Test
    @Order(1)
    void whatCannotBeTakenIsRefusedOnThePageAndNothingIsEntered() throws Exception {
        Map<String, String> form = form("https://iom.example/report");
        HttpResponse<String> country = analyst.upload(PAGE, with(form, "countries", "PH, PHL"), "file", "", NONE);
        assertEquals(422, country.statusCode());
        assertTrue(country.body().contains("role=\"alert\"") && country.body().contains("codes of two capitals"));
        assertTrue(country.body().contains("Country &lt;i>Migration&lt;/i> Report"), country.body());
        assertTrue(country.body().contains("value=\"PH, PHL\""), "what was typed is there again");
        Map<String, String> wrong = new TreeMap<>(form);
        wrong.putAll(Map.of("year", "soon", "languages", "English", "link", "javascript:alert(1)", "title", " "));
        HttpResponse<String> all = analyst.upload(PAGE, wrong, "file", "", NONE);
        assertEquals(422, all.statusCode());
        for (String fault : List.of("title:", "year:", "languages:", "link:")) {
            assertTrue(all.body().contains(fault), fault);
        }
        byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        for (HttpResponse<String> refusal : List.of(
                analyst.upload(PAGE, form(""), "file", "", NONE),
                analyst.upload(PAGE, form, "file", "both.pdf", PDF),
                analyst.upload(PAGE, form(""), "file", "report.pdf", page),
                analyst.upload(PAGE, form(""), "file", "report.html", PDF),
                analyst.upload(PAGE, form(""), "file", "empty.pdf", NONE),
                analyst.upload(PAGE, form(""), "file", "large.pdf", new byte[Library.MOST_BYTES + 1]))) {
            assertEquals(422, refusal.statusCode());
            assertTrue(refusal.body().contains("role=\"alert\""), refusal.body());
        }
        assertEquals(
                400,
                analyst.upload(PAGE, Map.of("title", "Alone"), "file", "", NONE).statusCode());
        assertEquals(List.of(), held(corridor.phl()));
    }

    @Test
    @Order(2)
    void whoeverIsNotAStatisticianSeesTheLibraryAndEntersNothing() throws Exception {
        StaffBrowsing approver = StaffBrowsing.as("approver", corridor.phl());
        Map<String, String> form = form("https://iom.example/report");
        HttpResponse<String> seen = approver.get(PAGE);
        assertEquals(200, seen.statusCode());
        assertFalse(seen.body().contains("enctype=") || seen.body().contains("/harvests/"), seen.body());
        assertEquals(403, approver.upload(PAGE, form, "file", "", NONE).statusCode());
        assertEquals(403, approver.post(PAGE + "/harvests/ITA", Map.of()).statusCode());
        assertEquals(
                403,
                approver.post(PAGE + "/" + UUID.randomUUID() + "/withdrawal", Map.of("reason", "mine"))
                        .statusCode());
        for (Map.Entry<String, String> field : Map.of(
                        "sec-fetch-site", "cross-site", "origin", "https://elsewhere.example")
                .entrySet()) {
            assertEquals(
                    403,
                    analyst.send(analyst.request(PAGE + "/harvests/ITA")
                                    .header(field.getKey(), field.getValue())
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode());
        }
        assertEquals(List.of(), held(corridor.phl()));
    }

    @Test
    @Order(3)
    void aProfileIsEnteredWithItsFileInABrowserWithoutScriptsAndNarrowedDownTo() throws Exception {
        assertEquals(
                303,
                analyst.upload(PAGE, form("https://iom.example/report"), "file", "", NONE)
                        .statusCode());
        try (Browser browser = Browser.open()) {
            Page page = signedIn(browser, false, "en");
            page.locator("a[href='/console/library']").click();
            assertThat(page.locator("a[aria-current=page]")).hasText("Library");
            page.fill("#title", "Perfil migratorio");
            page.fill("#producer", "OIM");
            page.fill("#year", "2010");
            page.fill("#countries", "EC");
            page.fill("#languages", "es");
            page.fill("#rights", "OIM");
            page.setInputFiles("#file", new FilePayload("perfil.pdf", "application/pdf", PDF));
            page.click("text=Enter >> nth=-1");
            assertThat(page.locator("[role=alert]")).hasCount(0);
            assertThat(page.locator("section[aria-labelledby=entries-title] tbody tr"))
                    .hasCount(2);
            assertThat(page.locator("tbody").first()).containsText("Country <i>Migration</i> Report");
            page.selectOption("#filter-language", "es");
            page.click("text=Show");
            assertThat(page.locator("section[aria-labelledby=entries-title] tbody tr"))
                    .hasCount(1);
            assertThat(page.locator("tbody").first()).containsText("Ecuador");
            Download file = page.waitForDownload(() -> page.click("text=perfil.pdf"));
            assertEquals("perfil.pdf", file.suggestedFilename());
            assertArrayEquals(PDF, Files.readAllBytes(file.path()));
            page.selectOption("#filter-year", "2013");
            page.click("text=Show");
            assertThat(page.locator("main")).containsText("no such profile");
            Page arabic = signedIn(browser, true, "ar");
            arabic.navigate(corridor.phl().staff() + PAGE);
            assertEquals("rtl", arabic.locator("html").getAttribute("dir"));
            accessible(arabic);
            Page refused = signedIn(browser, true, "fr");
            refused.navigate(corridor.phl().staff() + PAGE);
            accessible(refused);
            for (String field : List.of("title", "producer", "countries", "languages", "rights")) {
                refused.fill("#" + field, "XX");
            }
            refused.fill("#year", "2013");
            refused.click("form[enctype] button");
            assertThat(refused.locator("[role=alert]")).containsText("countries");
            accessible(refused);
        }
    }

    @Test
    @Order(4)
    void aPartnersLibraryIsHarvestedFromThePageAndWhatIsWithdrawnIsShownAsThat() throws Exception {
        StaffBrowsing italian = StaffBrowsing.as("analyst", corridor.ita());
        assertTrue(italian.get(PAGE).body().contains("none yet"));
        assertEquals(303, italian.post(PAGE + "/harvests/PHL", Map.of()).statusCode());
        assertEquals(404, italian.post(PAGE + "/harvests/XXX", Map.of()).statusCode());
        assertTrue(italian.get(PAGE + "?source=PHL").body().contains("2 profiles"));
        assertFalse(italian.get(PAGE).body().contains("none yet"));
        UUID theirs = held(corridor.phl()).getFirst().listed().id();
        String path = PAGE + "/" + theirs + "/withdrawal";
        assertEquals(404, italian.post(path, Map.of("reason", "not ours")).statusCode());
        assertEquals(422, analyst.post(path, Map.of("reason", " ")).statusCode());
        assertEquals(422, analyst.post(path, Map.of("other", "field")).statusCode());
        assertEquals(
                303,
                analyst.post(path, Map.of("reason", "superseded <b>now</b>")).statusCode());
        HttpResponse<String> twice = analyst.post(path, Map.of("reason", "again"));
        assertEquals(422, twice.statusCode());
        assertTrue(twice.body().contains("was withdrawn at"), twice.body());
        assertFalse(analyst.get(PAGE).body().contains("superseded"));
        assertTrue(
                analyst.get(PAGE + "?state=withdrawn").body().contains("withdrawn: superseded &lt;b&gt;now&lt;/b&gt;"));
        italian.post(PAGE + "/harvests/PHL", Map.of());
        assertTrue(italian.get(PAGE + "?state=all&source=PHL").body().contains("withdrawn: superseded"));
        assertEquals(
                401,
                italian.send(HttpRequest.newBuilder(URI.create(corridor.ita().staff() + PAGE)))
                        .statusCode());
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
