package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.message.ContentDigest;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes figures of partners: on the day on which their retention is over, by schedule, and when a recall wants it. The bodies go; digests,
 * messages and proofs stay, so that the exchange can still be proved. Each deletion is journaled in the transaction that deletes.
 */
@Singleton
public class Deletions {
    /** Deleted because the retention of the agreement is over. */
    static final String RETENTION = "retention";
    /** Deleted because the provider has recalled the release. */
    static final String RECALL = "recall";

    private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
    private static final int AT_ONCE = 200;

    private final Holdings holdings;
    private final Cubes cubes;
    private final Database database;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Clock clock;

    Deletions(Holdings holdings, Cubes cubes, Database database, NodeIdentity identity, Journal journal, Clock clock) {
        this.holdings = holdings;
        this.cubes = cubes;
        this.database = database;
        this.identity = identity;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A deletion.
     *
     * @param cause {@code retention} or {@code recall}
     * @param because the last day of retention, or the recall's id
     * @param length bytes of what was deleted
     * @param journalIndex of the {@code deleted} entry
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Deleted(
            UUID exchange,
            String partner,
            String cause,
            String because,
            byte[] bodyDigest,
            long length,
            Instant at,
            long journalIndex) {}

    /** The deletion of what an exchange brought, if it was deleted. */
    public Optional<Deleted> of(UUID exchange) {
        return database.one(
                "SELECT * FROM holding_deletion WHERE exchange = ?",
                r -> new Deleted(
                        r.uuid("exchange"),
                        r.string("partner"),
                        r.string("cause"),
                        r.string("because"),
                        r.bytes("body_digest"),
                        r.longValue("length"),
                        r.instant("deleted_us"),
                        r.longValue("journal_index")),
                exchange);
    }

    /** Deletes what has passed its date. */
    @Scheduled(fixedDelay = "60s", initialDelay = "20s")
    void deleteDue() {
        try {
            List<Holdings.Holding> due;
            do {
                due = holdings.pastRetention(AT_ONCE);
                for (Holdings.Holding holding : due) {
                    Duties duties = holding.duties();
                    String until = duties == null ? String.valueOf(holding.retainUntil()) : duties.keepUntil();
                    delete(holding, RETENTION, until);
                }
            } while (due.size() == AT_ONCE);
        } catch (EntenteException e) {
            LOG.warn("figures past their retention are deleted later: {}", e.getMessage());
        }
    }

    /** Deletes one holding; nothing happens if it is deleted already. */
    void delete(Holdings.Holding holding, String cause, String because) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] digest = holding.bodyDigest();
        long length = length(digest);
        boolean shared = holdings.othersWith(digest, holding.exchange()) > 0;
        ExchangeRecord.Deleted record = new ExchangeRecord.Deleted(
                ExchangeRecord.Deleted.KIND,
                now.toString(),
                holding.exchange().toString(),
                holding.partner(),
                identity.party(),
                holding.leg(),
                cause,
                because,
                ContentDigest.header(digest),
                shared);
        List<Write> writes = new ArrayList<>();
        writes.add(insert(holding, cause, because, length, now));
        if (owesProof(holding, cause)) {
            writes.add(DeletionRecords.queue(holding.exchange(), holding.partner(), now));
        }
        if (!shared) {
            writes.add(new Write.Update("DELETE FROM body WHERE digest = ?", chunks(digest), (Object) digest));
        }
        try {
            journal.append(new Draft(
                    ExchangeRecord.Deleted.KIND,
                    RecordCodec.toJson(record),
                    holding.exchange().toString(),
                    writes));
        } catch (DuplicateWriteException | ConflictingWriteException e) {
            LOG.debug("another process has deleted {}", holding.exchange(), e);
        }
        if (!shared) {
            cubes.forget(digest);
        }
    }

    private static boolean owesProof(Holdings.Holding holding, String cause) {
        Duties duties = holding.duties();
        return cause.equals(RECALL) || (duties != null && duties.proofOfDeletion());
    }

    private static Write insert(Holdings.Holding holding, String cause, String because, long length, Instant now) {
        return new Write.Insert(
                "INSERT INTO holding_deletion (exchange, partner, cause, because, body_digest, length, deleted_us,"
                        + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                Uuids.toBytes(holding.exchange()),
                holding.partner(),
                cause,
                because,
                holding.bodyDigest(),
                length,
                Micros.of(now),
                Write.INDEX);
    }

    private long length(byte[] digest) {
        return database.one(
                        "SELECT COALESCE(SUM(LENGTH(bytes)), 0) AS n FROM body WHERE digest = ?",
                        r -> r.longValue("n"),
                        (@Nullable Object) digest)
                .orElse(0L);
    }

    private int chunks(byte[] digest) {
        return database.one("SELECT COUNT(*) AS n FROM body WHERE digest = ?", r -> r.intValue("n"), (@Nullable Object)
                        digest)
                .orElse(0);
    }
}
