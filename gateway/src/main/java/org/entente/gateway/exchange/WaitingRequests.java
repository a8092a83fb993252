package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
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

/** The provider's table of requests that a person decides, with what persons said and how often they were reminded. */
@Singleton
final class WaitingRequests {
    private static final String INSERT =
            "INSERT INTO waiting_request (partner, id, fingerprint, agreement_id, leg, persons, request_message,"
                    + " request_part, card, response_message, body_digest, asked_us, due_us, due_day, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_VOTE =
            "INSERT INTO waiting_vote (partner, id, person, pseudonym, name, verdict, ground, note, voted_us,"
                    + " journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_REFUSAL = "INSERT INTO waiting_refusal (partner, id) VALUES (?, ?)";
    private static final String INSERT_REMINDER =
            "INSERT INTO waiting_reminder (partner, id, stage, reminded_us, journal_index) VALUES (?, ?, ?, ?, ?)";
    private static final String SELECT = "SELECT w.*, a.outcome, a.answered_us FROM waiting_request w"
            + " LEFT JOIN answered_exchange a ON a.partner = w.partner AND a.id = w.id";

    private final Database database;

    WaitingRequests(Database database) {
        this.database = database;
    }

    /**
     * One request that waits, or has waited.
     *
     * @param persons how many must approve
     * @param card digest of the card whose key signed the request
     * @param due the first instant at which it is overdue
     * @param dueDay last day for the decision, as the agreement's time zone counts
     * @param outcome {@code permit} or {@code refusal} once it is answered
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Waiting(
            String partner,
            UUID id,
            byte[] fingerprint,
            String agreement,
            String leg,
            int persons,
            byte[] requestMessage,
            RequestPart part,
            String card,
            byte[] responseMessage,
            byte[] bodyDigest,
            Instant asked,
            Instant due,
            String dueDay,
            long journalIndex,
            @Nullable String outcome,
            @Nullable Instant answered) {
        boolean isAnswered() {
            return outcome != null;
        }

        /** The request as it was received; an exchange request has no content. */
        HttpRequestMessage request() {
            return StoredMessage.request(requestMessage, Content.EMPTY);
        }

        /** The notice that it waits, as it was signed. */
        HttpResponseMessage response(byte[] body) {
            return StoredMessage.response(responseMessage, Content.of(body));
        }
    }

    /**
     * What one person said.
     *
     * @param verdict {@code approved} or {@code refused}
     * @param note for this node only
     */
    record Vote(
            UUID person,
            String pseudonym,
            String name,
            String verdict,
            @Nullable String ground,
            @Nullable String note,
            Instant at) {}

    /** A reminder that was given. */
    record Reminder(String stage, Instant at) {}

    static Write insert(Waiting row) {
        return new Write.Insert(
                INSERT,
                row.partner,
                Uuids.toBytes(row.id),
                row.fingerprint,
                row.agreement,
                row.leg,
                row.persons,
                row.requestMessage,
                row.part.json(),
                row.card,
                row.responseMessage,
                row.bodyDigest,
                Micros.of(row.asked),
                Micros.of(row.due),
                row.dueDay,
                Write.INDEX);
    }

    /** Keeps what a person said; a second word of the same person, or a second refusal, fails its journal entry as a duplicate. */
    static List<Write> vote(String partner, UUID id, Vote vote) {
        Write said = new Write.Insert(
                INSERT_VOTE,
                partner,
                Uuids.toBytes(id),
                vote.person,
                vote.pseudonym,
                vote.name,
                vote.verdict,
                vote.ground,
                vote.note,
                Micros.of(vote.at),
                Write.INDEX);
        return vote.verdict.equals(ExchangeRecord.ByPerson.REFUSED)
                ? List.of(said, new Write.Insert(INSERT_REFUSAL, partner, Uuids.toBytes(id)))
                : List.of(said);
    }

    static Write reminder(String partner, UUID id, String stage, Instant at) {
        return new Write.Insert(INSERT_REMINDER, partner, Uuids.toBytes(id), stage, Micros.of(at), Write.INDEX);
    }

    Optional<Waiting> find(String partner, UUID id) {
        return database.one(SELECT + " WHERE w.partner = ? AND w.id = ?", WaitingRequests::row, partner, id);
    }

    /** Requests without an answer, the most urgent first. */
    List<Waiting> open() {
        return database.query(SELECT + " WHERE a.id IS NULL ORDER BY w.due_us, w.id", WaitingRequests::row);
    }

    /** Requests that were answered, the latest first. */
    List<Waiting> decided(int limit) {
        return database.query(
                SELECT + " WHERE a.id IS NOT NULL ORDER BY a.answered_us DESC LIMIT ?", WaitingRequests::row, limit);
    }

    /** What was said of a request, in the order of the journal. */
    List<Vote> votes(String partner, UUID id) {
        return database.query(
                "SELECT * FROM waiting_vote WHERE partner = ? AND id = ? ORDER BY journal_index",
                r -> new Vote(
                        r.uuid("person"),
                        r.string("pseudonym"),
                        r.string("name"),
                        r.string("verdict"),
                        r.stringOrNull("ground"),
                        r.stringOrNull("note"),
                        r.instant("voted_us")),
                partner,
                id);
    }

    List<Reminder> reminders(String partner, UUID id) {
        return database.query(
                "SELECT stage, reminded_us FROM waiting_reminder WHERE partner = ? AND id = ? ORDER BY reminded_us",
                r -> new Reminder(r.string("stage"), r.instant("reminded_us")),
                partner,
                id);
    }

    private static Waiting row(Row r) throws SQLException {
        return new Waiting(
                r.string("partner"),
                r.uuid("id"),
                r.bytes("fingerprint"),
                r.string("agreement_id"),
                r.string("leg"),
                r.intValue("persons"),
                r.bytes("request_message"),
                RequestPart.parse(r.string("request_part")),
                r.string("card"),
                r.bytes("response_message"),
                r.bytes("body_digest"),
                r.instant("asked_us"),
                r.instant("due_us"),
                r.string("due_day"),
                r.longValue("journal_index"),
                r.stringOrNull("outcome"),
                r.instantOrNull("answered_us"));
    }
}
