package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes exchanges to which no answer has come (docs/protocol.md section 6). The provider gets a receipt that says so, whether it had
 * answered or not, so that neither journal leaves the exchange open.
 */
@Singleton
class GivingUp {
    private static final Logger LOG = LoggerFactory.getLogger(GivingUp.class);

    private final AskedExchanges exchanges;
    private final Journal journal;
    private final Receipts receipts;
    private final ExchangeMetrics metrics;
    private final ExchangeSettings settings;
    private final Clock clock;
    // What was asked before this is closed for good, so that a pass does not go through the whole table again.
    private volatile Instant openFrom = Instant.EPOCH;

    GivingUp(
            AskedExchanges exchanges,
            Journal journal,
            Receipts receipts,
            ExchangeMetrics metrics,
            ExchangeSettings settings,
            Clock clock) {
        this.exchanges = exchanges;
        this.journal = journal;
        this.receipts = receipts;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /** Closes what is overdue; what cannot be journaled now is closed on a later pass. */
    @Scheduled(fixedDelay = "5m", initialDelay = "1m")
    void closeOverdue() {
        Instant overdue = clock.instant().minus(settings.giveUpAfter());
        try {
            while (pass(overdue) == AskedExchanges.OPEN_AT_ONCE) {
                // Until fewer than a page were open.
            }
            Instant byFile = clock.instant().minus(settings.fileValidity());
            exchanges.openByFile(byFile).stream()
                    .filter(open -> !exchanges.waitsForPerson(open.id()))
                    .forEach(open -> close(open, settings.fileValidity()));
        } catch (EntenteException e) {
            LOG.warn("exchanges without an answer stay open until a later pass: {}", e.getMessage());
        }
    }

    /** How many were closed. */
    private int pass(Instant overdue) {
        List<AskedExchanges.Asked> open = exchanges.open(openFrom, overdue);
        Instant next = open.size() < AskedExchanges.OPEN_AT_ONCE
                ? overdue
                : open.getLast().asked();
        int closed = 0;
        for (AskedExchanges.Asked asked : open) {
            boolean given =
                    exchanges.lastAttempt(asked.id()).isBefore(overdue) && !exchanges.waitsForPerson(asked.id());
            if (given) {
                close(asked, settings.giveUpAfter());
                closed++;
            } else if (asked.asked().isBefore(next)) {
                next = asked.asked();
            }
        }
        openFrom = next;
        return closed;
    }

    private void close(AskedExchanges.Asked open, Duration waited) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ExchangeRecord.Asked asked = record(open.id());
        ExchangeRecord.Received record = new ExchangeRecord.Received(
                ExchangeRecord.Received.NEVER_RECEIVED,
                now.toString(),
                asked.exchange(),
                asked.provider(),
                asked.consumer(),
                asked.agreement(),
                asked.leg(),
                asked.purpose(),
                asked.requester(),
                "no answer within " + waited.toHours() + " hours",
                null,
                exchanges.attempts(open.id()).getLast().part(),
                null);
        try {
            Appended appended = journal.append(new Draft(
                    ExchangeRecord.Received.NEVER_RECEIVED,
                    RecordCodec.toJson(record),
                    record.exchange(),
                    List.of(
                            AskedExchanges.close(open.id(), AskedExchanges.State.NEVER_RECEIVED, null, null, null, now),
                            receipts.queue(open.id(), open.partner(), now))));
            receipts.ready(open.id(), open.partner(), appended.proof());
            metrics.neverReceived(open.partner());
        } catch (DuplicateWriteException closedMeanwhile) {
            LOG.debug("the exchange {} was closed by another process or by its answer", open.id());
        }
    }

    private ExchangeRecord.Asked record(UUID exchange) {
        SaltedRecord opening = journal.bySubject(exchange.toString()).stream()
                .filter(entry -> entry.kind().equals(ExchangeRecord.Asked.KIND))
                .map(JournalEntry::opening)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no asked entry for the exchange " + exchange));
        try {
            return RecordCodec.read(opening.record(), ExchangeRecord.Asked.class);
        } catch (VerificationException e) {
            throw new IllegalStateException("an own record cannot be read", e);
        }
    }
}
