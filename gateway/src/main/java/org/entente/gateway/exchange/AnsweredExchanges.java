package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The provider's table of exchanges it has answered. */
@Singleton
public class AnsweredExchanges {
    private static final String INSERT =
            "INSERT INTO answered_exchange (partner, id, fingerprint, outcome, agreement_id, leg, request_message,"
                    + " response_message, body_digest, answered_us, release_id, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SELECT = "SELECT a.*, r.kind AS receipt FROM answered_exchange a"
            + " LEFT JOIN exchange_receipt r ON r.partner = a.partner AND r.id = a.id";

    private final Database database;

    AnsweredExchanges(Database database) {
        this.database = database;
    }

    /**
     * One answered exchange.
     *
     * @param fingerprint digest of all that makes a repeat the same request
     * @param outcome {@code permit} or {@code refusal}
     * @param requestMessage head of the request that was answered, see {@link StoredMessage}
     * @param responseMessage head of the signed response, without the proof
     * @param release id of the release that was sliced; null for a refusal
     * @param journalIndex of the {@code answered} entry; of no meaning before the row is stored
     * @param receipt {@code received} or {@code rejected}, null until the consumer's receipt was accepted
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answered(
            String partner,
            UUID id,
            byte[] fingerprint,
            String outcome,
            @Nullable String agreement,
            @Nullable String leg,
            byte[] requestMessage,
            byte[] responseMessage,
            byte[] bodyDigest,
            Instant answered,
            @Nullable String release,
            long journalIndex,
            @Nullable String receipt) {
        /** The request as it was received; an exchange request has no content. */
        public HttpRequestMessage request() {
            return StoredMessage.request(requestMessage, Content.EMPTY);
        }

        /** The response as it was signed. */
        public HttpResponseMessage response(byte[] body) {
            return StoredMessage.response(responseMessage, Content.of(body));
        }
    }

    static Write insert(Answered row) {
        return new Write.Insert(
                INSERT,
                row.partner,
                Uuids.toBytes(row.id),
                row.fingerprint,
                row.outcome,
                row.agreement == null ? "" : row.agreement,
                row.leg == null ? "" : row.leg,
                row.requestMessage,
                row.responseMessage,
                row.bodyDigest,
                Micros.of(row.answered),
                row.release,
                Write.INDEX);
    }

    /** Keeps the consumer's receipt; a second one for the same exchange fails its journal entry as a duplicate. */
    static Write receipt(String partner, UUID id, String kind, byte[] proof, Instant at) {
        return new Write.Insert(
                "INSERT INTO exchange_receipt (partner, id, kind, proof, receipted_us) VALUES (?, ?, ?, ?, ?)",
                partner,
                Uuids.toBytes(id),
                kind,
                proof,
                Micros.of(at));
    }

    /** The consumer's receipt for an exchange, if it has come: the tlog-proof of its record. */
    public Optional<byte[]> receiptProof(String partner, UUID id) {
        return database.one(
                "SELECT proof FROM exchange_receipt WHERE partner = ? AND id = ?", r -> r.bytes("proof"), partner, id);
    }

    /** The exchange with this partner and id. */
    public Optional<Answered> find(String partner, UUID id) {
        return database.one(SELECT + " WHERE a.partner = ? AND a.id = ?", AnsweredExchanges::row, partner, id);
    }

    /** The latest exchanges with any partner, newest first. */
    public List<Answered> latest(int limit) {
        return database.query(SELECT + " ORDER BY a.answered_us DESC LIMIT ?", AnsweredExchanges::row, limit);
    }

    /** A partner that was given figures of a release, in so many exchanges. */
    record Holder(String partner, long exchanges) {}

    /** Whether a partner was given figures of a release. */
    boolean gave(String partner, String release) {
        return database.one(
                        "SELECT COUNT(*) AS n FROM answered_exchange WHERE partner = ? AND release_id = ? AND outcome = 'permit'",
                        r -> r.longValue("n"),
                        partner,
                        release)
                .filter(exchanges -> exchanges > 0)
                .isPresent();
    }

    /** Who was given figures of a release. */
    List<Holder> holders(String release) {
        return database.query(
                "SELECT partner, COUNT(*) AS n FROM answered_exchange WHERE release_id = ? AND outcome = 'permit'"
                        + " GROUP BY partner ORDER BY partner",
                r -> new Holder(r.string("partner"), r.longValue("n")),
                release);
    }

    private static Answered row(org.entente.gateway.base.Row r) throws java.sql.SQLException {
        return new Answered(
                r.string("partner"),
                r.uuid("id"),
                r.bytes("fingerprint"),
                r.string("outcome"),
                emptyToNull(r.string("agreement_id")),
                emptyToNull(r.string("leg")),
                r.bytes("request_message"),
                r.bytes("response_message"),
                r.bytes("body_digest"),
                r.instant("answered_us"),
                r.stringOrNull("release_id"),
                r.longValue("journal_index"),
                r.stringOrNull("receipt"));
    }

    static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
