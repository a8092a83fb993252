package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Pages and order at the node listener, over TLS with both sides' certificates and signatures: what a partner does whose answer is larger
 * than a body may be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodePagesTest {
    private final Corridor corridor = Corridor.open();

    @AfterAll
    void close() {
        corridor.close();
    }

    @Test
    void thePagesOfAnAnswerAreTheAnswer() {
        List<String> whole = rows(ask(""));
        assertTrue(whole.size() > 10, whole.toString());
        List<String> pages = new ArrayList<>();
        for (int offset = 0; offset < whole.size(); offset += 4) {
            List<String> page = rows(ask("?offset=" + offset + "&limit=4"));
            assertEquals(Math.min(4, whole.size() - offset), page.size());
            pages.addAll(page);
        }

        assertEquals(whole, pages);
    }

    @Test
    void aPageLinksToTheNextUntilTheLast() {
        List<String> whole = rows(ask(""));
        assertEquals(Optional.empty(), ask("").response().headers().get("link"), "what is whole has no next page");
        List<String> followed = new ArrayList<>();
        Optional<String> next = Optional.of("?limit=4");
        for (int page = 0; next.isPresent(); page++) {
            assertTrue(page <= whole.size(), "the links run in a circle: " + next);
            PartnerClient.Answered answer = ask(next.get());
            followed.addAll(rows(answer));
            next = answer.response()
                    .headers()
                    .get("link")
                    .map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')));
        }

        assertEquals(whole, followed);
    }

    @Test
    void behindTheLastPageThereIsNothing() {
        PartnerClient.Answered answer = ask("?offset=100000&limit=4");

        assertEquals(200, answer.response().status());
        assertEquals(List.of(), rows(answer));
    }

    @Test
    void aPageIsCutAfterSorting() {
        List<String> years = rows(ask("?sort=TIME_PERIOD:desc&dimensionAtObservation=AllDimensions&limit=5")).stream()
                .map(row -> row.split(",", -1)[18])
                .toList();

        assertEquals(5, years.size());
        assertEquals(years.stream().sorted(Comparator.reverseOrder()).toList(), years);
        assertEquals(
                Collections.max(rows(ask("")).stream()
                        .map(row -> row.split(",", -1)[18])
                        .toList()),
                years.getFirst());
    }

    @Test
    void eachPageIsAnExchangeWithAReceipt() {
        UUID id = corridor.phl().bean(Uuids.class).next();

        PartnerClient.Answered answer = ask(id, "?offset=2&limit=1");

        assertEquals(1, rows(answer).size());
        assertTrue(corridor.ita().bean(AnsweredExchanges.class).find("PHL", id).isPresent());
    }

    @Test
    void aPageThatIsNoneIsNoQuery() {
        for (String query : List.of("?limit=-1", "?offset=x", "?limit=99999999999999999999", "?sort=NO_SUCH:desc")) {
            EntenteException refused = assertThrows(EntenteException.class, () -> ask(query));
            assertTrue(refused.detail().contains("(HTTP 4"), query + ": " + refused.detail());
        }
    }

    private PartnerClient.Answered ask(String query) {
        return ask(corridor.phl().bean(Uuids.class).next(), query);
    }

    private PartnerClient.Answered ask(UUID id, String query) {
        Leg leg =
                corridor
                        .phl()
                        .bean(Treaties.class)
                        .find(corridor.agreement())
                        .orElseThrow()
                        .file()
                        .agreement()
                        .legs()
                        .stream()
                        .filter(one -> one.provider().equals("ITA"))
                        .findFirst()
                        .orElseThrow();
        ExchangeHeaders headers = new ExchangeHeaders(
                id,
                corridor.agreement(),
                leg.id(),
                "statistics",
                new ExchangeHeaders.Requester("statistician", "0123456789abcdef", null));
        PartnerClient client = corridor.phl().bean(PartnerClient.class);
        Partner partner = corridor.phl().bean(Partners.class).require("ITA");
        return client.send(
                partner,
                client.prepare(
                        partner,
                        "GET",
                        "/sdmx/v2/data/provisionagreement/ITA/" + leg.id() + "/*/A5.IT._T.PH._T.CB" + query,
                        headers.toHeaders().plus(Headers.of("accept", "application/vnd.sdmx.data+csv;version=2.0.0")),
                        new byte[0],
                        true));
    }

    private static List<String> rows(PartnerClient.Answered answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
}
