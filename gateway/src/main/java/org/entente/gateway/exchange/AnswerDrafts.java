package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.entente.agreements.Answering.Ground;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.Signed;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Problem;
import org.entente.gateway.exchange.ExchangeRecord.ByPerson;
import org.entente.gateway.partners.Identity;
import org.jspecify.annotations.Nullable;

/** Signs replies to requests for data and draws up what the journal says of them (docs/protocol.md section 5). */
@Singleton
final class AnswerDrafts {
    private final Judgement judgement;
    private final Identity identity;
    private final ObjectMapper mapper;

    AnswerDrafts(Judgement judgement, Identity identity, ObjectMapper mapper) {
        this.judgement = judgement;
        this.identity = identity;
        this.mapper = mapper;
    }

    /**
     * What a reply says.
     *
     * @param next link to the page behind this one, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(
            int status,
            String contentType,
            byte[] body,
            @Nullable String next) {}

    /** A signed reply that leaves no record. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Gone(HttpResponseMessage response, byte[] body) {}

    /** A signed reply and its record; nothing is durable yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Drafted(HttpResponseMessage response, byte[] body, ExchangeRecord.Answered record, Instant at) {
        byte[] bodyDigest() {
            return response.content().sha256();
        }
    }

    /**
     * Signs a reply.
     *
     * @param kind {@link ExchangeRecord.Answered#KIND} or {@link ExchangeRecord.Answered#DEFERRED}
     * @param person what a person has to do with it; null where the clauses alone decided
     */
    Drafted draft(
            String kind, Incoming in, Judgement.Outcome outcome, @Nullable ByPerson person, Reply reply, Instant now) {
        ExchangeHeaders headers = in.headers();
        HttpResponseMessage unsigned = unsigned(in, reply);
        Signed signed = GatewayProfile.signResponse(unsigned, in.request(), true, identity.signers(), now);
        HttpResponseMessage response = unsigned.plus(signed.headers());
        ExchangeRecord.Answered record = new ExchangeRecord.Answered(
                kind,
                now.toString(),
                headers.exchange().toString(),
                judgement.ourCards(signed.keyid(), outcome.agreement()),
                judgement.theirCards(in.partner(), in.cardDigest(), outcome.agreement()),
                outcome.agreementRef(),
                headers.leg(),
                headers.purpose(),
                headers.requester().toString(),
                RecordCodec.tree(outcome.decision()),
                person,
                outcome.release(),
                in.part(),
                ResponsePart.of(response, signed));
        return new Drafted(response, reply.body(), record, now);
    }

    private static HttpResponseMessage unsigned(Incoming in, Reply reply) {
        Headers headers = Headers.of(
                "content-type",
                reply.contentType(),
                ExchangeHeaders.EXCHANGE,
                in.headers().exchange().toString());
        return new HttpResponseMessage(
                reply.status(),
                reply.next() == null ? headers : headers.plus(Headers.of("link", reply.next())),
                Content.of(reply.body()));
    }

    /** What the clauses alone say: the figures, or the refusal. */
    Reply reply(Incoming in, Judgement.Outcome outcome) {
        byte[] body = outcome.body();
        return body == null
                ? problem(in, outcome.refusal(), members(outcome), sentence(outcome))
                : new Reply(outcome.status(), outcome.contentType(), body, outcome.next());
    }

    /** The refusal of a person, on a ground of the agreement. */
    Reply refusal(Incoming in, Ground ground) {
        return problem(
                in,
                ErrorCode.REFUSED_BY_PERSON,
                Map.of("ground", ground.code()),
                "Refused by a person on the agreed ground '" + ground.code() + "': "
                        + ground.text().best("en"));
    }

    /** The refusal of a repeat whose first answer gave figures that are recalled now; no second answer, so it is not journaled. */
    Gone recalled(Incoming in, Recalls.Recall recall, Instant now) {
        Reply reply = problem(in, ErrorCode.RELEASE_RECALLED, members(recall), recall.sentence());
        HttpResponseMessage unsigned = unsigned(in, reply);
        HttpResponseMessage signed =
                unsigned.plus(GatewayProfile.signResponse(unsigned, in.request(), true, identity.signers(), now)
                        .headers());
        return new Gone(signed, reply.body());
    }

    private static Map<String, Object> members(Judgement.Outcome outcome) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("reasons", ((Decision.Refusal) outcome.decision()).reasons());
        Recalls.Recall recall = outcome.recall();
        if (recall != null) {
            members.putAll(members(recall));
        }
        return members;
    }

    private static Map<String, Object> members(Recalls.Recall recall) {
        return recall.id() == null
                ? Map.of("release", recall.release())
                : Map.of("release", recall.release(), "recall", recall.id());
    }

    private static String sentence(Judgement.Outcome outcome) {
        return Refusals.sentence((Decision.Refusal) Objects.requireNonNull(outcome.decision()));
    }

    private Reply problem(Incoming in, ErrorCode code, Map<String, Object> members, String sentence) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("exchange", in.headers().exchange().toString());
        all.putAll(members);
        Problem problem = Problem.of(code, sentence, all);
        return new Reply(code.status(), Problem.MEDIA_TYPE, json(problem), null);
    }

    /** Any value as the JSON of a reply. */
    byte[] json(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
