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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's half of an exchange (docs/protocol.md section 4): decide at home, ask, verify everything, journal, receipt. No figure is
 * shown that was not verified and journaled.
 */
@Singleton
public class Asking {
    private static final String ACCEPT = "application/vnd.sdmx.data+csv;version=2.0.0";

    private static final int ACCEPTED = 202;

    private final OwnDecision ownDecision;
    private final Partners partners;
    private final PartnerClient client;
    private final Journal journal;
    private final AskedExchanges exchanges;
    private final Bodies bodies;
    private final Holdings holdings;
    private final HeldFigures held;
    private final DeferredExchanges deferred;
    private final Receipts receipts;
    private final AnswerReader reader;
    private final ReceivedReports reports;
    private final ExchangeMetrics metrics;
    private final AttestedTime time;
    private final Uuids uuids;
    private final Clock clock;

    Asking(
            OwnDecision ownDecision,
            Partners partners,
            PartnerClient client,
            Journal journal,
            AskedExchanges exchanges,
            Bodies bodies,
            Holdings holdings,
            HeldFigures held,
            DeferredExchanges deferred,
            Receipts receipts,
            AnswerReader reader,
            ReceivedReports reports,
            ExchangeMetrics metrics,
            AttestedTime time,
            Uuids uuids,
            Clock clock) {
        this.ownDecision = ownDecision;
        this.partners = partners;
        this.client = client;
        this.journal = journal;
        this.exchanges = exchanges;
        this.bodies = bodies;
        this.holdings = holdings;
        this.held = held;
        this.deferred = deferred;
        this.receipts = receipts;
        this.reader = reader;
        this.reports = reports;
        this.metrics = metrics;
        this.time = time;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * Figures that a partner has given.
     *
     * @param held whether they come from a holding rather than from a new exchange
     * @param received when this node verified them
     * @param content SDMX-CSV 2.0.0, as the partner signed it; read when it is asked for
     * @param release the partner's release that was sliced
     * @param duties what the agreement asks of who has the figures
     * @param failure why the partner was not heard again although younger figures were wanted
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Figures(
            UUID exchange,
            String provider,
            String agreement,
            String leg,
            boolean held,
            Instant received,
            Supplier<byte[]> content,
            byte[] bodyDigest,
            @Nullable String release,
            @Nullable Duties duties,
            @Nullable Failure failure) {

        /** The bytes as the partner signed them. */
        public byte[] body() {
            return content.get();
        }

        /** The same figures, which stand in for an answer that did not come. */
        Figures despite(EntenteException e) {
            return new Figures(
                    exchange,
                    provider,
                    agreement,
                    leg,
                    held,
                    received,
                    content,
                    bodyDigest,
                    release,
                    duties,
                    new Failure(e.code().code(), e.detail()));
        }
    }

    /** Why a partner was not heard. */
    public record Failure(String code, String sentence) {}

    /**
     * Answers a question from a holding of any age, or by an exchange.
     *
     * @throws EntenteException as below
     */
    public Figures ask(Question asked) {
        return ask(asked, null);
    }

    /**
     * Answers a question from a holding or by an exchange.
     *
     * @param youngerThan a holding that is older is used only if the partner does not answer; null for any age
     * @throws EntenteException {@code answer-waits} if a person of the partner decides; {@code agreement-refused} by this node or by the
     *     partner, {@code partner-unknown}, {@code partner-blocked}, {@code
     *     partner-unreachable}, {@code partner-answer-invalid}, {@code exchange-conflict}, {@code journal-unavailable}
     */
    public Figures ask(Question asked, @Nullable Duration youngerThan) {
        Question question = ownDecision.acting(asked);
        Partner partner = partners.require(question.provider());
        Optional<AskedExchanges.Asked> earlier =
                Optional.ofNullable(question.exchange()).flatMap(exchanges::find);
        Decision decision = ownDecision.decide(question);
        if (decision instanceof Decision.Refusal refusal && !question.askAnyway()) {
            Optional<Figures> pack = held.openedPack(question);
            if (pack.isPresent()) {
                return pack.get();
            }
            ownDecision.recordRefusal(question, refusal);
            throw OwnDecision.refused(question.provider(), null, Refusals.sentence(refusal), refusal.reasons(), true);
        }
        OwnDecision.Terms terms = ownDecision.terms(question, decision);
        Optional<Figures> kept = Optional.empty();
        if (earlier.isEmpty() && !question.fresh() && decision instanceof Decision.Permit permit) {
            kept = held.covering(question, permit);
            if (kept.filter(figures -> isYounger(figures, youngerThan)).isPresent()) {
                return kept.get();
            }
            deferred.same(question, permit.agreement(), permit.leg()).ifPresent(waiting -> {
                throw deferred.waits(waiting);
            });
        }
        try {
            return exchange(question, partner, terms, decision, earlier);
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.PARTNER_UNREACHABLE) {
                throw e;
            }
            // In a crisis it is the provider that is down.
            return kept.or(() -> held.openedPack(question))
                    .map(figures -> figures.despite(e))
                    .orElseThrow(() -> e);
        }
    }

    /**
     * Under which agreement and leg a question would be asked.
     *
     * @param agreement its id
     * @param leg its id
     */
    public record Terms(String agreement, String leg) {}

    /**
     * What this node itself would decide on a question now, without asking anybody and without an entry in the journal.
     *
     * @throws EntenteException {@code agreement-refused} by this node, {@code partner-unknown}
     */
    public Terms foresee(Question asked) {
        Question question = ownDecision.acting(asked);
        partners.require(question.provider());
        return switch (ownDecision.decide(question)) {
            case Decision.Permit permit -> new Terms(permit.agreement(), permit.leg());
            case Decision.Refusal refusal ->
                throw OwnDecision.refused(
                        question.provider(), null, Refusals.sentence(refusal), refusal.reasons(), true);
        };
    }

    /**
     * All answers to a question that are still held, oldest first, without asking anybody.
     *
     * @throws EntenteException {@code agreement-refused} by this node, {@code partner-unknown}
     */
    List<Figures> states(Question asked) {
        Question question = ownDecision.acting(asked);
        partners.require(question.provider());
        return switch (ownDecision.decide(question)) {
            case Decision.Permit permit -> held.states(question, permit);
            case Decision.Refusal refusal -> {
                ownDecision.recordRefusal(question, refusal);
                throw OwnDecision.refused(
                        question.provider(), null, Refusals.sentence(refusal), refusal.reasons(), true);
            }
        };
    }

    /**
     * All that is held of a dataflow and that the asker may see by this node's own decision, newest first, without what was recalled.
     * Nobody is asked, and nothing is journaled.
     */
    List<Figures> atHand(Dataflow flow, Question.Asker asker) {
        return held.ofFlow(flow).stream()
                .filter(holding -> ownDecision.decide(ownDecision.acting(question(holding, flow, asker)))
                        instanceof Decision.Permit)
                .map(held::at)
                .toList();
    }

    private static Question question(Holdings.Holding holding, Dataflow flow, Question.Asker asker) {
        return new Question(
                holding.partner(),
                holding.agreement(),
                holding.leg(),
                holding.purpose(),
                asker,
                flow,
                holding.selection(),
                new TreeMap<>(),
                false,
                false,
                null);
    }

    /** @throws EntenteException {@code release-recalled} if figures come from a release that their provider has recalled */
    void requireNotRecalled(Figures figures) {
        held.requireNotRecalled(figures);
    }

    private boolean isYounger(Figures figures, @Nullable Duration limit) {
        return limit == null || figures.received().plus(limit).isAfter(clock.instant());
    }

    private Figures exchange(
            Question question,
            Partner partner,
            OwnDecision.Terms terms,
            Decision decision,
            Optional<AskedExchanges.Asked> earlier) {
        UUID id = question.exchange() == null ? uuids.next() : question.exchange();
        try {
            return exchange(id, question, partner, terms, decision, earlier);
        } catch (EntenteException e) {
            if (!PartnerClient.isConnectionLost(e)) {
                throw e;
            }
            return exchange(id, question, partner, terms, decision, exchanges.find(id));
        }
    }

    private Figures exchange(
            UUID id,
            Question question,
            Partner partner,
            OwnDecision.Terms terms,
            Decision decision,
            Optional<AskedExchanges.Asked> earlier) {
        PartnerClient.Prepared prepared = prepare(id, question, partner, terms);
        if (earlier.isPresent()) {
            refuseWhatCannotBeRepeated(earlier.get(), question, prepared);
        }
        AskedAttempt attempt = attempt(id, question, partner, terms, prepared);
        boolean closed = earlier.isPresent() && earlier.get().state() != AskedExchanges.State.ASKED;
        if (!closed) {
            // Durable before it leaves: the partner answers the first request that reaches it for ever, so a node that
            // is killed in between
            // must know afterwards which one that was.
            journal.append(asked(attempt, earlier.isPresent(), List.of()));
        }
        PartnerClient.Answered answer = client.send(partner, prepared);
        return closed ? sameAgain(earlier.get(), attempt, answer) : accept(attempt, decision, answer);
    }

    /** The request for a question, signed. */
    PartnerClient.Prepared prepare(UUID id, Question question, Partner partner, OwnDecision.Terms terms) {
        ExchangeHeaders headers = new ExchangeHeaders(
                id,
                terms.agreementId(),
                terms.legId(),
                question.purpose(),
                question.asker().requester());
        String target = WireQuery.pathAndQuery(
                question.dataflow().structure(), question.provider(), terms.leg(), question.selection());
        return client.prepare(
                partner, "GET", target, headers.toHeaders().plus(Headers.of("accept", ACCEPT)), new byte[0], true);
    }

    /** The same with all that the journal will say of it. */
    AskedAttempt attempt(
            UUID id, Question question, Partner partner, OwnDecision.Terms terms, PartnerClient.Prepared prepared) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        RequestPart part = RequestPart.of(prepared.request(), prepared.signed());
        return new AskedAttempt(id, question, terms, partner, prepared.request(), part, now);
    }

    /** @throws EntenteException {@code exchange-conflict} if the exchange was begun with another question, or was given up */
    static void refuseWhatCannotBeRepeated(
            AskedExchanges.Asked earlier, Question question, PartnerClient.Prepared prepared) {
        boolean same = earlier.partner().equals(question.provider())
                && earlier.targetUri().equals(prepared.request().targetUri())
                && earlier.purpose().equals(question.purpose());
        if (!same) {
            throw new EntenteException(
                    ErrorCode.EXCHANGE_CONFLICT,
                    "The exchange " + earlier.id() + " was begun with another question.",
                    Map.of("exchange", earlier.id().toString()));
        }
        if (earlier.state() == AskedExchanges.State.NEVER_RECEIVED) {
            throw new EntenteException(
                    ErrorCode.EXCHANGE_CONFLICT,
                    "The exchange " + earlier.id() + " was closed as never received; ask again without naming it.",
                    Map.of("exchange", earlier.id().toString()));
        }
    }

    /** The entry for a request that is about to be sent. */
    Draft asked(AskedAttempt attempt, boolean again, List<Write> beside) {
        List<Write> writes = new ArrayList<>(
                again
                        ? List.of(AskedExchanges.insertAttempt(
                                attempt.id(), attempt.at(), attempt.request(), attempt.part()))
                        : AskedExchanges.insert(attempt.row(), attempt.request(), attempt.part()));
        writes.addAll(beside);
        if (!again) {
            String provider = attempt.partner().party();
            writes.addAll(time.admit(
                    AttestedTime.Side.CONSUMER,
                    provider,
                    attempt.id(),
                    () -> ownDecision.inCrisis(attempt.terms(), provider)));
        }
        return new Draft(
                ExchangeRecord.Asked.KIND,
                RecordCodec.toJson(attempt.askedRecord(ownDecision)),
                attempt.id().toString(),
                writes);
    }

    /** Verifies the answer, journals it with its receipt, and returns the figures or the partner's refusal. */
    Figures accept(AskedAttempt attempt, Decision decision, PartnerClient.Answered answer) {
        if (AnswerReader.isGone(answer)) {
            // A repeat of an answer whose figures were recalled since: no second answer, and the exchange stays open.
            throw AnswerReader.recalled(attempt, AnswerReader.detail(answer.body()));
        }
        if (answer.response().status() == ACCEPTED) {
            throw defer(attempt, answer);
        }
        AnswerReader.Read read;
        try {
            read = reader.read(attempt, answer, decision);
        } catch (VerificationException e) {
            throw reject(attempt, answer, e);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] digest = answer.response().content().sha256();
        String outcome = read.permitted() ? "permit" : "refusal";
        List<Write> writes = new ArrayList<>();
        writes.addAll(bodies.writes(digest, answer.body()));
        writes.add(receipts.queue(attempt.id(), attempt.partner().party(), now));
        Optional<Holdings.Holding> holding =
                read.permit().map(permit -> HeldFigures.of(attempt, permit, read, digest, now));
        holding.map(holdings::insert).ifPresent(writes::add);
        writes.addAll(ReceivedReports.expect(attempt.partner().party(), read.release(), read.metadata(), now));
        writes.add(AskedExchanges.close(
                attempt.id(),
                AskedExchanges.State.RECEIVED,
                outcome,
                StoredMessage.encode(answer.response()),
                digest,
                now));
        Appended appended = journal.append(new Draft(
                ExchangeRecord.Received.RECEIVED,
                RecordCodec.toJson(attempt.receivedRecord(ownDecision, read, answer, now)),
                attempt.id().toString(),
                writes));
        receipts.ready(attempt.id(), attempt.partner().party(), appended.proof());
        metrics.received(attempt.partner().party(), outcome);
        reports.fetch(attempt.partner().party(), read.release());
        return HeldFigures.figures(holding.orElseThrow(() -> read.refusal(attempt)), false, answer::body);
    }

    /** Takes in the notice that a person of the partner decides; what staff are told. */
    private EntenteException defer(AskedAttempt attempt, PartnerClient.Answered answer) {
        AnswerReader.Deferral deferral;
        try {
            deferral = reader.deferral(attempt, answer);
        } catch (VerificationException e) {
            return reject(attempt, answer, e);
        }
        if (deferred.find(attempt.id()).isEmpty()) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            byte[] digest = answer.response().content().sha256();
            List<Write> writes = new ArrayList<>(bodies.writes(digest, answer.body()));
            writes.addAll(
                    deferred.insert(attempt, deferral.notice(), StoredMessage.encode(answer.response()), digest, now));
            journal.append(new Draft(
                    ExchangeRecord.Received.DEFERRAL,
                    RecordCodec.toJson(attempt.deferralRecord(ownDecision, deferral, answer, now)),
                    attempt.id().toString(),
                    writes));
            metrics.received(attempt.partner().party(), DeferralNotice.WAITING);
        }
        return deferred.waits(deferred.find(attempt.id()).orElseThrow());
    }

    /** An answer that does not hold is never shown; both journals say that it was rejected, and why. */
    private EntenteException reject(AskedAttempt attempt, PartnerClient.Answered answer, VerificationException why) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Leg leg = attempt.terms().leg();
        List<Write> writes = List.of(
                receipts.queue(attempt.id(), attempt.partner().party(), now),
                AskedExchanges.close(
                        attempt.id(),
                        AskedExchanges.State.REJECTED,
                        null,
                        StoredMessage.encode(answer.response()),
                        null,
                        now));
        Appended appended = journal.append(new Draft(
                ExchangeRecord.Received.REJECTED,
                RecordCodec.toJson(attempt.rejectedRecord(ownDecision, why, now)),
                attempt.id().toString(),
                writes));
        receipts.ready(attempt.id(), attempt.partner().party(), appended.proof());
        metrics.rejected(attempt.partner().party(), why.reason().name());
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                attempt.partner().party() + (leg == null ? "" : " (leg " + leg.id() + ")") + ": " + why.getMessage(),
                Map.of(
                        "partner",
                        attempt.partner().party(),
                        "exchange",
                        attempt.id().toString()),
                why);
    }

    /** A repeat of an exchange that is closed must bring the very answer that was accepted; it adds nothing to either journal. */
    Figures sameAgain(AskedExchanges.Asked earlier, AskedAttempt attempt, PartnerClient.Answered answer) {
        if (AnswerReader.isGone(answer)) {
            throw AnswerReader.recalled(attempt, AnswerReader.detail(answer.body()));
        }
        Headers first = earlier.response(answer.response().content())
                .map(org.entente.crypto.message.HttpResponseMessage::headers)
                .orElse(Headers.EMPTY);
        boolean same = earlier.state() == AskedExchanges.State.RECEIVED
                && Arrays.equals(
                        earlier.bodyDigest(), answer.response().content().sha256())
                && first.get("signature").equals(answer.response().headers().get("signature"));
        if (!same) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    attempt.partner().party() + " gave another answer to the exchange " + earlier.id()
                            + " than the one that was accepted, or the first was not accepted.",
                    Map.of(
                            "partner",
                            attempt.partner().party(),
                            "exchange",
                            earlier.id().toString()));
        }
        if (!"permit".equals(earlier.outcome())) {
            throw AnswerReader.refusal(attempt, answer.body());
        }
        Holdings.Holding holding = holdings.byExchange(earlier.id())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND,
                        "The figures of the exchange " + earlier.id()
                                + " are no longer kept: their retention is over or they were deleted.",
                        Map.of("exchange", earlier.id().toString())));
        return HeldFigures.figures(holding, false, answer::body);
    }
}
