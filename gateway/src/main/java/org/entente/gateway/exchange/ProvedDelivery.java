package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.jspecify.annotations.Nullable;

/** Hands a document to a partner, whose journal then proves that it holds it: crisis packs, notices of releases. */
@Singleton
public final class ProvedDelivery {
    private final PartnerClient client;

    ProvedDelivery(PartnerClient client) {
        this.client = client;
    }

    /**
     * What is handed over.
     *
     * @param name what it is called in a refusal, such as {@code the notice 0193...}
     * @param document JSON
     * @param kind of the partner's record about it
     * @param names whether such a record is about this very document
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Item(String name, byte[] document, String kind, Predicate<JsonNode> names) {}

    /** The partner's proof, and where its journal holds the record. */
    public record Proved(TlogProof proof, JournalRef place) {}

    /**
     * Delivers it. The answer is a JSON object whose member {@code proof} is a tlog-proof of the partner's record.
     *
     * @throws EntenteException {@code partner-unreachable}; {@code partner-answer-invalid} if the partner does not take it, or does not prove
     *     that it did
     */
    public Proved deliver(Partner partner, String path, Item item) {
        PartnerClient.Answered answer = client.call(
                partner,
                "POST",
                path,
                Headers.of("accept", "application/json", "content-type", "application/json"),
                item.document(),
                false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " did not take " + item.name() + ": "
                            + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            TlogProof proof = TlogProof.parse(CanonicalJson.parseStrict(answer.body())
                    .path("proof")
                    .asText()
                    .getBytes(StandardCharsets.UTF_8));
            return new Proved(proof, place(partner, item, proof));
        } catch (VerificationException | IllegalArgumentException e) {
            throw unproved(partner, item, e);
        }
    }

    private static JournalRef place(Partner partner, Item item, TlogProof proof) throws VerificationException {
        AnswerProof.JournalKey journal = AnswerProof.JournalKey.of(partner);
        SaltedRecord salted = proof.saltedRecord();
        Checkpoint.Opened opened = journal.verify(proof, salted.leaf());
        journal.seen().accept(opened);
        JsonNode record = CanonicalJson.parseCanonical(salted.record());
        if (!record.path("kind").asText().equals(item.kind()) || !item.names().test(record)) {
            throw unproved(partner, item, null);
        }
        Checkpoint checkpoint = opened.checkpoint();
        return new JournalRef(
                checkpoint.origin(),
                proof.index(),
                checkpoint.size(),
                checkpoint.root().toString());
    }

    private static EntenteException unproved(Partner partner, Item item, @Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                partner.party() + " does not prove that its journal holds " + item.name() + ".",
                cause);
    }
}
