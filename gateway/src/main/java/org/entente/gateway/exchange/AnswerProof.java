package org.entente.gateway.exchange;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a journal record says exactly what the raw messages say, and that the record is in its author's journal. Every member
 * that can be derived is derived and compared; then the leaf, the root and the checkpoint's signature are checked. Pure, so that a node and an
 * offline verifier reach the same result.
 */
public final class AnswerProof {
    private AnswerProof() {}

    /**
     * Whose journal it is.
     *
     * @param names its keys under each name under which a record may be proved, the newest name last; one but for a journal that was begun
     *     anew (docs/decisions/0071)
     * @param chain its owner's cards, root card first
     * @param seen told of each checkpoint under which a record was proved
     */
    public record JournalKey(List<JournalKeys> names, List<CardDocument> chain, Consumer<Checkpoint.Opened> seen) {
        /** Keeps its own copies. */
        public JournalKey {
            names = List.copyOf(names);
            chain = List.copyOf(chain);
        }

        /** A journal whose checkpoints nobody follows. */
        public JournalKey(List<JournalKeys> names, List<CardDocument> chain) {
            this(names, chain, opened -> {});
        }

        /** The journal's name. */
        public String origin() {
            return names.getLast().origin();
        }

        /** The keys under the name that a checkpoint is of; those under the newest if it is of none, so that a refusal names that one. */
        public JournalKeys keys(SignedNote checkpoint) {
            return names.stream()
                    .filter(keys -> checkpoint.text().startsWith(keys.origin() + "\n"))
                    .findFirst()
                    .orElse(names.getLast());
        }

        /**
         * Proves a leaf to be in it.
         *
         * @throws VerificationException as {@link JournalKeys#verify}
         */
        public Checkpoint.Opened verify(TlogProof proof, Hash leaf) throws VerificationException {
            return keys(proof.checkpoint()).verify(proof, leaf);
        }

        /** What was entered under a card is proved by the journal key of that card, or of a later one. */
        private void requireSince(String card, TlogProof proof) throws VerificationException {
            for (CardDocument document : chain) {
                if (document.digest().equals(card)) {
                    keys(proof.checkpoint())
                            .requireSince(proof.checkpoint(), document.card().journalKey());
                }
            }
        }

        /** The journal on a partner's card; every checkpoint that it shows is remembered. */
        public static JournalKey of(Partner partner) {
            return new JournalKey(List.of(partner.journalKeys()), partner.chain(), partner::saw);
        }
    }

    /**
     * What the messages show.
     *
     * @param requests the request as it was sent, once per attempt; the record must name one of them
     * @param agreement what both sides have signed; null if none
     */
    public record Expected(
            ExchangeHeaders headers,
            PartyCards provider,
            PartyCards consumer,
            @Nullable AgreementRef agreement,
            List<RequestPart> requests,
            ResponsePart response) {

        /** What one attempt and its answer show. */
        public static Expected of(
                HttpRequestMessage request,
                List<RequestPart> attempts,
                HttpResponseMessage response,
                VerifiedSignature responseSignature,
                PartyCards provider,
                PartyCards consumer,
                @Nullable AgreementRef agreement) {
            return new Expected(
                    ExchangeHeaders.of(request.headers()),
                    provider,
                    consumer,
                    agreement,
                    attempts,
                    ResponsePart.of(response, responseSignature));
        }
    }

    /** A record that was proved, with the place where its journal holds it. */
    public record Proved<T extends ExchangeRecord>(T record, SaltedRecord salted, TlogProof proof, JournalRef place) {}

    /**
     * The provider's record of an answer, from the {@code Entente-Proof} field.
     *
     * @throws VerificationException naming the member or step that does not hold
     */
    public static Proved<ExchangeRecord.Answered> answered(Headers answer, JournalKey journal, Expected expected)
            throws VerificationException {
        return answered(ProofField.of(answer), journal, expected);
    }

    /** The provider's record of an answer, from its proof. */
    public static Proved<ExchangeRecord.Answered> answered(TlogProof proof, JournalKey journal, Expected expected)
            throws VerificationException {
        return provided(ExchangeRecord.Answered.KIND, proof, journal, expected);
    }

    /** The provider's record that the request waits for a person, from the {@code Entente-Proof} field. */
    static Proved<ExchangeRecord.Answered> deferred(Headers answer, JournalKey journal, Expected expected)
            throws VerificationException {
        return provided(ExchangeRecord.Answered.DEFERRED, ProofField.of(answer), journal, expected);
    }

    private static Proved<ExchangeRecord.Answered> provided(
            String kind, TlogProof proof, JournalKey journal, Expected expected) throws VerificationException {
        Proved<ExchangeRecord.Answered> proved = prove(proof, journal, ExchangeRecord.Answered.class);
        ExchangeRecord.Answered record = proved.record();
        same("kind", kind, record.kind());
        common(expected, record.exchange(), record.provider(), record.consumer(), record.leg());
        same("purpose", expected.headers().purpose(), record.purpose());
        same("requester", expected.headers().requester().toString(), record.requester());
        agreement(expected, record);
        if (!expected.requests().contains(record.request())) {
            throw differs("request", expected.requests(), record.request());
        }
        same("response", expected.response(), record.response());
        return proved;
    }

    /**
     * The consumer's record of how an exchange ended for it, from its proof.
     *
     * @throws VerificationException naming the member or step that does not hold
     */
    public static Proved<ExchangeRecord.Received> received(TlogProof proof, JournalKey journal, Expected expected)
            throws VerificationException {
        Proved<ExchangeRecord.Received> proved = closing(proof, journal);
        requireSame(proved.record(), expected);
        return proved;
    }

    /** The same, held against nothing but the consumer's journal: the record is in it. */
    static Proved<ExchangeRecord.Received> closing(TlogProof proof, JournalKey journal) throws VerificationException {
        return prove(proof, journal, ExchangeRecord.Received.class);
    }

    /** Holds a consumer's record against what the messages show. */
    static void requireSame(ExchangeRecord.Received record, Expected expected) throws VerificationException {
        boolean received = record.kind().equals(ExchangeRecord.Received.RECEIVED);
        boolean never = record.kind().equals(ExchangeRecord.Received.NEVER_RECEIVED);
        if (!received && !never) {
            same("kind", ExchangeRecord.Received.REJECTED, record.kind());
        }
        common(expected, record.exchange(), record.provider(), record.consumer(), record.leg());
        same("purpose", expected.headers().purpose(), record.purpose());
        same("requester", expected.headers().requester().toString(), record.requester());
        // What was never answered names the last request, and the provider may have seen an earlier one.
        if (!never && !expected.requests().contains(record.request())) {
            throw differs("request", expected.requests(), record.request());
        }
        // A rejected answer may have been rejected for the very reason that it was not what the provider signed.
        if (received) {
            same("response", expected.response(), record.response());
        }
    }

    /** The consumer's record that it has deleted an answer, from its proof. */
    public static Proved<ExchangeRecord.Deleted> deleted(TlogProof proof, JournalKey journal)
            throws VerificationException {
        Proved<ExchangeRecord.Deleted> proved = prove(proof, journal, ExchangeRecord.Deleted.class);
        same("kind", ExchangeRecord.Deleted.KIND, proved.record().kind());
        return proved;
    }

    private static void common(
            Expected expected, String exchange, PartyCards provider, PartyCards consumer, @Nullable String leg)
            throws VerificationException {
        same("exchange", expected.headers().exchange().toString(), exchange);
        same("provider", expected.provider(), provider);
        same("consumer", expected.consumer(), consumer);
        same("leg", expected.headers().leg(), leg);
    }

    private static void agreement(Expected expected, ExchangeRecord.Answered record) throws VerificationException {
        boolean permit = record.decision().path("outcome").asText().equals("permit");
        // A provider that refuses may not know the agreement at all; one that permits names it.
        if (permit || record.agreement() != null) {
            same("agreement", expected.agreement(), record.agreement());
        }
    }

    private static <T extends ExchangeRecord> Proved<T> prove(TlogProof proof, JournalKey journal, Class<T> type)
            throws VerificationException {
        try {
            SaltedRecord salted = proof.saltedRecord();
            Checkpoint.Opened opened = journal.verify(proof, salted.leaf());
            journal.seen().accept(opened);
            Checkpoint checkpoint = opened.checkpoint();
            JournalRef place = new JournalRef(
                    checkpoint.origin(),
                    proof.index(),
                    checkpoint.size(),
                    checkpoint.root().toString());
            T record = RecordCodec.read(salted.record(), type);
            switch (record) {
                case ExchangeRecord.Answered answered ->
                    journal.requireSince(answered.provider().card(), proof);
                case ExchangeRecord.Received received ->
                    journal.requireSince(received.consumer().card(), proof);
                default -> {} // names no card
            }
            return new Proved<>(record, salted, proof, place);
        } catch (VerificationException e) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The proof from " + journal.origin() + " does not hold: " + e.getMessage(),
                    e);
        }
    }

    private static void same(String member, @Nullable Object expected, @Nullable Object found)
            throws VerificationException {
        if (!Objects.equals(expected, found)) {
            throw differs(member, expected, found);
        }
    }

    private static VerificationException differs(String member, @Nullable Object expected, @Nullable Object found) {
        return new VerificationException(
                Reason.PROOF_INVALID,
                "The journal record's member '" + member + "' is " + found + ", but the messages show " + expected
                        + ".");
    }
}
