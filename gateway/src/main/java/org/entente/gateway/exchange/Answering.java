package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.entente.agreements.Answering.Ground;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.Nonces;
import org.jspecify.annotations.Nullable;

/**
 * The provider's half of an exchange (docs/protocol.md section 4): decide, render, sign, journal, prove. Nothing leaves before its
 * journal entry is durable and its checkpoint signed.
 */
@Singleton
public class Answering {
    /** How long a repeat gets the first answer. */
    static final Duration REPEATABLE = Duration.ofHours(72);

    private static final int MAX_JUDGEMENTS = 5;
    private final Judgement judgement;
    private final AnsweredExchanges exchanges;
    private final Bodies bodies;
    private final Journal journal;
    private final AnswerDrafts drafts;
    private final WaitingDesk waiting;
    private final Recalls recalls;
    private final Nonces nonces;
    private final AttestedTime time;
    private final ReceiptDesk desk;
    private final Clock clock;
    private final ExchangeMetrics metrics;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Answering(
            Judgement judgement,
            AnsweredExchanges exchanges,
            Bodies bodies,
            Journal journal,
            AnswerDrafts drafts,
            WaitingDesk waiting,
            Recalls recalls,
            Nonces nonces,
            AttestedTime time,
            ReceiptDesk desk,
            Clock clock,
            ExchangeMetrics metrics) {
        this.judgement = judgement;
        this.exchanges = exchanges;
        this.bodies = bodies;
        this.journal = journal;
        this.drafts = drafts;
        this.waiting = waiting;
        this.recalls = recalls;
        this.nonces = nonces;
        this.time = time;
        this.desk = desk;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** A signed answer, ready to be sent as it is. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, Headers headers, byte[] body) {}

    /**
     * Answers an authenticated request for data.
     *
     * @param rawPath path below the SDMX base, still percent-encoded
     * @param rawQuery query part, still percent-encoded, or null
     * @throws EntenteException {@code exchange-running}, {@code exchange-conflict}, {@code nonce-replayed}, {@code query-malformed} or
     *     {@code journal-unavailable}: none of these is an answer, and nothing was recorded
     */
    public Answer answer(AuthenticatedCall call, String rawPath, @Nullable String rawQuery) {
        ExchangeHeaders headers = ExchangeHeaders.of(call.request().headers());
        String key = call.partner().party() + "/" + headers.exchange();
        if (!running.add(key)) {
            throw running(headers.exchange());
        }
        try {
            return judgeAndRecord(call, headers, rawPath, rawQuery);
        } finally {
            running.remove(key);
        }
    }

    private Answer judgeAndRecord(
            AuthenticatedCall call, ExchangeHeaders headers, String rawPath, @Nullable String rawQuery) {
        Incoming in = Incoming.of(call, headers);
        Optional<Answer> known = waited(call, in);
        if (known.isPresent()) {
            return known.get();
        }
        return judged(in, rawPath, rawQuery, outcome -> {
            try {
                if (!outcome.waits()) {
                    return record(in, outcome, null, List.of(nonces.write(call.signature())));
                }
                // Answered at once before the agreement left it to a person: the first answer stands.
                return exchanges.find(in.party(), headers.exchange()).isPresent()
                        ? repeat(call, in, outcome)
                        : waiting.defer(in, outcome, nonces.write(call.signature()));
            } catch (DuplicateWriteException duplicate) {
                if (duplicate.write() != 0) {
                    throw nonces.replayed(call.signature());
                }
                return waited(call, in).orElseGet(() -> repeat(call, in, outcome));
            } catch (EntenteException e) {
                // What was answered before the time went unattested is answered again; it is no new exchange.
                if (e.code() == ErrorCode.TIME_UNATTESTED
                        && exchanges.find(in.party(), headers.exchange()).isPresent()) {
                    return repeat(call, in, outcome);
                }
                throw e;
            }
        });
    }

    /** The reply to a request that waits for a person, or has waited. */
    private Optional<Answer> waited(AuthenticatedCall call, Incoming in) {
        Optional<WaitingRequests.Waiting> row = judgement.mayWait(in.party()) ? waiting.find(in) : Optional.empty();
        return row.map(request -> request.isAnswered()
                ? judged(in, in.rawPath(), in.rawQuery(), outcome -> repeat(call, in, outcome))
                : waiting.again(call, in, request));
    }

    /**
     * Answers a request that has waited, now that it was decided by persons: on today's facts, under its old id.
     *
     * @param refused the agreed ground on which it was refused, or null when it was approved
     * @throws EntenteException {@code exchange-running} if the quota is being charged by too many at once
     */
    void conclude(Incoming in, ExchangeRecord.ByPerson persons, @Nullable Ground refused) {
        judged(in, in.rawPath(), in.rawQuery(), outcome -> {
            AnswerDrafts.Reply reply = refused == null ? null : drafts.refusal(in, refused);
            return record(
                    in, refused == null ? outcome : outcome.withoutFigures(), new Concluded(persons, reply), List.of());
        });
    }

    /** What persons have said, and the refusal that follows from it, if one does. */
    private record Concluded(ExchangeRecord.ByPerson persons, AnswerDrafts.@Nullable Reply refusal) {}

    private Answer judged(
            Incoming in, String rawPath, @Nullable String rawQuery, Function<Judgement.Outcome, Answer> then) {
        for (int attempt = 1; ; attempt++) {
            try {
                return then.apply(judgement.judge(in.party(), in.headers(), rawPath, rawQuery));
            } catch (ConflictingWriteException quotaMoved) {
                // Another exchange was charged between decision and commit: decide again on the new facts.
                if (attempt == MAX_JUDGEMENTS) {
                    throw new EntenteException(
                            ErrorCode.EXCHANGE_RUNNING,
                            "The quota of this leg is being charged by many requests at once.",
                            Map.of("retryAfterSeconds", 1));
                }
            }
        }
    }

    private Answer record(Incoming in, Judgement.Outcome outcome, @Nullable Concluded concluded, List<Write> nonce) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Write> unattested = time.admit(
                AttestedTime.Side.PROVIDER,
                in.party(),
                in.headers().exchange(),
                () -> judgement.inCrisis(outcome, in.headers(), in.party(), now));
        AnswerDrafts.Reply refusal = concluded == null ? null : concluded.refusal();
        AnswerDrafts.Drafted drafted = drafts.draft(
                ExchangeRecord.Answered.KIND,
                in,
                outcome,
                concluded == null ? null : concluded.persons(),
                refusal == null ? drafts.reply(in, outcome) : refusal,
                now);
        AnsweredExchanges.Answered row = new AnsweredExchanges.Answered(
                in.party(),
                in.headers().exchange(),
                in.fingerprint(),
                outcome.permitted() && refusal == null ? "permit" : "refusal",
                in.headers().agreement(),
                in.headers().leg(),
                StoredMessage.encode(in.request()),
                StoredMessage.encode(drafted.response()),
                drafted.bodyDigest(),
                now,
                outcome.permitted() && refusal == null && outcome.release() != null
                        ? outcome.release().id()
                        : null,
                0,
                null);
        List<Write> writes = new ArrayList<>();
        writes.add(AnsweredExchanges.insert(row));
        writes.addAll(nonce);
        writes.addAll(bodies.writes(row.bodyDigest(), drafted.body()));
        writes.addAll(outcome.charges());
        writes.addAll(unattested);
        ExchangeRecord.Answered record = drafted.record();
        Appended appended = journal.append(
                new Draft(ExchangeRecord.Answered.KIND, RecordCodec.toJson(record), record.exchange(), writes));
        desk.answered(record);
        metrics.answered(in.party(), row.outcome());
        return send(drafted.response(), drafted.body(), appended.proof());
    }

    /** The first answer again, to the byte. The repeat's own nonce is remembered too, so that a copy of it is refused. */
    private Answer repeat(AuthenticatedCall call, Incoming in, Judgement.Outcome now) {
        UUID exchange = in.headers().exchange();
        nonces.remember(call);
        AnsweredExchanges.Answered first = exchanges
                .find(in.party(), exchange)
                .orElseThrow(() -> new IllegalStateException("an exchange vanished"));
        requireRepeat(in, first.fingerprint(), first.answered(), clock.instant());
        Optional<Recalls.Recall> recall = recalls.own(first.release());
        if (recall.isPresent()) {
            return recalled(in, recall.get());
        }
        requireNotStopped(exchange, now, first.outcome());
        byte[] body = bodies.find(first.bodyDigest())
                .orElseThrow(() -> conflict(exchange, "was answered, and its body has been deleted since"));
        metrics.repeated(in.party());
        return send(first.response(body), body, proof(journal, exchange, first.journalIndex()));
    }

    /** Refuses another request under the same id, and a repeat that comes too late. */
    static void requireRepeat(Incoming in, byte[] fingerprint, Instant answered, Instant now) {
        UUID exchange = in.headers().exchange();
        if (!Arrays.equals(fingerprint, in.fingerprint())) {
            throw conflict(exchange, "was already used for another request");
        }
        if (answered.plus(REPEATABLE).isBefore(now)) {
            throw conflict(exchange, "was answered more than " + REPEATABLE.toHours() + " hours ago");
        }
    }

    /** Refuses to give figures again that would not be given today, since something stands still. */
    static void requireNotStopped(UUID exchange, Judgement.Outcome now, String first) {
        if (now.stopped() && first.equals("permit")) {
            throw conflict(
                    exchange,
                    "was answered, and is not answered again: " + Refusals.sentence((Decision.Refusal) now.decision()));
        }
    }

    /**
     * The proof of an earlier answer.
     *
     * @throws EntenteException {@code exchange-running} if the answer is durable, and another process of this node has not signed the checkpoint
     *     over it yet
     */
    static TlogProof proof(Journal journal, UUID exchange, long index) {
        if (index >= journal.provable()) {
            throw running(exchange);
        }
        return journal.prove(index);
    }

    private static EntenteException running(UUID exchange) {
        return new EntenteException(
                ErrorCode.EXCHANGE_RUNNING,
                "The exchange " + exchange + " is still being answered.",
                Map.of("retryAfterSeconds", 1));
    }

    private Answer recalled(Incoming in, Recalls.Recall recall) {
        AnswerDrafts.Gone gone = drafts.recalled(in, recall, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new Answer(gone.response().status(), gone.response().headers(), gone.body());
    }

    static EntenteException conflict(UUID exchange, String what) {
        return new EntenteException(
                ErrorCode.EXCHANGE_CONFLICT,
                "The exchange id " + exchange + " " + what + ".",
                Map.of("exchange", exchange.toString()));
    }

    static Answer send(HttpResponseMessage response, byte[] body, TlogProof proof) {
        return new Answer(
                response.status(), response.headers().with(ExchangeHeaders.PROOF, ProofField.encode(proof)), body);
    }
}
