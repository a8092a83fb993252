package org.entente.gateway.exchange;

import java.time.Instant;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.jspecify.annotations.Nullable;

/** One request that is about to be sent for an exchange, with all that the journal will say of it. */
record AskedAttempt(
        UUID id,
        Question question,
        OwnDecision.Terms terms,
        Partner partner,
        HttpRequestMessage request,
        RequestPart part,
        Instant at) {

    AskedExchanges.Asked row() {
        return new AskedExchanges.Asked(
                id,
                partner.party(),
                AskedExchanges.State.ASKED,
                null,
                terms.agreementId(),
                terms.legId(),
                question.asker().user(),
                question.purpose(),
                request.targetUri(),
                at,
                null,
                null,
                null,
                null);
    }

    ExchangeRecord.Asked askedRecord(OwnDecision own) {
        return new ExchangeRecord.Asked(
                ExchangeRecord.Asked.KIND,
                at.toString(),
                id.toString(),
                own.cards().theirs(partner, partner.cardDigest(), terms.agreement()),
                own.cards().ours(part.keyid(), terms.agreement()),
                terms.reference(),
                terms.legId(),
                question.purpose(),
                question.asker().requester().toString(),
                request.targetUri(),
                part);
    }

    ExchangeRecord.Received receivedRecord(
            OwnDecision own, AnswerReader.Read read, PartnerClient.Answered answer, Instant now) {
        return record(
                own,
                ExchangeRecord.Received.RECEIVED,
                answer.cardDigest(),
                null,
                read.place(),
                read.request(),
                ResponsePart.of(answer.response(), answer.signature()),
                now);
    }

    ExchangeRecord.Received deferralRecord(
            OwnDecision own, AnswerReader.Deferral deferral, PartnerClient.Answered answer, Instant now) {
        return record(
                own,
                ExchangeRecord.Received.DEFERRAL,
                answer.cardDigest(),
                null,
                deferral.place(),
                deferral.request(),
                ResponsePart.of(answer.response(), answer.signature()),
                now);
    }

    ExchangeRecord.Received rejectedRecord(OwnDecision own, VerificationException why, Instant now) {
        return record(
                own,
                ExchangeRecord.Received.REJECTED,
                partner.cardDigest(),
                why.reason() + ": " + why.getMessage(),
                null,
                part,
                null,
                now);
    }

    private ExchangeRecord.Received record(
            OwnDecision own,
            String kind,
            String card,
            @Nullable String reason,
            ExchangeRecord.@Nullable JournalRef place,
            RequestPart request,
            @Nullable ResponsePart response,
            Instant now) {
        return new ExchangeRecord.Received(
                kind,
                now.toString(),
                id.toString(),
                own.cards().theirs(partner, card, terms.agreement()),
                own.cards().ours(request.keyid(), terms.agreement()),
                terms.reference(),
                terms.legId(),
                question.purpose(),
                question.asker().requester().toString(),
                reason,
                place,
                request,
                response);
    }
}
