package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The consumer's table of exchanges it has asked for, with every request it sent for them. */
@Singleton
public class AskedExchanges {
    /** Most exchanges that one look for open ones gives. */
    static final int OPEN_AT_ONCE = 1_000;

    private static final String INSERT_ASKED =
            "INSERT INTO asked_exchange (id, partner, agreement_id, leg, requester, purpose, target_uri, asked_us)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_ATTEMPT =
            "INSERT INTO asked_attempt (exchange, sent_us, message, part) VALUES (?, ?, ?, ?)";
    private static final String CLOSE =
            "INSERT INTO closed_exchange (id, state, outcome, response_message, body_digest, closed_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String SELECT =
            "SELECT a.*, COALESCE(c.state, 'asked') AS state, c.outcome, c.response_message, c.body_digest, c.closed_us,"
                    + " c.journal_index FROM asked_exchange a LEFT JOIN closed_exchange c ON c.id = a.id";

    private final Database database;

    AskedExchanges(Database database) {
        this.database = database;
    }

    /** How far an exchange has come. */
    public enum State {
        /** Asked; no answer has been accepted yet. */
        ASKED("asked"),
        /** Answered, verified and receipted. */
        RECEIVED("received"),
        /** Answered with something that did not hold. */
        REJECTED("rejected"),
        /** Given up. */
        NEVER_RECEIVED("never-received");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As it stands in the database, the journal and the API. */
        public String text() {
            return text;
        }

        static State of(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(text);
        }
    }

    /**
     * One exchange that was asked for.
     *
     * @param requester the staff user, who is never named to the partner
     * @param outcome {@code permit} or {@code refusal} once received
     * @param responseMessage head of the answer with its proof, once received
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Asked(
            UUID id,
            String partner,
            State state,
            @Nullable String outcome,
            @Nullable String agreement,
            @Nullable String leg,
            String requester,
            String purpose,
            String targetUri,
            Instant asked,
            byte @Nullable [] responseMessage,
            byte @Nullable [] bodyDigest,
            @Nullable Instant received,
            @Nullable Long journalIndex) {
        /** The answer as it was received, if there is one. */
        public Optional<HttpResponseMessage> response(Content content) {
            byte[] stored = responseMessage;
            return stored == null ? Optional.empty() : Optional.of(StoredMessage.response(stored, content));
        }
    }

    /** A request as it was sent, and what the journal says of it. */
    public record Attempt(HttpRequestMessage request, RequestPart part) {}

    static List<Write> insert(Asked row, HttpRequestMessage request, RequestPart part) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Insert(
                INSERT_ASKED,
                Uuids.toBytes(row.id),
                row.partner,
                row.agreement == null ? "" : row.agreement,
                row.leg == null ? "" : row.leg,
                row.requester,
                row.purpose,
                row.targetUri,
                Micros.of(row.asked)));
        writes.add(insertAttempt(row.id, row.asked, request, part));
        return writes;
    }

    /** Marks an exchange whose request goes by a sealed file; its answer has more time. */
    static Write byFile(UUID id) {
        return new Write.Insert("INSERT INTO asked_by_file (id) VALUES (?)", Uuids.toBytes(id));
    }

    /** Did it go by a sealed file? */
    boolean isByFile(UUID id) {
        return database.one("SELECT id FROM asked_by_file WHERE id = ?", row -> id, Uuids.toBytes(id))
                .isPresent();
    }

    static Write insertAttempt(UUID id, Instant sent, HttpRequestMessage request, RequestPart part) {
        return new Write.Insert(
                INSERT_ATTEMPT, Uuids.toBytes(id), Micros.of(sent), StoredMessage.encode(request), part.json());
    }

    static Write close(
            UUID id,
            State state,
            @Nullable String outcome,
            byte @Nullable [] responseMessage,
            byte @Nullable [] bodyDigest,
            Instant at) {
        return new Write.Insert(
                CLOSE, Uuids.toBytes(id), state.text, outcome, responseMessage, bodyDigest, Micros.of(at), Write.INDEX);
    }

    /** The exchange with this id. */
    public Optional<Asked> find(UUID id) {
        return database.one(SELECT + " WHERE a.id = ?", AskedExchanges::row, id);
    }

    /** The latest exchanges, newest first. */
    public List<Asked> latest(int limit) {
        return database.query(SELECT + " ORDER BY a.asked_us DESC LIMIT ?", AskedExchanges::row, limit);
    }

    /** Exchanges without an answer whose request went by a sealed file and was first asked before the given time. */
    List<Asked> openByFile(Instant before) {
        return database.query(
                SELECT
                        + " JOIN asked_by_file f ON f.id = a.id WHERE c.id IS NULL AND a.asked_us < ? ORDER BY a.asked_us",
                AskedExchanges::row,
                before);
    }

    /**
     * Exchanges without an answer that were first asked over the network in [from, before), oldest first, {@link #OPEN_AT_ONCE} at
     * most.
     */
    List<Asked> open(Instant from, Instant before) {
        return database.query(
                SELECT
                        + " WHERE c.id IS NULL AND NOT EXISTS (SELECT 1 FROM asked_by_file f WHERE f.id = a.id)"
                        + " AND a.asked_us >= ? AND a.asked_us < ? ORDER BY a.asked_us LIMIT ?",
                AskedExchanges::row,
                from,
                before,
                OPEN_AT_ONCE);
    }

    /** Whether the provider has said that a person decides, so that no answer is overdue yet. */
    boolean waitsForPerson(UUID id) {
        return database.one("SELECT id FROM deferred_exchange WHERE id = ?", r -> r.uuid("id"), id)
                .isPresent();
    }

    /** When the last request for an exchange was sent. */
    Instant lastAttempt(UUID id) {
        return database.one(
                        "SELECT MAX(sent_us) AS sent_us FROM asked_attempt WHERE exchange = ?",
                        r -> r.instant("sent_us"),
                        id)
                .orElseThrow();
    }

    /** Every request that was sent for an exchange, oldest first. */
    public List<Attempt> attempts(UUID id) {
        return database.query(
                "SELECT message, part FROM asked_attempt WHERE exchange = ? ORDER BY sent_us",
                r -> new Attempt(
                        StoredMessage.request(r.bytes("message"), Content.EMPTY), RequestPart.parse(r.string("part"))),
                id);
    }

    private static Asked row(Row r) throws SQLException {
        return new Asked(
                r.uuid("id"),
                r.string("partner"),
                State.of(r.string("state")),
                r.stringOrNull("outcome"),
                AnsweredExchanges.emptyToNull(r.string("agreement_id")),
                AnsweredExchanges.emptyToNull(r.string("leg")),
                r.string("requester"),
                r.string("purpose"),
                r.string("target_uri"),
                r.instant("asked_us"),
                r.bytesOrNull("response_message"),
                r.bytesOrNull("body_digest"),
                r.instantOrNull("closed_us"),
                r.longOrNull("journal_index"));
    }
}
