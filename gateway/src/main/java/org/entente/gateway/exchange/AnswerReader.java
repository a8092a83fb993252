package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.canonical.JsonBuffers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.partners.PartnerClient;
import org.jspecify.annotations.Nullable;

/** Verifies an answer whose signature holds: its proof, and that its content is what an answer may hold. */
@Singleton
final class AnswerReader {
    /** Status of what is not given any more. */
    private static final String GROUND = "ground";

    private static final int GONE = 410;

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
     * @param permit by which figures are given: this node's own where it has one, else the provider's; empty for a refusal
     * @param place where the provider's journal holds its record
     * @param request the attempt that the provider answered
     * @param release what was sliced
     * @param metadata base64url of the digest of the release's report; null if it has none
     * @param recalled whether it is refused because the release is recalled
     * @param ground code of the agreed ground on which a person of the provider refused; null for any other answer
     */
    record Read(
            Optional<Decision.Permit> permit,
            JournalRef place,
            RequestPart request,
            @Nullable String release,
            @Nullable String metadata,
            String sentence,
            List<org.entente.agreements.decision.Reason> reasons,
            boolean recalled,
            @Nullable String ground) {
        boolean permitted() {
            return permit.isPresent();
        }

        EntenteException refusal(AskedAttempt attempt) {
            if (recalled) {
                return AnswerReader.recalled(attempt, sentence);
            }
            return ground == null
                    ? OwnDecision.refused(
                            attempt.partner().party(), attempt.id().toString(), sentence, reasons, false)
                    : byPerson(attempt, ground, sentence);
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
            ExchangeRecord.ReleaseRef release = proved.record().release();
            return new Read(
                    Optional.of(permit(ownDecision, proved.record())),
                    proved.place(),
                    proved.record().request(),
                    release == null ? null : release.id(),
                    release == null ? null : release.metadata(),
                    "",
                    List.of(),
                    false,
                    null);
        }
        String ground = refusedByPerson && person != null ? ground(person.ground(), answer.body()) : null;
        return new Read(
                Optional.empty(),
                proved.place(),
                proved.record().request(),
                null,
                null,
                detail(answer.body()),
                reasons(answer.body()),
                answer.response().status() == GONE,
                ground);
    }

    /** The ground of a person's refusal; refusal and record must name the same. */
    private static String ground(@Nullable String recorded, byte[] body) throws VerificationException {
        String said = problem(body).path(GROUND).asText();
        if (!said.equals(recorded)) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The refusal names the ground '" + said + "', and its record '" + recorded + "'.");
        }
        return said;
    }

    private static EntenteException byPerson(AskedAttempt attempt, String ground, String sentence) {
        String party = attempt.partner().party();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partner", party);
        members.put("refusedBy", party);
        members.put("exchange", attempt.id().toString());
        members.put(GROUND, ground);
        return new EntenteException(ErrorCode.REFUSED_BY_PERSON, party + ": " + sentence, members);
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

    private static Decision.Permit permit(Decision own, ExchangeRecord.Answered record) throws VerificationException {
        if (own instanceof Decision.Permit permit) {
            return permit;
        }
        if (RecordCodec.value(record.decision(), Decision.class) instanceof Decision.Permit permit) {
            return permit;
        }
        throw new VerificationException(
                Reason.PROOF_INVALID, "The answer gives figures, and its decision permits none.");
    }

    private AnswerProof.Expected expected(AskedAttempt attempt, PartnerClient.Answered answer) {
        List<RequestPart> attempts = new ArrayList<>();
        attempts.add(attempt.part());
        if (attempt.question().exchange() != null) {
            exchanges.attempts(attempt.id()).forEach(earlier -> attempts.add(earlier.part()));
        }
        return AnswerProof.Expected.of(
                attempt.request(),
                attempts,
                answer.response(),
                answer.signature(),
                own.cards()
                        .theirs(
                                attempt.partner(),
                                answer.cardDigest(),
                                attempt.terms().agreement()),
                own.cards().ours(attempt.part().keyid(), attempt.terms().agreement()),
                attempt.terms().reference());
    }

    private void readable(AskedAttempt attempt, PartnerClient.Answered answer) throws VerificationException {
        try {
            cubes.read(
                    attempt.question().dataflow(), answer.response().content().sha256(), answer::body);
        } catch (EntenteException e) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "The figures cannot be read as SDMX-CSV of the agreed structure: " + e.detail(),
                    e);
        }
    }

    static EntenteException refusal(AskedAttempt attempt, byte[] body) {
        String ground = problem(body).path(GROUND).asText();
        if (!ground.isEmpty()) {
            return byPerson(attempt, ground, detail(body));
        }
        return OwnDecision.refused(
                attempt.partner().party(), attempt.id().toString(), detail(body), reasons(body), false);
    }

    /** Whether the partner says, signed but without a proof, that what it answered before is recalled. */
    static boolean isGone(PartnerClient.Answered answer) {
        return answer.response().status() == GONE
                && !answer.response().headers().has(ExchangeHeaders.PROOF);
    }

    /** What staff are told when the partner does not give figures any more because it has recalled them. */
    static EntenteException recalled(AskedAttempt attempt, String sentence) {
        return new EntenteException(
                ErrorCode.RELEASE_RECALLED,
                attempt.partner().party() + " does not give these figures any more: " + sentence,
                Map.of(
                        "partner",
                        attempt.partner().party(),
                        "exchange",
                        attempt.id().toString()));
    }

    static String detail(byte[] body) {
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
