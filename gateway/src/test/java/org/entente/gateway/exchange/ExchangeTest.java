package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The use case "ask a partner", with its failure extensions, between two whole nodes over real TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeTest {
    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Asking asking() {
        return corridor.phl().bean(Asking.class);
    }

    private Question filipinos() {
        return corridor.question(Corridor.FILIPINOS).asFresh();
    }

    @Test
    void anAnswerIsVerifiedJournaledOnBothSidesAndReceipted() {
        Asking.Figures figures = asking().ask(filipinos());

        assertTrue(new String(figures.body(), StandardCharsets.UTF_8).contains(",PH,"));
        assertEquals(List.of("asked", "received"), kinds(corridor.phl().bean(Journal.class), figures.exchange()));
        Corridor.await(() ->
                kinds(corridor.ita().bean(Journal.class), figures.exchange()).equals(List.of("answered", "receipted")));
        AnsweredExchanges answered = corridor.ita().bean(AnsweredExchanges.class);
        assertEquals(
                "received",
                answered.find("PHL", figures.exchange()).orElseThrow().receipt());
        assertTrue(answered.receiptProof("PHL", figures.exchange()).isPresent());
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
    }

    @Test
    void aHoldingAnswersAQuestionItCoversWithoutANewExchange() {
        Asking.Figures first = asking().ask(filipinos());
        long entries = corridor.phl().bean(Journal.class).size();

        Asking.Figures held = asking().ask(corridor.question(Corridor.FILIPINOS));

        assertTrue(held.held());
        assertArrayEquals(first.body(), held.body());
        assertEquals(entries, corridor.phl().bean(Journal.class).size());
        assertNotEquals(first.exchange(), asking().ask(filipinos()).exchange());
    }

    @Test
    void whatTheLegDoesNotAllowIsRefusedAtHomeNamingTheClause() {
        EntenteException refusal =
                assertThrows(EntenteException.class, () -> asking().ask(corridor.question(Corridor.MOLDOVANS)));

        assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code());
        assertEquals("own node", refusal.members().get("refusedBy"));
        assertTrue(refusal.detail().contains("MD") && refusal.detail().contains("clause"), refusal.detail());
    }

    @Test
    void sentAllTheSameItIsRefusedByThePartnerSignedAndJournaled() {
        EntenteException refusal = assertThrows(
                EntenteException.class,
                () -> asking().ask(corridor.question(Corridor.MOLDOVANS).anyway()));

        assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code());
        assertEquals("ITA", refusal.members().get("refusedBy"));
        UUID exchange = UUID.fromString(String.valueOf(refusal.members().get("exchange")));
        assertEquals(List.of("asked", "received"), kinds(corridor.phl().bean(Journal.class), exchange));
        assertEquals(
                "answered", kinds(corridor.ita().bean(Journal.class), exchange).getFirst());
        assertEquals(
                "refusal",
                corridor.ita()
                        .bean(AnsweredExchanges.class)
                        .find("PHL", exchange)
                        .orElseThrow()
                        .outcome());
    }

    @Test
    void theSameExchangeGetsTheSameAnswerAndAddsNothing() {
        Asking.Figures first = asking().ask(filipinos());
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        long home = corridor.phl().bean(Journal.class).size();
        long abroad = corridor.ita().bean(Journal.class).size();

        Asking.Figures again = asking().ask(filipinos().repeating(first.exchange()));

        assertEquals(first.exchange(), again.exchange());
        assertArrayEquals(first.body(), again.body());
        assertEquals(home, corridor.phl().bean(Journal.class).size());
        assertEquals(abroad, corridor.ita().bean(Journal.class).size());
    }

    @Test
    void theSameExchangeIdForAnotherQuestionIsAConflict() {
        Asking.Figures first = asking().ask(filipinos());
        Question other = corridor.question(Corridor.FILIPINOS.replace("A5.IT", "*.IT"))
                .asFresh()
                .repeating(first.exchange());

        EntenteException conflict = assertThrows(EntenteException.class, () -> asking().ask(other));

        assertEquals(ErrorCode.EXCHANGE_CONFLICT, conflict.code());
    }

    @Test
    void anUnknownPurposeIsRefusedByName() {
        Question question = filipinos();
        Question other = new Question(
                question.provider(),
                null,
                null,
                "tax-enforcement",
                question.asker(),
                question.dataflow(),
                question.selection(),
                question.named(),
                false,
                true,
                null);

        EntenteException refusal = assertThrows(EntenteException.class, () -> asking().ask(other));

        assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code());
        assertTrue(refusal.detail().contains("tax-enforcement"), refusal.detail());
    }

    @Test
    void aBlockedPartnerIsNotAsked() {
        Partners partners = corridor.phl().bean(Partners.class);
        partners.hold("ITA", "a test of holds", "tester");
        try {
            EntenteException stopped = assertThrows(EntenteException.class, () -> asking().ask(filipinos()));
            assertEquals(ErrorCode.PARTNER_BLOCKED, stopped.code());
            assertTrue(stopped.detail().contains("a test of holds"), stopped.detail());
        } finally {
            partners.lift("ITA", "test over", "tester");
        }
        assertFalse(asking().ask(filipinos()).held());
    }

    @Test
    void sixteenAskersAtOnceGetSixteenExchanges() throws Exception {
        Map<UUID, Boolean> exchanges = new ConcurrentHashMap<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = java.util.Collections.nCopies(64, () -> {
                exchanges.put(asking().ask(filipinos()).exchange(), true);
                return null;
            });
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
        assertEquals(64, exchanges.size());
        Corridor.await(() -> corridor.phl().bean(Receipts.class).waiting() == 0);
        exchanges
                .keySet()
                .forEach(exchange -> assertEquals(
                        List.of("answered", "receipted"), kinds(corridor.ita().bean(Journal.class), exchange)));
    }

    @Test
    void aNewExchangeUnderAChosenIdIsThatExchange() {
        UUID id = corridor.phl().bean(Uuids.class).next();
        assertEquals(id, asking().ask(filipinos().repeating(id)).exchange());
    }

    private static List<String> kinds(Journal journal, UUID exchange) {
        return journal.bySubject(exchange.toString()).stream()
                .map(JournalEntry::kind)
                .sorted()
                .toList();
    }
}
