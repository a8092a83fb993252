package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.entente.agreements.decision.Selection;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.jspecify.annotations.Nullable;

/** The consumer's table of exchanges whose answer waits for a person of the provider. */
@Singleton
class DeferredExchanges {
    private static final String INSERT =
            "INSERT INTO deferred_exchange (id, partner, agreement_id, leg, question, due_day, persons, response_message,"
                    + " body_digest, deferred_us, journal_index) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_POLL = "INSERT INTO deferred_poll (id, attempts, next_us) VALUES (?, 0, ?)";
    private static final String SELECT =
            "SELECT d.*, COALESCE(c.state, 'waiting') AS state, c.outcome, p.attempts, p.next_us, p.problem"
                    + " FROM deferred_exchange d LEFT JOIN closed_exchange c ON c.id = d.id"
                    + " LEFT JOIN deferred_poll p ON p.id = d.id";
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(30), Duration.ofMinutes(30));

    private final Database database;
    private final ObjectMapper mapper;
    private final Dataflows dataflows;
    private final Clock clock;

    DeferredExchanges(Database database, ObjectMapper mapper, Dataflows dataflows, Clock clock) {
        this.database = database;
        this.mapper = mapper;
        this.dataflows = dataflows;
        this.clock = clock;
    }

    /**
     * What was asked, by whom, as it is kept.
     *
     * @param dataflow null in what versions kept that knew one only
     */
    record Kept(
            @Nullable String agreement,
            @Nullable String leg,
            String purpose,
            Question.Asker asker,
            HeldSelection selection,
            SortedMap<String, Selection> named,
            @Nullable String dataflow) {}

    /**
     * One exchange that waits, or has waited.
     *
     * @param state {@code waiting}, or how it ended
     * @param attempts how often this node has looked whether it is decided
     * @param next when it looks again
     * @param problem why the last look failed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Deferred(
            UUID id,
            String partner,
            String agreement,
            String leg,
            Kept kept,
            String dueDay,
            int persons,
            byte[] responseMessage,
            byte[] bodyDigest,
            Instant since,
            long journalIndex,
            String state,
            @Nullable String outcome,
            long attempts,
            @Nullable Instant next,
            @Nullable String problem) {
        boolean isOpen() {
            return state.equals(DeferralNotice.WAITING);
        }
    }

    List<Write> insert(AskedAttempt attempt, DeferralNotice notice, byte[] response, byte[] bodyDigest, Instant now) {
        Question question = attempt.question();
        Kept kept = new Kept(
                attempt.terms().agreementId(),
                attempt.terms().legId(),
                question.purpose(),
                question.asker(),
                question.selection(),
                question.named(),
                question.dataflow().id().toString());
        return List.of(
                new Write.Insert(
                        INSERT,
                        Uuids.toBytes(attempt.id()),
                        attempt.partner().party(),
                        kept.agreement == null ? "" : kept.agreement,
                        kept.leg == null ? "" : kept.leg,
                        json(kept),
                        notice.due(),
                        notice.decidedBy().persons(),
                        response,
                        bodyDigest,
                        Micros.of(now),
                        Write.INDEX),
                new Write.Insert(INSERT_POLL, Uuids.toBytes(attempt.id()), Micros.of(now.plus(PAUSE.first()))));
    }

    Optional<Deferred> find(UUID id) {
        return database.one(SELECT + " WHERE d.id = ?", this::row, id);
    }

    /** The exchanges that wait, the oldest first. */
    List<Deferred> open() {
        return database.query(SELECT + " WHERE c.id IS NULL ORDER BY d.deferred_us", this::row);
    }

    /** Those of them at which it is time to look. */
    List<Deferred> due() {
        return database.query(
                SELECT + " WHERE c.id IS NULL AND p.next_us <= ? ORDER BY p.next_us LIMIT 100",
                this::row,
                clock.instant());
    }

    /** An exchange that waits and asks for exactly this under this leg. */
    Optional<Deferred> same(Question question, String agreement, String leg) {
        return database
                .query(
                        SELECT + " WHERE c.id IS NULL AND d.partner = ? AND d.agreement_id = ? AND d.leg = ?"
                                + " ORDER BY d.deferred_us DESC LIMIT 200",
                        this::row,
                        question.provider(),
                        agreement,
                        leg)
                .stream()
                .filter(d -> d.kept.selection.equals(question.selection())
                        && d.kept.named.equals(question.named())
                        && d.kept.purpose.equals(question.purpose()))
                .findFirst();
    }

    /** Looks again later, after twice the pause before. */
    void later(Deferred deferred, @Nullable String problem) {
        database.update(
                "UPDATE deferred_poll SET attempts = attempts + 1, next_us = ?, problem = ? WHERE id = ?",
                clock.instant().plus(PAUSE.after(deferred.attempts + 1)),
                problem,
                deferred.id);
    }

    /** The question again, under its exchange. Sent whatever this node decides by now: it was sent before. */
    Question question(Deferred deferred) {
        Kept kept = deferred.kept;
        return new Question(
                deferred.partner,
                kept.agreement,
                kept.leg,
                kept.purpose,
                kept.asker,
                dataflow(kept),
                kept.selection,
                kept.named,
                true,
                true,
                deferred.id);
    }

    private Dataflow dataflow(Kept kept) {
        String flow = kept.dataflow;
        return flow == null
                ? dataflows.all().getFirst()
                : dataflows
                        .find(flow)
                        .orElseThrow(() -> new EntenteException(
                                ErrorCode.INTERNAL_ERROR, "The dataflow " + flow + " is not known."));
    }

    /** What staff get while an exchange waits: {@code answer-waits}. */
    EntenteException waits(Deferred deferred) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partner", deferred.partner);
        members.put("exchange", deferred.id.toString());
        members.put("leg", deferred.leg);
        members.put("due", deferred.dueDay);
        members.put("persons", deferred.persons);
        return new EntenteException(
                ErrorCode.ANSWER_WAITS,
                deferred.partner + " has the request and lets " + (deferred.persons == 1 ? "a person" : "two persons")
                        + " decide, by " + deferred.dueDay + ".",
                members);
    }

    private Deferred row(Row r) throws SQLException {
        return new Deferred(
                r.uuid("id"),
                r.string("partner"),
                r.string("agreement_id"),
                r.string("leg"),
                kept(r.string("question")),
                r.string("due_day"),
                r.intValue("persons"),
                r.bytes("response_message"),
                r.bytes("body_digest"),
                r.instant("deferred_us"),
                r.longValue("journal_index"),
                r.string("state"),
                r.stringOrNull("outcome"),
                java.util.Objects.requireNonNullElse(r.longOrNull("attempts"), 0L),
                r.instantOrNull("next_us"),
                r.stringOrNull("problem"));
    }

    private String json(Kept kept) {
        try {
            return mapper.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Kept kept(String json) {
        try {
            return mapper.readValue(json, Kept.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a question that waits cannot be read", e);
        }
    }
}
