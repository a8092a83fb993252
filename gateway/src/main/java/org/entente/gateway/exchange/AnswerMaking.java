package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.Answering.Ground;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.ByPerson;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.jspecify.annotations.Nullable;

/**
 * Decides, renders and signs an answer for somebody who keeps the journal elsewhere than in a node's database. The judgement, the figures, the
 * signature and the record are made by the very code that a node answers with; what is left to the caller is to make the record durable
 * before the answer leaves, and to find it again.
 */
public final class AnswerMaking {
    private final Judgement judgement;
    private final AnswerDrafts drafts;
    private final Clock clock;

    /** An answerer under these circumstances. */
    public AnswerMaking(
            Circumstances circumstances, Identity own, Dataflows dataflows, ObjectMapper mapper, Clock clock) {
        this.judgement = new Judgement(circumstances, own, new Cards(own), dataflows, clock);
        this.drafts = new AnswerDrafts(judgement, own, mapper);
        this.clock = clock;
    }

    /** A request for data that was let in. */
    public static final class Request {
        private final Incoming in;

        private Request(Incoming in) {
            this.in = in;
        }

        /** Who asks. */
        public String party() {
            return in.party();
        }

        /** The exchange. */
        public UUID exchange() {
            return in.headers().exchange();
        }

        /** Head of the request, as {@link StoredMessage} keeps it. */
        public byte[] head() {
            return StoredMessage.encode(in.request());
        }

        /** What makes a repeat the same request. */
        public byte[] fingerprint() {
            return in.fingerprint();
        }
    }

    /**
     * What persons have decided where the leg leaves it to them (clause 16).
     *
     * @param persons who has decided, two of them where the leg wants four eyes
     * @param ground code of the agreed ground of a refusal; null for an approval
     */
    public record Verdict(List<String> persons, @Nullable String ground) {
        public Verdict {
            persons = List.copyOf(persons);
        }
    }

    /**
     * A signed answer that is not durable yet.
     *
     * @param head of the response, as {@link StoredMessage} keeps it
     * @param cells how many cells it gives
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Made(ExchangeRecord.Answered record, String outcome, byte[] head, byte[] body, long cells) {}

    /** Reads a request that was let in. */
    public Request read(AuthenticatedCall call) {
        return new Request(Incoming.of(call, ExchangeHeaders.of(call.request().headers())));
    }

    /**
     * Answers on the facts of this moment.
     *
     * @param verdict what persons have decided; null where nobody was asked
     * @throws EntenteException {@code decision-needed} where the leg leaves it to a person and none has decided; {@code four-eyes}, {@code
     *     ground-unknown}, {@code query-malformed}
     */
    public Made answer(Request request, @Nullable Verdict verdict) {
        Incoming in = request.in;
        Judgement.Outcome outcome = judge(in);
        ByPerson person = outcome.waits() ? person(outcome, verdict) : null;
        Ground ground = person == null || person.ground() == null ? null : ground(outcome, person.ground());
        Judgement.Outcome given = ground == null ? outcome : outcome.withoutFigures();
        AnswerDrafts.Drafted drafted = drafts.draft(
                ExchangeRecord.Answered.KIND,
                in,
                given,
                person,
                ground == null ? drafts.reply(in, outcome) : drafts.refusal(in, ground),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new Made(
                drafted.record(),
                outcome.permitted() && ground == null ? "permit" : "refusal",
                StoredMessage.encode(drafted.response()),
                drafted.body(),
                given.cells());
    }

    private Judgement.Outcome judge(Incoming in) {
        return judgement.judge(in.party(), in.headers(), in.rawPath(), in.rawQuery());
    }

    private ByPerson person(Judgement.Outcome outcome, @Nullable Verdict verdict) {
        Decision.Permit permit = (Decision.Permit) outcome.decision();
        var answering = permit.obligations().answering();
        int wanted = answering.fourEyes() ? 2 : 1;
        if (verdict == null) {
            throw new EntenteException(
                    ErrorCode.DECISION_NEEDED,
                    "The leg " + permit.leg() + " leaves the decision to " + wanted
                            + (wanted == 1 ? " person" : " persons")
                            + "; grounds on which they may refuse: "
                            + String.join(
                                    ", ",
                                    grounds(outcome).stream().map(Ground::code).toList()) + ".");
        }
        int needed = verdict.ground() == null ? wanted : 1;
        if (new TreeSet<>(verdict.persons()).size() < needed) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    "The leg " + permit.leg() + " wants " + wanted + " different persons to approve.");
        }
        ZoneId zone = ZoneId.of(
                Objects.requireNonNull(outcome.agreement()).agreement().timeZone());
        LocalDate due = LocalDate.ofInstant(clock.instant(), zone).plusDays(answering.days());
        return new ByPerson(
                verdict.ground() == null ? ByPerson.APPROVED : ByPerson.REFUSED,
                verdict.ground(),
                verdict.persons(),
                due.toString());
    }

    private static List<Ground> grounds(Judgement.Outcome outcome) {
        String leg = ((Decision.Permit) outcome.decision()).leg();
        return Optional.ofNullable(outcome.agreement())
                .flatMap(file -> file.agreement().leg(leg))
                .map(Leg::answering)
                .map(org.entente.agreements.Answering::grounds)
                .orElse(List.of());
    }

    private static Ground ground(Judgement.Outcome outcome, String code) {
        List<Ground> agreed = grounds(outcome);
        return agreed.stream()
                .filter(ground -> ground.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.GROUND_UNKNOWN,
                        "The leg knows no ground '" + code + "'; it knows: "
                                + String.join(
                                        ", ", agreed.stream().map(Ground::code).toList()) + "."));
    }

    /**
     * Refuses to give a first answer again: another request under the same id, too late, or something stands still now.
     *
     * @param fingerprint of the request that was answered
     * @param outcome of the first answer
     * @throws EntenteException {@code exchange-conflict}
     */
    public void requireRepeatable(Request request, byte[] fingerprint, String outcome, Instant answered) {
        Answering.requireRepeat(request.in, fingerprint, answered, clock.instant());
        Answering.requireNotStopped(request.exchange(), judge(request.in), outcome);
    }

    /** The answer as a file holds it: the signed response, and the proof that its record is in the journal. */
    public static Filed.Response filed(byte[] head, byte[] body, TlogProof proof) {
        HttpResponseMessage response = StoredMessage.response(head, Content.of(body));
        Answering.Answer answer = Answering.send(response, body, proof);
        return Filed.Response.of(answer.status(), answer.headers(), answer.body());
    }

    /** What makes a repeat the same request, of one that a party has made before. */
    public static byte[] fingerprint(String party, byte[] head) {
        return Incoming.fingerprint(party, StoredMessage.request(head, Content.EMPTY));
    }

    /** How many cells an answer gave, from its body. */
    public static long cells(Dataflow dataflow, byte[] body) {
        return CsvBody.read(dataflow, body).observationCount();
    }
}
