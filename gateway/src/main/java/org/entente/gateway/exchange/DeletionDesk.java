package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.ContentDigest;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.AuthenticatedCall;

/** Where the provider takes deletion records: each is held against its own record of the exchange and the consumer's journal. */
@Singleton
class DeletionDesk {
    private static final String KIND = "deletion-receipted";

    private final AnsweredExchanges exchanges;
    private final Database database;
    private final Journal journal;
    private final Clock clock;

    DeletionDesk(AnsweredExchanges exchanges, Database database, Journal journal, Clock clock) {
        this.exchanges = exchanges;
        this.database = database;
        this.journal = journal;
        this.clock = clock;
    }

    /** A deletion that a consumer has proved; {@code deleted} by the consumer's clock. */
    record Recorded(String partner, UUID exchange, String cause, String because, String deleted) {}

    ReceiptMessage.Verdict take(AuthenticatedCall call, DeletionMessage.Batch batch) {
        if (batch.deletions().size() > Receipts.BATCH) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A message holds at most " + Receipts.BATCH + " deletion records.");
        }
        List<String> accepted = new ArrayList<>();
        List<ReceiptMessage.Refused> refused = new ArrayList<>();
        for (DeletionMessage.Deletion deletion : batch.deletions()) {
            try {
                journal.append(check(call, deletion));
                accepted.add(deletion.exchange());
            } catch (DuplicateWriteException known) {
                accepted.add(deletion.exchange());
            } catch (EntenteException e) {
                refused.add(
                        new ReceiptMessage.Refused(deletion.exchange(), e.code().code(), e.detail()));
            }
        }
        return new ReceiptMessage.Verdict(accepted, refused);
    }

    private Draft check(AuthenticatedCall call, DeletionMessage.Deletion deletion) {
        UUID exchange = ExchangeHeaders.exchangeId(deletion.exchange());
        String partner = call.partner().party();
        AnsweredExchanges.Answered row = exchanges
                .find(partner, exchange)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "The exchange " + exchange + " was not answered here."));
        ExchangeRecord.Deleted record;
        ExchangeRecord.JournalRef place;
        try {
            AnswerProof.Proved<ExchangeRecord.Deleted> proved = AnswerProof.deleted(
                    TlogProof.parse(deletion.proof().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    AnswerProof.JournalKey.of(call.partner()));
            record = proved.record();
            place = proved.place();
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.RECEIPT_INVALID, String.valueOf(e.getMessage()), e);
        }
        String content = ContentDigest.header(row.bodyDigest());
        boolean same = record.exchange().equals(exchange.toString())
                && record.consumer().equals(partner)
                && record.content().equals(content);
        if (!same) {
            throw new EntenteException(
                    ErrorCode.RECEIPT_INVALID,
                    "The deletion record is not about what this node answered to " + exchange + ".");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", KIND);
        entry.put("time", now.toString());
        entry.put("exchange", exchange.toString());
        entry.put("consumer", partner);
        entry.put("cause", record.cause());
        entry.put("because", record.because());
        entry.put("proof", RecordCodec.tree(place));
        return new Draft(KIND, entry, exchange.toString(), List.of(insert(partner, exchange, record, deletion, now)));
    }

    private static Write insert(
            String partner,
            UUID exchange,
            ExchangeRecord.Deleted record,
            DeletionMessage.Deletion deletion,
            Instant now) {
        return new Write.Insert(
                "INSERT INTO deletion_record (partner, id, cause, because, deleted, proof, recorded_us, journal_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                partner,
                Uuids.toBytes(exchange),
                record.cause(),
                record.because(),
                record.time(),
                deletion.proof().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Micros.of(now),
                Write.INDEX);
    }

    /** What partners have proved to have deleted of a release of this node. */
    List<Recorded> ofRelease(String release) {
        return database.query(
                "SELECT d.partner, d.id, d.cause, d.because, d.deleted FROM deletion_record d JOIN answered_exchange a"
                        + " ON a.partner = d.partner AND a.id = d.id WHERE a.release_id = ? ORDER BY d.recorded_us",
                r -> new Recorded(
                        r.string("partner"), r.uuid("id"), r.string("cause"), r.string("because"), r.string("deleted")),
                release);
    }
}
