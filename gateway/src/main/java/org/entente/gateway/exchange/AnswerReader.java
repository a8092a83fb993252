package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.canonical.JsonBuffers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.partners.PartnerClient;

/** Verifies an answer whose signature holds: its proof, and that its content is what an answer may hold. */
@Singleton
final class AnswerReader {
    private static final String PERMIT = "permit";
    private static final ObjectMapper MAPPER =
            new ObjectMapper(JsonBuffers.shared().build());

    private final AskedExchanges exchanges;
    private final OwnDecision own;
    private final Cubes cubes;

    AnswerReader(AskedExchanges exchanges, OwnDecision own, Cubes cubes) {
        this.exchanges = exchanges;
        this.own = own;
        this.cubes = cubes;
    }

    /**
     * A verified answer.
     *
     * @param place where the provider's journal holds its record
     * @param request the attempt that the provider answered
     */
    record Read(
            boolean permitted,
            JournalRef place,
            RequestPart request,
            String sentence,
            List<org.entente.agreements.decision.Reason> reasons) {
        EntenteException refusal(AskedAttempt attempt) {
            return OwnDecision.refused(attempt.partner().party(), attempt.id().toString(), sentence, reasons, false);
        }
    }

    /**
     * A verified notice that a person of the provider decides.
     *
     * @param place where the provider's journal holds its record
     * @param request the attempt that the provider took in
     */
    record Deferral(DeferralNotice notice, JournalRef place, RequestPart request) {}

    Read read(AskedAttempt attempt, PartnerClient.Answered answer, Decision ownDecision) throws VerificationException {
        AnswerProof.Proved<ExchangeRecord.Answered> proved = AnswerProof.answered(
                answer.response().headers(), AnswerProof.JournalKey.of(attempt.partner()), expected(attempt, answer));
        ExchangeRecord.ByPerson person = proved.record().person();
        boolean refusedByPerson = person != null && !person.verdict().equals(ExchangeRecord.ByPerson.APPROVED);
        boolean permitted = !refusedByPerson
                && PERMIT.equals(proved.record().decision().path("outcome").asText());
        if (permitted != (answer.response().status() == 200)) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "The status of the answer contradicts the decision in its record.");
        }
        if (permitted) {
            readable(attempt, answer);
            return new Read(true, proved.place(), proved.record().request(), "", List.of());
        }
        return new Read(
                false, proved.place(), proved.record().request(), detail(answer.body()), reasons(answer.body()));
    }

    /** Reads the {@code 202} to a request that waits for a person: its proof, and that notice and record say the same. */
    Deferral deferral(AskedAttempt attempt, PartnerClient.Answered answer) throws VerificationException {
        AnswerProof.Proved<ExchangeRecord.Answered> proved = AnswerProof.deferred(
                answer.response().headers(), AnswerProof.JournalKey.of(attempt.partner()), expected(attempt, answer));
        DeferralNotice notice;
        try {
            notice = MAPPER.readValue(answer.body(), DeferralNotice.class);
        } catch (java.io.IOException e) {
            throw new VerificationException(Reason.MALFORMED, "The notice of a waiting request cannot be read.", e);
        }
        ExchangeRecord.ByPerson person = proved.record().person();
        boolean same = person != null
                && person.verdict().equals(ExchangeRecord.ByPerson.WAITING)
                && notice.state().equals(DeferralNotice.WAITING)
                && notice.due().equals(person.due())
                && notice.exchange().equals(attempt.id().toString());
        if (!same) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "The notice of a waiting request contradicts its record.");
        }
        return new Deferral(notice, proved.place(), proved.record().request());
    }

    private AnswerProof.Expected expected(AskedAttempt attempt, PartnerClient.Answered answer) {
        List<RequestPart> attempts = new ArrayList<>();
        attempts.add(attempt.part());
        if (attempt.question().exchange() != null) {
            exchanges.attempts(attempt.id()).forEach(earlier -> attempts.add(earlier.part()));
        }
        return AnswerProof.Expected.of(
                attempt.prepared().request(),
                attempts,
                answer.response(),
                answer.signature(),
                own.cards()
                        .theirs(
                                attempt.partner(),
                                answer.cardDigest(),
                                attempt.terms().agreement()),
                own.cards().ours(attempt.terms().agreement()),
                attempt.terms().reference());
    }

    private void readable(AskedAttempt attempt, PartnerClient.Answered answer) throws VerificationException {
        try {
            cubes.read(
                    attempt.question().dataflow(), answer.response().content().sha256(), answer.body());
        } catch (EntenteException e) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "The figures cannot be read as SDMX-CSV of the agreed structure: " + e.detail(),
                    e);
        }
    }

    static EntenteException refusal(AskedAttempt attempt, byte[] body) {
        return OwnDecision.refused(
                attempt.partner().party(), attempt.id().toString(), detail(body), reasons(body), false);
    }

    private static String detail(byte[] body) {
        return problem(body).path("detail").asText("refused without a reason");
    }

    private static List<org.entente.agreements.decision.Reason> reasons(byte[] body) {
        JsonNode reasons = problem(body).path("reasons");
        if (!reasons.isArray()) {
            return List.of();
        }
        try {
            return MAPPER.readValue(MAPPER.treeAsTokens(reasons), new TypeReference<>() {});
        } catch (java.io.IOException e) {
            return List.of();
        }
    }

    private static JsonNode problem(byte[] body) {
        try {
            return CanonicalJson.parseStrict(body);
        } catch (IllegalArgumentException e) {
            return MAPPER.createObjectNode();
        }
    }
}
