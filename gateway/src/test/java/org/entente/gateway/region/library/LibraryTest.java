package org.entente.gateway.region.library;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.region.MemberStates;
import org.entente.gateway.testing.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Profiles made elsewhere: entered, harvested between two nodes by signed lists, withdrawn, and shown to everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LibraryTest {
    private static final byte[] PDF = "%PDF-1.7 a profile".getBytes(StandardCharsets.US_ASCII);

    private MemberStates region;
    private UUID first = new UUID(0, 0);

    @BeforeAll
    void open() {
        region = MemberStates.open(new TreeMap<>(Map.of("IND", "IN", "PHL", "PH", "QAT", "QA")), document -> {});
    }

    @AfterAll
    void close() {
        region.close();
    }

    private Library library(String party) {
        return region.node(party).bean(Library.class);
    }

    private LibraryHarvest harvest(String party) {
        return region.node(party).bean(LibraryHarvest.class);
    }

    private static LibraryEntry entry(String title, int year, String country, String language, @Nullable String link) {
        return new LibraryEntry(
                title,
                "IOM",
                year,
                List.of(country),
                List.of(language),
                link,
                null,
                "IOM, free for non-commercial use");
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.detail());
        return refusal;
    }

    @Test
    @Order(1)
    void anEntryIsCheckedAndAFileByWhatIsInIt() {
        EntenteException faults = refused(
                ErrorCode.LIBRARY_ENTRY_INVALID,
                () -> library("PHL").add(entry(" ", 0, "XX", "zz", "javascript:alert(1)"), region.statistician("PHL")));
        assertEquals(5, ((List<?>) Objects.requireNonNull(faults.members().get("faults"))).size(), faults.detail());
        LibraryEntry profile = entry("Profile", 2013, "PH", "en", null);
        for (Map.Entry<String, byte[]> file : Map.of(
                        "profile.pdf",
                        "<html>".getBytes(StandardCharsets.UTF_8),
                        "profile.html",
                        PDF,
                        "../profile.pdf",
                        PDF,
                        "empty.pdf",
                        new byte[0],
                        "large.pdf",
                        new byte[LibraryFiles.MOST_BYTES + 1])
                .entrySet()) {
            refused(
                    ErrorCode.LIBRARY_ENTRY_INVALID,
                    () -> library("PHL").add(profile, file.getKey(), file.getValue(), region.statistician("PHL")));
        }
        refused(ErrorCode.FORBIDDEN, () -> library("PHL").add(profile, "profile.pdf", PDF, region.approver("PHL")));
        first = library("PHL")
                .add(
                        entry("Country Migration Report", 2013, "PH", "en", null),
                        "profile.pdf",
                        PDF,
                        region.statistician("PHL"))
                .id();
        library("PHL")
                .add(
                        entry("Perfil <b>migratorio</b>", 2010, "EC", "es", "https://iom.example/perfil"),
                        region.statistician("PHL"));
        assertArrayEquals(PDF, library("PHL").content(first));
    }

    @Test
    @Order(2)
    void aPartnerHarvestsWhatWasEnteredThereFromWhereItEndedAndPassesNothingOn() {
        library("ADD")
                .add(entry("Regional profile", 2019, "AE", "ar", "https://add.example/p"), region.statistician("ADD"));
        harvest("ADD").harvest("PHL");
        assertEquals(0, harvest("ADD").harvest("PHL"));
        assertEquals(
                List.of("ADD", "PHL", "PHL"),
                library("ADD").standing().stream().map(Library.Held::party).toList());
        harvest("PHL").harvest("ADD");
        assertEquals(
                List.of("PHL", "PHL", "ADD"),
                library("PHL").standing().stream().map(Library.Held::party).toList(),
                "what was harvested is not given on, in a circle least of all");
        assertEquals(0, harvest("ADD").harvest("PHL"));
        region.clock().advance(Duration.ofMinutes(1));
        for (int i = 0; i < Library.PAGE + 5; i++) {
            library("PHL")
                    .add(
                            entry("Profile " + i, 2000, "PH", "en", "https://iom.example/" + i),
                            region.statistician("PHL"));
        }
        assertEquals(Library.PAGE + 5, harvest("ADD").harvest("PHL"), "over several lists");
        assertTrue(region.secretariat()
                        .bean(Journal.class)
                        .bySubject("library/PHL")
                        .size()
                >= 3);
        assertTrue(library("ADD").proof("PHL", first).isPresent());
    }

    @Test
    @Order(3)
    void aListThatIsUnsignedAlteredOldOrAnothersIsRefused() throws Exception {
        region.clock().advance(Duration.ofMinutes(1));
        byte[] foreign = library("IND").list("");
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> harvest("ADD").take("PHL", foreign));
        byte[] beginning = library("PHL").list("");
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> harvest("ADD").take("PHL", beginning));
        byte[] honest = library("IND").list("");
        SignedDocument signed = SignedDocument.parse(honest);
        byte[] altered = new SignedDocument(
                        new String(signed.payload(), StandardCharsets.UTF_8)
                                .replace("\"complete\":true", "\"complete\":false")
                                .getBytes(StandardCharsets.UTF_8),
                        signed.signatures())
                .toJson();
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> harvest("ADD").take("IND", altered));
        refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> harvest("ADD").take("IND", signed.payload()));
        region.clock().advance(Duration.ofMinutes(1));
        assertEquals(0, harvest("ADD").take("IND", library("IND").list("")));
        EntenteException old =
                refused(ErrorCode.PARTNER_ANSWER_INVALID, () -> harvest("ADD").take("IND", honest));
        assertTrue(old.detail().contains("older"), old.detail());
    }

    private HttpResponse<byte[]> site(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(region.secretariat().everybody() + path))
                                .header("Accept-Language", "en")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    @Order(4)
    void everybodyChoosesByCountryYearAndLanguageWithoutScripts() throws Exception {
        UUID own = library("ADD")
                .add(entry("Profil", 2015, "MA", "fr", null), "profil (1).pdf", PDF, region.statistician("ADD"))
                .id();
        try (Browser browser = Browser.open()) {
            Page page = browser.page(false, "en");
            page.navigate(region.secretariat().everybody() + "/library");
            assertThat(page.locator("h1")).containsText("Library");
            assertThat(page.locator("main")).containsText("Perfil <b>migratorio</b>");
            page.selectOption("#country", "EC");
            page.click("text=Show");
            assertThat(page.locator("#library-table tbody tr")).hasCount(1);
            page.selectOption("#year", "2015");
            page.click("text=Show");
            assertThat(page.locator("main")).containsText("no such profile");
        }
        try (Browser browser = Browser.open()) {
            Page page = browser.page(true, "en");
            page.navigate(region.secretariat().everybody() + "/library?language=es");
            assertThat(page.locator("#library-table tbody tr")).hasCount(1);
            assertEquals(List.of(), new AxeBuilder(page).analyze().getViolations());
        }
        HttpResponse<byte[]> file = site("/library/files/" + own);
        assertArrayEquals(PDF, file.body());
        Map<String, String> heads = new TreeMap<>();
        file.headers().map().forEach((name, values) -> heads.put(name, values.getFirst()));
        assertTrue(String.valueOf(heads.get("content-disposition")).startsWith("attachment;"));
        assertEquals("nosniff", heads.get("x-content-type-options"));
        assertEquals("application/pdf", heads.get("content-type"));
        SignedDocument.parse(site("/library/list.json").body()).verify();
        SignedDocument.parse(site("/library/sources/PHL/" + first).body()).verify();
        assertEquals(404, site("/library/files/" + first).statusCode(), "a partner's file stays with the partner");
    }

    @Test
    @Order(5)
    void whatIsWithdrawnIsMarkedEverywhereAndItsFileIsGone() throws Exception {
        region.clock().advance(Duration.ofMinutes(1));
        library("PHL").withdraw(first, "superseded by the edition of 2019", region.statistician("PHL"));
        refused(
                ErrorCode.LIBRARY_ENTRY_INVALID,
                () -> library("PHL").withdraw(first, "again", region.statistician("PHL")));
        refused(ErrorCode.NOT_FOUND, () -> library("PHL").content(first));
        harvest("ADD").harvest("PHL");
        assertTrue(library("ADD").all().stream()
                .anyMatch(held -> held.listed().id().equals(first)
                        && "superseded by the edition of 2019"
                                .equals(held.listed().withdrawn())));
        assertFalse(new String(site("/library").body(), StandardCharsets.UTF_8).contains("Country Migration Report"));
    }
}
