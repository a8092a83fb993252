package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.Digests;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.Signed;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Problem;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
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
    private static final Set<String> IDENTIFYING = Set.of(
            "accept",
            ExchangeHeaders.EXCHANGE,
            ExchangeHeaders.AGREEMENT,
            ExchangeHeaders.LEG,
            ExchangeHeaders.PURPOSE,
            ExchangeHeaders.REQUESTER);

    private final Judgement judgement;
    private final AnsweredExchanges exchanges;
    private final Bodies bodies;
    private final Journal journal;
    private final NodeIdentity identity;
    private final Nonces nonces;
    private final ReceiptDesk desk;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final ExchangeMetrics metrics;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Answering(
            Judgement judgement,
            AnsweredExchanges exchanges,
            Bodies bodies,
            Journal journal,
            NodeIdentity identity,
            Nonces nonces,
            ReceiptDesk desk,
            ObjectMapper mapper,
            Clock clock,
            ExchangeMetrics metrics) {
        this.judgement = judgement;
        this.exchanges = exchanges;
        this.bodies = bodies;
        this.journal = journal;
        this.identity = identity;
        this.nonces = nonces;
        this.desk = desk;
        this.mapper = mapper;
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
            throw new EntenteException(
                    ErrorCode.EXCHANGE_RUNNING,
                    "The exchange " + headers.exchange() + " is still being answered.",
                    Map.of("retryAfterSeconds", 1));
        }
        try {
            return judgeAndRecord(call, headers, rawPath, rawQuery);
        } finally {
            running.remove(key);
        }
    }

    private Answer judgeAndRecord(
            AuthenticatedCall call, ExchangeHeaders headers, String rawPath, @Nullable String rawQuery) {
        for (int attempt = 1; ; attempt++) {
            try {
                return record(call, headers, judgement.judge(call, headers, rawPath, rawQuery));
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

    private Answer record(AuthenticatedCall call, ExchangeHeaders headers, Judgement.Outcome outcome) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] body = outcome.body() == null ? problem(headers.exchange(), outcome) : outcome.body();
        HttpRequestMessage request = call.request();
        HttpResponseMessage unsigned = new HttpResponseMessage(
                outcome.status(),
                Headers.of(
                        "content-type",
                        outcome.contentType(),
                        ExchangeHeaders.EXCHANGE,
                        headers.exchange().toString()),
                Content.of(body));
        Signed signed =
                GatewayProfile.signResponse(unsigned, request, true, identity.keyid(), identity.signingKey(), now);
        HttpResponseMessage response = unsigned.plus(signed.headers());
        AnsweredExchanges.Answered row = new AnsweredExchanges.Answered(
                call.partner().party(),
                headers.exchange(),
                fingerprint(call),
                outcome.permitted() ? "permit" : "refusal",
                headers.agreement(),
                headers.leg(),
                StoredMessage.encode(request),
                StoredMessage.encode(response),
                response.content().sha256(),
                now,
                0,
                null);
        List<Write> writes = new ArrayList<>();
        writes.add(AnsweredExchanges.insert(row));
        writes.add(nonces.write(call.signature()));
        writes.addAll(bodies.writes(row.bodyDigest(), body));
        writes.addAll(outcome.charges());
        ExchangeRecord.Answered record = new ExchangeRecord.Answered(
                ExchangeRecord.Answered.KIND,
                now.toString(),
                headers.exchange().toString(),
                judgement.ourCards(outcome.agreement()),
                judgement.theirCards(call.partner(), call.cardDigest(), outcome.agreement()),
                outcome.agreementRef(),
                headers.leg(),
                headers.purpose(),
                headers.requester().toString(),
                RecordCodec.tree(outcome.decision()),
                outcome.release(),
                RequestPart.of(request, call.signature()),
                ResponsePart.of(response, signed));
        try {
            Appended appended = journal.append(
                    new Draft(ExchangeRecord.Answered.KIND, RecordCodec.toJson(record), record.exchange(), writes));
            desk.answered(record);
            metrics.answered(call.partner().party(), row.outcome());
            return send(response, body, appended.proof());
        } catch (DuplicateWriteException duplicate) {
            if (duplicate.write() == 0) {
                return repeat(call, headers.exchange(), row.fingerprint());
            }
            throw nonces.replayed(call.signature());
        }
    }

    /** The first answer again, to the byte. The repeat's own nonce is remembered too, so that a copy of it is refused. */
    private Answer repeat(AuthenticatedCall call, UUID exchange, byte[] fingerprint) {
        nonces.remember(call.signature());
        AnsweredExchanges.Answered first = exchanges
                .find(call.partner().party(), exchange)
                .orElseThrow(() -> new IllegalStateException("an exchange vanished"));
        if (!Arrays.equals(first.fingerprint(), fingerprint)) {
            throw conflict(exchange, "was already used for another request");
        }
        if (first.answered().plus(REPEATABLE).isBefore(clock.instant())) {
            throw conflict(exchange, "was answered more than " + REPEATABLE.toHours() + " hours ago");
        }
        byte[] body = bodies.find(first.bodyDigest())
                .orElseThrow(() -> conflict(exchange, "was answered, and its body has been deleted since"));
        metrics.repeated(call.partner().party());
        return send(first.response(body), body, journal.prove(first.journalIndex()));
    }

    private static EntenteException conflict(UUID exchange, String what) {
        return new EntenteException(
                ErrorCode.EXCHANGE_CONFLICT,
                "The exchange id " + exchange + " " + what + ".",
                Map.of("exchange", exchange.toString()));
    }

    private static Answer send(HttpResponseMessage response, byte[] body, TlogProof proof) {
        return new Answer(
                response.status(), response.headers().with(ExchangeHeaders.PROOF, ProofField.encode(proof)), body);
    }

    private byte[] problem(UUID exchange, Judgement.Outcome outcome) {
        Decision.Refusal refusal = (Decision.Refusal) outcome.decision();
        Problem problem = Problem.of(
                ErrorCode.AGREEMENT_REFUSED,
                Refusals.sentence(refusal),
                Map.of("exchange", exchange.toString(), "reasons", refusal.reasons()));
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What makes a repeat the same request: partner, id, method, target, content and the covered fields that carry meaning. */
    private static byte[] fingerprint(AuthenticatedCall call) {
        HttpRequestMessage request = call.request();
        StringBuilder text = new StringBuilder(call.partner().party())
                .append('\n')
                .append(request.method())
                .append('\n')
                .append(request.targetUri())
                .append('\n')
                .append(RequestPart.base64(request.content().sha256()));
        IDENTIFYING.stream()
                .sorted()
                .forEach(name -> text.append('\n')
                        .append(name)
                        .append(": ")
                        .append(request.headers().get(name).orElse("")));
        return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
