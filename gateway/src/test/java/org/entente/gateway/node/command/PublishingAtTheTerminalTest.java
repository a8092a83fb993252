package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.life.FigureAct;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.region.MemberStates;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A profile on its way to the public, from members' nodes over the staff's routes and commands to the public site: refused, published, and a part of it taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishingAtTheTerminalTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-PROFILE
            version: 1
            agreement: %s
            title: {en: Regional migration profile}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship and sex}
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

    private final HttpClient http = HttpClient.newHttpClient();
    private MemberStates region;
    private Delegation secretariat;

    @BeforeAll
    void open(@TempDir Path scratch) {
        region = MemberStates.open(new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "PHL", "PH", "QAT", "QA")), d -> {});
        secretariat = new Delegation(scratch, region.secretariat(), region.officer("ADD"));
        // Women and men add up to the whole for Indians, so the withheld men among Filipinos are the rest.
        region.publish(
                "ARE",
                "ARE-STOCK",
                List.of(
                        Row.stock("IN", "_T", 2020, 1_000),
                        Row.stock("IN", "F", 2020, 400),
                        Row.stock("IN", "M", 2020, 600),
                        Row.stock("PH", "_T", 2020, 500),
                        Row.stock("PH", "F", 2020, 300),
                        Row.stock("PH", "M", 2020, Double.NaN)));
        region.publish("IND", "IND-STOCK", List.of(Row.stock("PH", "_T", 2020, 30)));
        region.publish("PHL", "PHL-STOCK", List.of(Row.stock("IN", "_T", 2020, 70)));
        region.publish(
                "QAT", "QAT-STOCK", List.of(Row.stock("IN", "_T", 2020, 7_654), Row.stock("PH", "_T", 2020, 100)));
        region.secretariat()
                .bean(Programmes.class)
                .declare(
                        PROGRAMME.formatted(region.agreement()).getBytes(StandardCharsets.UTF_8),
                        region.statistician("ADD"));
    }

    @AfterAll
    void close() {
        if (region != null) {
            region.close();
        }
    }

    private ProfileEdition make() {
        Rounds rounds = region.secretariat().bean(Rounds.class);
        UUID round = rounds.open("ADD-PROFILE", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds.turn(round);
        rounds.close(round, region.statistician("ADD"));
        return region.secretariat().bean(Profiles.class).make(round, region.statistician("ADD"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(region.secretariat().everybody() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    @Test
    @Order(1)
    void anEditionFromWhichAWithheldFigureFollowsIsRefusedByCommandAndByRouteAndStaysUnseen() throws Exception {
        ProfileEdition edition = make();
        assertEquals(1, edition.edition());
        secretariat.isRefused("bianca", "profile-unsafe", "ARE", "profile", "publish", "ADD-PROFILE", 1);
        assertTrue(secretariat.staff.err.contains("by anybody"), secretariat.staff.err);

        HttpResponse<String> refused =
                region.secretariat().signIn("bianca").post("/api/profiles/ADD-PROFILE/1/publication", Map.of());
        assertEquals(409, refused.statusCode(), refused.body());
        assertTrue(StaffClient.json(refused).get("type").textValue().contains("profile-unsafe"), refused.body());
        String cell = StaffClient.json(refused).at("/cells/0").textValue();
        assertTrue(cell.startsWith("ARE ") && cell.contains("PH") && cell.contains(".M."), refused.body());

        assertEquals(404, get("/profiles/ADD-PROFILE/1").statusCode());
        assertEquals(404, get("/profiles/ADD-PROFILE").statusCode());
        assertFalse(page("/profiles/feed").contains("ADD-PROFILE"));
        assertEquals(List.of(), region.secretariat().bean(Profiles.class).published());
    }

    @Test
    @Order(2)
    void onceTheMemberWithholdsOneMoreTheNextEditionIsPublished() throws Exception {
        region.revise(
                "ARE",
                "ARE-STOCK",
                List.of(
                        Row.stock("IN", "_T", 2020, 1_000),
                        Row.stock("IN", "F", 2020, 400),
                        Row.stock("IN", "M", 2020, 600),
                        Row.stock("PH", "_T", 2020, 500),
                        Row.stock("PH", "F", 2020, Double.NaN),
                        Row.stock("PH", "M", 2020, Double.NaN)));
        assertEquals(2, make().edition());
        secretariat.doesAs("bianca", "profile", "publish", "ADD-PROFILE", 2);
        String page = page("/profiles/ADD-PROFILE/2?lang=en");
        assertTrue(page.contains("7,654") && page.contains("data-value=\"500\""));
        assertFalse(page.contains("data-value=\"300\""), "what the first answer still gave");
        assertEquals(404, get("/profiles/ADD-PROFILE/1").statusCode());
    }

    @Test
    @Order(3)
    void aRecallTakesTheReleasesFiguresOffTheSiteAndSaysSoWhileTheTotalsStay() throws Exception {
        TestNode qatar = region.node("QAT");
        ProfileEdition edition = region.secretariat().bean(Profiles.class).get("ADD-PROFILE", 2);
        var source = region.secretariat().bean(Profiles.class).document(edition).sources().stream()
                .filter(one -> one.party().equals("QAT"))
                .findFirst()
                .orElseThrow();
        String address = "/profiles/ADD-PROFILE/2/sources/" + source.id() + "?lang=en";
        assertFalse(page(address).contains("recalled"));
        String sdmx = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/*?format=csv";
        assertTrue(page(sdmx).contains(",7654,"));
        FigureAct.ReleaseRecalled recall = new FigureAct.ReleaseRecalled(
                "urn:uuid:" + UUID.randomUUID(),
                region.agreement(),
                qatar.bean(Treaties.class).get(region.agreement()).file().digest(),
                "QAT",
                region.clock().instant().truncatedTo(ChronoUnit.MICROS),
                String.valueOf(source.release()),
                "workers of one emirate were counted twice",
                List.of());
        qatar.bean(Treaties.class)
                .act(region.officer("QAT").sign(recall, region.clock().instant()), "test");
        Corridor.await(() -> region.secretariat()
                .bean(Recalls.class)
                .of("QAT", recall.release())
                .isPresent());

        String page = page("/profiles/ADD-PROFILE/2?lang=en");
        assertFalse(page.contains("7,654") || page.contains("data-value=\"7654\""));
        assertTrue(page.contains("(figures no longer kept)"));
        assertTrue(page.contains("8,724"), "the total stays as it was signed");
        assertTrue(page.contains("data-value=\"500\""), "others' figures stay");
        assertTrue(page(address).contains("recalled"), "its source says so");
        assertFalse(page(sdmx).contains("7654"));
        assertFalse(page("/profiles/ADD-PROFILE/2/tables/STOCK.csv").contains("7654"));
        assertEquals(404, get("/profiles/ADD-PROFILE/2/bundle").statusCode(), "the bundle held the figures");
    }
}
