package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.message.Content;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.jspecify.annotations.Nullable;

/** One line for each exchange with a partner, as this node has it, for comparing with what the partner has. */
@Singleton
public final class ExchangeLedger {
    /** A request of which this node, the provider, has sent the answer and has no receipt. */
    public static final String ANSWERED = "answered";

    /** A request that waits for a person of the provider. */
    public static final String WAITING = "waiting";

    private final Database database;

    ExchangeLedger(Database database) {
        this.database = database;
    }

    /**
     * What one side has of an exchange.
     *
     * @param state the consumer's: {@code asked}, {@code received}, {@code rejected}, {@code never-received}; the provider's: {@code waiting},
     *     {@code answered}, or the kind of the receipt that it has
     * @param content base64url SHA-256 of the answer's content; null without one
     * @param signature base64url SHA-256 of the answer's {@code Signature} field; null without one
     */
    public record Line(
            UUID exchange,
            String state,
            @Nullable String content,
            @Nullable String signature) {}

    /**
     * Exchanges that this node has asked of a partner, in order of their ids.
     *
     * @param from first id
     * @param to first id that is left out
     */
    public List<Line> asked(String partner, UUID from, UUID to, int limit) {
        return database.query(
                "SELECT a.id, COALESCE(c.state, 'asked') AS state, c.body_digest, c.response_message FROM asked_exchange a"
                        + " LEFT JOIN closed_exchange c ON c.id = a.id"
                        + " WHERE a.partner = ? AND a.id >= ? AND a.id < ? ORDER BY a.id LIMIT ?",
                ExchangeLedger::line,
                partner,
                from,
                to,
                limit);
    }

    /** Exchanges that this node has answered to a partner, or been told about, in order of their ids. */
    public List<Line> answered(String partner, UUID from, UUID to, int limit) {
        return database.query(
                "SELECT x.id, COALESCE(r.kind, IF(a.id IS NULL, 'waiting', 'answered')) AS state, a.body_digest,"
                        + " a.response_message FROM ("
                        + "SELECT id FROM answered_exchange WHERE partner = ? AND id >= ? AND id < ? UNION "
                        + "SELECT id FROM waiting_request WHERE partner = ? AND id >= ? AND id < ? UNION "
                        + "SELECT id FROM exchange_receipt WHERE partner = ? AND id >= ? AND id < ?) x"
                        + " LEFT JOIN answered_exchange a ON a.partner = ? AND a.id = x.id"
                        + " LEFT JOIN exchange_receipt r ON r.partner = ? AND r.id = x.id ORDER BY x.id LIMIT ?",
                ExchangeLedger::line,
                partner,
                from,
                to,
                partner,
                from,
                to,
                partner,
                from,
                to,
                partner,
                partner,
                limit);
    }

    private static Line line(Row row) throws SQLException {
        byte[] body = row.bytesOrNull("body_digest");
        byte[] response = row.bytesOrNull("response_message");
        return new Line(
                row.uuid("id"),
                row.string("state"),
                body == null ? null : Base64Url.encode(body),
                response == null ? null : signature(response));
    }

    private static @Nullable String signature(byte[] stored) {
        return StoredMessage.response(stored, Content.EMPTY)
                .headers()
                .get("signature")
                .map(field -> Base64Url.encode(Digests.sha256(field.getBytes(StandardCharsets.UTF_8))))
                .orElse(null);
    }
}
