package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.entente.agreements.decision.Decision;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A leg allows many requests but few cells: what was charged is counted again when decisions are replayed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaReplayTest {
    private static final long MOST = 30;

    private Corridor corridor;
    private List<Decision.Permit> permits;

    @BeforeAll
    void askUntilTheCellsAreUsed() {
        corridor = Corridor.open(
                plan -> plan,
                Map.of("quota", "50"),
                document -> ((ObjectNode) document.at("/legs/0/quota")).put("cells", MOST));
        Asking asking = corridor.phl().bean(Asking.class);
        List<UUID> answered = List.of(
                asking.ask(corridor.question(Corridor.FILIPINOS).asFresh()).exchange(),
                asking.ask(corridor.question(Corridor.FILIPINOS).asFresh()).exchange());
        EntenteException full = assertThrows(
                EntenteException.class,
                () -> asking.ask(corridor.question(Corridor.FILIPINOS).asFresh()));
        assertEquals(ErrorCode.AGREEMENT_REFUSED, full.code());
        assertTrue(full.detail().contains("cells"), full.detail());
        permits = answered.stream().map(this::permit).toList();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Decision.Permit permit(UUID exchange) {
        JournalEntry entry = corridor.ita().bean(Journal.class).bySubject(exchange.toString()).stream()
                .filter(one -> one.kind().equals(ExchangeRecord.Answered.KIND))
                .findFirst()
                .orElseThrow();
        try {
            var record = RecordCodec.read(
                    java.util.Objects.requireNonNull(entry.opening()).record(), ExchangeRecord.Answered.class);
            return (Decision.Permit) RecordCodec.value(record.decision(), Decision.class);
        } catch (org.entente.crypto.VerificationException e) {
            throw new AssertionError(e);
        }
    }

    private static long cells(Decision.Permit permit) {
        return permit.facts().quotas().values().iterator().next().cells();
    }

    @Test
    void whatEachPermitGaveIsFoundAgainFromItsReleaseAndTheRequest() {
        Audit.Report report = corridor.ita().bean(Audit.class).replay(0, Long.MAX_VALUE);
        assertEquals(List.of(), report.findings());
        assertEquals(3, report.same());
        assertTrue(report.quotasChecked());
        assertEquals(0, cells(permits.getFirst()));
        assertTrue(cells(permits.getLast()) > 0 && cells(permits.getLast()) < MOST, permits.toString());
    }

    @Test
    void factsThatKnowOfMoreCellsThanWereGivenAreFound() {
        ChargesAgain charges = new ChargesAgain(true);
        long known = cells(permits.getLast());
        assertNull(charges.foreseen(permits.getFirst().facts()));
        assertNull(charges.charge(permits.getFirst(), OptionalLong.of(known - 1)));
        String wrong = charges.foreseen(permits.getLast().facts());
        assertNotNull(wrong);
        assertTrue(wrong.contains(known + " cells were charged") && wrong.contains("gave " + (known - 1)), wrong);
    }

    @Test
    void aPermitWithoutRoomForAnotherCellIsFound() {
        ChargesAgain charges = new ChargesAgain(true);
        assertNull(charges.charge(permits.getFirst(), OptionalLong.of(MOST)));
        String wrong = charges.charge(permits.getLast(), OptionalLong.of(1));
        assertNotNull(wrong);
        assertTrue(wrong.contains("gave 30 cells in a window that allows 30"), wrong);
        assertTrue(charges.whole());
    }

    @Test
    void aPermitWhoseCellsAreNotKnownAnyMoreMakesTheCountIncompleteAndAccusesNobody() {
        ChargesAgain charges = new ChargesAgain(true);
        assertNull(charges.charge(permits.getFirst(), OptionalLong.empty()));
        assertNull(charges.foreseen(permits.getLast().facts()));
        assertNull(charges.charge(permits.getLast(), OptionalLong.of(MOST)));
        assertNull(charges.charge(permits.getLast(), OptionalLong.of(1)));
        assertEquals(false, charges.whole());
    }
}
