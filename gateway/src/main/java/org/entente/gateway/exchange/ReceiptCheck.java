package org.entente.gateway.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;

/** Holds a consumer's receipt against the provider's own record and the consumer's journal. Pure. */
public final class ReceiptCheck {
    private ReceiptCheck() {}

    /**
     * A receipt that holds.
     *
     * @param record what the provider's journal says of it
     * @param proof the tlog-proof of the consumer's record
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Checked(ExchangeRecord.Receipted record, byte[] proof) {}

    /**
     * Checks a receipt.
     *
     * @param answered the own record of the exchange; empty if it was never answered
     * @param own the provider
     * @throws EntenteException {@code receipt-invalid}, saying what does not hold
     */
    public static Checked check(
            Partner consumer,
            ReceiptMessage.Receipt receipt,
            Optional<ExchangeRecord.Answered> answered,
            String own,
            Instant now) {
        UUID exchange = ExchangeHeaders.exchangeId(receipt.exchange());
        try {
            TlogProof proof = TlogProof.parse(receipt.proof().getBytes(StandardCharsets.UTF_8));
            AnswerProof.Proved<ExchangeRecord.Received> proved =
                    AnswerProof.closing(proof, AnswerProof.JournalKey.of(consumer));
            ExchangeRecord.Received closing = proved.record();
            if (answered.isPresent()) {
                AnswerProof.requireSame(closing, expected(exchange, answered.get()));
            } else {
                requireNeverReceived(consumer.party(), own, exchange, closing);
            }
            ExchangeRecord.Receipted record = new ExchangeRecord.Receipted(
                    ExchangeRecord.Receipted.KIND,
                    now.toString(),
                    exchange.toString(),
                    answered.map(ExchangeRecord.Answered::consumer).orElse(closing.consumer()),
                    closing.kind(),
                    closing.reason(),
                    proved.place());
            return new Checked(record, proof.encode());
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.RECEIPT_INVALID, e.getMessage() == null ? "" : e.getMessage(), e);
        }
    }

    private static AnswerProof.Expected expected(UUID exchange, ExchangeRecord.Answered answered) {
        return new AnswerProof.Expected(
                new ExchangeHeaders(
                        exchange,
                        null,
                        answered.leg(),
                        answered.purpose(),
                        ExchangeHeaders.Requester.parse(answered.requester())),
                answered.provider(),
                answered.consumer(),
                answered.agreement(),
                List.of(answered.request()),
                answered.response());
    }

    /** The one receipt for a request that was not answered: the consumer has given it up. */
    private static void requireNeverReceived(String party, String own, UUID exchange, ExchangeRecord.Received closing) {
        if (!closing.kind().equals(ExchangeRecord.Received.NEVER_RECEIVED)) {
            throw new EntenteException(
                    ErrorCode.RECEIPT_INVALID, "This node has not answered the exchange " + exchange + ".");
        }
        if (!closing.exchange().equals(exchange.toString())
                || !closing.consumer().party().equals(party)
                || !closing.provider().party().equals(own)) {
            throw new EntenteException(
                    ErrorCode.RECEIPT_INVALID,
                    "The record is of the exchange " + closing.exchange() + " in which "
                            + closing.consumer().party() + " asked "
                            + closing.provider().party() + ".");
        }
    }
}
