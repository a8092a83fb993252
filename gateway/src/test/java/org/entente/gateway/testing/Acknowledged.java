package org.entente.gateway.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.exchange.AnsweredExchanges;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalCheck;

/** What must hold of exchanges whose answers somebody has had, whatever has happened meanwhile. */
public final class Acknowledged {
    private Acknowledged() {}

    /**
     * Waits for the receipts, and then requires each exchange in both journals exactly once, its receipt at the provider, and both journals to
     * verify from their first entry.
     *
     * @param patienceMillis how long receipts may take
     */
    public static void requireWhole(Corridor corridor, Collection<UUID> exchanges, long patienceMillis)
            throws InterruptedException {
        Receipts receipts = corridor.phl().bean(Receipts.class);
        for (long waited = 0; receipts.waiting() > 0; waited += 100) {
            assertTrue(waited < patienceMillis, () -> receipts.waiting() + " receipts do not arrive");
            Thread.sleep(100);
        }
        assertEquals(exchanges.size(), exchanges.stream().distinct().count());
        for (UUID id : exchanges) {
            // A repeat is signed anew, so it is another message and another entry; what it leads to happens once.
            assertTrue(entries(corridor.phl(), id, "asked") >= 1, () -> "asked " + id);
            assertEquals(1, entries(corridor.phl(), id, "received"), () -> "received " + id);
            assertEquals(1, entries(corridor.ita(), id, "answered"), () -> "answered " + id);
            assertEquals(
                    "received",
                    corridor.ita()
                            .bean(AnsweredExchanges.class)
                            .find("PHL", id)
                            .orElseThrow()
                            .receipt());
        }
        for (TestNode node : List.of(corridor.phl(), corridor.ita())) {
            JournalCheck.Report check = node.bean(JournalCheck.class).run();
            assertTrue(check.passes(), () -> node.party() + ": " + check.findings());
            assertEquals(0, check.lost());
        }
    }

    /** How many entries of a kind a node's journal has about an exchange. */
    public static long entries(TestNode node, UUID exchange, String kind) {
        return node.bean(Journal.class).bySubject(exchange.toString()).stream()
                .filter(entry -> entry.kind().equals(kind))
                .count();
    }
}
