package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
 * The consumer's deletion records on their way to the provider: sealed by the node, since nobody acts when retention ends, and proved by the
 * journal entry; sent like receipts, repeated until the provider has accepted each.
 */
@Singleton
class DeletionRecords {
    private static final Logger LOG = LoggerFactory.getLogger(DeletionRecords.class);
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(10), Duration.ofHours(1));

    private final Database database;
    private final Journal journal;
    private final Partners partners;
    private final PartnerClient client;
    private final ObjectMapper mapper;
    private final Clock clock;

    DeletionRecords(
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

    static Write queue(UUID exchange, String partner, Instant now) {
        return new Write.Insert(
                "INSERT INTO deletion_outbox (exchange, partner, journal_index, attempts, next_us) VALUES (?, ?, ?, 0, ?)",
                Uuids.toBytes(exchange),
                partner,
                Write.INDEX,
                Micros.of(now));
    }

    /** How many records a provider has not accepted yet. */
    long waiting() {
        return database.one("SELECT COUNT(*) AS n FROM deletion_outbox", r -> r.longValue("n"))
                .orElse(0L);
    }

    @Scheduled(fixedDelay = "3s", initialDelay = "3s")
    void sendDue() {
        try {
            database.query(
                            "SELECT DISTINCT partner FROM deletion_outbox WHERE next_us <= ? AND journal_index < ?",
                            r -> r.string("partner"),
                            clock.instant(),
                            journal.provable())
                    .forEach(this::send);
        } catch (EntenteException e) {
            LOG.warn("deletion records wait: {}", e.getMessage());
        }
    }

    private void send(String party) {
        List<Queued> due = database.query(
                "SELECT exchange, journal_index, attempts FROM deletion_outbox WHERE partner = ? AND next_us <= ?"
                        + " AND journal_index < ? ORDER BY next_us LIMIT ?",
                r -> new Queued(r.uuid("exchange"), r.longValue("journal_index"), r.intValue("attempts")),
                party,
                clock.instant(),
                journal.provable(),
                Receipts.BATCH);
        Map<UUID, String> problems = new LinkedHashMap<>();
        Set<UUID> accepted = new HashSet<>();
        try {
            ReceiptMessage.Verdict verdict = deliver(partners.require(party), due);
            verdict.accepted().forEach(id -> accepted.add(UUID.fromString(id)));
            verdict.refused().forEach(r -> problems.put(UUID.fromString(r.exchange()), r.code() + ": " + r.detail()));
        } catch (EntenteException e) {
            due.forEach(queued -> problems.put(queued.exchange, e.detail()));
        }
        for (Queued queued : due) {
            if (accepted.contains(queued.exchange)) {
                database.update("DELETE FROM deletion_outbox WHERE exchange = ?", queued.exchange);
            } else {
                later(queued, problems.getOrDefault(queued.exchange, "no verdict"));
            }
        }
    }

    private ReceiptMessage.Verdict deliver(Partner partner, List<Queued> due) {
        List<DeletionMessage.Deletion> deletions = new ArrayList<>();
        for (Queued queued : due) {
            deletions.add(new DeletionMessage.Deletion(
                    queued.exchange.toString(),
                    journal.prove(queued.journalIndex).toString()));
        }
        try {
            PartnerClient.Answered answer = client.call(
                    partner,
                    "POST",
                    "/deletions",
                    Headers.of("accept", "application/json", "content-type", "application/json"),
                    mapper.writeValueAsBytes(new DeletionMessage.Batch(deletions)),
                    false);
            return mapper.readValue(answer.body(), ReceiptMessage.Verdict.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " answered deletion records with something that is no verdict.",
                    e);
        }
    }

    private void later(Queued queued, String problem) {
        database.update(
                "UPDATE deletion_outbox SET attempts = attempts + 1, next_us = ?, problem = ? WHERE exchange = ?",
                clock.instant().plus(PAUSE.after(queued.attempts)),
                problem,
                queued.exchange);
    }
}
