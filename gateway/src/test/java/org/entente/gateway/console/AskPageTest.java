package org.entente.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page for asking, as a newcomer uses it, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskPageTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private Corridor corridor;
    private Browser browser;

    @BeforeAll
    void open() {
        browser = Browser.open();
        corridor = Corridor.open();
    }

    @AfterAll
    void close() {
        if (corridor != null) {
            corridor.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private Page signedIn(boolean scripts, String language) {
        Page page = browser.page(scripts, language);
        page.navigate(corridor.phl().staff() + "/console");
        page.locator("#username").fill("analyst");
        page.locator("#password").fill(Corridor.PASSWORD);
        page.locator("form[action='/console/sign-in'] button").click();
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    private static void screenshot(Page page, String name) {
        Path file = BuildFolder.target("screens/" + name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    private static void accessible(Page page) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), violations);
    }

    @Test
    void aQuestionThatTheAgreementAllowsIsAnsweredWithTableSourceAndFiles() throws IOException {
        Page page = browser.page(true, "en");
        page.navigate(corridor.phl().staff() + "/console");
        accessible(page);
        screenshot(page, "sign-in");
        page.locator("#username").fill("analyst");
        page.locator("#password").fill("not the password");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("do not fit");
        page.locator("#username").fill("analyst");
        page.locator("#password").fill(Corridor.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Ask a partner for figures")))
                .isVisible();
        accessible(page);
        page.locator("#people").selectOption("PH");
        page.locator("#from").fill("2000");
        page.locator("#to").fill("2020");
        page.locator("input[name=by][value=SEX]").check();
        screenshot(page, "form");
        page.locator("button[name=ask]").click();
        assertThat(page.locator("tbody tr").first()).isVisible();
        assertThat(page.locator("thead")).containsText("2020");
        assertThat(page.locator("tbody")).containsText("Female");
        assertThat(page.locator(".about")).containsText("UN DESA");
        accessible(page);
        screenshot(page, "answer");
        Download csv = page.waitForDownload(() -> page.getByText("CSV file").click());
        assertTrue(Files.readString(csv.path()).contains(",PH,"));
        Download workbook =
                page.waitForDownload(() -> page.getByText("Excel workbook").click());
        assertEquals("figures.xlsx", workbook.suggestedFilename());
        Download evidence =
                page.waitForDownload(() -> page.getByText("Evidence of").click());
        assertTrue(Files.readString(evidence.path()).contains("entente"));
    }

    @Test
    void aQuestionThatItDoesNotAllowIsRefusedInWordsWithTheArticle() {
        Page page = signedIn(true, "en");
        page.locator("#people").selectOption("PH");
        page.locator("#from").fill("1850");
        page.locator("#to").fill("1860");
        page.locator("button[name=ask]").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The agreement does not allow this question");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Article");
        accessible(page);
        screenshot(page, "refusal");
    }

    @Test
    void thePageNeedsNoScriptAndSpeaksFrench() {
        Page page = signedIn(false, "fr");
        assertThat(page.locator("h1")).containsText("Demander des chiffres");
        page.locator("#people").selectOption("PH");
        page.locator("button[name=ask]").click();
        assertThat(page.locator("tbody tr").first()).isVisible();
        screenshot(page, "french");
        page.locator("form[action='/console/sign-out'] button").click();
        assertThat(page.locator("#username")).isVisible();
        page.navigate(corridor.phl().staff() + "/console");
        assertThat(page.locator("#username")).isVisible();
    }

    @Test
    void thePageSpeaksSpanishAndArabicFromRightToLeft() {
        Page spanish = signedIn(true, "es");
        assertThat(spanish.locator("h1")).containsText("Pedir cifras a un socio");
        Page arabic = signedIn(true, "ar");
        assertThat(arabic.locator("h1")).containsText("طلب أرقام من شريك");
        assertEquals("rtl", arabic.locator("html").getAttribute("dir"));
        arabic.locator("#people").selectOption("PH");
        arabic.locator("button[name=ask]").click();
        assertThat(arabic.locator("tbody tr").first()).isVisible();
        assertEquals("rtl", arabic.locator("table").evaluate("table => getComputedStyle(table).direction"));
        accessible(arabic);
        screenshot(arabic, "arabic");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(corridor.phl().staff() + path));
    }

    private HttpRequest.Builder signIn(String user) {
        return request("/console/sign-in")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "username=" + user + "&password=" + Corridor.PASSWORD.replace(" ", "+")));
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() throws Exception {
        HttpResponse<String> page = send(request("/console"));
        assertEquals(401, page.statusCode());
        String policy = page.headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        for (String part : List.of("<script", " style=", "<style", " onclick", "http://", "https://")) {
            assertFalse(page.body().contains(part), part);
        }
        assertEquals("DENY", page.headers().firstValue("x-frame-options").orElse(""));
        assertEquals(200, send(request("/console/style.css")).statusCode());
    }

    @Test
    void aSessionIsForThisSiteAloneAndReadsOutsideThePages() throws Exception {
        HttpResponse<String> begun = send(signIn("analyst"));
        assertEquals(303, begun.statusCode());
        String cookie = begun.headers().firstValue("set-cookie").orElse("");
        assertTrue(cookie.toLowerCase(java.util.Locale.ROOT).contains("httponly"), cookie);
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertEquals(
                200, send(request("/api/users/me").header("cookie", session)).statusCode());
        assertEquals(
                401,
                send(request("/api/users/me/keys")
                                .header("cookie", session)
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"stolen\"}")))
                        .statusCode());
        for (String[] field :
                new String[][] {{"sec-fetch-site", "cross-site"}, {"origin", "https://elsewhere.example"}}) {
            assertEquals(403, send(signIn("analyst").header(field[0], field[1])).statusCode());
        }
    }

    @Test
    void everyLanguageHasEveryText() {
        Set<String> english = new TreeSet<>(Messages.in("en").keys());
        for (String language : Messages.LANGUAGES) {
            assertEquals(english, new TreeSet<>(Messages.in(language).keys()), language);
        }
        assertEquals("fr", Messages.accepted("de, fr-CA;q=0.8, en;q=0.5").language());
        assertEquals("en", Messages.accepted("zh").language());
        assertEquals("en", Messages.accepted("fr;q=0, *").language());
    }
}
