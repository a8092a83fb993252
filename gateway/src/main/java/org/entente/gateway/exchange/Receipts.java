package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer's receipts: queued in the transaction of the {@code received} entry, sent in batches within two seconds as soon as the entry
 * can be proved, repeated until the provider has accepted each.
 */
@Singleton
public class Receipts {
    /** Most receipts in one message. */
    static final int BATCH = 400;

    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(2), Duration.ofMinutes(10));
    private static final String INSERT =
            "INSERT INTO receipt_outbox (exchange, partner, journal_index, queued_us, next_us)"
                    + " VALUES (?, ?, ?, ?, ?)";
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final Database database;
    private final Journal journal;
    private final Partners partners;
    private final PartnerClient client;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final ReentrantLock sending = new ReentrantLock();
    // Proofs of what was just journaled, so that the usual receipt costs no second look at the journal.
    private final Cache<UUID, TlogProof> fresh =
            Caffeine.newBuilder().maximumSize(4_096).build();

    Receipts(
            Database database,
            Journal journal,
            Partners partners,
            PartnerClient client,
            ObjectMapper mapper,
            Clock clock) {
        this.database = database;
        this.journal = journal;
        this.partners = partners;
        this.client = client;
        this.mapper = mapper;
        this.clock = clock;
    }

    private record Queued(UUID exchange, long journalIndex, int attempts) {}

    Write queue(UUID exchange, String partner, Instant now) {
        return new Write.Insert(INSERT, Uuids.toBytes(exchange), partner, Write.INDEX, Micros.of(now), Micros.of(now));
    }

    void ready(UUID exchange, String partner, TlogProof proof) {
        fresh.put(exchange, proof);
    }

    /** Sends what is due, to each partner in turn. A partner that is down does not hold up the others. */
    @Scheduled(fixedDelay = "500ms", initialDelay = "500ms")
    public void sendDue() {
        if (!sending.tryLock()) {
            return;
        }
        try {
            List<String> waiting = database.query(
                    "SELECT DISTINCT partner FROM receipt_outbox WHERE next_us <= ?",
                    r -> r.string("partner"),
                    clock.instant());
            for (String partner : waiting) {
                while (send(partner)) {
                    // Until nothing more is due for this partner.
                }
            }
        } catch (EntenteException e) {
            LOG.warn("receipts wait: {}", e.getMessage());
        } finally {
            sending.unlock();
        }
    }

    /** How many receipts are waiting to be accepted. */
    public long waiting() {
        return database.one("SELECT COUNT(*) AS n FROM receipt_outbox", r -> r.longValue("n"))
                .orElse(0L);
    }

    private boolean send(String party) {
        List<Queued> due = database.query(
                "SELECT exchange, journal_index, attempts FROM receipt_outbox WHERE partner = ? AND next_us <= ?"
                        + " AND journal_index < ? ORDER BY next_us LIMIT ?",
                r -> new Queued(r.uuid("exchange"), r.longValue("journal_index"), r.intValue("attempts")),
                party,
                clock.instant(),
                journal.provable(),
                BATCH);
        if (due.isEmpty()) {
            return false;
        }
        try {
            Partner partner = partners.require(party);
            ReceiptMessage.Verdict verdict = deliver(partner, due);
            accepted(party, verdict.accepted());
            Map<String, String> refused = new LinkedHashMap<>();
            verdict.refused().forEach(r -> refused.put(r.exchange(), r.code() + ": " + r.detail()));
            due.stream()
                    .filter(q -> refused.containsKey(q.exchange.toString()))
                    .forEach(q -> later(party, q, refused.getOrDefault(q.exchange.toString(), "")));
            return due.size() == BATCH;
        } catch (EntenteException e) {
            LOG.debug("{} does not take receipts: {}", party, e.getMessage());
            due.forEach(queued -> later(party, queued, e.detail()));
            return false;
        }
    }

    /** The message with everything that waits for a partner, for a sealed file; nothing if nothing waits. */
    Optional<PartnerClient.Prepared> forFile(Partner partner) {
        List<Queued> waiting = database.query(
                "SELECT exchange, journal_index, attempts FROM receipt_outbox WHERE partner = ? AND journal_index < ?"
                        + " ORDER BY queued_us LIMIT ?",
                r -> new Queued(r.uuid("exchange"), r.longValue("journal_index"), r.intValue("attempts")),
                partner.party(),
                journal.provable(),
                BATCH);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(message(partner, waiting));
    }

    /** Takes in the provider's verdict on such a message. */
    ReceiptMessage.Verdict taken(PartnerClient.Answered answer, String party) {
        ReceiptMessage.Verdict verdict = verdict(party, answer);
        accepted(party, verdict.accepted());
        return verdict;
    }

    private ReceiptMessage.Verdict deliver(Partner partner, List<Queued> due) {
        return verdict(partner.party(), client.send(partner, message(partner, due)));
    }

    private PartnerClient.Prepared message(Partner partner, List<Queued> due) {
        List<ReceiptMessage.Receipt> receipts = new ArrayList<>();
        for (Queued queued : due) {
            TlogProof proof = fresh.getIfPresent(queued.exchange);
            receipts.add(new ReceiptMessage.Receipt(
                    queued.exchange.toString(),
                    (proof == null ? journal.prove(queued.journalIndex) : proof).toString()));
        }
        try {
            return client.prepare(
                    partner,
                    "POST",
                    ReceiptMessage.PATH,
                    Headers.of("accept", "application/json", "content-type", "application/json"),
                    mapper.writeValueAsBytes(new ReceiptMessage.Batch(receipts)),
                    false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ReceiptMessage.Verdict verdict(String party, PartnerClient.Answered answer) {
        try {
            if (answer.response().status() != 200) {
                throw new EntenteException(
                        ErrorCode.PARTNER_ANSWER_INVALID,
                        party + " refuses receipts (HTTP " + answer.response().status() + "): "
                                + mapper.readTree(answer.body()).path("detail").asText());
            }
            return mapper.readValue(answer.body(), ReceiptMessage.Verdict.class);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    party + " answered receipts with something that is no verdict.",
                    e);
        }
    }

    private void accepted(String party, List<String> exchanges) {
        if (exchanges.isEmpty()) {
            return;
        }
        List<Object> parameters = new ArrayList<>();
        parameters.add(party);
        exchanges.forEach(id -> {
            UUID exchange = UUID.fromString(id);
            parameters.add(Uuids.toBytes(exchange));
            fresh.invalidate(exchange);
        });
        database.update(
                "DELETE FROM receipt_outbox WHERE partner = ? AND exchange IN ("
                        + String.join(",", Collections.nCopies(exchanges.size(), "?")) + ")",
                parameters.toArray());
    }

    private void later(String party, Queued queued, String problem) {
        Instant next = clock.instant().plus(PAUSE.after(queued.attempts));
        database.update(
                "UPDATE receipt_outbox SET attempts = attempts + 1, next_us = ?, problem = ? WHERE partner = ? AND exchange = ?",
                next,
                problem,
                party,
                queued.exchange);
    }
}
