package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a node answers from what partners have answered before, while they answer and while they do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HoldingsTest {
    private static final String SDMX = "/sdmx/v2";
    private static final String CSV = "application/vnd.sdmx.data+csv;version=2.0.0";
    private static final String EVERYBODY = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/*";

    private Corridor corridor;
    private StaffClient analyst;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
        analyst = StaffClient.signIn(corridor.phl().staff(), "analyst", Corridor.PASSWORD);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private HttpResponse<String> get(String path) {
        return analyst.get(SDMX + path.replace("*", "%2A"), "accept", CSV);
    }

    private static String field(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    @Order(1)
    void whatWasGivenForOnePurposeAnswersNoQuestionForAnother() {
        Asking asking = corridor.phl().bean(Asking.class);
        Question statistics = corridor.question(Corridor.FILIPINOS);
        Asking.Figures first = asking.ask(statistics);
        assertEquals(first.exchange(), asking.ask(statistics).exchange());
        Question planning = new Question(
                statistics.provider(),
                null,
                null,
                "diaspora-planning",
                statistics.asker(),
                statistics.dataflow(),
                statistics.selection(),
                statistics.named(),
                false,
                false,
                null);
        Asking.Figures other = asking.ask(planning);
        assertNotEquals(first.exchange(), other.exchange());
        assertEquals("diaspora-planning", Objects.requireNonNull(other.duties()).purpose());
    }

    @Test
    @Order(2)
    void aHoldingThatIsTooOldIsAskedForAgain() {
        Asking asking = corridor.phl().bean(Asking.class);
        Question question = corridor.question(Corridor.FILIPINOS);
        Asking.Figures kept = asking.ask(question, Duration.ofDays(1));
        Asking.Figures anew = asking.ask(question, Duration.ZERO);
        assertTrue(kept.held());
        assertNotEquals(kept.exchange(), anew.exchange());
    }

    @Test
    @Order(3)
    void aQueryOverAllPartiesHasOwnAndPartnersFigures() {
        HttpResponse<String> all = get(EVERYBODY + "?fresh=true");
        assertEquals(200, all.statusCode(), all.body());
        assertTrue(all.body().contains(",IT,") && all.body().contains("STOCK_IN"), "Italy's stock is missing");
        assertTrue(all.body().contains("CFO") || all.body().contains(",PH,_T,"), "the own figures are missing");
    }

    @Test
    @Order(4)
    void aLegIsAskedAsTheProvisionAgreementThatItIs() {
        HttpResponse<String> leg = get("/data/provisionagreement/ITA/ITA-PHL-STOCK/*/A5.IT._T.PH");
        assertEquals(200, leg.statusCode(), leg.body());
        assertTrue(field(leg, "entente-source").contains("leg=ITA-PHL-STOCK"));
        assertEquals(
                404, get("/data/provisionagreement/ITA/NO-SUCH-LEG/*/A5.IT").statusCode());
    }

    @Test
    @Order(5)
    void whileAPartnerIsDownItsLastFiguresAreServedWithTheirAgeAndTheFailureNamed() {
        corridor.ita().stop();
        HttpResponse<String> held = get(Corridor.FILIPINOS + "?maxAge=0");
        assertEquals(200, held.statusCode(), held.body());
        assertTrue(field(held, "entente-source").contains("held=?1;age="), field(held, "entente-source"));
        assertTrue(field(held, "entente-failure").startsWith("ITA;code=partner-unreachable"));
        assertEquals("", field(get(Corridor.FILIPINOS), "entente-failure"));
        EntenteException fresh = assertThrows(
                EntenteException.class,
                () -> corridor.phl()
                        .bean(Asking.class)
                        .ask(corridor.question(Corridor.FILIPINOS).asFresh()));
        assertEquals(ErrorCode.PARTNER_UNREACHABLE, fresh.code());
    }

    @Test
    @Order(6)
    void nobodyIsSilentlyMissing() {
        HttpResponse<String> refused = get(EVERYBODY + "?fresh=true");
        assertEquals(502, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("ITA"), refused.body());
        HttpResponse<String> rest = get(EVERYBODY + "?fresh=true&partial=true");
        assertEquals(200, rest.statusCode(), rest.body());
        assertTrue(field(rest, "entente-missing").startsWith("ITA;code=partner-unreachable"));
    }
}
