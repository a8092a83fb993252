package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code updatedAfter}, {@code asOf} and {@code includeHistory} over HTTP: of Italy's own releases, the second of which withdraws a figure and
 * changes another, and at the consumer of the two answers that it holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlierStatesTest {
    private static final String FILIPINOS = "/sdmx/v2" + Corridor.FILIPINOS;
    private static final String FIRST_VERSION = "/sdmx/v1/data/DF_DIASPORA/A5.IT._T.PH._T.CB";
    private static final String CSV = "application/vnd.sdmx.data+csv;version=2.0.0";

    private final Corridor corridor = Corridor.open();
    private Instant between = Instant.EPOCH;

    @BeforeAll
    void secondRelease() {
        assertEquals(200, get(corridor.phl(), FILIPINOS).statusCode());
        String whole = get(corridor.ita(), FILIPINOS).body();
        between = corridor.ita().bean(Clock.class).instant();
        List<String> lines = whole.lines().toList();
        List<String> women =
                lines.stream().filter(line -> line.contains(",CB,F,")).toList();
        String changed = women.get(0);
        String withdrawn = women.get(1);
        StringBuilder next = new StringBuilder();
        for (String line : lines) {
            if (!line.equals(withdrawn)) {
                next.append(line.equals(changed) ? valueOf(line, "77") : line).append('\n');
            }
        }
        publish(corridor.ita(), next.toString());
        assertEquals(200, get(corridor.phl(), FILIPINOS + "?fresh=true").statusCode());
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String valueOf(String line, String value) {
        return line.replaceFirst(",PS,(\\d+),[^,]*,", ",PS,$1," + value + ",");
    }

    private static void publish(TestNode node, String csv) {
        Users users = node.bean(Users.class);
        StaffUser statistician = users.staff(users.get("analyst"));
        StaffUser approver = users.staff(users.get("approver"));
        ReleaseDesk desk = node.bean(ReleaseDesk.class);
        Release release = desk.importFigures(
                        "ITA-STOCK-UNDESA",
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                null),
                        statistician)
                .release();
        desk.approve(release.id(), ReleaseApproval.plain(), approver);
        desk.publish(release.id(), statistician);
    }

    private static HttpResponse<String> get(TestNode node, String path, String... more) {
        String accept = more.length > 0 ? more[0] : CSV;
        return StaffClient.signIn(node.staff(), "analyst", Corridor.PASSWORD).get(path, "accept", accept);
    }

    private TestNode node(String party) {
        return party.equals("ITA") ? corridor.ita() : corridor.phl();
    }

    private static List<String> rows(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return response.body().lines().skip(1).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ITA", "PHL"})
    void whatChangedSinceAnInstantIsWithdrawnOrReplaced(String party) {
        List<String> rows = rows(get(node(party), FILIPINOS + "?updatedAfter=" + between));
        assertEquals(2, rows.size(), String.join("\n", rows));
        assertTrue(rows.get(0).contains("(1.0.0),D,"), rows.get(0));
        assertTrue(rows.get(1).contains("(1.0.0),R,") && rows.get(1).contains(",77,"), rows.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ITA", "PHL"})
    void anEarlierStateIsAsItWasAndAsksNobody(String party) {
        List<String> now = rows(get(node(party), FILIPINOS));
        HttpResponse<String> answer = get(node(party), FILIPINOS + "?asOf=" + between);
        assertEquals(now.size() + 1, rows(answer).size());
        assertTrue(answer.body().lines().noneMatch(line -> line.contains(",77,")));
        assertEquals(
                204, get(node(party), FILIPINOS + "?asOf=2000-01-01T00:00:00Z").statusCode());
        assertEquals(
                200,
                get(node(party), FILIPINOS + "?format=xlsx&asOf=" + between).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ITA", "PHL"})
    void historyHasTheFirstStateWholeAndThenWhatCameAndWent(String party) {
        int first = rows(get(node(party), FILIPINOS + "?asOf=" + between)).size();
        List<String> rows = rows(get(node(party), FILIPINOS + "?includeHistory=true"));
        assertEquals(first + 2, rows.size());
        assertEquals(
                first + 1,
                rows.stream().filter(row -> row.contains("(1.0.0),R,")).count());
        List<String> page =
                rows(get(node(party), FILIPINOS + "?includeHistory=true&offset=" + (first - 1) + "&limit=2"));
        assertEquals(rows.subList(first - 1, first + 1), page);
        String json = get(
                        node(party), FILIPINOS + "?includeHistory=true", "application/vnd.sdmx.data+json;version=2.0.0")
                .body();
        assertTrue(json.contains("\"validFrom\"") && json.contains("\"validTo\""), json);
    }

    @Test
    void whatIsHeldOfAPartnerIsAvailableOncePerCellToThoseWhoMaySeeIt() {
        String path = "/sdmx/v2/availability/dataflow/ENTENTE/DF_DIASPORA/1.0.0/*.IT".replace("*", "%2A");
        String structures = "application/vnd.sdmx.structure+json;version=2.0.0";
        int held = rows(get(corridor.phl(), FILIPINOS)).size() + 1;
        HttpResponse<String> available = get(corridor.phl(), path, structures);
        assertEquals(200, available.statusCode(), available.body());
        assertTrue(available.body().contains("\"obs_count\""), available.body());
        assertTrue(available.body().contains("\"" + held + "\""), available.body());
        Corridor.addStaff(corridor.phl(), "officer", "treaty-officer");
        assertEquals(
                204,
                StaffClient.signIn(corridor.phl().staff(), "officer", Corridor.PASSWORD)
                        .get(path, "accept", structures)
                        .statusCode());
    }

    @Test
    void nothingNewIsNoContentAndAWorkbookShowsOneState() {
        Instant now = corridor.ita().bean(Clock.class).instant();
        assertEquals(
                204, get(corridor.ita(), FILIPINOS + "?updatedAfter=" + now).statusCode());
        assertEquals(
                501,
                get(corridor.ita(), FILIPINOS + "?format=xlsx&updatedAfter=" + between)
                        .statusCode());
        assertEquals(
                422,
                get(corridor.ita(), FILIPINOS + "?asOf=2000-01-01T00:00:00Z&updatedAfter=" + between)
                        .statusCode());
    }

    @Test
    void toolsOfVersion1AskForChangesToo() {
        HttpResponse<String> changes = get(corridor.ita(), FIRST_VERSION + "?updatedAfter=" + between, "*/*");
        assertEquals(200, changes.statusCode(), changes.body());
        assertTrue(changes.body().contains("action=\"Delete\""), changes.body());
        assertTrue(changes.body().contains("\"77\""), changes.body());
    }
}
