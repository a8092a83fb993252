package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;

/** The consumer's half of an exchange whose messages travel as sealed files: the same steps as {@link Asking}, days apart. */
@Singleton
class FileAsking {
    private final Asking asking;
    private final OwnDecision ownDecision;
    private final AskedExchanges exchanges;
    private final Partners partners;
    private final PartnerClient client;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Treaties treaties;
    private final Dataflows dataflows;
    private final Uuids uuids;
    private final Clock clock;

    FileAsking(
            Asking asking,
            OwnDecision ownDecision,
            AskedExchanges exchanges,
            Partners partners,
            PartnerClient client,
            NodeIdentity identity,
            Journal journal,
            Treaties treaties,
            Dataflows dataflows,
            Uuids uuids,
            Clock clock) {
        this.asking = asking;
        this.ownDecision = ownDecision;
        this.exchanges = exchanges;
        this.partners = partners;
        this.client = client;
        this.identity = identity;
        this.journal = journal;
        this.treaties = treaties;
        this.dataflows = dataflows;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * Decides at home, signs and journals a request; the file is written only after it is durable. A question that names its exchange again
     * is signed anew under the same id, so a file that was lost is replaced and the partner answers once.
     *
     * @throws EntenteException {@code exchange-conflict} if the exchange was begun with another question, or has its answer
     */
    SealedFile ask(Question asked) {
        Question question = ownDecision.acting(asked);
        Partner partner = partners.require(question.provider());
        Decision decision = ownDecision.decide(question);
        if (decision instanceof Decision.Refusal refusal && !question.askAnyway()) {
            ownDecision.recordRefusal(question, refusal);
            throw OwnDecision.refused(question.provider(), null, Refusals.sentence(refusal), refusal.reasons(), true);
        }
        OwnDecision.Terms terms = ownDecision.terms(question, decision);
        UUID id = question.exchange() == null ? uuids.next() : question.exchange();
        PartnerClient.Prepared prepared = asking.prepare(id, question, partner, terms);
        Optional<AskedExchanges.Asked> earlier = exchanges.find(id);
        earlier.ifPresent(row -> requireOpen(row, question, prepared));
        AskedAttempt attempt = asking.attempt(id, question, partner, terms, prepared);
        List<Write> beside = exchanges.isByFile(id) ? List.of() : List.of(AskedExchanges.byFile(id));
        journal.append(asking.asked(attempt, earlier.isPresent(), beside));
        Filed.Request request = Filed.Request.of(prepared.request(), prepared.body());
        return SealedFile.of(identity.party(), partner.party(), List.of(SealedFile.Letter.of(request)));
    }

    private static void requireOpen(AskedExchanges.Asked earlier, Question question, PartnerClient.Prepared prepared) {
        Asking.refuseWhatCannotBeRepeated(earlier, question, prepared);
        if (earlier.state() != AskedExchanges.State.ASKED) {
            throw new EntenteException(
                    ErrorCode.EXCHANGE_CONFLICT,
                    "The exchange " + earlier.id() + " has its answer; `ask --exchange` without `--sealed` shows it.",
                    Map.of("exchange", earlier.id().toString()));
        }
    }

    /**
     * Takes in the answer to a request of this node, as if it had come over the network.
     *
     * @throws EntenteException as {@link Asking#ask}; {@code not-found} if this node has not asked so
     */
    Asking.Figures receive(HttpRequestMessage filed, HttpResponseMessage response, byte[] body) {
        UUID id = ExchangeHeaders.of(filed.headers()).exchange();
        AskedExchanges.Asked row = exchanges.find(id).orElseThrow(() -> notAsked(id));
        String signature = filed.headers().get("signature").orElse("");
        AskedExchanges.Attempt sent = exchanges.attempts(id).stream()
                .filter(one ->
                        one.request().headers().get("signature").orElse("").equals(signature))
                .findFirst()
                .orElseThrow(() -> notAsked(id));
        Partner partner = partners.require(row.partner());
        PartnerClient.Answered answer = client.open(partner, sent.request(), true, response, body);
        Question question = question(row, sent.request());
        Decision decision = ownDecision.decide(question);
        AskedAttempt attempt = new AskedAttempt(
                id, question, ownDecision.terms(question, decision), partner, sent.request(), sent.part(), row.asked());
        return row.state() == AskedExchanges.State.ASKED
                ? asking.accept(attempt, decision, answer)
                : asking.sameAgain(row, attempt, answer);
    }

    private static EntenteException notAsked(UUID id) {
        return new EntenteException(
                ErrorCode.NOT_FOUND, "This node has sent no such request for the exchange " + id + ".");
    }

    /** What was asked, from the request itself and from what only this node knows of the asker. */
    private Question question(AskedExchanges.Asked row, HttpRequestMessage request) {
        ExchangeHeaders headers = ExchangeHeaders.of(request.headers());
        URI target = URI.create(request.targetUri());
        DataQuery query = DataQuery.parse(WireQuery.below(target.getRawPath()), target.getRawQuery());
        Dataflow dataflow = LegFlows.of(dataflows, treaties.bookWith(row.partner()), headers, clock.instant());
        return Question.of(
                        query.bind(dataflow.structure()),
                        dataflow,
                        row.partner(),
                        headers.agreement(),
                        headers.leg(),
                        headers.purpose(),
                        asker(row.requester(), headers.requester()))
                .repeating(row.id());
    }

    private static Question.Asker asker(String user, ExchangeHeaders.Requester requester) {
        String authority = requester.authority();
        return new Question.Asker(
                user,
                requester.role(),
                requester.pseudonym(),
                new TreeSet<>(authority == null ? Set.of() : Set.of(authority)));
    }
}
