package org.entente.gateway.region.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.entente.agreements.life.FigureAct;
import org.entente.gateway.access.Roles;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.RecallBook;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.region.national.AnnexRow;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalProfiles;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A partner's figure that the agreement lets go on to the public, in the annex and its data: as it came, recalled, and destroyed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NationalAnnexDataTest {
    private static final String TEXT = """
        format: entente-national-text/1
        title: {en: Migration profile of the Philippines}
        year: 2024
        group: [CFO]
        sections:
          - {part: A, heading: Trends, author: CFO, text: More leave than come back.}
        objectives: []
        """;
    private static final String DATA = "/sdmx/v2/data/dataflow/PHL/DF_NATIONAL_PROFILE/1.0.0/*?format=";

    private final Corridor corridor = Corridor.open(TestNode.Plan::withPublicListener, Map.of(), document -> {
        ((ObjectNode) document.at("/legs/0/onward"))
                .putArray("allowed")
                .addObject()
                .put("recipient", "PUBLIC")
                .put("condition", "FREE");
    });
    private final TestNode node = corridor.phl();
    private AnnexRow partners;
    private AnnexRow own;
    private String release = "";

    @BeforeAll
    void publish() {
        release = String.valueOf(node.bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS))
                .release());
        NationalProfile profile = node.bean(NationalProfiles.class)
                .make(TEXT.getBytes(StandardCharsets.UTF_8), Corridor.addStaff(node, "writer", Roles.STATISTICIAN));
        node.bean(NationalPublication.class).publish(1, Corridor.addStaff(node, "reader", Roles.APPROVER));
        partners = row(profile, "ITA");
        own = row(profile, "PHL");
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static AnnexRow row(NationalProfile profile, String countedBy) {
        return profile.annex().stream()
                .filter(row -> row.countedBy().equals(countedBy) && row.value() != null)
                .findFirst()
                .orElseThrow();
    }

    private static String value(AnnexRow row) {
        return EditionReading.plain(Objects.requireNonNull(row.value()));
    }

    private String text(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.everybody() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    /** The row of the data with this counter, item and counterpart. */
    private String data(AnnexRow row) throws Exception {
        return text(DATA + "csv")
                .lines()
                .filter(line -> line.contains("," + row.countedBy() + "," + row.item() + "," + row.period() + ",")
                        && line.contains("," + row.counterpart() + ","))
                .findFirst()
                .orElseThrow();
    }

    private Instant now() {
        return node.bean(Clock.class).instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Test
    @Order(1)
    void aPartnersFigureThatMayBePublicStandsInTheAnnexAndItsData() throws Exception {
        String line = data(partners);
        assertTrue(line.contains("," + partners.period() + "," + value(partners) + ","), line);
        assertTrue(line.contains(",IT,") && line.contains(",PH,") && line.contains("STOCK_IN"), line);
        assertFalse(line.contains("NOT_PUBLIC"), line);
        assertTrue(text("/national/1/annex.csv").contains("," + value(partners) + ","));
        for (String format : List.of("json", "xml")) {
            assertTrue(text(DATA + format).contains(value(partners)), format);
        }
    }

    @Test
    @Order(2)
    void aRecalledReleaseOfTheStateTakesItsRowsAndSaysSo() throws Exception {
        assertTrue(data(own).contains("," + value(own) + ","), "before the recall");
        node.bean(Recalls.class)
                .recall(UUID.fromString(own.proof()), "counted twice", node.user("bianca", Roles.APPROVER));
        String line = data(own);
        assertTrue(line.contains("," + own.period() + ",NaN,O,RECALLED,"), line);
        assertTrue(text("/national/1?lang=en").contains(">recalled<"));
    }

    @Test
    @Order(3)
    void aRecallByThePartnerReachesThePublishedEditionByItself() throws Exception {
        String act = recall();
        String line = data(partners);
        assertTrue(line.contains("," + partners.period() + ",NaN,O,RECALLED,"), line);
        assertTrue(text("/national/1/annex.csv").contains(",,RECALLED,ITA,"));
        for (String format : List.of("csv", "json", "xml")) {
            assertFalse(text(DATA + format).contains(value(partners)), format);
        }
        node.bean(RecallBook.class).destroy(act, node.user("officer", Roles.TREATY_OFFICER));
        String destroyed = data(partners);
        assertTrue(destroyed.contains("," + partners.period() + ",NaN,O,DELETED,"), destroyed);
        assertTrue(text("/national/1?lang=en").contains("no longer kept"));
    }

    /** ITA's officer recalls the release that the answer is from, and PHL has it. */
    private String recall() {
        FigureAct.ReleaseRecalled recall = new FigureAct.ReleaseRecalled(
                "urn:uuid:" + UUID.randomUUID(),
                corridor.agreement(),
                node.bean(Treaties.class).get(corridor.agreement()).file().digest(),
                "ITA",
                now(),
                release,
                "two regions were counted twice",
                List.of());
        corridor.ita().bean(Treaties.class).act(corridor.officer("ITA").sign(recall, now()), "test");
        Corridor.await(() -> node.bean(Recalls.class).of("ITA", release).isPresent());
        return recall.id();
    }
}
