package org.entente.gateway.region.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.region.national.AnnexRow;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalProfiles;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What everybody sees of a state's own profile: pages in a real browser, and its annex as SDMX data of the state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NationalSiteTest {
    private static final String TEXT = """
        format: entente-national-text/1
        title: {en: Migration profile of the Philippines}
        year: 2024
        group: [CFO]
        sections:
          - {part: A, heading: Trends, author: CFO, text: More leave than come back.}
        objectives:
          - id: COST
            statement: Workers pay less to be recruited
            indicator: recruitment cost (months of wages)
            baseline: {period: "2020", value: 4, source: survey}
            target: {period: "2030", value: 0}
            value: {period: "2024", value: 3, source: survey}
        """;
    private static final ConsultationSummary COMMENTS = new ConsultationSummary(
            4,
            2,
            3,
            List.of(
                    new ConsultationSummary.Accepted(
                            "Trends", "Say who <counts>.", "Centre for Migration Studies", "We say so now."),
                    new ConsultationSummary.Accepted("Trends", "Returns are missing.", null, "Added.")));
    private static final String FLOW = "/sdmx/v2/data/dataflow/PHL/DF_NATIONAL_PROFILE/";

    private final Corridor corridor = Corridor.open(TestNode.Plan::withPublicListener, Map.of());
    private final TestNode node = corridor.phl();
    private NationalProfile second;

    @BeforeAll
    void publish() {
        NationalProfiles profiles = node.bean(NationalProfiles.class);
        StaffUser writer = Corridor.addStaff(node, "writer", Roles.STATISTICIAN);
        StaffUser approver = Corridor.addStaff(node, "reader", Roles.APPROVER);
        profiles.make(TEXT.getBytes(StandardCharsets.UTF_8), writer);
        node.bean(Asking.class).ask(corridor.question(Corridor.FILIPINOS));
        second = profiles.make(TEXT.replace("value: 3", "value: 2").getBytes(StandardCharsets.UTF_8), COMMENTS, writer);
        profiles.make(TEXT.getBytes(StandardCharsets.UTF_8), writer);
        node.bean(NationalPublication.class).publish(1, approver);
        node.bean(NationalPublication.class).publish(2, approver);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.everybody() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private String text(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    @Test
    void theListOfProfilesLeadsToTheStatesOwn() throws Exception {
        assertTrue(text("/profiles?lang=en").contains("href=\"/national?lang=en\""));
        TestNode other = corridor.ita();
        String without = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(other.everybody() + "/profiles"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertFalse(without.contains("/national"), "nothing is published there");
    }

    private static String leadsTo(TestNode from, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(from.everybody() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(307, answer.statusCode(), "where it leads may change");
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
        return answer.headers().firstValue("location").orElse("");
    }

    @Test
    void theSiteBeginsWhereThereIsSomething() throws Exception {
        assertEquals("/national", leadsTo(node, "/"));
        assertEquals("/national?lang=ar", leadsTo(node, "/?lang=ar"));
        assertEquals("/profiles", leadsTo(corridor.ita(), "/"), "which says that nothing is published yet");
        assertTrue(
                text("/national?lang=fr").contains("<a href=\"/?lang=fr\">"), "and every page leads to its beginning");
    }

    @Test
    void anEditionSaysHowManyCommentsCameAndWhichWereAcceptedFromWhomIfTheyAgreed() throws Exception {
        String page = text("/national/2?lang=en");
        for (String words : List.of(
                "3 comments came from 2 of 4 who were asked; 2 were accepted.",
                "Centre for Migration Studies",
                "Say who &lt;counts&gt;.",
                "We say so now.",
                "Returns are missing.",
                SiteTexts.in("en").get("consultation.unnamed"))) {
            assertTrue(page.contains(words), words + " in " + page);
        }
        assertFalse(text("/national/1?lang=en").contains("comments came"), "nobody was asked");
    }

    @Test
    void theAnnexIsDataOfTheStateInTheVersionOfItsEdition() throws Exception {
        String csv = text(FLOW + "2.0.0/*?format=csv");
        assertEquals(second.annex().size(), csv.lines().count() - 1, csv);
        AnnexRow own = second.annex().stream()
                .filter(row -> row.countedBy().equals("PHL") && row.value() != null)
                .findFirst()
                .orElseThrow();
        String value = EditionReading.plain(Objects.requireNonNull(own.value()));
        assertTrue(
                csv.lines()
                        .anyMatch(line -> line.contains(",PH,")
                                && line.contains("," + own.counterpart() + ",")
                                && line.contains(",PHL," + own.item() + "," + own.period() + "," + value + ",")),
                own + " in " + csv);
        AnnexRow partners = second.annex().stream()
                .filter(row -> row.countedBy().equals("ITA"))
                .findFirst()
                .orElseThrow();
        String named =
                csv.lines().filter(line -> line.contains(",ITA,")).findFirst().orElseThrow();
        assertTrue(named.contains(",IT,") && named.contains(",PH,"), "Italy counts Filipinos: " + named);
        assertTrue(
                named.contains(",A5," + partners.period() + ",") && named.contains(",Q,NOT_PUBLIC,"),
                "named, without its figure: " + named);
        assertFalse(named.contains("," + EditionReading.plain(Objects.requireNonNull(partners.value()))), named);
        for (String format : List.of("json", "xml")) {
            String other = text(FLOW + "2.0.0/*?format=" + format);
            assertTrue(other.contains(value) && other.contains("NOT_PUBLIC"), other);
        }
        assertTrue(text("/sdmx/v1/data/PHL,DF_NATIONAL_PROFILE,2.0.0/all").contains("NOT_PUBLIC"));
    }

    @Test
    void everyPublishedEditionKeepsItsVersionAndOthersAreNotThere() throws Exception {
        assertFalse(text(FLOW + "1.0.0/*?format=csv").contains(",ITA,"), "Italy had not answered then");
        assertEquals(404, get(FLOW + "3.0.0/*").statusCode(), "made, and not published");
        assertEquals(text(FLOW + "2.0.0/*?format=csv"), text(FLOW + "~/*?format=csv"), "the newest one");
        String structure = text("/sdmx/v2/structure/dataflow/PHL/DF_NATIONAL_PROFILE/2.0.0?references=all");
        for (String part : List.of("DSD_NATIONAL_PROFILE", "CL_ANNEX_ITEM", "ANNEX_ITEM", "COUNTED_BY", "CL_AREA")) {
            assertTrue(structure.contains(part), part);
        }
        String available = text("/sdmx/v2/availability/dataflow/PHL/DF_NATIONAL_PROFILE/2.0.0/*/REF_AREA,COUNTED_BY");
        assertTrue(available.contains("\"ITA\"") && available.contains("\"PH\""), available);
        assertEquals(404, get("/sdmx/v2/data/dataflow/PHL/DF_OTHER/1.0.0/*").statusCode());
    }

    /** Words of English authors keep their order and points on an Arabic page; the page's own sentences keep theirs. */
    private static void standsApart(Page page) {
        assertThat(page.locator("h1 bdi[dir=ltr]")).hasText("Migration profile of the Philippines");
        assertThat(page.locator("section p[dir=ltr]").first()).hasText("More leave than come back.");
        assertThat(page.locator("#consultation-table td bdi[dir=ltr]").first()).hasText("Centre for Migration Studies");
        assertThat(page.locator("#annex-table caption bdi")).hasCount(0);
    }

    @Test
    void thePagesAreAccessibleInBothDirectionsAndAskNobodyElse() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(true, "en");
            List<String> requests = new ArrayList<>();
            List<String> errors = new ArrayList<>();
            page.onRequest(request -> requests.add(request.url()));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    errors.add(message.text());
                }
            });
            String site = node.everybody().toString();
            for (String path : List.of(
                    "/profiles?lang=en",
                    "/national?lang=en",
                    "/national/2?lang=en",
                    "/national/compare?from=1&to=2&lang=en",
                    "/national?lang=ar",
                    "/national/2?lang=ar")) {
                page.navigate(site + path);
                assertThat(page.locator("h1")).isVisible();
                assertEquals(
                        path.endsWith("ar") ? "rtl" : "ltr",
                        page.locator("html").getAttribute("dir"));
                assertEquals(
                        List.of(),
                        new AxeBuilder(page)
                                .analyze().getViolations().stream()
                                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                                        .toList(),
                        path);
                if (path.equals("/national/2?lang=ar")) {
                    standsApart(page);
                }
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(BuildFolder.target("screens/site" + path.replaceAll("[^A-Za-z0-9]+", "-") + ".png"))
                        .setFullPage(true));
            }
            page.navigate(site + "/profiles?lang=en");
            page.locator("a[href='/national?lang=en']").first().click();
            page.locator("a[href='/national/2?lang=en']").click();
            assertThat(page.locator("#annex-table")).containsText("not public by the agreement");
            assertEquals(List.of(), errors);
            assertEquals(
                    List.of(),
                    requests.stream()
                            .filter(one -> !one.startsWith(site + "/") && !one.startsWith("data:"))
                            .toList());
        }
    }
}
