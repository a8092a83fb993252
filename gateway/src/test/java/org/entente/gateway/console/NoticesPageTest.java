package org.entente.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page of notices and subscriptions, from the question to the approval, in a real browser without scripts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesPageTest {
    private Corridor corridor;
    private Browser browser;

    @BeforeAll
    void open() {
        browser = Browser.open();
        corridor = Corridor.open(plan -> plan.property("entente.notices.pause", "1s"), java.util.Map.of());
        Corridor.await(() -> !corridor.phl().bean(Notices.class).received(1).isEmpty());
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

    private Page signedIn(String name) {
        Page page = browser.page(false, "en");
        page.navigate(corridor.phl().staff() + "/console");
        page.locator("#username").fill(name);
        page.locator("#password").fill(Corridor.PASSWORD);
        page.locator("form[action='/console/sign-in'] button").click();
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    private static void accessible(Page page) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), violations);
    }

    @Test
    void aQuestionBecomesAStandingRequestThatAnotherPersonApproves() {
        Page page = signedIn("analyst");
        page.navigate(corridor.phl().staff() + "/console");
        page.locator("#people").selectOption("PH");
        page.locator("button[name='ask']").click();
        page.locator("a[href^='/console/notices?query=']").click();
        assertThat(page.locator("h1")).hasText("Notices and subscriptions");
        assertThat(page.locator("section[aria-labelledby='notices-title'] tbody tr"))
                .hasCount(1);
        page.locator("form[action='/console/notices'] button").click();
        assertThat(page.locator("section[aria-labelledby='subscriptions-title'] tbody"))
                .containsText("waits for approval");
        assertThat(page.locator("form[action$='/approval']")).hasCount(0);

        Page approver = signedIn("approver");
        approver.navigate(corridor.phl().staff() + "/console/notices");
        approver.locator("form[action$='/approval'] button").click();
        assertThat(approver.locator("section[aria-labelledby='subscriptions-title'] tbody"))
                .containsText("active");
        approver.locator("form[action$='/end'] input").fill("No longer needed.");
        approver.locator("form[action$='/end'] button").click();
        assertThat(approver.locator("section[aria-labelledby='subscriptions-title'] tbody"))
                .containsText("ended: No longer needed.");

        page.navigate(corridor.phl().staff() + "/console/notices?query=/data/nonsense");
        page.locator("form[action='/console/notices'] button").click();
        assertThat(page.locator("[role='alert']")).isVisible();
    }

    @Test
    void thePageIsAccessible() {
        Page page = browser.page(true, "en");
        page.navigate(corridor.phl().staff() + "/console");
        page.locator("#username").fill("analyst");
        page.locator("#password").fill(Corridor.PASSWORD);
        page.locator("form[action='/console/sign-in'] button").click();
        page.navigate(corridor.phl().staff() + "/console/notices?query=/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/x");
        accessible(page);
    }
}
