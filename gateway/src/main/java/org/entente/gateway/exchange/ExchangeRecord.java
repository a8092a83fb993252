package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of an exchange. Both parties' records of one exchange hold the same messages, by the same members, so
 * that either can be held against the other and against the raw bytes. Times are RFC 3339 in UTC.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ExchangeRecord {
    /** What happened: the record's type. */
    String kind();

    /** When, on the recording node's clock. */
    String time();

    /** The exchange, a UUIDv7. */
    String exchange();

    /**
     * A party as this exchange knew it.
     *
     * @param party its id
     * @param rootCard digest of the card that the agreement names, or the first one imported
     * @param card digest of the card in use
     */
    record PartyCards(String party, String rootCard, String card) {}

    /** The agreement relied on: its id, version, and the digest of its canonical text. */
    record AgreementRef(String id, int version, String digest) {}

    /**
     * What was sliced: the release's id and the digests of its content, of its protection pattern and of the report that it was published
     * with; null if it has none.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReleaseRef(
            String id,
            String digest,
            String pattern,
            @Nullable String metadata) {}

    /**
     * What persons of the provider have to do with an answer (clause 16).
     *
     * @param verdict {@code waiting}, {@code approved} or {@code refused}
     * @param ground code of the agreed ground of a refusal
     * @param persons pseudonyms of those who decided, in the order in which they did
     * @param due last day for the decision, in the agreement's time zone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ByPerson(String verdict, @Nullable String ground, List<String> persons, String due) {
        /** Nobody has decided yet. */
        public static final String WAITING = "waiting";
        /** As many have approved as the leg wants. */
        public static final String APPROVED = "approved";
        /** Somebody has refused. */
        public static final String REFUSED = "refused";

        public ByPerson {
            persons = List.copyOf(persons);
        }
    }

    /** The consumer is about to ask. */
    record Asked(
            String kind,
            String time,
            String exchange,
            PartyCards provider,
            PartyCards consumer,
            @Nullable AgreementRef agreement,
            @Nullable String leg,
            String purpose,
            String requester,
            String targetUri,
            RequestPart request)
            implements ExchangeRecord {
        /** Value of {@link #kind()}. */
        public static final String KIND = "asked";
    }

    /**
     * The provider has decided and signed. {@code kind} is {@code answered}, or {@code deferred} for the notice that a person will decide.
     *
     * @param decision what the clauses say, with the facts it was computed from
     * @param person what persons have said; null where the clauses alone decided
     */
    record Answered(
            String kind,
            String time,
            String exchange,
            PartyCards provider,
            PartyCards consumer,
            @Nullable AgreementRef agreement,
            @Nullable String leg,
            String purpose,
            String requester,
            JsonNode decision,
            @Nullable ByPerson person,
            @Nullable ReleaseRef release,
            RequestPart request,
            ResponsePart response)
            implements ExchangeRecord {
        /** Value of {@link #kind()} for an answer. */
        public static final String KIND = "answered";
        /** Value of {@link #kind()} for the notice that the request waits for a person. */
        public static final String DEFERRED = "deferred";
    }

    /**
     * The consumer has checked what it got. {@code kind} is {@code received}, {@code rejected} with the reason, or {@code
     * deferral-received} for the notice that a person of the provider will decide.
     *
     * @param proof where the provider's journal holds its record; null if that could not be proved
     */
    record Received(
            String kind,
            String time,
            String exchange,
            PartyCards provider,
            PartyCards consumer,
            @Nullable AgreementRef agreement,
            @Nullable String leg,
            String purpose,
            String requester,
            @Nullable String reason,
            @Nullable JournalRef proof,
            RequestPart request,
            @Nullable ResponsePart response)
            implements ExchangeRecord {
        /** Value of {@link #kind()} for an answer that held. */
        public static final String RECEIVED = "received";
        /** Value of {@link #kind()} for an answer that did not. */
        public static final String REJECTED = "rejected";
        /** Value of {@link #kind()} for the notice that the request waits. */
        public static final String DEFERRAL = "deferral-received";
        /** Value of {@link #kind()} for an exchange that was given up without an answer. */
        public static final String NEVER_RECEIVED = "never-received";
    }

    /**
     * The consumer has deleted the figures that an exchange brought; digests and proofs stay.
     *
     * @param provider party id
     * @param consumer party id
     * @param cause {@code retention} or {@code recall}
     * @param because the last day of retention, or the recall's id
     * @param content the {@code Content-Digest} of what was deleted
     * @param alsoHeld whether the same bytes are still held from another exchange, whose own retention goes on
     */
    record Deleted(
            String kind,
            String time,
            String exchange,
            String provider,
            String consumer,
            @Nullable String leg,
            String cause,
            String because,
            String content,
            boolean alsoHeld)
            implements ExchangeRecord {
        /** Value of {@link #kind()}. */
        public static final String KIND = "deleted";
    }

    /** A place in a journal: its origin, the entry's index, and the checkpoint under which it was proved. */
    record JournalRef(
            String origin, long index, @JsonProperty("size") long treeSize, String root) {}

    /** The provider has accepted the consumer's proof that it received or rejected the answer. */
    record Receipted(
            String kind,
            String time,
            String exchange,
            PartyCards consumer,
            String receipt,
            @Nullable String reason,
            JournalRef proof)
            implements ExchangeRecord {
        /** Value of {@link #kind()}. */
        public static final String KIND = "receipted";
    }
}
