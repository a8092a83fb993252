package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/**
 * What partners have answered, kept until its retention date. A holding answers later questions that it covers, with its age, without a new
 * exchange; so a partner that is down does not take its last figures with it.
 */
@Singleton
public class Holdings {
    private static final String INSERT =
            "INSERT INTO holding (exchange, partner, agreement_id, leg, purpose, dataflow, selection, body_digest,"
                    + " received_us, retain_until_us, release_id, duties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String KEPT =
            " NOT EXISTS (SELECT 1 FROM holding_deletion d WHERE d.exchange = holding.exchange)";
    private static final int CANDIDATES = 200;

    private final Database database;
    private final ObjectMapper mapper;
    private final Clock clock;

    Holdings(Database database, ObjectMapper mapper, Clock clock) {
        this.database = database;
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * One holding.
     *
     * @param exchange the exchange that brought it, its proof of origin
     * @param retainUntil when the agreement wants it gone; null if it sets no end
     * @param release the provider's release that was sliced
     * @param duties what the agreement asks of who has the figures
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Holding(
            UUID exchange,
            String partner,
            String agreement,
            String leg,
            String purpose,
            String dataflow,
            HeldSelection selection,
            byte[] bodyDigest,
            Instant received,
            @Nullable Instant retainUntil,
            @Nullable String release,
            @Nullable Duties duties) {}

    Write insert(Holding holding) {
        return new Write.Insert(
                INSERT,
                Uuids.toBytes(holding.exchange),
                holding.partner,
                holding.agreement,
                holding.leg,
                holding.purpose,
                holding.dataflow,
                json(holding.selection),
                holding.bodyDigest,
                Micros.of(holding.received),
                holding.retainUntil == null ? null : Micros.of(holding.retainUntil),
                holding.release,
                holding.duties == null ? null : text(holding.duties));
    }

    /**
     * The newest holding under a leg that covers the selection and may still be kept. What was given for one purpose answers no question for
     * another (clause 5).
     */
    public Optional<Holding> covering(
            String partner, String agreement, String leg, String purpose, HeldSelection selection) {
        return allCovering(partner, agreement, leg, purpose, selection).stream().findFirst();
    }

    /** All such holdings, newest first: the states in which the partner gave what is selected. */
    List<Holding> allCovering(String partner, String agreement, String leg, String purpose, HeldSelection selection) {
        return database
                .query(
                        "SELECT * FROM holding WHERE partner = ? AND agreement_id = ? AND leg = ? AND purpose = ?"
                                + " AND (retain_until_us IS NULL OR retain_until_us > ?) AND" + KEPT
                                + " ORDER BY received_us DESC LIMIT ?",
                        this::row,
                        partner,
                        agreement,
                        leg,
                        purpose,
                        clock.instant(),
                        CANDIDATES)
                .stream()
                .filter(holding -> holding.selection.covers(selection))
                .toList();
    }

    /** The holding that an exchange or an opened crisis pack brought, if it may still be kept and is. */
    Optional<Holding> byExchange(UUID exchange) {
        return database.one(
                "SELECT * FROM holding WHERE exchange = ? AND (retain_until_us IS NULL OR retain_until_us > ?) AND"
                        + KEPT,
                this::row,
                exchange,
                clock.instant());
    }

    /** All holdings that may still be kept, newest first. */
    public List<Holding> all(int limit) {
        return database.query(
                "SELECT * FROM holding WHERE (retain_until_us IS NULL OR retain_until_us > ?) AND" + KEPT
                        + " ORDER BY received_us DESC LIMIT ?",
                this::row,
                clock.instant(),
                limit);
    }

    /** The newest holdings of a dataflow that may still be kept, newest first. */
    List<Holding> ofFlow(String dataflow, int limit) {
        return database.query(
                "SELECT * FROM holding WHERE dataflow = ? AND (retain_until_us IS NULL OR retain_until_us > ?) AND"
                        + KEPT + " ORDER BY received_us DESC LIMIT ?",
                this::row,
                dataflow,
                clock.instant(),
                limit);
    }

    /** What an exchange brought, whether its figures are still here or not. */
    public Optional<Holding> find(UUID exchange) {
        return database.one("SELECT * FROM holding WHERE exchange = ?", this::row, exchange);
    }

    /** What is, or was, held of a partner's release. */
    List<Holding> ofRelease(String partner, String release) {
        return database.query(
                "SELECT * FROM holding WHERE partner = ? AND release_id = ? ORDER BY received_us",
                this::row,
                partner,
                release);
    }

    /** Figures that are still here although their retention is over. */
    List<Holding> pastRetention(int limit) {
        return database.query(
                "SELECT * FROM holding WHERE retain_until_us <= ? AND" + KEPT + " ORDER BY retain_until_us LIMIT ?",
                this::row,
                clock.instant(),
                limit);
    }

    /** How many other holdings still need the body with this digest. */
    long othersWith(byte[] digest, UUID exchange) {
        return database.one(
                        "SELECT COUNT(*) AS n FROM holding WHERE body_digest = ? AND exchange <> ? AND" + KEPT,
                        r -> r.longValue("n"),
                        digest,
                        exchange)
                .orElse(0L);
    }

    /** Whether a holding that is kept needs the body with this digest. */
    public boolean needs(byte[] digest) {
        return database.one(
                                "SELECT COUNT(*) AS n FROM holding WHERE body_digest = ? AND" + KEPT,
                                r -> r.longValue("n"),
                                (Object) digest)
                        .orElse(0L)
                > 0;
    }

    private Holding row(Row r) throws SQLException {
        return new Holding(
                r.uuid("exchange"),
                r.string("partner"),
                r.string("agreement_id"),
                r.string("leg"),
                r.string("purpose"),
                r.string("dataflow"),
                selection(r.string("selection")),
                r.bytes("body_digest"),
                r.instant("received_us"),
                r.instantOrNull("retain_until_us"),
                r.stringOrNull("release_id"),
                duties(r.stringOrNull("duties")));
    }

    private String text(Duties duties) {
        try {
            return mapper.writeValueAsString(duties);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Duties duties(@Nullable String json) {
        try {
            return json == null ? null : mapper.readValue(json, Duties.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a holding's duties cannot be read", e);
        }
    }

    private String json(HeldSelection selection) {
        try {
            return mapper.writeValueAsString(selection);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private HeldSelection selection(String json) {
        try {
            return mapper.readValue(json, HeldSelection.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a holding's selection cannot be read", e);
        }
    }
}
