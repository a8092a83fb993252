package org.entente.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;

/** Where the provider takes receipts: each is held against its own record of the exchange and against the consumer's journal. */
@Singleton
class ReceiptDesk {
    private final AnsweredExchanges exchanges;
    private final Journal journal;
    private final ExchangeMetrics metrics;
    private final NodeIdentity identity;
    private final Clock clock;
    // What was just answered is receipted within seconds; older ones are read back from the journal.
    private final Cache<String, ExchangeRecord.Answered> recent = Caffeine.newBuilder()
            .maximumSize(65_536)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();

    ReceiptDesk(
            AnsweredExchanges exchanges, Journal journal, ExchangeMetrics metrics, NodeIdentity identity, Clock clock) {
        this.exchanges = exchanges;
        this.journal = journal;
        this.metrics = metrics;
        this.identity = identity;
        this.clock = clock;
    }

    void answered(ExchangeRecord.Answered record) {
        recent.put(record.consumer().party() + "/" + record.exchange(), record);
    }

    ReceiptMessage.Verdict take(AuthenticatedCall call, ReceiptMessage.Batch batch) {
        if (batch.receipts().size() > Receipts.BATCH) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A message holds at most " + Receipts.BATCH + " receipts.");
        }
        Map<String, CompletableFuture<Appended>> entries = new LinkedHashMap<>();
        List<String> accepted = new ArrayList<>();
        List<ReceiptMessage.Refused> refused = new ArrayList<>();
        for (ReceiptMessage.Receipt receipt : batch.receipts()) {
            try {
                entries.put(receipt.exchange(), journal.appendAsync(check(call, receipt)));
            } catch (EntenteException e) {
                refused.add(
                        new ReceiptMessage.Refused(receipt.exchange(), e.code().code(), e.detail()));
            }
        }
        entries.forEach((exchange, entry) -> {
            String problem = outcome(entry);
            if (problem == null) {
                accepted.add(exchange);
                recent.invalidate(call.partner().party() + "/" + exchange);
                metrics.receipted(call.partner().party());
            } else {
                refused.add(new ReceiptMessage.Refused(exchange, ErrorCode.JOURNAL_UNAVAILABLE.code(), problem));
            }
        });
        return new ReceiptMessage.Verdict(accepted, refused);
    }

    /** Null once the receipt is journaled, now or by an earlier delivery of the same. */
    private static @Nullable String outcome(CompletableFuture<Appended> entry) {
        try {
            entry.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof DuplicateWriteException
                    ? null
                    : "The receipt could not be journaled; send it again.";
        }
    }

    private Draft check(AuthenticatedCall call, ReceiptMessage.Receipt receipt) {
        UUID exchange = ExchangeHeaders.exchangeId(receipt.exchange());
        String party = call.partner().party();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ReceiptCheck.Checked checked =
                ReceiptCheck.check(call.partner(), receipt, answered(party, exchange), identity.party(), now);
        ExchangeRecord.Receipted record = checked.record();
        return new Draft(
                ExchangeRecord.Receipted.KIND,
                RecordCodec.toJson(record),
                exchange.toString(),
                List.of(AnsweredExchanges.receipt(party, exchange, record.receipt(), checked.proof(), now)));
    }

    private Optional<ExchangeRecord.Answered> answered(String party, UUID exchange) {
        ExchangeRecord.Answered known = recent.getIfPresent(party + "/" + exchange);
        return known == null ? exchanges.find(party, exchange).map(this::stored) : Optional.of(known);
    }

    private ExchangeRecord.Answered stored(AnsweredExchanges.Answered row) {
        try {
            var opening = journal.entry(row.journalIndex())
                    .map(entry -> entry.opening())
                    .orElse(null);
            if (opening == null) {
                throw new EntenteException(
                        ErrorCode.RECEIPT_INVALID, "The record of the exchange " + row.id() + " is no longer kept.");
            }
            return RecordCodec.read(opening.record(), ExchangeRecord.Answered.class);
        } catch (VerificationException e) {
            throw new IllegalStateException("an own record cannot be read", e);
        }
    }
}
