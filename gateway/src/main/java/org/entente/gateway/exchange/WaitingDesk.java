package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.ByPerson;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Nonces;

/**
 * Takes requests in that a person must decide: journals them, and says so with a signed {@code 202} (docs/protocol.md section 7). A
 * repeat gets the same {@code 202} until there is an answer.
 */
@Singleton
class WaitingDesk {
    private static final int ACCEPTED = 202;

    private final WaitingRequests requests;
    private final AnswerDrafts drafts;
    private final Bodies bodies;
    private final Journal journal;
    private final NodeIdentity identity;
    private final Nonces nonces;
    private final ExchangeMetrics metrics;
    private final Clock clock;

    WaitingDesk(
            WaitingRequests requests,
            AnswerDrafts drafts,
            Bodies bodies,
            Journal journal,
            NodeIdentity identity,
            Nonces nonces,
            ExchangeMetrics metrics,
            Clock clock) {
        this.requests = requests;
        this.drafts = drafts;
        this.bodies = bodies;
        this.journal = journal;
        this.identity = identity;
        this.nonces = nonces;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The request, if it waits or has waited here. */
    Optional<WaitingRequests.Waiting> find(Incoming in) {
        return requests.find(in.party(), in.headers().exchange());
    }

    /** Journals a request that a person must decide; its first write is the row that makes a repeat a repeat. */
    Answering.Answer defer(Incoming in, Judgement.Outcome outcome, Write nonce) {
        Decision.Permit permit = (Decision.Permit) outcome.decision();
        var answering = permit.obligations().answering();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ZoneId zone = ZoneId.of(
                Objects.requireNonNull(outcome.agreement()).agreement().timeZone());
        LocalDate due = LocalDate.ofInstant(now, zone).plusDays(answering.days());
        int persons = answering.fourEyes() ? 2 : 1;
        DeferralNotice notice = notice(in.headers().exchange(), DeferralNotice.WAITING, persons, due.toString(), false);
        AnswerDrafts.Drafted drafted = drafts.draft(
                ExchangeRecord.Answered.DEFERRED,
                in,
                outcome.withoutFigures(),
                new ByPerson(ByPerson.WAITING, null, List.of(), due.toString()),
                new AnswerDrafts.Reply(ACCEPTED, DeferralNotice.MEDIA_TYPE, drafts.json(notice), null),
                now);
        WaitingRequests.Waiting row = row(in, permit, persons, drafted, due, zone);
        List<Write> writes = new ArrayList<>();
        writes.add(WaitingRequests.insert(row));
        writes.add(nonce);
        writes.addAll(bodies.writes(row.bodyDigest(), drafted.body()));
        Appended appended = journal.append(new Draft(
                ExchangeRecord.Answered.DEFERRED,
                RecordCodec.toJson(drafted.record()),
                row.id().toString(),
                writes));
        metrics.deferred(in.party());
        return send(row, drafted.body(), appended.proof());
    }

    private static WaitingRequests.Waiting row(
            Incoming in,
            Decision.Permit permit,
            int persons,
            AnswerDrafts.Drafted drafted,
            LocalDate due,
            ZoneId zone) {
        return new WaitingRequests.Waiting(
                in.party(),
                in.headers().exchange(),
                in.fingerprint(),
                permit.agreement(),
                permit.leg(),
                persons,
                StoredMessage.encode(in.request()),
                in.part(),
                in.cardDigest(),
                StoredMessage.encode(drafted.response()),
                drafted.bodyDigest(),
                drafted.at(),
                due.plusDays(1).atStartOfDay(zone).toInstant(),
                due.toString(),
                0,
                null,
                null);
    }

    /** The notice again, to the byte. */
    Answering.Answer again(AuthenticatedCall call, Incoming in, WaitingRequests.Waiting row) {
        nonces.remember(call);
        if (!Arrays.equals(row.fingerprint(), in.fingerprint())) {
            throw Answering.conflict(row.id(), "was already used for another request");
        }
        byte[] body = bodies.find(row.bodyDigest())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR, "The notice of the waiting request " + row.id() + " is missing."));
        metrics.repeated(in.party());
        return send(row, body, Answering.proof(journal, row.id(), row.journalIndex()));
    }

    /** Where a request of this partner stands. */
    DeferralNotice status(String partner, UUID exchange) {
        WaitingRequests.Waiting row = requests.find(partner, exchange)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND,
                        "No request " + exchange + " of " + partner + " waits here, or has waited."));
        return notice(
                exchange,
                row.isAnswered() ? DeferralNotice.ANSWERED : DeferralNotice.WAITING,
                row.persons(),
                row.dueDay(),
                !row.isAnswered() && !clock.instant().isBefore(row.due()));
    }

    private DeferralNotice notice(UUID exchange, String state, int persons, String due, boolean overdue) {
        return new DeferralNotice(
                exchange.toString(),
                state,
                new DeferralNotice.DecidedBy(identity.party(), Roles.APPROVER, persons),
                due,
                overdue,
                identity.baseUri() + DeferralNotice.path(exchange.toString()));
    }

    private Answering.Answer send(WaitingRequests.Waiting row, byte[] body, TlogProof proof) {
        Answering.Answer answer = Answering.send(row.response(body), body, proof);
        return new Answering.Answer(
                answer.status(),
                answer.headers()
                        .with(
                                "location",
                                identity.baseUri()
                                        + DeferralNotice.path(row.id().toString())),
                body);
    }
}
