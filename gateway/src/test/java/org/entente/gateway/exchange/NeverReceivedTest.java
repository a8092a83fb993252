package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.HeadLock;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exchanges that no answer follows are closed on both sides. */
class NeverReceivedTest {
    private static final Duration OVERDUE = Duration.ofHours(72).plusMinutes(1);

    private final TestClock clock = new TestClock();
    private Corridor corridor;

    @BeforeEach
    void open() {
        corridor = Corridor.open(plan -> plan.clock(clock).property("entente.outbound.answer-timeout", "4s"), Map.of());
    }

    @AfterEach
    void close() {
        corridor.close();
    }

    private UUID askInVain() {
        UUID id = corridor.phl().bean(Uuids.class).next();
        Question question = corridor.question(Corridor.FILIPINOS).asFresh().repeating(id);
        EntenteException down = assertThrows(
                EntenteException.class, () -> corridor.phl().bean(Asking.class).ask(question));
        assertEquals(ErrorCode.PARTNER_UNREACHABLE, down.code());
        return id;
    }

    private AskedExchanges.State state(UUID id) {
        return corridor.phl().bean(AskedExchanges.class).find(id).orElseThrow().state();
    }

    private static List<String> kinds(TestNode node, UUID exchange) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .map(JournalEntry::kind)
                .sorted()
                .toList();
    }

    private void receiptIsTaken() {
        Corridor.await(() -> {
            corridor.phl().bean(Receipts.class).sendDue();
            return corridor.phl().bean(Receipts.class).waiting() == 0;
        });
    }

    @Test
    void whatNeverReachedTheProviderIsClosedInBothJournals() {
        corridor.ita().stop();
        UUID id = askInVain();
        GivingUp givingUp = corridor.phl().bean(GivingUp.class);
        givingUp.closeOverdue();
        assertEquals(AskedExchanges.State.ASKED, state(id));

        clock.advance(OVERDUE);
        givingUp.closeOverdue();
        givingUp.closeOverdue();

        assertEquals(AskedExchanges.State.NEVER_RECEIVED, state(id));
        assertEquals(List.of("asked", "never-received"), kinds(corridor.phl(), id));
        corridor.ita().restart();
        receiptIsTaken();
        assertEquals(List.of("receipted"), kinds(corridor.ita(), id));
    }

    @Test
    void aLaterRequestForTheSameExchangeKeepsItOpen() {
        corridor.ita().stop();
        UUID id = askInVain();
        clock.advance(Duration.ofHours(70));
        Question again = corridor.question(Corridor.FILIPINOS).asFresh().repeating(id);
        assertThrows(
                EntenteException.class, () -> corridor.phl().bean(Asking.class).ask(again));
        clock.advance(Duration.ofHours(3));
        corridor.phl().bean(GivingUp.class).closeOverdue();
        assertEquals(AskedExchanges.State.ASKED, state(id));

        clock.advance(Duration.ofHours(70));
        corridor.phl().bean(GivingUp.class).closeOverdue();
        assertEquals(AskedExchanges.State.NEVER_RECEIVED, state(id));
    }

    @Test
    void anAnswerThatWasLostOnItsWayIsReceiptedAsNeverReceived() throws Exception {
        UUID id;
        HeadLock lock = new HeadLock(corridor.ita().bean(Database.class));
        try (lock) {
            id = askInVain();
        }
        Corridor.await(() -> kinds(corridor.ita(), id).equals(List.of("answered")));

        clock.advance(OVERDUE);
        corridor.phl().bean(GivingUp.class).closeOverdue();
        receiptIsTaken();

        assertEquals(List.of("answered", "receipted"), kinds(corridor.ita(), id));
        assertEquals(
                "never-received",
                corridor.ita()
                        .bean(AnsweredExchanges.class)
                        .find("PHL", id)
                        .orElseThrow()
                        .receipt());
    }

    @Test
    void anExchangeThatWasClosedSoIsNotAskedAgain() {
        corridor.ita().stop();
        UUID id = askInVain();
        clock.advance(OVERDUE);
        corridor.phl().bean(GivingUp.class).closeOverdue();
        corridor.ita().restart();

        Question again = corridor.question(Corridor.FILIPINOS).asFresh().repeating(id);
        EntenteException closed = assertThrows(
                EntenteException.class, () -> corridor.phl().bean(Asking.class).ask(again));

        assertEquals(ErrorCode.EXCHANGE_CONFLICT, closed.code());
        receiptIsTaken();
        assertEquals(List.of("receipted"), kinds(corridor.ita(), id));
    }

    @Test
    void anotherReceiptThanThatForAnExchangeThatWasNotAnsweredIsRefused() throws Exception {
        UUID answered = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                .exchange();
        Journal journal = corridor.phl().bean(Journal.class);
        long index = journal.bySubject(answered.toString()).stream()
                .filter(entry -> entry.kind().equals("received"))
                .findFirst()
                .orElseThrow()
                .index();
        UUID other = corridor.phl().bean(Uuids.class).next();
        ObjectMapper mapper = new ObjectMapper();
        byte[] body = mapper.writeValueAsBytes(new ReceiptMessage.Batch(List.of(new ReceiptMessage.Receipt(
                other.toString(), journal.prove(index).toString()))));

        PartnerClient.Answered answer = corridor.phl()
                .bean(PartnerClient.class)
                .call(
                        corridor.phl().bean(Partners.class).require("ITA"),
                        "POST",
                        "/receipts",
                        org.entente.crypto.message.Headers.of(
                                "accept", "application/json", "content-type", "application/json"),
                        body,
                        false);

        ReceiptMessage.Verdict verdict = mapper.readValue(answer.body(), ReceiptMessage.Verdict.class);
        assertTrue(verdict.accepted().isEmpty());
        assertEquals("receipt-invalid", verdict.refused().getFirst().code());
        assertTrue(kinds(corridor.ita(), other).isEmpty());
    }

    @Test
    void receiptsThatCannotBeReadAreRefusedWithASignature() {
        PartnerClient.Answered answer = corridor.phl()
                .bean(PartnerClient.class)
                .call(
                        corridor.phl().bean(Partners.class).require("ITA"),
                        "POST",
                        "/receipts",
                        org.entente.crypto.message.Headers.of("content-type", "application/json"),
                        "{\"receipts\":7}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        false);
        assertEquals(400, answer.response().status());
        assertTrue(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)
                .contains("/errors/request-malformed"));
    }
}
